/** What is not ours may throw, lie, or be polluted: one run is affected, and ends with an error. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { operation, outcome } from '@anyasync/core';
import { Deferred, fromJQuery, isJQuery, jqueryConvention, toJQuery, when } from '@anyasync/jquery';
import { describe, expect, test } from 'vitest';
import { revoked, throwing } from '../../core/test/support.js';

describe.each([
  ['a revoked proxy', revoked],
  ['an object whose getters throw', throwing],
])('%s', (_what, make) => {
  test('hostile 7: is no jQuery promise, and isJQuery() does not throw', () => {
    expect(isJQuery(make())).toBe(false);
  });

  test('hostile 8: as a reason it settles every run, and nothing is thrown into the source', async () => {
    const reason = make();
    const deferred = Deferred<number>();
    const run = outcome(fromJQuery(deferred));
    const written = toJQuery(fromJQuery(deferred), { timeout: 1000 });
    expect(() => deferred.reject(reason)).not.toThrow();
    expect((await run).status).toBe('rejected');
    expect(written.state()).toBe('rejected');
  });

  test('hostile 8: as what a then handler throws it rejects', async () => {
    const reason = make();
    const next = Deferred<number>()
      .resolve(1)
      .then(() => {
        throw reason;
      });
    await new Promise((done) => setTimeout(done, 5));
    expect(next.state()).toBe('rejected');
  });
});

test('hostile 19: toJQuery() gives back what it was made from only if that is a jQuery promise', () => {
  const source = operation<number>((receiver) => receiver.resolve(1));
  for (const lie of [{ then() {} }, 1, true]) {
    const liar = { ...source, [Symbol.for('anyasync.jquery/1')]: lie };
    expect(toJQuery(liar).state()).toBe('resolved');
  }
});

test('methods of others that have a `call` or `apply` of their own are called, not that', () => {
  const log: string[] = [];
  const own = <F extends (...args: any[]) => unknown>(fn: F): F =>
    Object.assign(fn, { call: () => log.push('call'), apply: () => log.push('apply') });
  Deferred<number>(own(() => void log.push('beforeStart')))
    .resolve(1)
    .done(own(() => void log.push('done')));
  when({ then: own((resolve: (value: number) => void) => resolve(1)) } as never).done(() => log.push('when'));
  expect(log.slice(0, 2)).toEqual(['beforeStart', 'done']);
  expect(log).not.toContain('call');
});

test('hostile 4: nothing is read from Object.prototype', () => {
  for (const value of [true, 0, {}, 'x']) {
    for (const name of ['values', 'progress', 'context'])
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    try {
      const deferred = Deferred<number>().resolve(1, 2);
      expect(toJQuery(fromJQuery(deferred, {}), {}).state()).toBe('resolved');
      expect(jqueryConvention({}).name).toBe('jquery');
    } finally {
      for (const name of ['values', 'progress', 'context']) delete (Object.prototype as never)[name];
    }
  }
});

test('options that do not exist are refused, with those that do', () => {
  expect(() => fromJQuery(Deferred(), { value: 'all' } as never)).toThrow(
    '[jquery] fromJQuery() has no option value. There are: values, progress.',
  );
  expect(() => jqueryConvention({ multi: true } as never)).toThrow(
    '[jquery] jqueryConvention() has no option',
  );
  expect(() => toJQuery(fromJQuery(Deferred()), { progress: 1 } as never)).toThrow(
    'progress is true or false',
  );
});

test("hostile 3: toJQuery(..., { context: 'subscriber' }) calls in its caller's async context, on every end", () => {
  const user = new AsyncLocalStorage<string>();
  const log: unknown[] = [];
  for (const end of ['resolve', 'reject', 'abort'] as const) {
    let settle = (): void => {};
    const source = operation<number>((receiver) => {
      settle = () => receiver[end](1 as never);
    });
    user.run('me', () => {
      toJQuery(source, { context: 'subscriber' }).always(() => log.push(user.getStore()));
    });
    user.run('you', () => settle());
  }
  expect(log).toEqual(['me', 'me', 'me']);
});
