/** What is not ours may throw, lie, or be polluted: one run is affected, and ends with an error. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { operation, outcome } from '@anyasync/core';
import {
  Deferred,
  DeferredList,
  DeferredLock,
  DeferredQueue,
  fromDeferred,
  gatherResults,
  inlineCallbacks,
  isDeferred,
  toDeferred,
} from '@anyasync/deferred';
import { toPromise } from '@anyasync/promise';
import { describe, expect, test } from 'vitest';
import { revoked, throwing } from '../../core/test/support.js';

describe.each([
  ['a revoked proxy', revoked],
  ['an object whose getters throw', throwing],
])('%s', (_what, make) => {
  test('hostile 7: is no Deferred, and isDeferred() does not throw', () => {
    expect(isDeferred(make())).toBe(false);
    expect(make() instanceof Deferred).toBe(false);
  });

  test('hostile 8: as a reason it settles every run, and lists of it', async () => {
    const reason = make();
    const deferred = new Deferred<number>();
    const all = gatherResults([new Deferred<number>(), deferred]);
    const ends = [outcome(deferred), outcome(all)];
    const list = new DeferredList([deferred], { consumeErrors: true });
    all.addErrback(() => {});
    expect(() => deferred.errback(reason)).not.toThrow();
    expect((await Promise.all(ends)).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect(list.called).toBe(true);
  });

  test('hostile 8: as a value and as the reason of a Deferred of others, too', () => {
    const value = make();
    const deferred = new Deferred<unknown>();
    expect(() =>
      deferred.addCallback(() => value).addErrback((failure) => failure.check(Error)),
    ).not.toThrow();
    expect(() => deferred.callback(1)).not.toThrow();
    expect(deferred.result === value).toBe(true);
    let errback: (error: unknown) => unknown = () => {};
    const other = {
      addCallbacks: (_callback: unknown, given: typeof errback) => void (errback = given),
      addErrback: () => {},
    };
    const run = outcome(fromDeferred(other));
    expect(() => errback(value)).not.toThrow();
    return expect(run).resolves.toMatchObject({ status: 'rejected' });
  });
});

test('hostile 4: nothing is read from Object.prototype', () => {
  const names = ['_waits', '_swallows', '_invoked', '_cancelling', 'share', 'twisted', 'size', 'backlog'];
  names.push('consumeErrors', 'fireOnOneCallback', 'context', 'addCallbacks');
  for (const value of [true, 0, {}, 'x']) {
    for (const name of names)
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    try {
      const deferred = new Deferred<number>(() => {});
      expect(() => deferred.unpause()).toThrow('without a pause');
      expect(deferred.cancel()).toBe(true);
      expect(() => deferred.callback(1)).toThrow('fired before');
      deferred.addErrback(() => {});
      new DeferredQueue<number>({}).put(1);
      const list = new DeferredList([new Deferred<number>()], {});
      expect(list.called).toBe(false);
      expect(isDeferred({})).toBe(false);
    } finally {
      for (const name of names) delete (Object.prototype as never)[name];
    }
  }
});

describe('options and arguments that do not exist are refused, with those that do', () => {
  const deferred = (): Deferred<number> => new Deferred<number>();
  const calls: Readonly<Record<string, [() => unknown, string]>> = {
    Deferred: [() => new Deferred(undefined, { shared: true } as never), 'There are: share, twisted'],
    DeferredList: [() => new DeferredList([], { consume: 1 } as never), 'consumeErrors'],
    'DeferredList, as in Twisted': [
      () => new DeferredList([], true as never),
      'takes its options as an object',
    ],
    gatherResults: [
      () => gatherResults([], { fireOnOneCallback: true } as never),
      'There are: consumeErrors',
    ],
    DeferredQueue: [() => new DeferredQueue({ limit: 1 } as never), 'There are: size, backlog'],
    addCallbacks: [
      () =>
        deferred().addCallbacks(
          () => 1,
          () => 2,
          ...([[3]] as never[]),
        ),
      'addCallbacks() takes two',
    ],
    addTimeout: [() => deferred().addTimeout(5, {} as never), 'onTimeoutCancel is a function'],
  };
  test.each(Object.entries(calls))('%s', (name, [call, message]) => {
    expect(call).toThrow(message);
    expect(call).toThrow(name.replace(/,.*/, '').replace('addTimeout', 'onTimeoutCancel'));
  });
});

describe('hostile 3: async contexts', () => {
  const user = new AsyncLocalStorage<string>();

  test("inlineCallbacks() resumes its generator in its caller's", () => {
    const deferred = new Deferred<number>();
    const log: unknown[] = [];
    const run = inlineCallbacks(function* () {
      yield deferred;
      log.push(user.getStore());
      yield new Deferred(() => {});
    });
    const running = user.run('me', () => run());
    user.run('you', () => deferred.callback(1));
    expect(log).toEqual(['me']);
    running.addErrback(() => {});
    running.cancel();
  });

  test("run() of a lock calls in its caller's, whoever releases", () => {
    const lock = new DeferredLock();
    lock.acquire();
    const seen = user.run('me', () => lock.run(() => user.getStore()));
    user.run('you', () => lock.release());
    expect(seen.result).toBe('me');
  });

  test("toDeferred(..., { context: 'subscriber' }) calls in its caller's, on every end", () => {
    const log: unknown[] = [];
    for (const end of ['resolve', 'reject', 'abort'] as const) {
      let settle = (): void => {};
      const source = operation<number>((receiver) => {
        settle = () => receiver[end](1 as never);
      });
      user.run('me', () => {
        toDeferred(source, { context: 'subscriber' }).addBoth(() => void log.push(user.getStore()));
      });
      user.run('you', () => settle());
    }
    expect(log).toEqual(['me', 'me', 'me']);
  });
});

describe('hostile 12: a consumer that has left is forgotten by its source', () => {
  const leave = (deferred: Deferred<unknown>): void => {
    const controller = new AbortController();
    toPromise(fromDeferred(deferred), { signal: controller.signal, cancel: 'detach' }).catch(() => {});
    controller.abort();
  };

  test('and the order of the chain is as it was', () => {
    const deferred = new Deferred<unknown>();
    const log: unknown[] = [];
    deferred.addCallback(() => void log.push('first'));
    for (let i = 0; i < 1000; i++) leave(deferred);
    deferred.addCallback(() => void log.push('second'));
    outcome(deferred).then(() => log.push('run'));
    for (let i = 0; i < 1000; i++) leave(deferred);
    deferred.addCallback(() => void log.push('third'));
    const { _links } = deferred as unknown as { _links: unknown[] };
    expect(_links.length).toBeLessThan(40);
    deferred.callback(1);
    expect(log).toEqual(['first', 'second', 'third']);
  });
});
