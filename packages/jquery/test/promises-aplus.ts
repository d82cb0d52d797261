// Run by aplus.test.ts in a process of its own: the suite brings its own mocha. Prints how many tests passed and failed.
import { createRequire } from 'node:module';
import { Deferred } from '@anyasync/jquery';

Deferred.exceptionHook = undefined; // the suite throws on purpose

const suite = createRequire(import.meta.url)('promises-aplus-tests');

function deferred() {
  const made = Deferred<unknown>();
  return { promise: made.promise(), resolve: made.resolve.bind(made), reject: made.reject.bind(made) };
}

suite({ deferred }, { reporter: 'dot', timeout: 10_000 }, (failures: unknown) =>
  process.exit(failures ? 1 : 0),
);
