// Run by aplus.test.ts in a process of its own: the suite brings its own mocha. Prints how many tests passed and failed.
import { createRequire } from 'node:module';
import { Future } from '@anyasync/future';

const suite = createRequire(import.meta.url)('promises-aplus-tests');

/** A future beside how it is settled; a second time is ignored, as the suite wants it. */
function deferred(): {
  promise: Future<unknown>;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
} {
  const promise = new Future<unknown>();
  return {
    promise,
    resolve: (value) => void (promise.done() || promise.setResult(value)),
    reject: (reason) => void (promise.done() || promise.reject(reason)),
  };
}

suite({ deferred }, { reporter: 'dot', timeout: 10_000 }, (failures: unknown) =>
  process.exit(failures ? 1 : 0),
);
