import { getEventListeners, setMaxListeners } from 'node:events';
import { convert, first, operation, outcome } from '@anyasync/core';
import { expect, it } from 'vitest';
import { inChild } from '../../core/test/support.js';
import { promise, toPromise } from '../../promise/src/index.js';
import { callback, callbackify, convention, fromCallback, promisify, toCallback } from '../src/index.js';

type Done<T = any> = (error?: any, value?: T) => void;
const now = (n: number, done: Done<number>): void => done(null, n + 1);
const MANY = 100_000;

it('100,000 synchronous callbacks in a loop of awaits', async () => {
  const next = promisify(now as any) as (n: number) => Promise<number>;
  let n = 0;
  while (n < MANY) n = await next(n);
  expect(n).toBe(MANY);
});

it('100,000 synchronous callbacks at once, through promise and back to callback', async () => {
  const back: any = convert(convert(now, callback, promise, { timeout: 1e6 }), promise, callback);
  let left = MANY;
  await new Promise<void>((done) => {
    for (let i = 0; i < MANY; i++) back(i, () => void (--left === 0 && done()));
  });
  expect(left).toBe(0);
});

it('a chain of 100,000 callbacks, each started in the one before, does not overflow', async () => {
  const step: any = callbackify(promisify(now as any) as any, { timeout: 1e6 });
  const end = await new Promise<number>((done, failed) => {
    const go = (n: number): void =>
      step(n, (error: any, m: number) => (error ? failed(error) : m < MANY ? go(m) : done(m)));
    go(0);
  });
  expect(end).toBe(MANY);
});

it('a loop that starts 100,000 operations inside one another through toCallback does not overflow', async () => {
  const end = await new Promise<number>((done) => {
    const go = (n: number): void =>
      toCallback(fromCallback(now as any, n) as any, (_error: any, m: any) => (m < MANY ? go(m) : done(m)));
    go(0);
  });
  expect(end).toBe(MANY);
});

it('a synchronous source of 100,000 items through a fold', async () => {
  const items = operation<void, number>((receiver) => {
    for (let i = 0; i < MANY && receiver.active; i++) receiver.next(i);
    receiver.complete();
  });
  const { count, last } = await import('@anyasync/core');
  expect(await toPromise(items, { fold: count() })).toBe(MANY);
  expect(await toPromise(items, { fold: last() })).toBe(MANY - 1);
  expect(await toPromise(items, { fold: first() })).toBe(0);
});

it('10,000 conversions on one long-lived signal leave no listener', async () => {
  const { signal } = new AbortController();
  setMaxListeners(0, signal);
  const later = promisify(
    ((n: number, done: Done) => void setImmediate(done, n % 3 ? null : 'no', n)) as any,
  );
  const made: Promise<unknown>[] = [];
  for (let i = 0; i < 10_000; i++) {
    made.push(
      (later as any)
        .with({ signal })(i)
        .catch(() => {}),
    );
    if (i % 100 === 99) {
      await Promise.all(made.splice(0));
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    }
  }
});

it('10,000 conversions that are all aborted at once leave no listener', async () => {
  const controller = new AbortController();
  const never = promisify((() => {}) as any).with({ signal: controller.signal }) as () => Promise<unknown>;
  const made = Array.from({ length: 10_000 }, () => never());
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1);
  controller.abort('enough');
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  const ends = await Promise.allSettled(made);
  expect(new Set(ends.map((end) => (end as PromiseRejectedResult).reason))).toEqual(new Set(['enough']));
});

it('1,000 operations in one combinator', async () => {
  const { all } = await import('@anyasync/core');
  const ops = Array.from({ length: 1000 }, (_, n) => fromCallback(now as any, n));
  expect(await outcome(all(ops as any))).toMatchObject({
    status: 'fulfilled',
    value: expect.objectContaining({ 999: 1000 }),
  });
});

it('200 conversions of one function, one around the other, still answer', async () => {
  const value = convention({ style: 'value-only' });
  let fn: any = (done: (n: number) => void): void => done(1);
  for (let i = 0; i < 100; i++) {
    const inner = convert(fn, value, promise, { timeout: 1e6 });
    fn = convert(inner as any, promise, value as any, { timeout: 1e6 });
  }
  expect(await new Promise((done) => fn(done))).toBe(1);
});

it('a million settled runs leave nothing on the heap', () => {
  const { out, err, status } = inChild(
    `
    import { promisify, callbackify, toCallback, fromCallback } from '@anyasync/callback';
    const fn = promisify((n, done) => done(null, n));
    const failing = promisify((n, done) => done('no'));
    const { signal } = new AbortController();
    const guarded = fn.with({ signal, timeout: 1e6 });
    const back = callbackify(async (n) => n);
    const round = async (count) => {
      for (let i = 0; i < count; i += 5) {
        await fn(i);
        await guarded(i);
        await failing(i).catch(() => {});
        await new Promise((done) => back(i, done));
        await new Promise((done) => toCallback(fromCallback((done) => done(null, i)), done));
      }
    };
    const used = () => { for (let i = 0; i < 5; i++) globalThis.gc(); return process.memoryUsage().heapUsed; };
    await round(20_000);
    const before = used();
    await round(1_000_000);
    console.log(((used() - before) / 1e6).toFixed(2));
    `,
    '--expose-gc',
  );
  expect({ err, status }).toEqual({ err: '', status: 0 });
  expect(Number(out)).toBeLessThan(3);
}, 60_000);
