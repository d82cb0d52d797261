/** Iterators start nothing before they are read, and keep nothing that they have given out. */
import { asCompleted, Future, whenEach } from '@anyasync/future';
import { afterEach, describe, expect, test, vi } from 'vitest';

const waitersOn = (future: Future<unknown>): number =>
  (future as unknown as { _waiters?: Set<unknown> })._waiters?.size ?? 0;

afterEach(() => {
  vi.useRealTimers();
});

describe.each(Object.entries({ asCompleted, whenEach }))('%s()', (_name, each) => {
  test('puts nothing on a future before the first next()', async () => {
    const future = new Future<number>();
    const iterator = each([future]);
    expect(waitersOn(future)).toBe(0);
    const first = iterator.next();
    expect(waitersOn(future)).toBe(1);
    future.setResult(1);
    expect((await first).value).toBe(future);
    expect(waitersOn(future)).toBe(0);
  });

  test('is left before it is read: nothing was put anywhere, and it has ended', async () => {
    const future = new Future<number>();
    const iterator = each([future]);
    await iterator.return?.();
    expect(waitersOn(future)).toBe(0);
    expect(await iterator.next()).toEqual({ value: undefined, done: true });
  });

  test('keeps no future that it has given out', async () => {
    const futures = Array.from({ length: 100 }, () => new Future<number>());
    const iterator = each(futures);
    const first = iterator.next();
    for (const future of futures) future.setResult(1);
    await first;
    for (let i = 1; i < 60; i++) await iterator.next();
    const { ready } = iterator as unknown as { ready: unknown[] };
    expect(ready.filter((future) => futures.slice(0, 60).includes(future as Future<number>))).toEqual([]);
    let left = 0;
    for await (const _ of iterator) left++;
    expect(left).toBe(40);
  });
});

test('asCompleted(): no timer before the first next(), and the time begins there', async () => {
  vi.useFakeTimers();
  const iterator = asCompleted([new Future<number>()], { timeout: 100 });
  expect(vi.getTimerCount()).toBe(0);
  vi.advanceTimersByTime(1000);
  const first = iterator.next();
  expect(vi.getTimerCount()).toBe(1);
  vi.advanceTimersByTime(100);
  await expect(first).rejects.toThrow('1 (of 1) futures unfinished');
  expect(vi.getTimerCount()).toBe(0);
});
