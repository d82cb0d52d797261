/** Two copies of the package in one process, as CommonJS and ESM have each their own. */
import * as here from '@anyasync/deferred';
import { describe, expect, test, vi } from 'vitest';

vi.resetModules();
const there = (await import('@anyasync/deferred')) as typeof here;
const { Deferred, Failure } = here;
const error = new Error('an error');

describe('a callback returns a Deferred of another copy', () => {
  test('the copies are two, the class is one', () => {
    expect(there.Deferred).not.toBe(Deferred);
    expect(new there.Deferred()).toBeInstanceOf(Deferred);
    expect(new Deferred()).toBeInstanceOf(there.Deferred);
    expect(there.fail(error).addErrback(() => {})).toBeInstanceOf(Deferred);
    expect(new there.Failure(error)).toBeInstanceOf(Failure);
    expect(new there.Deferred()).not.toBeInstanceOf(here.DeferredList);
    expect(new Failure(error)).not.toBeInstanceOf(Deferred);
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

describe.each([
  ['ours', here, there],
  ['that of the other copy', there, here],
])('%s takes one of the other', (_which, one, other) => {
  test('toDeferred(), fromDeferred(): it is that one', () => {
    const deferred = other.succeed(1);
    expect(one.toDeferred(one.fromDeferred(deferred))).toBe(deferred);
  });

  test('gatherResults(), DeferredList and race()', () => {
    const log: unknown[] = [];
    const later = new other.Deferred<string>();
    one.gatherResults([one.succeed('a'), later]).addCallback((all) => log.push(all));
    new one.DeferredList([later, other.fail(error)], { consumeErrors: true }).addCallback((ends) =>
      log.push(ends.map(([succeeded]) => succeeded)),
    );
    later.callback('b');
    expect(log).toEqual([
      ['a', 'b'],
      [true, false],
    ]);
    expect(one.race([new other.Deferred(), other.succeed(2)]).result).toEqual([1, 2]);
  });

  test('chainDeferred(): value, failure, and its links run', () => {
    const log: unknown[] = [];
    const [value, failure] = [new other.Deferred<number>(), new other.Deferred<number>()];
    value.addCallback((result) => log.push(result));
    failure.addErrback((failed) => log.push(failed.value));
    expect(one.succeed(1).chainDeferred(value).result).toBe(undefined);
    expect((one.fail(error) as here.Deferred<any>).chainDeferred(failure).result).toBe(undefined);
    expect(log).toEqual([1, error]);
  });

  test('a Failure of the other is a failure', () => {
    const log: unknown[] = [];
    const failed = one.maybeDeferred((): any => new other.Failure(error));
    failed.addErrback((failure: here.Failure) => log.push(failure.value));
    new one.Deferred().addErrback((failure) => log.push(failure.value)).callback(new other.Failure(error));
    expect(log).toEqual([error, error]);
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
