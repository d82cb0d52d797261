/** The rules 1 to 23 of Begin and End, by their numbers, as our pairs keep them and as fromAsync survives them. */
import { promisify } from 'node:util';
import {
  type AsyncResult,
  beginEnd,
  end,
  fromAsync,
  fromAsyncResult,
  loop,
  toAsyncResult,
} from '@anyasync/begin-end';
import {
  CancelledError,
  convert,
  type Operation,
  onStray,
  operation,
  outcome,
  type Stray,
  sync,
} from '@anyasync/core';
import { promise, toPromise } from '@anyasync/promise';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const error = new Error('an error');
const half = convert((n: number) => n / 2, sync, beginEnd);
const later = convert(async (n: number) => n / 2, promise, beginEnd);
const settled = <T>(value: T): Operation<T> => operation((receiver) => receiver.resolve(value));

/** A begin and an end of somebody else, which do as they are told. */
function foreign({
  flags = [true],
  calls = 1,
  inside = true,
}: {
  flags?: boolean[];
  calls?: number;
  inside?: boolean;
}) {
  const log: string[] = [];
  const answers = [...flags];
  const begin = (callback: (result: AsyncResult) => void, state?: unknown): AsyncResult => {
    const result = {
      asyncState: state,
      isCompleted: false,
      get completedSynchronously(): boolean {
        return (answers.length > 1 ? answers.shift() : answers[0]) as boolean;
      },
      get asyncWaitHandle(): never {
        throw new Error('never asked for');
      },
    };
    const complete = (): void => {
      result.isCompleted = true;
      for (let call = 0; call < calls; call++) callback(result);
    };
    if (inside) complete();
    else queueMicrotask(complete);
    return result;
  };
  const endIt = (): string => {
    log.push('end');
    return 'value';
  };
  return { begin, end: endIt, log };
}

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

