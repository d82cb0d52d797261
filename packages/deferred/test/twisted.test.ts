/** Twisted's rules T1 to T33, by their numbers. */
import { CancelledError, isCancelled, onStray, type Stray, TimeoutError } from '@anyasync/core';
import {
  AlreadyCalledError,
  Deferred,
  DeferredList,
  DeferredLock,
  DeferredQueue,
  DeferredSemaphore,
  Failure,
  FailureGroup,
  FirstError,
  fail,
  fromCoroutine,
  gatherResults,
  inlineCallbacks,
  maybeDeferred,
  NoCurrentExceptionError,
  NotPausedError,
  QueueOverflow,
  QueueUnderflow,
  race,
  succeed,
} from '@anyasync/deferred';
import { toPromise } from '@anyasync/promise';
import { afterEach, beforeEach, describe, expect, expectTypeOf, test, vi } from 'vitest';

const error = new Error('an error');
const ignore = (): undefined => undefined;
const errorOf = (failure: unknown): unknown => (failure as Failure).value;

let strays: Stray[];
let stop: () => void;
beforeEach(() => {
  strays = [];
  stop = onStray((stray) => {
    stray.preventDefault();
    strays.push(stray);
  });
});
afterEach(() => stop());

describe('state and firing', () => {
  test('T1: callback fires once; a Failure is an errback; errback() without an error is an error', () => {
    expect(succeed(1).result).toBe(1);
    const failed = new Deferred<number>();
    failed.callback(new Failure(error));
    expect(failed.addErrback(errorOf).result).toBe(error);
    expect(fail('text').addErrback(errorOf).result).toBe('text');
    const bare = new Deferred() as unknown as { errback(): void };
    expect(() => bare.errback()).toThrow(NoCurrentExceptionError);
  });

  test('T2: a second firing throws AlreadyCalledError, also from inside its own callback', () => {
    const deferred = new Deferred<number>();
    let inside: unknown;
    deferred.addCallback(() => {
      try {
        deferred.callback(2);
      } catch (thrown) {
        inside = thrown;
      }
    });
    deferred.callback(1);
    expect(inside).toBeInstanceOf(AlreadyCalledError);
    expect(() => deferred.errback(error)).toThrow(AlreadyCalledError);
  });

  test('T3: a Deferred given to callback() is a plain value', () => {
    const inner = new Deferred<number>();
    const seen: unknown[] = [];
    const outer = new Deferred<Deferred<number>>();
    outer.addCallback((value) => void seen.push(value));
    outer.callback(inner);
    expect(seen).toEqual([inner]);
  });

  test('T4: callbacks run inside callback(); added after firing, they run at once', () => {
    const log: string[] = [];
    const deferred = new Deferred<number>();
    deferred.addCallback(() => log.push('before'));
    deferred.callback(1);
    log.push('fired');
    deferred.addCallback(() => log.push('after'));
    log.push('added');
    expect(log).toEqual(['before', 'fired', 'after', 'added']);
  });

  test('T5: there is one object and one current result, which each link replaces', () => {
    const deferred = new Deferred<number>();
    expect(deferred.addCallback((n) => n + 1)).toBe(deferred);
    deferred.callback(1);
    expect(deferred.result).toBe(2);
  });

  test('T6: addCallbacks is one link: an error in the callback does not reach its own errback; more arguments follow', () => {
    const log: unknown[] = [];
    succeed(1)
      .addCallbacks(
        () => {
          throw error;
        },
        () => log.push('own'),
      )
      .addErrback((failure) => log.push(failure.value));
    succeed(1).addCallback((n, more: string) => log.push(n, more), 'more');
    fail(error).addErrback((failure, more: string) => log.push(failure.value, more), 'too');
    expect(log).toEqual([error, 1, 'more', error, 'too']);
  });

  test('T7: throwing fails, a returned Failure keeps failing, a returned Error is a value, anything else recovers', () => {
    const thrown = succeed(1).addCallback(() => {
      throw error;
    });
    expect(thrown.addErrback((failure) => failure).addErrback(errorOf).result).toBe(error);
    const recovered = fail(error).addErrback(() => 'recovered');
    expect(recovered.result).toBe('recovered');
    const log: string[] = [];
    succeed(1)
      .addCallback(() => new Error('returned'))
      .addCallbacks(
        () => log.push('value'),
        () => log.push('failure'),
      );
    expect(log).toEqual(['value']);
  });

  test('T8: trap throws the failure on unless it matches; check gives the class or nothing', () => {
    const failure = new Failure(new RangeError('far'));
    expect(failure.check(TypeError, RangeError)).toBe(RangeError);
    expect(failure.check(TypeError)).toBe(undefined);
    expect(failure.trap(RangeError)).toBe(RangeError);
    const log: unknown[] = [];
    fail(failure)
      .addErrback((given) => void given.trap(TypeError))
      .addErrback((given) => log.push(given === failure));
    expect(log).toEqual([true]);
  });
});

