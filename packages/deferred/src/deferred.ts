import {
  assertArgument,
  branded,
  CancelledError,
  isCancelled,
  isMarked,
  isTime,
  type Operation,
  type Receiver,
  reportStray,
  TimeoutError,
} from '@anyasync/core';
import { fromPromise } from '@anyasync/promise';
import { Awaiting } from './awaiting.js';
import { isChained, linkOf, makeBy, ours, refuse, runLinks, toChained, toReceiver } from './chain.js';
import { type Failure, failureOf, isFailure } from './failure.js';
import { type DeferredOptions, Firing } from './firing.js';
import type { Canceller, Resulting } from './types.js';

/**
 * Twisted's Deferred: one object with one current result, which each callback in its chain replaces by what it returns or throws.
 *
 * - Whoever makes it fires it, once: `callback(value)` or `errback(error)`. A second time throws an {@link AlreadyCalledError}.
 * - Synchronous: callbacks run inside the call that fires it, and at once if it has been fired. What a callback adds runs after all others.
 * - Errors: what a callback throws is a {@link Failure} for the next errback; an errback that returns anything else has recovered. An
 *   error that nobody has handled when the Deferred is collected is reported (`onStray`, `unheard`).
 * - A callback that returns a Deferred makes the chain wait for it, and *takes* its result; see {@link DeferredOptions}.
 * - Cancelling: `cancel()` asks the canceller, and fails with a CancelledError, an error like all others. Of a Deferred that waits for
 *   another one, it cancels that one.
 * - As an operation it is hot: a run of the core hears the result that is current where it joins, and changes nothing. `await` does so too.
 *
 * Differences to Twisted: `unpause()` without a `pause()` throws a NotPausedError; a canceller that throws fails the Deferred with its
 * error; `chainDeferred` uses no stack. `{ twisted: true }` restores the first two.
 *
 * @example
 * ```ts
 * import { Deferred } from '@anyasync/deferred';
 *
 * const log: string[] = [];
 * const deferred = new Deferred<number>();
 * deferred
 *   .addCallback((n) => n * 2)
 *   .addCallback((n) => { if (n > 1) throw new Error(`${n} is too much`); })
 *   .addErrback((failure) => void log.push(failure.value instanceof Error ? failure.value.message : ''));
 * deferred.callback(1);
 * log; //=> ['2 is too much']
 * ```
 */
export class Deferred<T> extends Firing<T> implements Operation<T>, PromiseLike<T> {
  private readonly _canceller: Canceller | undefined;
  /** The canceller runs now. */
  declare private _cancelling?: boolean;
  static {
    Deferred.prototype._cancelling = false;
  }
  /** @param canceller - Told by `cancel()`, before the Deferred is fired. */
  constructor(canceller?: Canceller, options?: DeferredOptions) {
    super(options);
    const message = '[deferred] the canceller is a function of the Deferred.';
    if (canceller !== undefined)
      assertArgument(typeof canceller === 'function', 'canceller', canceller, message);
    this._canceller = canceller;
  }

  /**
   * The result of a promise, or another thenable. Twisted's `fromFuture`. Cancelling it leaves the promise alone, and what that ends with
   * is ignored. Asynchronous.
   */
  static fromPromise<T>(promise: PromiseLike<T>): Deferred<T> {
    const deferred = new Deferred<T>();
    fromPromise(promise)['~anyasync'].start(deferred);
    return deferred;
  }

  /** Adds a callback; errors pass by. More arguments follow the result. */
  addCallback<R, Extra extends readonly unknown[]>(
    callback: (value: T, ...extra: Extra) => R,
    ...extra: Extra
  ): Deferred<Resulting<R>> {
    return this._add(linkOf(callback, 'callback', extra), undefined) as Deferred<any>;
  }

  /** Adds an errback; values pass by. More arguments follow the failure. */
  addErrback<R, Extra extends readonly unknown[]>(
    errback: (failure: Failure, ...extra: Extra) => R,
    ...extra: Extra
  ): Deferred<T | Resulting<R>> {
    return this._add(undefined, linkOf(errback, 'errback', extra)) as Deferred<any>;
  }

  /** Adds one function for both, value or failure. More arguments follow the result. */
  addBoth<R, Extra extends readonly unknown[]>(
    both: (result: T | Failure, ...extra: Extra) => R,
    ...extra: Extra
  ): Deferred<Resulting<R>> {
    const link = linkOf(both, 'both', extra);
    return this._add(link, link) as Deferred<any>;
  }

  /** Adds one link of two: an error in the callback does not reach its own errback. */
  addCallbacks<R, E = T>(
    callback: (value: T) => R,
    errback?: (failure: Failure) => E,
    ...more: never[]
  ): Deferred<Resulting<R> | Resulting<E>> {
    if (more.length > 0) refuse(more);
    const second = errback === undefined ? undefined : linkOf(errback, 'errback', []);
    return this._add(linkOf(callback, 'callback', []), second) as Deferred<any>;
  }

