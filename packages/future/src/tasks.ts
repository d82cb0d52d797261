// .NET's combinators of tasks, for futures, under their own names.

import { assertArgument, type ContextOption, enterHere, type RunOptions, readOptions } from '@anyasync/core';
import { Follower } from './follower.js';
import { type Future, isOurs } from './future.js';
import { Derived, toFuture } from './to.js';
import { Finishing, setOf, type Unawaited } from './waiting.js';

type Values<Fs extends readonly Future<any>[]> = {
  -readonly [K in keyof Fs]: Fs[K] extends Future<infer T> ? T : never;
};

/**
 * All values, in the order given, when *all* futures have ended, also after one has failed. .NET's `Task.WhenAll`.
 *
 * - Errors: if any failed, an AggregateError with all their errors, in the order given. If none failed and any was cancelled, the future
 *   is cancelled, for the first one's reason.
 * - Cancelling the future cancels none of them, and nothing is left on them.
 * - Synchronous: ended if they all have.
 *
 * @throws {ArgumentError} Something is no future.
 * @example
 * ```ts
 * import { Future, whenAll } from '@anyasync/future';
 *
 * const a = new Future<number>();
 * const b = new Future<string>();
 * const both = whenAll([a, b]);
 * b.setResult('b');
 * a.setResult(1);
 * both.result(); //=> [1, 'b']
 * ```
 */
export function whenAll<const Fs extends readonly Future<any>[]>(futures: Fs): Future<Values<Fs>> {
  const different = setOf(futures);
  const all = new Derived<Values<Fs>>();
  let left = different.size;
  const ended = (): void => {
    if (--left > 0 || all.done()) return;
    const errors = futures.filter((each) => each._failed).map((each) => each.exception());
    const cancelled = futures.find((each) => each.cancelled());
    if (errors.length > 0)
      all.reject(
        new AggregateError(
          errors,
          `[future] ${errors.length} of ${futures.length} futures failed. See errors.`,
        ),
      );
    else if (cancelled !== undefined) all.abort(reasonOf(cancelled));
    else all.resolve(futures.map((each) => each.result()) as Values<Fs>);
  };
  if (left === 0) all.resolve([] as unknown as Values<Fs>);
  for (const each of different) each.start(new Follower(all, ended));
  return all;
}

/** What a cancelled future throws. */
function reasonOf(cancelled: Future<unknown>): unknown {
  try {
    return cancelled.result();
  } catch (reason) {
    return reason;
  }
}

/**
 * The first future that ends, however it does. .NET's `Task.WhenAny`: it never fails.
 *
 * - The winner is a member of the value, `{ future, index }`, because awaiting a future would await what it ends with.
 * - The others go on. Cancelling what this returns cancels none of them, and nothing is left on them.
 *
 * @throws {ArgumentError} There is none, or something is no future.
 * @example
 * ```ts
 * import { Future, whenAny } from '@anyasync/future';
 *
 * const slow = new Future<string>();
 * const failed = new Future<string>();
 * failed.setException(new Error('no'));
 * const { future, index } = await whenAny([slow, failed]);
 * [future === failed, index]; //=> [true, 1]
 * ```
 */
export function whenAny<F extends Future<any>>(futures: readonly F[]): Future<{ future: F; index: number }> {
  const different = setOf(futures);
  assertArgument(different.size > 0, 'futures', futures, '[future] whenAny() takes at least one future.');
  const any = new Derived<{ future: F; index: number }>();
  const waiter = {
    changed(future: F): void {
      for (const each of different) each._removeWaiter(waiter);
      any.resolve({ future, index: futures.indexOf(future) });
    },
  };
  const ended = futures.find((each) => each.done());
  if (ended !== undefined) waiter.changed(ended);
  else for (const each of different) each._addWaiter(waiter);
  any.onCancel(() => {
    for (const each of different) each._removeWaiter(waiter);
  });
  return any;
}

/**
 * The futures in the order in which they end. .NET's `Task.WhenEach`: as {@link asCompleted}, but a cancelled future has ended, whether
 * or not anybody has acknowledged it.
 *
 * @throws {ArgumentError} Something is no future.
 * @example
 * ```ts
 * import { Future, whenEach } from '@anyasync/future';
 *
 * const future = new Future<string>();
 * future.cancel();
 * for await (const each of whenEach([future])) each.cancelled(); //=> true
 * ```
 */
export function whenEach<F extends Future<any>>(
  futures: Iterable<F>,
  ...none: never[]
): AsyncIterableIterator<Unawaited<F>> {
  const message = '[future] whenEach() takes futures, and no options. asCompleted() has a timeout.';
  assertArgument(none.length === 0, 'options', none[0], message);
  return new Finishing(setOf(futures), (future) => future.done());
}