describe('re-entrancy', () => {
  test('T9: links added while the chain runs go to the end and run in the same loop', () => {
    const log: string[] = [];
    const deferred = new Deferred<number>();
    deferred.addCallback(() => {
      log.push('a');
      deferred.addCallback(() => log.push('nested'));
      log.push('a-end');
    });
    deferred.addCallback(() => log.push('b'));
    deferred.callback(1);
    expect(log).toEqual(['a', 'a-end', 'b', 'nested']);
  });

  test('T10: pause() inside a running callback does not stop that run', () => {
    const log: string[] = [];
    const deferred = new Deferred<number>();
    deferred.addCallback(() => deferred.pause()).addCallback(() => log.push('still'));
    deferred.callback(1);
    deferred.addCallback(() => log.push('held back'));
    expect(log).toEqual(['still']);
    deferred.unpause();
    expect(log).toEqual(['still', 'held back']);
  });

  test('T11: pause is a counter; unpause without pause throws, and with { twisted: true } the Deferred never delivers', () => {
    const log: string[] = [];
    const deferred = succeed(1);
    deferred.pause();
    deferred.pause();
    deferred.addCallback(() => log.push('run'));
    deferred.unpause();
    expect(log).toEqual([]);
    deferred.unpause();
    expect(log).toEqual(['run']);
    expect(() => deferred.unpause()).toThrow(NotPausedError);
    const twisted = new Deferred<number>(undefined, { twisted: true });
    twisted.unpause();
    twisted.addCallback(() => log.push('never'));
    twisted.callback(1);
    expect([twisted.paused, log]).toEqual([-1, ['run']]);
  });

  test('T12: firing while paused stores the result', () => {
    const deferred = new Deferred<number>();
    const log: number[] = [];
    deferred.addCallback((n) => log.push(n));
    deferred.pause();
    deferred.callback(1);
    expect([deferred.called, log]).toEqual([true, []]);
    deferred.unpause();
    expect(log).toEqual([1]);
  });
});

describe('chaining by return', () => {
  test('T13: a link that returns a Deferred takes its result, at once or when it comes, and leaves undefined', () => {
    const fired = succeed('now');
    expect(succeed(1).addCallback(() => fired).result).toBe('now');
    expect(fired.result).toBe(undefined);
    const later = new Deferred<string>();
    const outer = succeed(1).addCallback(() => later);
    expect(outer.paused).toBe(1);
    later.callback('later');
    expect([outer.result, later.result, outer.paused]).toEqual(['later', undefined, 0]);
  });

  test('T14: of two chains that wait for one Deferred the second gets undefined; with { share: true } both get the result', () => {
    const ask = (inner: Deferred<string>): unknown[] => {
      const [first, second] = [succeed(1).addCallback(() => inner), succeed(2).addCallback(() => inner)];
      inner.callback('V');
      return [first?.result, second?.result];
    };
    expect(ask(new Deferred())).toEqual(['V', undefined]);
    expect(ask(new Deferred(undefined, { share: true }))).toEqual(['V', 'V']);
  });

  test('T15: a Deferred that returns itself is warned of, and waits for ever', () => {
    const warning = vi.spyOn(process, 'emitWarning').mockImplementation(ignore);
    const deferred = new Deferred<unknown>();
    deferred.addCallback(() => deferred);
    deferred.callback(1);
    expect(deferred.paused).toBe(1);
    expect(String(warning.mock.calls[0]?.[0])).toContain('returned the Deferred that it belongs to');
    warning.mockRestore();
  });

  test('T16: chains by return and by chainDeferred are 100,000 deep without stack', () => {
    const first = new Deferred<string>();
    let last: Deferred<string> = first;
    for (let depth = 0; depth < 100_000; depth++) {
      const inner = last;
      last = succeed(0).addCallback(() => inner);
    }
    first.callback('deep');
    expect(last.result).toBe('deep');
    const chain = Array.from({ length: 100_000 }, () => new Deferred<string>());
    for (const [index, each] of chain.entries()) {
      const next = chain[index + 1];
      if (next) each.chainDeferred(next);
    }
    chain[0]?.callback('chained');
    expect(chain.at(-1)?.result).toBe('chained');
  });

  test('T17: a.chainDeferred(b) fires b; a goes on with undefined, and cancelling b does not reach a', () => {
    const [a, b] = [new Deferred<number>(), new Deferred<number>()];
    a.chainDeferred(b);
    a.callback(1);
    expect([a.result, b.result]).toEqual([undefined, 1]);
    const [c, d] = [new Deferred<number>(), new Deferred<number>()];
    c.chainDeferred(d);
    d.addErrback(ignore).cancel();
    expect(c.called).toBe(false);
    c.callback(1); // swallowed by d, which was cancelled
  });

  test('T18: awaiting the same Deferred twice gives the result twice', async () => {
    const deferred = succeed(5);
    expect([await deferred, await deferred]).toEqual([5, 5]);
  });
});