  /** Fires another Deferred with the result, and goes on with undefined. Cancelling the other does not reach this one. */
  chainDeferred(other: Deferred<T>): Deferred<undefined> {
    const message = '[deferred] chainDeferred() takes another Deferred.';
    assertArgument(isOurs(other), 'other', other, message);
    const isOther = !isMarked(other, ours); // of another copy: it runs its own links
    return isOther
      ? this.addBoth((result) => void other.callback(result as T))
      : (this._add(toChained, other) as Deferred<any>);
  }

  /**
   * Asks the canceller to stop the work, and fires with a CancelledError unless the canceller has fired. Without a canceller one later
   * firing is ignored. Of a Deferred that waits for another one, cancels that one; of one that has its result, does nothing.
   *
   * @param reason - What it fails with, instead of a CancelledError; Twisted has none.
   * @returns Whether it has done anything.
   */
  override cancel(reason?: unknown): boolean {
    if (this.called) return this._waitedFor()?.cancel(reason) ?? false;
    const error = reason === undefined ? new CancelledError() : reason;
    if (this._canceller === undefined) {
      this.halt(error); // the source of a Deferred that was converted from another style may answer
      if (this.called) return true;
      this._swallows = true;
      this._close(error);
    } else {
      if (this._cancelling) return false;
      this._cancelling = true;
      try {
        this._canceller(this);
      } catch (thrown) {
        if (this._options.twisted) throw thrown;
        if (this.called) reportStray('thrown', thrown);
        else this.errback(thrown);
        return true;
      } finally {
        this._cancelling = false;
      }
      if (this.called) return true;
      this._close(error);
    }
    this._setResult(failureOf(error));
    runLinks(this);
    return true;
  }

  /** The one that everything waits for: the last of a chain by return. None if it has its result, or they wait for each other. */
  private _waitedFor(): Deferred<unknown> | undefined {
    const passed = new Set<Deferred<unknown>>();
    let last: Deferred<unknown> = this as Deferred<any>;
    while (isChained(last._result)) {
      if (passed.has(last)) return undefined;
      passed.add(last);
      last = last._result as unknown as Deferred<unknown>;
    }
    return last.called ? undefined : last;
  }

  /**
   * Cancels it after a time, for the links that were added before.
   *
   * @param timeout - Milliseconds, or Infinity for none.
   * @param onTimeoutCancel - Makes the result of the CancelledError's Failure; without it that is a TimeoutError.
   * @throws {ArgumentError} The timeout is none.
   */
  addTimeout<R = never>(
    timeout: number,
    onTimeoutCancel?: (result: Failure, timeout: number) => R,
  ): Deferred<T | R> {
    const message = '[deferred] the timeout is a time that a timer can wait, in milliseconds, or Infinity.';
    assertArgument(isTime(timeout), 'timeout', timeout, message);
    if (onTimeoutCancel !== undefined) linkOf(onTimeoutCancel, 'onTimeoutCancel', []);
    if (timeout === Number.POSITIVE_INFINITY) return this as Deferred<any>;
    let isOver = false;
    const timer = setTimeout(() => {
      isOver = true;
      this.cancel();
    }, timeout);
    return this.addBoth((result): any => {
      clearTimeout(timer);
      if (!isOver || !isFailure(result) || !isCancelled(result.value)) return result;
      if (onTimeoutCancel !== undefined) return onTimeoutCancel(result, timeout);
      throw new TimeoutError(timeout);
    });
  }

  /** The result as a promise, which takes it: the chain goes on with undefined, and an error counts as handled. Twisted's `asFuture`. */
  asPromise(): Promise<T> {
    return new Promise((resolve, reject) => {
      this.addCallbacks(
        (value) => void resolve(value),
        (failure) => void reject(failure.value),
      );
    });
  }

  /** As a promise's, for `await`: asynchronous, and the chain keeps its result. An error counts as handled here. */
  then<R = T, E = never>(
    onFulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    onRejected?: ((reason: any) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return new Promise<T>((resolve, reject) => this._add(toReceiver, new Awaiting(resolve, reject))).then(
      onFulfilled,
      onRejected,
    );
  }

  /** It is an operation itself: every `toX` and every combinator takes it. */
  get '~anyasync'(): this {
    return this;
  }
  /** Of the operation protocol. */
  get version(): 1 {
    return 1;
  }
  /** Joins a run: it hears the result that is current when its turn in the chain comes. */
  start(receiver: Receiver<T>): void {
    receiver.onCancel(this);
    this._add(toReceiver, receiver);
  }
}

/** Whether a value is a Deferred, of this copy of the package or another. */
export const isOurs: (value: unknown) => value is Deferred<any> = branded(Deferred, 'anyasync.deferred/1');

makeBy((canceller) => new Deferred(canceller));