/** How a future may have ended, for {@link continueWith}. */
export type Ended = 'fulfilled' | 'rejected' | 'cancelled';

/** For which ends a continuation runs: .NET's OnlyOn... and NotOn.... */
export interface ContinueOptions extends ContextOption {
  /** Only when it ended so. */
  readonly onlyOn?: Ended | undefined;
  /** Not when it ended so. */
  readonly notOn?: Ended | undefined;
}

const ends: readonly unknown[] = [undefined, 'fulfilled', 'rejected', 'cancelled'];

const always: ContinueOptions = { onlyOn: undefined, notOn: undefined, context: undefined };

function readContinueOptions(options: ContinueOptions): ContinueOptions {
  const read = readOptions(options, ['onlyOn', 'notOn', 'context'], '[future] continueWith()');
  const { onlyOn, notOn, context } = read;
  for (const [name, given] of Object.entries({ onlyOn, notOn })) {
    const expected = `[future] ${name} is 'fulfilled', 'rejected' or 'cancelled'.`;
    assertArgument(ends.includes(given), name, given, expected);
  }
  const isContext = context === undefined || context === 'emitter' || context === 'subscriber';
  assertArgument(isContext, 'context', context, "[future] context is 'emitter' or 'subscriber'.");
  return read;
}

/**
 * Goes on with a function of the future, however it ended. .NET's `Task.ContinueWith`.
 *
 * - The function gets the future itself, and so never throws away an error unseen. What it throws is the error of the future that is returned.
 * - `{ onlyOn: 'rejected' }` and `{ notOn: 'cancelled' }` filter; a continuation that is not to run is a cancelled future.
 * - Cancelling what is returned leaves the future alone, and the function is not called.
 * - Synchronous: called inside the call that settles the future, and in the async context (AsyncLocalStorage) of that call; with
 *   `{ context: 'subscriber' }` in the one in which `continueWith` was called.
 *
 * @throws {ArgumentError} An argument is not what it should be.
 * @example
 * ```ts
 * import { continueWith, Future } from '@anyasync/future';
 *
 * const future = new Future<number>();
 * const next = continueWith(future, (ended) => ended.result() + 1);
 * const report = continueWith(future, (ended) => String(ended.exception()), { onlyOn: 'rejected' });
 * future.setResult(1);
 * next.result(); //=> 2
 * report.cancelled(); //=> true
 * ```
 */
export function continueWith<T, R>(
  future: Future<T>,
  continuation: (future: Future<T>) => R,
  options?: ContinueOptions,
): Future<R> {
  const { onlyOn, notOn, context } = options === undefined ? always : readContinueOptions(options);
  assertFuture(future);
  const message = '[future] the continuation is a function of the future.';
  assertArgument(typeof continuation === 'function', 'continuation', continuation, message);
  const next = new Derived<R>();
  const enter = context === 'subscriber' ? enterHere() : undefined;
  const ended = (): void => {
    const how: Ended = future.cancelled() ? 'cancelled' : future._failed ? 'rejected' : 'fulfilled';
    if ((onlyOn !== undefined && onlyOn !== how) || notOn === how) return void next.cancel();
    if (!next.active || !next.setRunningOrNotifyCancel()) return;
    let value: R;
    try {
      value = enter === undefined ? continuation(future) : (enter(() => continuation(future)) as R);
    } catch (error) {
      return next.reject(error);
    }
    next.resolve(value);
  };
  future.start(new Follower(next, ended));
  return next;
}

/**
 * The same future with a limit to the waiting: the work goes on. .NET's `Task.WaitAsync`.
 *
 * - After the timeout, in milliseconds, the future that is returned fails with a TimeoutError; when the signal is aborted it is cancelled, with the signal's reason.
 * - The future itself is returned when nothing can cut it short.
 *
 * @throws {ArgumentError} `future` is none, or an option cannot be meant.
 * @example
 * ```ts
 * import { Future, waitAsync } from '@anyasync/future';
 *
 * const future = new Future<number>();
 * await waitAsync(future, { timeout: 1 }).then(undefined, (error) => error.name); //=> 'TimeoutError'
 * future.done(); //=> false
 * ```
 */
export function waitAsync<T>(
  future: Future<T>,
  options?: Pick<RunOptions<T>, 'timeout' | 'signal'>,
): Future<T> {
  assertFuture(future);
  const read = readOptions(options, ['timeout', 'signal'], '[future] waitAsync()');
  const { timeout = Number.POSITIVE_INFINITY, signal } = read;
  if (future.done() || (timeout === Number.POSITIVE_INFINITY && signal === undefined)) return future;
  return toFuture(future, { timeout, signal, cancel: 'detach' });
}

function assertFuture(future: unknown): void {
  const message = '[future] this is no future. Make it one with toFuture(operation).';
  assertArgument(isOurs(future), 'future', future, message);
}
