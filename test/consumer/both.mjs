// Two copies of every package in one process, as two versions or an old Node's ESM and CommonJS are: they must understand each other.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as one from 'anyasync';

// A Node that can require ESM has one copy for `import` and `require`: the condition `module-sync` gives both the same file.
const require = createRequire(import.meta.url);
const { exports: entries } = require('anyasync/package.json');
if (process.features.require_module)
  for (const entry of Object.keys(entries).filter((each) => each !== './package.json')) {
    const name = `anyasync${entry.slice(1)}`;
    const [imported, required] = [await import(name), require(name)];
    for (const key of Object.keys(imported)) assert.equal(imported[key], required[key], `${name}: ${key}`);
  }

const requireOther = createRequire(new URL('./other/', import.meta.url));
const other = requireOther('anyasync');
assert.notEqual(one.toPromise, other.toPromise, 'two copies');
const pairs = async (name) => {
  const both = [await import(`anyasync/${name}`), requireOther(`anyasync/${name}`)];
  return [both, [both[1], both[0]]];
};

for (const [mine, theirs] of [
  [one, other],
  [other, one],
]) {
  assert.equal(
    await mine.toPromise(theirs.fromPromise(Promise.resolve(1))),
    1,
    'an operation of the other copy',
  );
  assert.equal(mine.isCancelled(new theirs.CancelledError()), true, 'a cancellation of the other copy');

  const strays = [];
  const stop = mine.onStray((stray) => {
    strays.push(stray.kind);
    stray.preventDefault?.();
  });
  for (const copy of [mine, theirs]) {
    const start = (receiver) => {
      receiver.resolve(1);
      receiver.reject(new Error('late'));
    };
    await copy.toPromise({ '~anyasync': { version: 1, start } });
  }
  stop();
  assert.deepEqual(strays, ['error', 'error'], 'strays of both copies');
}

for (const [mine, theirs] of await pairs('future')) {
  const future = new theirs.Future();
  assert.ok(future instanceof mine.Future);
  assert.equal(mine.toFuture(future), future, 'the way back');
  const [all, waited] = [mine.whenAll([future]), mine.wait([future])];
  future.setResult(1);
  assert.deepEqual(all.result(), [1]);
  assert.equal((await waited).done.has(future), true);
}

for (const [mine, theirs] of await pairs('deferred')) {
  const deferred = new theirs.Deferred();
  assert.ok(deferred instanceof mine.Deferred);
  assert.ok(new theirs.Failure(1) instanceof mine.Failure);
  assert.equal(mine.toDeferred(deferred), deferred, 'the way back');
  const all = mine.gatherResults([deferred]);
  const returned = mine.succeed(0).addCallback(() => deferred);
  const [first, chained] = [mine.race([deferred]), new theirs.Deferred()];
  deferred.callback(1);
  mine.succeed(2).chainDeferred(chained);
  assert.deepEqual([all.result, returned.result, chained.result], [[1], 1, 2]);
  assert.equal(first.called, true);
}

for (const [mine, theirs] of await pairs('begin-end')) {
  const begun = theirs.toAsyncResult(one.operation((receiver) => receiver.resolve(1)));
  assert.equal(mine.end(begun), 1);
}

for (const [mine, theirs] of await pairs('jquery')) {
  const promise = mine.Deferred().resolve(1);
  assert.equal(mine.toJQuery(theirs.fromJQuery(promise)), promise, 'the way back');
}

const [{ Observable, of }, { bindCallback }] = [await import('rxjs'), await import('anyasync/rxjs')];
for (const [mine, theirs] of await pairs('observable')) {
  const source = of(1);
  assert.equal(mine.toObservable(theirs.fromObservable(source), { Observable }), source, 'the way back');
}
const half = bindCallback((n, done) => done(n / 2));
assert.equal(await requireOther('anyasync/observable').firstValueFrom(half(8)), 4, 'Observables of RxJS');
console.log('ok');
