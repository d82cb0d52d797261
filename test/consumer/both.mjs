// One process with an ESM and a CommonJS copy of every package: they must understand each other.
import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import * as esm from 'anyasync';

const cjs = createRequire(import.meta.url)('anyasync');
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
console.log('ok');
