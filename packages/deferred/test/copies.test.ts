/** Two copies of the package in one process, as CommonJS and ESM have each their own. */
import * as here from '@anyasync/deferred';
import { describe, expect, test, vi } from 'vitest';

vi.resetModules();
const there = (await import('@anyasync/deferred')) as typeof here;
const { Deferred, Failure } = here;
const error = new Error('an error');

describe('a callback returns a Deferred of another copy', () => {
  test('the copies are two', () => {
    expect(there.Deferred).not.toBe(Deferred);
    expect(new there.Deferred()).not.toBeInstanceOf(Deferred);
  });

  test('its result is waited for, and is the result', () => {
    const inner = new there.Deferred<number>();
    const log: unknown[] = [];
    here
      .succeed('a')
      .addCallback((): any => inner)
      .addCallback((value) => log.push(value));
    expect(log).toEqual([]);
    inner.callback(1);
    expect(log).toEqual([1]);
    expect(inner.result).toBe(undefined); // it has given it away, as one of the same copy
  });

  test('one that has its result does not wait', () => {
    const log: unknown[] = [];
    here
      .succeed('a')
      .addCallback((): any => there.succeed(2))
      .addCallback((value) => log.push(value));
    expect(log).toEqual([2]);
  });

  test('its failure is one of ours, with the same error', () => {
    const log: any[] = [];
    here
      .succeed('a')
      .addCallback((): any => there.fail(error))
      .addErrback((failure) => void log.push(failure));
    expect(log[0]).toBeInstanceOf(Failure);
    expect(log[0].value).toBe(error);
  });

  test('cancelling the one that waits cancels it', () => {
    const log: string[] = [];
    const inner = new there.Deferred<number>(() => log.push('canceller'));
    const outer: any = here.succeed('a').addCallback((): any => inner);
    outer.addErrback(({ value }: any) => log.push(value.name));
    outer.cancel();
    expect(log).toEqual(['canceller', 'CancelledError']);
  });
});

test('maybeDeferred(), a list and a coroutine take one, too', async () => {
  const log: unknown[] = [];
  here.maybeDeferred(() => there.succeed(1) as any).addCallback((value) => log.push(value));
  here.inlineCallbacks(function* (): any {
    log.push(yield there.succeed(2) as any);
  })();
  await new Promise((done) => setTimeout(done));
  expect(log.sort()).toEqual([1, 2]);
});
