// One process with an ESM and a CommonJS copy of every package: they must understand each other.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as esm from 'anyasync';

const require = createRequire(import.meta.url);
const cjs = require('anyasync');
assert.notEqual(esm.toPromise, cjs.toPromise, 'two copies');

for (const [one, other] of [
  [esm, cjs],
  [cjs, esm],
]) {
  assert.equal(
    await one.toPromise(other.fromPromise(Promise.resolve(1))),
    1,
    'an operation of the other copy',
  );
  assert.equal(one.isCancelled(new other.CancelledError()), true, 'a cancellation of the other copy');

  const strays = [];
  const stop = one.onStray((stray) => strays.push(stray.kind));
  for (const copy of [one, other]) {
    const start = (receiver) => {
      receiver.resolve(1);
      receiver.reject(new Error('late'));
    };
    await copy.toPromise({ '~anyasync': { version: 1, start } });
  }
  stop();
  assert.deepEqual(strays, ['error', 'error'], 'strays of both copies');
}

const [esmObservable, cjsObservable] = [await import('anyasync/observable'), require('anyasync/observable')];
const [{ Observable, of }, { bindCallback }] = [await import('rxjs'), await import('anyasync/rxjs')];
for (const [one, other] of [
  [esmObservable, cjsObservable],
  [cjsObservable, esmObservable],
]) {
  const source = of(1);
  assert.equal(one.toObservable(other.fromObservable(source), { Observable }), source, 'the way back');
}
const half = bindCallback((n, done) => done(n / 2));
assert.equal(await cjsObservable.firstValueFrom(half(8)), 4, 'Observables of RxJS');
console.log('ok');