describe('begin and end', () => {
  test('rule 1: begin takes its arguments, a callback and a state, which may be left out or null', async () => {
    expect(half.end(half.begin(4))).toBe(2);
    const log: unknown[] = [];
    half.begin(4, (result) => log.push(half.end(result), result.asyncState), 'state');
    const withNull = half.begin(4, null, 'with null');
    log.push(withNull.asyncState, half.end(withNull));
    expect(log).toEqual([2, 'state', 'with null', 2]);
    const task = fromAsync(
      (callback: (result: AsyncResult) => void, state?: unknown) => later.begin(4, callback, state),
      later.end,
      [],
      { state: 1 },
    );
    expect(await toPromise(task)).toBe(2);
  });
  test.skip('rule 2: out arguments of begin and end (JavaScript has none: the end returns an object)', () => {});
  test('rule 3: a begin that throws has begun nothing: thrown out of fromAsync, a rejection of a converted function', async () => {
    const failing = convert(
      () => {
        throw error;
      },
      sync,
      beginEnd,
    );
    const log: string[] = [];
    expect(() => failing.begin(() => log.push('called'))).toThrow(error);
    expect(() => fromAsync(failing.begin, failing.end, [])).toThrow(error);
    const throwing = {
      begin: (_callback?: (result: AsyncResult) => void): AsyncResult => {
        throw error;
      },
      end: () => 1,
    };
    await expect(convert(throwing, beginEnd, promise)()).rejects.toBe(error);
    expect(log).toEqual([]);
  });
  test('rule 4: the callback is always called, and once, also on synchronous completion', async () => {
    const log: string[] = [];
    half.begin(4, () => log.push('inside'));
    log.push('returned');
    const begun = later.begin(4, () => log.push('later'));
    await begun.asyncWaitHandle.waitAsync();
    expect(log).toEqual(['inside', 'returned', 'later']);
    for (const inside of [true, false]) {
      const pair = foreign({ inside, calls: 2 });
      expect(await toPromise(fromAsync(pair.begin, pair.end, []))).toBe('value');
      expect(pair.log).toEqual(['end']);
    }
  });
  test('rule 5: the object given to the callback is the one that begin returned', async () => {
    let given: unknown;
    const begun = later.begin(4, (result) => {
      given = result;
    });
    await begun.asyncWaitHandle.waitAsync();
    expect(given).toBe(begun);
  });
  test('rule 6: at completion first isCompleted, then the wait handle, then the callback', async () => {
    const log: unknown[] = [];
    const begun = later.begin(4, (result) => log.push(['callback', result.isCompleted]));
    const waited = begun.asyncWaitHandle.waitAsync().then((is) => log.push(['waited', is]));
    await waited;
    expect(log).toEqual([
      ['callback', true],
      ['waited', true],
    ]);
    expect(begun.asyncWaitHandle.wait(0)).toBe(true);
  });
  test('rule 7, D1: completedSynchronously means completed before begin returned', async () => {
    expect(half.begin(4).completedSynchronously).toBe(true);
    const begun = later.begin(4);
    await begun.asyncWaitHandle.waitAsync();
    expect(begun.completedSynchronously).toBe(false);
  });
  test('rule 8, D2, D3: completedSynchronously never changes once it has been seen; one that does, hangs nothing and ends once', async () => {
    const seen: boolean[] = [];
    const begun = half.begin(4, (result) => seen.push(result.completedSynchronously));
    seen.push(begun.completedSynchronously);
    expect(seen).toEqual([true, true]);
    for (const flags of [[true, false], [false, true], [false]]) {
      const pair = foreign({ flags });
      expect(await toPromise(fromAsync(pair.begin, pair.end, []))).toBe('value');
      expect(pair.log).toEqual(['end']);
    }
  });
  test('rule 9: a callback inside begin only remembers, and the begin call site goes on: 100,000 in a row need no stack', () => {
    let turns = 0;
    const run = outcome(
      loop(
        (callback) => half.begin(turns, callback),
        half.end,
        () => ++turns < 100_000,
      ),
    );
    expect(turns).toBe(100_000);
    return run;
  });
  test('rule 10: the callback and the returned flag together end it once', async () => {
    const pair = foreign({ flags: [true] });
    await toPromise(fromAsync(pair.begin, pair.end, []));
    expect(pair.log).toEqual(['end']);
  });
  test('rule 11: asyncState is the same object', () => {
    const state = {};
    expect(half.begin(4, null, state).asyncState).toBe(state);
  });
  test('rule 12: fromAsyncResult of a result that is completed ends it now', async () => {
    const begun = half.begin(4);
    const task = fromAsyncResult(begun, half.end);
    expect(() => half.end(begun)).toThrow(expect.objectContaining({ name: 'InvalidOperationError' }));
    expect(await toPromise(task)).toBe(2);
  });
  test('rule 13: the wait handle is made when it is asked for, and the same then; fromAsync never asks', async () => {
    const begun = later.begin(4);
    expect(begun.asyncWaitHandle).toBe(begun.asyncWaitHandle);
    const pair = foreign({ inside: false, flags: [false] });
    expect(await toPromise(fromAsync(pair.begin, pair.end, []))).toBe('value');
  });
  test('rule 14, D5, D6: an end before completion cannot wait for its own thread: WouldDeadlockError, and the operation goes on', async () => {
    const begun = later.begin(4);
    expect(() => later.end(begun)).toThrow(expect.objectContaining({ name: 'WouldDeadlockError' }));
    expect(() => begun.asyncWaitHandle.wait()).toThrow(
      expect.objectContaining({ name: 'WouldDeadlockError' }),
    );
    expect(begun.asyncWaitHandle.wait(0)).toBe(false);
    await begun.asyncWaitHandle.waitAsync();
    expect(later.end(begun)).toBe(2);
  });
  test('rule 15: end gives the value or throws the same error object', async () => {
    const failing = convert(
      async () => {
        throw error;
      },
      promise,
      beginEnd,
    );
    const begun = failing.begin();
    await begun.asyncWaitHandle.waitAsync();
    expect(() => failing.end(begun)).toThrow(error);
  });
  test('rule 16: an operation is ended exactly once, also when nobody waits any more', async () => {
    const pair = foreign({ inside: false, flags: [false] });
    const disposed: unknown[] = [];
    const controller = new AbortController();
    const run = convert(pair, beginEnd, promise).with({
      signal: controller.signal,
      dispose: (value) => disposed.push(value),
    });
    const pending = run();
    controller.abort('enough');
    await expect(pending).rejects.toBe('enough');
    await Promise.resolve();
    expect([pair.log, disposed]).toEqual([['end'], ['value']]);
  });
  test('rule 17, D4: a second end is an InvalidOperationError, or the same again with { endTwice: "same" }', () => {
    const begun = half.begin(4);
    half.end(begun);
    expect(() => half.end(begun)).toThrow(expect.objectContaining({ name: 'InvalidOperationError' }));
    const again = toAsyncResult(settled(1), null, undefined, { endTwice: 'same' });
    expect([end(again), end(again)]).toEqual([1, 1]);
  });
  test('rule 18, D4: the end of another begin, or of nothing, is a TypeError, and does not compile', () => {
    for (const wrong of [null, {}, later.begin(1)]) expect(() => half.end(wrong as never)).toThrow(TypeError);
    // @ts-expect-error what toAsyncResult returns is ended by end(), not by another pair's
    expect(() => end(half.begin(1))).toThrow(TypeError);
  });
  test('rule 20, D8: there is no cancel in the contract; an end that throws a CancelledError is a cancellation', async () => {
    const begun = later.begin(4);
    expect(begun.cancel()).toBe(true);
    expect(() => later.end(begun)).toThrow(expect.objectContaining({ name: 'CancelledError' }));
    const cancelling = {
      begin: later.begin,
      end: (): number => {
        throw new CancelledError('enough');
      },
    };
    const ended = await outcome(fromAsync(cancelling.begin, cancelling.end, [4]));
    expect(ended).toMatchObject({ status: 'cancelled', reason: { name: 'CancelledError' } });
  });
  test('rule 21, D9, D14: the callback runs inline, inside whatever completes the operation', () => {
    const log: string[] = [];
    let complete!: (value: number) => void;
    toAsyncResult(
      operation<number>((receiver) => {
        complete = receiver.resolve.bind(receiver);
      }),
      () => log.push('callback'),
    );
    log.push('before');
    complete(1);
    log.push('after');
    expect(log).toEqual(['before', 'callback', 'after']);
  });
  test('rule 22, D10: a throwing callback is its own problem: reported, and the operation is as it was', () => {
    const begun = half.begin(4, () => {
      throw error;
    });
    expect(half.end(begun)).toBe(2);
    expect(strays.map(({ kind, value }) => [kind, value])).toEqual([['thrown', error]]);
  });
  test('rule 23: a begin that returns nothing is an error that says so', async () => {
    const nothing = {
      begin: (_callback?: (result: AsyncResult) => void): AsyncResult => null as never,
      end: () => 1,
    };
    expect(() => fromAsync(nothing.begin, nothing.end, [])).toThrow(
      expect.objectContaining({ argument: 'begin' }),
    );
    await expect(convert(nothing, beginEnd, promise)()).rejects.toThrow('returned no AsyncResult');
  });
});

test('D11: util.promisify of a begin rejects with the result', async () => {
  const promisified = promisify(later.begin as never) as unknown as (n: number) => Promise<unknown>;
  await expect(promisified(4)).rejects.toMatchObject({ isCompleted: true });
});

test('D12: with a canceller it is called, and the operation is ended all the same', async () => {
  const pair = foreign({ inside: false, flags: [false] });
  const cancelled: unknown[] = [];
  const task = fromAsync(pair.begin, pair.end, [], { cancel: (_result, reason) => cancelled.push(reason) });
  const controller = new AbortController();
  const pending = toPromise(task, { signal: controller.signal });
  controller.abort('enough');
  await expect(pending).rejects.toBe('enough');
  await Promise.resolve();
  expect([cancelled, pair.log]).toEqual([['enough'], ['end']]);
});
