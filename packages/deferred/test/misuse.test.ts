/** What goes wrong in the hands of users: each misuse ends in its documented error or report, nothing hangs, and no stack is too small. */
import { isCancelled, onStray, operation, Run, type Stray, setDebugging } from '@anyasync/core';
import {
  AlreadyCalledError,
  Deferred,
  DeferredList,
  DeferredLock,
  DeferredQueue,
  DeferredSemaphore,
  type Failure,
  fail,
  fromCoroutine,
  gatherResults,
  inlineCallbacks,
  race,
  succeed,
  toDeferred,
} from '@anyasync/deferred';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';

const error = new Error('an error');
const ignore = (): undefined => undefined;
const errorOf = (failure: Failure): unknown => failure.value;

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

test('T2: in debug mode the message holds both stacks, where it was created and where it was fired first', () => {
  setDebugging(true);
  try {
    const deferred = (function creator() {
      return new Deferred<number>();
    })();
    (function firstInvoker() {
      deferred.callback(1);
    })();
    let thrown: unknown;
    try {
      deferred.callback(2);
    } catch (reason) {
      thrown = reason;
    }
    expect(thrown).toBeInstanceOf(AlreadyCalledError);
    expect((thrown as Error).message).toMatch(/created at:.*creator.*fired first at:.*firstInvoker/s);
  } finally {
    setDebugging(false);
  }
});

describe('a run that joins a chain', () => {
  class Joined extends Run<number> {
    constructor(private readonly heard: (value: number) => void) {
      super();
    }
    protected override fulfilled(value: number): void {
      this.heard(value);
    }
  }

  test('T9: what its consumer adds to the chain runs once, after all that is there', () => {
    const log: string[] = [];
    const deferred = new Deferred<number>();
    deferred.start(new Joined(() => deferred.addCallback(() => log.push('added'))));
    deferred.addCallback(() => log.push('there'));
    deferred.callback(1);
    expect(log).toEqual(['there', 'added']);
  });
});

describe('cancel', () => {
  test('T22: of a chain by return that is 100,000 deep, without stack', () => {
    const first = new Deferred<string>();
    let last: Deferred<string> = first;
    for (let depth = 0; depth < 100_000; depth++) {
      const inner = last;
      last = succeed(0).addCallback(() => inner);
    }
    expect(last.cancel()).toBe(true);
    expect([first.called, last.addErrback((failure) => isCancelled(failure.value)).result]).toEqual([
      true,
      true,
    ]);
  });

  test('of two that wait for each other does nothing, and comes back', () => {
    const [a, b] = [new Deferred<unknown>(), new Deferred<unknown>()];
    a.addCallback(() => b);
    b.addCallback(() => a);
    a.callback(1);
    b.callback(2);
    const outer = succeed(0).addCallback(() => a);
    expect([a.cancel(), b.cancel(), outer.cancel()]).toEqual([false, false, false]);
  });

  test('T23: of one that is paused with its result does nothing', () => {
    const canceller = vi.fn();
    const deferred = new Deferred<number>(canceller);
    deferred.pause();
    deferred.callback(1);
    expect([deferred.cancel(), canceller.mock.calls.length]).toEqual([false, 0]);
  });

  test('T26: whatever the reason, it is thrown where the generator waits', () => {
    const inner = new Deferred<number>();
    const outer = inlineCallbacks(function* () {
      try {
        yield inner;
      } catch (thrown) {
        return thrown;
      }
    })();
    expect([outer.cancel(error), outer.result]).toEqual([true, error]);
  });

  test('T26: a second cancel is thrown where it waits then', () => {
    const log: boolean[] = [];
    const outer = inlineCallbacks(function* () {
      for (;;) {
        try {
          yield new Deferred<number>();
        } catch (thrown) {
          log.push(isCancelled(thrown));
          if (log.length === 2) return 'stopped';
        }
      }
    })();
    outer.cancel();
    expect([log, outer.called]).toEqual([[true], false]);
    outer.cancel();
    expect([log, outer.result]).toEqual([[true, true], 'stopped']);
  });

  test('T26: an async function gets the reason on its signal', async () => {
    const coroutine = fromCoroutine(async (signal) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      return signal.reason;
    });
    coroutine.cancel(error);
    expect(await coroutine).toBe(error);
  });

  test('T30: of a list cancels its members, and a canceller that throws is reported', () => {
    const members = [
      new Deferred<number>(
        () => {
          throw error;
        },
        { twisted: true },
      ),
      new Deferred<number>(),
    ];
    const list = new DeferredList(members, { consumeErrors: true });
    list.cancel();
    expect([members.map(({ called }) => called), strays.map(({ value }) => value)]).toEqual([
      [false, true],
      [error],
    ]);
  });

  test('T21: a canceller that throws after it has fired is reported, and what it fired stands', () => {
    const deferred = new Deferred<string>((cancelled) => {
      cancelled.callback('answer');
      throw error;
    });
    expect([deferred.cancel(), deferred.result]).toEqual([true, 'answer']);
    expect(strays.map(({ kind, value }) => [kind, value])).toEqual([['thrown', error]]);
  });

  test('of one that was converted stops the work; what that brings later is swallowed', () => {
    let source!: { resolve(value: number): void };
    const deferred = toDeferred(
      operation<number>((receiver) => {
        source = receiver;
      }),
    );
    deferred.addErrback(ignore).cancel();
    source.resolve(1);
    expect([deferred.result, strays.filter(({ cancelled }) => !cancelled)]).toEqual([undefined, []]);
  });
});

