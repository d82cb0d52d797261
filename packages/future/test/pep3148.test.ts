/** PEP 3148's rules F1 to F11, by their numbers, and what bears on a Future of A2. */
import {
  CancelledError,
  onStray,
  operation,
  type Stray,
  TimeoutError,
  WouldDeadlockError,
} from '@anyasync/core';
import {
  asCompleted,
  Future,
  fromFuture,
  InvalidStateError,
  toFuture,
  UnfinishedError,
  wait,
} from '@anyasync/future';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const error = new Error('an error');
const finished = <T>(value: T): Future<T> => {
  const future = new Future<T>();
  future.setResult(value);
  return future;
};
const failed = (reason: unknown): Future<never> => {
  const future = new Future<never>();
  future.setException(reason);
  return future;
};
const cancelled = (): Future<never> => {
  const future = new Future<never>();
  future.cancel();
  return future;
};

let strays: Stray[];
let removeListener: () => void;
beforeEach(() => {
  strays = [];
  removeListener = onStray((stray) => {
    stray.preventDefault();
    strays.push(stray);
  });
});
afterEach(() => removeListener());

describe('PEP 3148', () => {
  test('F1: the five states, and done() in the last three', () => {
    const future = new Future<number>();
    expect([future.state, future.done()]).toEqual(['PENDING', false]);
    future.setRunningOrNotifyCancel();
    expect([future.state, future.running(), future.done()]).toEqual(['RUNNING', true, false]);
    future.setResult(1);
    expect([future.state, future.running(), future.done()]).toEqual(['FINISHED', false, true]);
    const stopped = cancelled();
    expect([stopped.state, stopped.cancelled(), stopped.done()]).toEqual(['CANCELLED', true, true]);
    stopped.setRunningOrNotifyCancel();
    expect([stopped.state, stopped.done()]).toEqual(['CANCELLED_AND_NOTIFIED', true]);
  });

  test('F2: cancel() is true when pending or cancelled, false when running or finished; callbacks run in the first only', () => {
    const log: string[] = [];
    const future = new Future<number>();
    future.addDoneCallback(({ state }) => log.push(state));
    expect([future.cancel(), future.cancel(), log]).toEqual([true, true, ['CANCELLED']]);
    const running = new Future<number>();
    running.setRunningOrNotifyCancel();
    expect([running.cancel(), finished(1).cancel()]).toEqual([false, false]);
  });

  test('F3: setRunningOrNotifyCancel is true when pending, false when cancelled, and an error otherwise', () => {
    expect(new Future().setRunningOrNotifyCancel()).toBe(true);
    const stopped = cancelled();
    expect(stopped.setRunningOrNotifyCancel()).toBe(false);
    expect(() => stopped.setRunningOrNotifyCancel()).toThrow(InvalidStateError);
    expect(() => finished(1).setRunningOrNotifyCancel()).toThrow(InvalidStateError);
  });

  test('F4: a result or an exception after the end, also after a cancellation, is an InvalidStateError', () => {
    expect(() => finished(1).setResult(2)).toThrow(
      expect.objectContaining({ state: 'FINISHED', method: 'setResult' }),
    );
    expect(() => cancelled().setResult(2 as never)).toThrow(InvalidStateError);
    expect(() => cancelled().setException(error)).toThrow(InvalidStateError);
    const running = new Future<number>();
    running.setRunningOrNotifyCancel();
    running.setResult(1);
    expect(running.result()).toBe(1);
  });

  test('F5: an exception that is none is a value', () => {
    expect([failed(null).result(), failed(undefined).exception()]).toEqual([null, undefined]);
  });
  test.skip('F5: an exception that is a text makes result() raise a TypeError (JavaScript throws any value, and so does this)', () => {});

  test('F6: callbacks run first in first out, with the future, inside the settling call; what one throws is reported, and the others run', () => {
    const log: unknown[] = [];
    const future = new Future<number>();
    future.addDoneCallback((done) => log.push(done === future));
    future.addDoneCallback(() => {
      throw error;
    });
    future.addDoneCallback(() => log.push('third'));
    future.setResult(1);
    log.push('settled');
    future.addDoneCallback(() => log.push('late'));
    expect(log).toEqual([true, 'third', 'settled', 'late']);
    expect(strays.map(({ kind, value }) => [kind, value])).toEqual([['thrown', error]]);
  });

  test('F7: a callback added inside a callback runs at once, before later ones', () => {
    const log: string[] = [];
    const future = new Future<number>();
    future.addDoneCallback(() => {
      log.push('a');
      future.addDoneCallback(() => log.push('nested'));
      log.push('a-end');
    });
    future.addDoneCallback(() => log.push('b'));
    future.setResult(1);
    expect(log).toEqual(['a', 'nested', 'a-end', 'b']);
  });

  test('F8: result() gives the value, throws the same error, the reason, or a TimeoutError; a wait of this thread is a WouldDeadlockError', () => {
    expect([finished(1).result(), finished(1).exception()]).toEqual([1, undefined]);
    expect(() => failed(error).result()).toThrow(error);
    expect(failed(error).exception()).toBe(error);
    expect(() => cancelled().result()).toThrow(CancelledError);
    expect(() => cancelled().exception()).toThrow(CancelledError);
    const pending = new Future<number>();
    expect(() => pending.result(0)).toThrow(TimeoutError);
    expect(() => pending.exception(-1)).toThrow(TimeoutError);
    expect(() => pending.result()).toThrow(WouldDeadlockError);
    expect(() => pending.result(10)).toThrow(WouldDeadlockError);
    expect(pending.state).toBe('PENDING');
  });

  test('F9: an error that nobody looks at is not reported', async () => {
    failed(error);
    await new Promise((resolve) => setImmediate(resolve));
    expect(strays).toEqual([]);
  });

  test('F10: wait gives the done and the not done; each once; a time limit is no error; cancelled counts when it is acknowledged', async () => {
    const [one, pending, stopped] = [finished(1), new Future<number>(), cancelled()];
    const first = await wait([one, one, pending, stopped], { returnWhen: 'FIRST_COMPLETED' });
    expect([[...first.done], [...first.notDone]]).toEqual([[one], [pending, stopped]]);
    stopped.setRunningOrNotifyCancel();
    const polled = await wait([one, pending, stopped], { timeout: 0 });
    expect([[...polled.done], [...polled.notDone]]).toEqual([[one, stopped], [pending]]);
    const failure = await wait([failed(error), pending], { returnWhen: 'FIRST_EXCEPTION' });
    expect(failure.notDone.has(pending)).toBe(true);
    const all = wait([stopped, pending], { returnWhen: 'FIRST_EXCEPTION' }); // a cancellation is no exception
    pending.setResult(2);
    expect((await all).done.size).toBe(2);
  });
  test('F10: a bad returnWhen is an error, here at once, where Python notices only when it would have to wait', () => {
    expect(() => wait([], { returnWhen: 'SOMETIME' as never })).toThrow(
      expect.objectContaining({ argument: 'returnWhen' }),
    );
  });

  test('F11: asCompleted gives the finished first, then each as it ends, once; the time is for the whole iteration', async () => {
    const [slow, quick, done] = [new Future<string>(), new Future<string>(), finished('done')];
    const order: string[] = [];
    const iterate = (async () => {
      for await (const future of asCompleted([slow, quick, done, done])) order.push(future.result());
    })();
    quick.setResult('quick');
    slow.setResult('slow');
    await iterate;
    expect(order).toEqual(['done', 'quick', 'slow']);
    const late = asCompleted([new Future<string>()], { timeout: 1 });
    const thrown = await late.next().catch((reason: unknown) => reason);
    expect(thrown).toBeInstanceOf(UnfinishedError);
    expect(String(thrown)).toContain('1 (of 1) futures unfinished');
  });

  test('A2: a future of an operation is cancelled while it is pending, and a late result is dropped silently', async () => {
    const later = Promise.resolve(1);
    const future = toFuture(
      operation<number>((receiver) => void later.then((value) => receiver.resolve(value))),
    );
    expect([future.state, future.cancel(), future.state]).toEqual([
      'PENDING',
      true,
      'CANCELLED_AND_NOTIFIED',
    ]);
    await later;
    expect(strays.filter(({ cancelled }) => !cancelled)).toEqual([]);
  });
});

