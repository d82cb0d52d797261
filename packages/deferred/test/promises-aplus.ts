// Run by aplus.test.ts in a process of its own: the suite brings its own mocha. Prints how many tests passed and failed.
import { createRequire } from 'node:module';
import { Deferred, Failure } from '@anyasync/deferred';

const suite = createRequire(import.meta.url)('promises-aplus-tests');

/** A Deferred beside how it is fired; a second time is ignored, as the suite wants it. */
function deferred(): {
  promise: Deferred<unknown>;
  resolve(value: unknown): void;
  reject(reason: unknown): void;
} {
  const promise = new Deferred<unknown>();
  return {
    promise,
    resolve: (value) => void (promise.called || promise.callback(value)),
    reject: (reason) => void (promise.called || promise.errback(new Failure(reason))),
  };
}

suite({ deferred }, { reporter: 'dot', timeout: 10_000 }, (failures: unknown) =>
  process.exit(failures ? 1 : 0),
);