test('T11: unpause() without a pause() of a Deferred that waits for another one throws, and the wait goes on', () => {
  const inner = new Deferred<string>();
  const outer = succeed(1).addCallback(() => inner);
  expect(() => outer.unpause()).toThrow(expect.objectContaining({ name: 'NotPausedError' }));
  outer.pause();
  outer.unpause();
  const log: string[] = [];
  outer.addCallback((value) => log.push(value));
  inner.callback('V');
  expect([log, outer.paused]).toEqual([['V'], 0]);
  const holding = new Deferred<unknown>();
  holding.pause();
  holding.callback(inner); // a plain value: it waits for nothing
  holding.unpause();
  expect(holding.result).toBe(inner);
});

test('T20: a canceller that cancels is called once', () => {
  const canceller = vi.fn((deferred: Deferred<any>): void => void deferred.cancel());
  const deferred = new Deferred<never>(canceller);
  const seen = deferred.addErrback((failure) => isCancelled(failure.value));
  expect([deferred.cancel(), seen.result, canceller.mock.calls.length]).toEqual([true, true, 1]);
});

describe('what could never end', () => {
  test('a race of nothing is an ArgumentError', () => {
    expect(() => race([])).toThrow(expect.objectContaining({ argument: 'deferreds' }));
  });
  test('T28: a timeout that no timer can wait is an ArgumentError, and Infinity is none', () => {
    vi.useFakeTimers();
    const deferred = new Deferred<number>().addTimeout(Number.POSITIVE_INFINITY);
    expect([vi.getTimerCount(), deferred.called]).toEqual([0, false]);
    for (const wrong of [2 ** 31, Number.NaN, -1, '5'])
      expect(() => new Deferred().addTimeout(wrong as number)).toThrow(
        expect.objectContaining({ argument: 'timeout' }),
      );
    vi.useRealTimers();
  });
  test('T33: 100,000 that wait for a lock, each releasing it at once, all have their turn', () => {
    const lock = new DeferredLock();
    lock.acquire();
    let turns = 0;
    for (let line = 0; line < 100_000; line++) lock.run(() => void turns++);
    lock.release();
    expect([turns, lock.locked]).toEqual([100_000, false]);
  });
  test('T33: 100,000 objects wait in a queue, and as many for them, without slowing down', () => {
    const queue = new DeferredQueue<number>();
    for (let n = 0; n < 100_000; n++) queue.put(n);
    let sum = 0;
    for (let n = 0; n < 100_000; n++) queue.get().addCallback((got) => void (sum += got));
    for (let n = 0; n < 100_000; n++) queue.get().addCallback((got) => void (sum += got));
    for (let n = 0; n < 100_000; n++) queue.put(n);
    expect(sum).toBe(2 * 4_999_950_000);
  });
  test('T33: the next one runs inside release(), first come, first served', () => {
    const log: string[] = [];
    const lock = new DeferredLock();
    lock.acquire();
    for (const name of ['a', 'b'])
      lock.acquire().addCallback((mine) => {
        log.push(name);
        mine.release();
        log.push(`${name} has released`);
      });
    lock.release();
    expect(log).toEqual(['a', 'b', 'b has released', 'a has released']);
  });
});

test('T31: gatherResults and race of 20,000 need no stack', () => {
  const many = Array.from({ length: 20_000 }, () => new Deferred<number>());
  const all = gatherResults(many);
  for (const [index, each] of many.entries()) each.callback(index);
  expect((all.result as number[]).length).toBe(20_000);
  const losers = Array.from({ length: 20_000 }, () => new Deferred<number>());
  const first = race(losers);
  losers[5]?.callback(5);
  expect(first.result).toEqual([5, 5]);
});

test('inlineCallbacks does not wait for what is there: 100,000 yields need no stack', () => {
  const count = inlineCallbacks(function* () {
    let sum = 0;
    for (let times = 0; times < 100_000; times++) sum += yield succeed(1);
    return sum;
  });
  expect(count().result).toBe(100_000);
});

test('T21: a function that throws before it waits fails the coroutine', () => {
  const throwing = (() => {
    throw error;
  }) as () => Promise<never>;
  expect(fromCoroutine(throwing).addErrback(errorOf).result).toBe(error);
});

test('bad input is an ArgumentError that names it', () => {
  const bad = (argument: string) => expect.objectContaining({ name: 'ArgumentError', argument });
  expect(() => new Deferred('no' as never)).toThrow(bad('canceller'));
  expect(() => succeed(1).addCallback(1 as never)).toThrow(bad('callback'));
  expect(() => succeed(1).addErrback(undefined as never)).toThrow(bad('errback'));
  expect(() => succeed(1).addBoth({} as never)).toThrow(bad('both'));
  expect(() => succeed(1).chainDeferred({} as never)).toThrow(bad('other'));
  expect(() => new DeferredList([1 as never])).toThrow(bad('deferreds'));
  expect(() => gatherResults({} as never)).toThrow(bad('deferreds'));
  expect(() => inlineCallbacks(1 as never)).toThrow(bad('generator'));
  expect(() => fromCoroutine(1 as never)).toThrow(bad('coroutine'));
  for (const limit of [0, 1.5, Number.NaN]) expect(() => new DeferredSemaphore(limit)).toThrow(bad('limit'));
  expect(() => new DeferredSemaphore(1).run(1 as never)).toThrow(bad('fn'));
  expect(() => new DeferredQueue({ size: -1 })).toThrow(bad('size'));
  expect(() => new DeferredQueue({ backlog: Number.NaN })).toThrow(bad('backlog'));
  fail(error).addErrback(ignore);
});