describe('cancel', () => {
  test('T19: without a canceller it fails with a CancelledError now, and one later firing is swallowed', () => {
    const deferred = new Deferred<number>();
    const log: boolean[] = [];
    deferred.addErrback((failure) => void log.push(isCancelled(failure.value)));
    deferred.cancel();
    deferred.cancel();
    expect(log).toEqual([true]);
    deferred.callback(1);
    expect(() => deferred.callback(2)).toThrow(AlreadyCalledError);
  });

  test('T20: a canceller that fires stands; otherwise a CancelledError, and a later firing throws', () => {
    const answered = new Deferred<string>((deferred) => deferred.callback('answer'));
    answered.cancel();
    expect(answered.result).toBe('answer');
    const canceller = vi.fn();
    const cancelled = new Deferred<string>(canceller);
    cancelled.addErrback(ignore).cancel();
    expect(canceller.mock.calls).toEqual([[cancelled]]);
    expect(() => cancelled.callback('late')).toThrow(AlreadyCalledError);
  });

  test('T21: a canceller that throws fails the Deferred with its error; with { twisted: true } cancel() throws, and may be called again', () => {
    const canceller = vi.fn(() => {
      throw error;
    });
    expect(new Deferred(canceller).addErrback(errorOf).cancel()).toBe(true);
    const failed = new Deferred(canceller);
    failed.cancel();
    expect(failed.addErrback(errorOf).result).toBe(error);
    canceller.mockClear();
    const twisted = new Deferred(canceller, { twisted: true });
    expect(() => twisted.cancel()).toThrow(error);
    expect(() => twisted.cancel()).toThrow(error);
    expect([twisted.called, canceller.mock.calls.length]).toEqual([false, 2]);
  });

  test('T22: cancel of one that waits for an inner one goes to that, and the outer sees its CancelledError', () => {
    const inner = new Deferred<number>();
    const outer = succeed(1).addCallback(() => inner);
    const seen = outer.addErrback((failure) => isCancelled(failure.value));
    outer.cancel();
    expect([seen.result, inner.result]).toEqual([true, undefined]);
  });

  test('T23: cancel of one that has its result does nothing, also from inside its own callback', () => {
    const canceller = vi.fn();
    const deferred = new Deferred<number>(canceller);
    deferred.addCallback((n) => {
      deferred.cancel();
      return n;
    });
    deferred.callback(1);
    expect(deferred.cancel()).toBe(false);
    expect([deferred.result, canceller.mock.calls.length]).toEqual([1, 0]);
  });

  test('T24: cancelled while it is paused and not fired, it is called, and delivers on unpause', () => {
    const deferred = new Deferred<number>();
    const log: boolean[] = [];
    deferred.addErrback((failure) => void log.push(isCancelled(failure.value)));
    deferred.pause();
    deferred.cancel();
    expect([deferred.called, log]).toEqual([true, []]);
    deferred.unpause();
    expect(log).toEqual([true]);
  });

  test('T25: a cancellation is an error like others: any errback may recover', () => {
    const deferred = new Deferred<number>().addErrback(() => 'recovered');
    deferred.cancel();
    expect(deferred.result).toBe('recovered');
  });

  test('T26: cancelling a coroutine throws where it waits; it may go on, and its end is the end', async () => {
    const later = new Deferred<string>();
    const run = inlineCallbacks(function* () {
      try {
        yield new Deferred<string>();
      } catch (thrown) {
        expect(isCancelled(thrown)).toBe(true);
      }
      return (yield later) as string;
    });
    const outer = run();
    outer.cancel();
    const seen: unknown[] = [];
    outer.addCallback((value) => seen.push(value));
    expect(seen).toEqual([]);
    later.callback('late');
    expect(seen).toEqual(['late']);
    const coroutine = fromCoroutine(async (signal) => {
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      return 'stopped';
    });
    coroutine.cancel();
    expect(await coroutine).toBe('stopped');
  });

  test('T27: asPromise takes the result at once; fromPromise calls later, and its cancel leaves the promise alone', async () => {
    const deferred = succeed(1);
    const promise = deferred.asPromise();
    expect(deferred.result).toBe(undefined);
    expect(await promise).toBe(1);
    expect(await Deferred.fromPromise(Promise.resolve(2))).toBe(2);
    const cancelled = Deferred.fromPromise(Promise.resolve(3)).addErrback((failure) =>
      isCancelled(failure.value),
    );
    cancelled.cancel();
    expect(cancelled.result).toBe(true);
    await Promise.resolve();
    expect(cancelled.result).toBe(true);
  });

  test('T28: addTimeout covers the links added before it, and turns the CancelledError into a TimeoutError', () => {
    vi.useFakeTimers();
    const log: unknown[] = [];
    new Deferred<number>()
      .addTimeout(10)
      .addErrback((failure) => log.push((failure.value as TimeoutError).name));
    new Deferred<number>()
      .addTimeout(10, (_failure, ms) => `after ${ms}`)
      .addCallback((text) => log.push(text));
    new Deferred<string>((deferred) => deferred.callback('answer'))
      .addTimeout(10)
      .addCallback((text) => log.push(text));
    const byHand = new Deferred<number>().addTimeout(10);
    byHand.addErrback((failure) => log.push(isCancelled(failure.value)));
    byHand.cancel();
    vi.advanceTimersByTime(10);
    expect(vi.getTimerCount()).toBe(0);
    vi.useRealTimers();
    expect(log).toEqual([true, TimeoutError.prototype.name ?? 'TimeoutError', 'after 10', 'answer']);
  });
});

