/** .NET's combinators of tasks (D15): each under its own name, because it is faithful. */
import { CancelledError, isCancelled, TimeoutError } from '@anyasync/core';
import { continueWith, Future, waitAsync, whenAll, whenAny, whenEach } from '@anyasync/future';
import { describe, expect, test } from 'vitest';

const error = new Error('an error');
const make = (): Future<number> => new Future<number>();

describe('D15', () => {
  test('whenAll waits for all, also after a failure, and keeps all errors in order', () => {
    const [a, b, c] = [make(), make(), make()];
    const all = whenAll([a, b, c]);
    c.setException('third');
    a.setException(error);
    expect(all.done()).toBe(false);
    b.setResult(1);
    expect((all.exception() as AggregateError).errors).toEqual([error, 'third']);
  });
  test('whenAll is cancelled only if none failed', () => {
    const [a, b] = [make(), make()];
    const all = whenAll([a, b]);
    a.cancel('why');
    b.setResult(1);
    expect(all.cancelled()).toBe(true);
    expect(() => all.result()).toThrow('why');
    const [c, d] = [make(), make()];
    const failing = whenAll([c, d]);
    c.cancel();
    d.setException(error);
    expect([failing.cancelled(), (failing.exception() as AggregateError).errors]).toEqual([false, [error]]);
  });
  test('whenAll of none has ended', () => {
    expect(whenAll([]).result()).toEqual([]);
  });

  test('whenAny gives the first future that ends, and never fails', async () => {
    const [a, b] = [make(), make()];
    const any = whenAny([a, b]);
    b.setException(error);
    const { future, index } = await any;
    expect([future === b, index]).toEqual([true, 1]);
    expect(() => whenAny([])).toThrow(expect.objectContaining({ argument: 'futures' }));
  });
  test('whenAny leaves nothing on the others', () => {
    const [a, b] = [make(), make()];
    whenAny([a, b]);
    whenAny([a]).cancel();
    b.setResult(1);
    expect((a as unknown as { _waiters?: Set<unknown> })._waiters?.size ?? 0).toBe(0);
  });

  test('whenEach gives the futures in the order in which they end, cancelled ones too', async () => {
    const [a, b] = [make(), make()];
    b.cancel();
    const order: boolean[] = [];
    const iterate = (async () => {
      for await (const each of whenEach([a, b])) order.push(each.cancelled());
    })();
    a.setResult(1);
    await iterate;
    expect(order).toEqual([true, false]);
  });

  test('continueWith runs on any end, with the future; what it throws is the error', () => {
    const future = make();
    const next = continueWith(future, (ended) => ended.exception());
    const throwing = continueWith(future, () => {
      throw error;
    });
    future.setException('failed');
    expect([next.result(), throwing.exception()]).toEqual(['failed', error]);
  });
  test('continueWith: onlyOn and notOn filter, and a continuation that is not to run is cancelled', () => {
    for (const [end, settle] of Object.entries({
      fulfilled: (future: Future<number>): void => future.setResult(1),
      rejected: (future: Future<number>): void => future.setException(error),
      cancelled: (future: Future<number>): void => void future.cancel(),
    })) {
      const future = make();
      const only = continueWith(future, () => 'ran', { onlyOn: end as 'fulfilled' });
      const not = continueWith(future, () => 'ran', { notOn: end as 'fulfilled' });
      settle(future);
      expect([only.result(), not.cancelled()]).toEqual(['ran', true]);
    }
    expect(() => continueWith(make(), () => 1, { onlyOn: 'sometimes' as never })).toThrow(
      expect.objectContaining({ argument: 'onlyOn' }),
    );
  });
  test('continueWith: a cancelled continuation is not called', () => {
    const future = make();
    const log: string[] = [];
    const next = continueWith(future, () => log.push('called'));
    next.cancel();
    future.setResult(1);
    expect([log, future.cancelled()]).toEqual([[], false]);
  });

  test('waitAsync gives up after the timeout or when the signal is aborted, and the work goes on', async () => {
    const future = make();
    await expect(waitAsync(future, { timeout: 1 })).rejects.toBeInstanceOf(TimeoutError);
    const controller = new AbortController();
    const waiting = waitAsync(future, { signal: controller.signal });
    controller.abort(new CancelledError('enough'));
    expect([waiting.cancelled(), future.done()]).toEqual([true, false]);
    await waiting.then(undefined, (reason) => expect(isCancelled(reason)).toBe(true));
  });
  test('waitAsync is the same future where nothing can cut it short', () => {
    const future = make();
    expect(waitAsync(future)).toBe(future);
    future.setResult(1);
    expect(waitAsync(future, { timeout: 1 })).toBe(future);
  });
});
