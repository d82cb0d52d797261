// What a bundler puts into one file: every package, and one of them by `require` in a module of CommonJS.
import { callbackify, isCancelled, promisify, promisifyAll, toPromise } from 'anyasync';
import { Deferred, fromDeferred } from 'anyasync/deferred';
import { Future, wait } from 'anyasync/future';
import { fromIterable, toIterable } from 'anyasync/iterable';
import legacy from './legacy.cjs';

const log = [];
const half = promisify((n, done) => setTimeout(done, 1, null, n / 2));
log.push(await half(8));
log.push(await half.with({ timeout: 1000 })(6));
await half
  .with({ signal: AbortSignal.abort() })(1)
  .catch((error) => log.push(error.name));
log.push(await new Promise((resolve) => callbackify(async (n) => n + 1)(1, (_error, n) => resolve(n))));
log.push(await promisifyAll({ half: (n, done) => done(null, n / 2) }).halfAsync(4));

// An object of the copy that the CommonJS module has, if the bundler made two.
const future = legacy.future();
log.push(future instanceof Future, (await wait([future])).done.size, await future);
const deferred = legacy.deferred();
log.push(deferred instanceof Deferred, await toPromise(fromDeferred(deferred)));
log.push(isCancelled(legacy.cancelled()));

const read = [];
for await (const n of toIterable(fromIterable([1, 2]))) read.push(n);
log.push(read.join());
console.log(JSON.stringify(log));