test('T3: a Failure that an errback returns goes on to the errbacks, and is no type of a value', () => {
  const log: unknown[] = [];
  const kept = new Deferred<number>().addErrback((failure) => failure);
  expectTypeOf(kept).toEqualTypeOf<Deferred<number>>();
  const both = new Deferred<number>().addBoth((result) => result);
  expectTypeOf(both).toEqualTypeOf<Deferred<number>>();
  kept.addErrback((failure) => void log.push(failure.value));
  kept.errback(error);
  expect(log).toEqual([error]);
});

describe('unhandled errors, several, and taking turns', () => {
  test('T29: an error that nobody handled is reported when the Deferred is collected; a handled one is not', async () => {
    const { setFlagsFromString } = await import('node:v8');
    const { runInNewContext } = await import('node:vm');
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    (() => {
      fail(error);
      fail(new Error('handled')).addErrback(ignore);
      fail(new Error('awaited')).then(ignore, ignore);
      succeed(1)
        .addCallback(() => fail(new Error('taken by return')))
        .addErrback(ignore);
      const chained = new Deferred<never>();
      chained.addErrback(ignore);
      fail(new Error('chained')).chainDeferred(chained);
      new DeferredList([fail(new Error('consumed'))], { consumeErrors: true });
      for (const canceller of [
        undefined,
        ignore,
        (mine: Deferred<any>) => mine.errback(new CancelledError()),
      ]) {
        const controller = new AbortController();
        toPromise(new Deferred(canceller), { signal: controller.signal }).catch(ignore);
        controller.abort(new Error('cancelled by its reader'));
      }
    })();
    for (let turns = 0; turns < 50 && strays.length === 0; turns++) {
      await new Promise((resolve) => setTimeout(resolve, 5));
      gc();
    }
    expect(strays.map(({ kind, value }) => [kind, value])).toEqual([['unheard', error]]);
  });

  test('T30: DeferredList gives how each ended, in order; its flags; an empty one fires at once', () => {
    const list = new DeferredList<unknown>([succeed(1), fail(error)], { consumeErrors: true });
    expect(list.result).toEqual([
      [true, 1],
      [false, expect.objectContaining({ value: error })],
    ]);
    expect(new DeferredList([]).result).toEqual([]);
    expect(new DeferredList([], { fireOnOneCallback: true }).called).toBe(false);
    expect(new DeferredList([new Deferred(), succeed('b')], { fireOnOneCallback: true }).result).toEqual([
      'b',
      1,
    ]);
    const first = new DeferredList([fail(error).addErrback((failure) => failure)], {
      fireOnOneErrback: true,
      consumeErrors: true,
    }).addErrback(errorOf).result as unknown as FirstError;
    expect(first).toBeInstanceOf(FirstError);
    expect([first.index, first.subFailure.value, first.cause]).toEqual([0, error, error]);
    const members = [new Deferred<number>(), new Deferred<number>()];
    const cancelled = new DeferredList(members, { consumeErrors: true });
    cancelled.cancel();
    expect(members.every(({ called }) => called)).toBe(true);
    expect((cancelled.result as unknown[]).length).toBe(2);
  });

  test('T31: gatherResults gives the values or the first error; race gives the first value and cancels the others', () => {
    expect(gatherResults([succeed(1), succeed(2)]).result).toEqual([1, 2]);
    const gathered = gatherResults([new Deferred<number>()], { consumeErrors: true });
    gathered.cancel();
    const first = gathered.addErrback(errorOf).result as FirstError;
    expect(isCancelled(first.subFailure.value)).toBe(true);
    const loser = new Deferred<string>();
    expect(race([loser, succeed('b')]).result).toEqual([1, 'b']);
    expect(loser.called).toBe(true);
    const group = race([fail('a'), fail('b')]).addErrback(errorOf).result as unknown as FailureGroup;
    expect(group).toBeInstanceOf(FailureGroup);
    expect(group.failures.map(errorOf)).toEqual(['a', 'b']);
  });

  test('T32: maybeDeferred makes a Deferred of a value, an error, a Failure, a Deferred or a promise', async () => {
    expect(maybeDeferred((n: number) => n + 1, 1).result).toBe(2);
    const throwing = (): never => {
      throw error;
    };
    expect(maybeDeferred(throwing).addErrback(errorOf).result).toBe(error);
    expect(maybeDeferred(() => new Failure(error)).addErrback(errorOf).result).toBe(error);
    const same = succeed(1);
    expect(maybeDeferred(() => same)).toBe(same);
    expect(await maybeDeferred(async () => 3)).toBe(3);
  });

  test('T33: lock, semaphore and queue serve in order; a cancelled waiter leaves; full and empty queues throw at once', () => {
    const log: string[] = [];
    const lock = new DeferredLock();
    lock.acquire();
    const leaving = lock.acquire();
    leaving.addErrback(ignore).cancel();
    lock.acquire().addCallback(() => log.push('third'));
    expect([lock.locked, log]).toEqual([true, []]);
    lock.release();
    expect(log).toEqual(['third']);
    const semaphore = new DeferredSemaphore(1);
    const work = new Deferred<string>();
    const ran = semaphore.run(() => work);
    semaphore.run(() => log.push('next'));
    work.callback('done');
    expect([ran.result, log, semaphore.tokens]).toEqual(['done', ['third', 'next'], 1]);
    const queue = new DeferredQueue<number>({ size: 1, backlog: 1 });
    queue.put(1);
    expect(() => queue.put(2)).toThrow(QueueOverflow);
    expect(queue.get().result).toBe(1);
    const waiting = queue.get();
    expect(() => queue.get()).toThrow(QueueUnderflow);
    queue.put(3);
    expect(waiting.result).toBe(3);
  });
});
