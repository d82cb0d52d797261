/** What is not ours may throw, lie, or be polluted: one run is affected, and ends with an error. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { onStray, operation, outcome, type Stray } from '@anyasync/core';
import {
  asCompleted,
  continueWith,
  Future,
  fromFuture,
  future as futureStyle,
  isFuture,
  toFuture,
  wait,
  waitAsync,
  whenAll,
  whenEach,
} from '@anyasync/future';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { revoked, throwing } from '../../core/test/support.js';

let strays: Stray[];
let stop: () => void;
beforeEach(() => {
  strays = [];
  stop = onStray((stray) => {
    strays.push(stray);
    (stray as { preventDefault?(): void }).preventDefault?.();
  });
});
afterEach(() => stop());

describe.each([
  ['a revoked proxy', revoked],
  ['an object whose getters throw', throwing],
])('%s', (_what, make) => {
  test('hostile 7: is no future, and isFuture() does not throw', () => {
    expect(isFuture(make())).toBe(false);
    expect(() => fromFuture(make() as never)).toThrow();
    expect(make() instanceof Future).toBe(false);
  });

  test('hostile 8: as a reason it settles every run', async () => {
    const reason = make();
    const future = new Future<number>();
    const derived = toFuture(fromFuture(future), { timeout: 1000 });
    const ends = [outcome(future), outcome(derived), outcome(whenAll([future]))];
    const next = continueWith(future, (ended) => ended.exception());
    future.setException(reason);
    const settled = await Promise.all(ends);
    expect(settled.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
    expect((settled[0] as { reason: unknown }).reason === reason).toBe(true);
    expect(next.result() === reason).toBe(true);
    expect(strays).toEqual([]);
  });

  test('hostile 8: as the reason of a future of others, too; cancelled() that throws is no cancellation', async () => {
    const reason = make();
    let settle = (): void => {};
    const other = {
      addDoneCallback: (callback: (future: never) => void) => void (settle = callback as () => void),
      result: () => {
        throw reason;
      },
      cancelled: () => {
        throw new Error('in cancelled()');
      },
      cancel: () => false,
    };
    const run = outcome(fromFuture(other));
    expect(settle).not.toThrow();
    expect((await run).status).toBe('rejected');
  });
});

test('hostile 4: nothing is read from Object.prototype', async () => {
  const names = [
    '_waiters',
    'timeout',
    'returnWhen',
    'signal',
    'onlyOn',
    'notOn',
    'context',
    'addDoneCallback',
  ];
  for (const value of [true, 0, {}, 'x']) {
    for (const name of names)
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    try {
      const future = new Future<number>();
      const waited = wait([future], {});
      const each = asCompleted([future], {}).next();
      const next = continueWith(future, (ended) => ended.result() + 1, {});
      expect(waitAsync(future, {})).toBe(future);
      expect(isFuture({})).toBe(false);
      future.setResult(1);
      expect([next.result(), (await waited).done.size, (await each).done]).toEqual([2, 1, false]);
      const source = operation<number>((receiver) => receiver.resolve(1));
      expect(toFuture(source).result()).toBe(1);
    } finally {
      for (const name of names) delete (Object.prototype as never)[name];
    }
  }
});

describe('options and arguments that do not exist are refused, with those that do', () => {
  const future = new Future<number>();
  const calls: Readonly<Record<string, [() => unknown, string]>> = {
    wait: [() => wait([future], { timeOut: 1 } as never), 'There are: timeout, returnWhen'],
    'wait, as in Python': [() => wait([future], 10 as never), 'as an object. There are: timeout, returnWhen'],
    asCompleted: [() => asCompleted([future], { returnWhen: 1 } as never), 'There are: timeout'],
    whenEach: [() => whenEach([future], { timeout: 1 } as never), 'asCompleted() has a timeout'],
    continueWith: [
      () => continueWith(future, () => 1, { onlyon: 'x' } as never),
      'There are: onlyOn, notOn, context',
    ],
    waitAsync: [() => waitAsync(future, { time: 1 } as never), 'There are: timeout, signal'],
  };
  test.each(Object.entries(calls))('%s', (name, [call, message]) => {
    expect(call).toThrow(message);
    expect(call).toThrow(`[future] ${name.replace(/,.*/, '')}()`);
  });
});

describe('hostile 3: async contexts', () => {
  const user = new AsyncLocalStorage<string>();

  test("continueWith(..., { context: 'subscriber' }) calls in its caller's", () => {
    const future = new Future<number>();
    const next = user.run('me', () => continueWith(future, () => user.getStore(), { context: 'subscriber' }));
    user.run('you', () => future.setResult(1));
    expect(next.result()).toBe('me');
  });

  test("toFuture(..., { context: 'subscriber' }) has its callbacks called in its caller's, on every end", () => {
    const log: unknown[] = [];
    for (const end of ['resolve', 'reject', 'abort'] as const) {
      let settle = (): void => {};
      const source = operation<number>((receiver) => {
        settle = () => receiver[end](1 as never);
      });
      user.run('me', () => {
        const future = toFuture(source, { context: 'subscriber' });
        future.addDoneCallback(() => log.push(user.getStore()));
      });
      user.run('you', () => settle());
    }
    const controller = new AbortController();
    user.run('me', () => {
      const never = operation<number>(() => {});
      const future = toFuture(never, { context: 'subscriber', signal: controller.signal });
      future.addDoneCallback(() => log.push(user.getStore()));
    });
    user.run('you', () => controller.abort());
    expect(log).toEqual(['me', 'me', 'me', 'me']);
    expect(futureStyle.traits.context).toBe('emitter');
  });
});

test('hostile 12: a consumer that has left is forgotten by its source', () => {
  const future = new Future<number>();
  const source = fromFuture(future);
  for (let i = 0; i < 1000; i++) {
    whenAll([future]).cancel();
    continueWith(future, () => {}).cancel();
    const controller = new AbortController();
    toFuture(source, { signal: controller.signal, cancel: 'detach', timeout: 1000 });
    controller.abort();
  }
  const { _listeners } = future as unknown as { _listeners: unknown };
  expect([_listeners].flat().length).toBeLessThan(10);
  expect(future.done()).toBe(false);
});
