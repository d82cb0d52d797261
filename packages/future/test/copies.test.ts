/** Two copies of the package in one process, as a bundle, two versions, or an old Node's CommonJS and ESM have each their own: a class is one class. */
import * as here from '@anyasync/future';
import { describe, expect, test, vi } from 'vitest';

vi.resetModules();
const there = (await import('@anyasync/future')) as typeof here;

test('the copies are two, the class is one', () => {
  expect(there.Future).not.toBe(here.Future);
  expect(new there.Future()).toBeInstanceOf(here.Future);
  class Task<T> extends here.Future<T> {}
  expect(new Task()).toBeInstanceOf(there.Future);
  expect(new there.Future()).not.toBeInstanceOf(Task);
  expect({}).not.toBeInstanceOf(here.Future);
});

describe.each([
  ['ours', here, there],
  ['that of the other copy', there, here],
])('%s takes futures of the other', (_which, one, other) => {
  test('toFuture(), fromFuture(): it is that one', () => {
    const future = new other.Future<number>();
    expect(one.toFuture(one.fromFuture(future))).toBe(future);
  });

  test('wait(): a cancelled one is done when that is acknowledged', async () => {
    const future = new other.Future<number>();
    future.cancel();
    const log: unknown[] = [];
    const waited = one.wait([future]).then(({ done }) => log.push(done.has(future)));
    await Promise.resolve();
    expect(log).toEqual([]);
    future.setRunningOrNotifyCancel();
    await waited;
    expect(log).toEqual([true]);
  });

  test('whenAll(), whenAny(), continueWith(), waitAsync()', () => {
    const [a, b] = [new other.Future<number>(), new one.Future<number>()];
    const all = one.whenAll([a, b]);
    const any = one.whenAny([b, a]);
    const next = one.continueWith(a, (ended) => ended.result() + 1);
    const limited = one.waitAsync(a, { timeout: 1000 });
    a.setResult(1);
    b.setResult(2);
    expect([all, any, next, limited].map((each) => each.result() as unknown)).toEqual([
      [1, 2],
      { future: a, index: 1 },
      2,
      1,
    ]);
  });

  test('asCompleted(), whenEach()', async () => {
    const future = new other.Future<number>();
    future.setResult(1);
    const seen: unknown[] = [];
    for await (const each of one.asCompleted([future])) seen.push(each);
    for await (const each of one.whenEach([future])) seen.push(each);
    expect(seen[0]).toBe(future);
    expect(seen[1]).toBe(future);
  });
});