test('a chain of 100,000 futures, each settled by the one before, needs no stack', () => {
  const chain = Array.from({ length: 100_000 }, () => new Future<number>());
  for (const [index, each] of chain.entries())
    each.addDoneCallback(() => chain[index + 1]?.setResult(each.result() + 1));
  chain[0]?.setResult(1);
  expect(chain.at(-1)?.result()).toBe(100_000);
});

test('10,000 waits that are over leave nothing on a future', async () => {
  const future = new Future<number>();
  for (let times = 0; times < 10_000; times++) await wait([future], { timeout: 0 });
  const iterator = asCompleted([future]);
  await iterator.return?.();
  expect((future as unknown as { _waiters?: Set<unknown> })._waiters?.size ?? 0).toBe(0);
});

test('runs that were cancelled alone do not stay in the list of a long-lived future', () => {
  const future = new Future<number>();
  future.setRunningOrNotifyCancel(); // it cannot be cancelled, so they are only detached
  for (let times = 0; times < 10_000; times++) {
    const reader = toFuture(fromFuture(future), { timeout: Number.POSITIVE_INFINITY });
    if (reader !== future) reader.cancel();
    const joined = new Future<number>();
    future.start(joined);
    joined.cancel();
  }
  const { _listeners } = future as unknown as { _listeners: unknown };
  expect(Array.isArray(_listeners) ? _listeners.length : 1).toBeLessThan(10);
});
