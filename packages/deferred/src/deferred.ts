import {
  assertArgument,
  CancelledError,
  createdAt,
  isCancelled,
  type Operation,
  type Receiver,
  Run,
  reportStray,
  stackAbove,
  TimeoutError,
} from '@anyasync/core';
import { fromPromise } from '@anyasync/promise';
import { type Chained, type Link, none, recogniseBy, runLinks, toChained, toReceiver } from './chain.js';
import { AlreadyCalledError, NoCurrentExceptionError, NotPausedError } from './errors.js';
import { Failure, failureOf } from './failure.js';

/** Stops the work of a Deferred. It may fire the Deferred itself; otherwise that fails with a CancelledError. */
export type Canceller = (deferred: Deferred<any>) => unknown;

/** What can be asked of a {@link Deferred}. */
export interface DeferredOptions {
  /**
   * Everybody who waits on this Deferred, because a callback returned it, gets its result. In Twisted, and by default, the first one takes
   * it away, and the second gets undefined.
   */
  readonly share?: boolean | undefined;
  /**
   * Twisted's own behaviour where it hangs: `unpause()` without a `pause()` is no error, and the Deferred never delivers; a canceller that
   * throws makes `cancel()` throw, and the Deferred stays as it was.
   */
  readonly twisted?: boolean | undefined;
}

/** What a callback returns, and the next one gets: the result of a Deferred instead of the Deferred. */
export type Resulting<R> = R extends Deferred<infer T> ? T : R;

const noOptions: DeferredOptions = {};

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
export class Deferred<T> extends Run<T> implements Operation<T>, PromiseLike<T>, Chained {
  /** @internal */
  _links: unknown[] | undefined = undefined;
  /** @internal */
  _result: unknown = none;
  /** @internal */
  _paused = 0;
  /** @internal */
  _running = false;
  private readonly _canceller: Canceller | undefined;
  private readonly _options: DeferredOptions;
  /** One more firing is swallowed: of whoever could not know that it was cancelled. */
  declare private _swallows?: boolean;
  /** Where it was fired first, in debug mode. */
  declare private _invoked?: string | undefined;

  /** @param canceller - Told by `cancel()`, before the Deferred is fired. */
  constructor(canceller?: Canceller, options: DeferredOptions = noOptions) {
    super();
    if (canceller !== undefined)
      assertArgument(
        typeof canceller === 'function',
        'canceller',
        canceller,
        '[deferred] the canceller is a function of the Deferred.',
      );
    this._canceller = canceller;
    this._options = options;
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

  /** Whether it has been fired, or cancelled. */
  get called(): boolean {
    return this._state !== 0;
  }

  /** How often it has been paused, its waiting for another Deferred included. */
  get paused(): number {
    return this._paused;
  }

  /** The current result, a {@link Failure} if that is an error; undefined before it is fired. */
  get result(): unknown {
    return this._result === none ? undefined : this._result;
  }

  /** Fires it with a value; a Failure is an error, a Deferred is a value like any other. @throws {AlreadyCalledError} */
  callback(value: T | Failure): void {
    if (this._fire(value)) runLinks(this);
  }

  /** Fires it with an error, any value. @throws {AlreadyCalledError} @throws {NoCurrentExceptionError} There is no error. */
  errback(error: unknown): void;
  errback(...errors: [unknown?]): void {
    if (errors.length === 0) throw new NoCurrentExceptionError();
    if (this._fire(failureOf(errors[0]))) runLinks(this);
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
  ): Deferred<Resulting<R> | Resulting<E>> {
    const second = errback === undefined ? undefined : linkOf(errback, 'errback', []);
    return this._add(linkOf(callback, 'callback', []), second) as Deferred<any>;
  }

  /** Fires another Deferred with the result, and goes on with undefined. Cancelling the other does not reach this one. */
  chainDeferred(other: Deferred<T>): Deferred<undefined> {
    assertArgument(
      other instanceof Deferred,
      'other',
      other,
      '[deferred] chainDeferred() takes another Deferred.',
    );
    return this._add(toChained, other) as Deferred<any>;
  }

  /** Holds callbacks back that do not run yet, until `unpause()` has been called as often. */
  pause(): void {
    this._paused++;
  }

  /** @throws {NotPausedError} It is not paused. */
  unpause(): void {
    if (this._paused === 0 && !this._options.twisted) throw new NotPausedError();
    this._paused--;
    if (this._paused === 0 && this._result !== none) runLinks(this);
  }

  /**
   * Asks the canceller to stop the work, and fires with a CancelledError unless the canceller has fired. Without a canceller one later
   * firing is ignored. Of a Deferred that waits for another one, cancels that one; of one that has its result, does nothing.
   *
   * @param reason - What it fails with, instead of a CancelledError; Twisted has none.
   * @returns Whether it has done anything.
   */
  override cancel(reason?: unknown): boolean {
    if (this.called) {
      const waitedFor = this._result;
      return waitedFor instanceof Deferred && waitedFor !== this ? waitedFor.cancel(reason) : false;
    }
    const error = reason === undefined ? new CancelledError() : reason;
    if (this._canceller === undefined) {
      this.halt(error); // the source of a Deferred that was converted from another style may answer
      if (this.called) return true;
      this._swallows = true;
      this._close(error);
    } else {
      try {
        this._canceller(this);
      } catch (thrown) {
        if (this._options.twisted) throw thrown;
        if (this.called) reportStray('thrown', thrown);
        else this.errback(thrown);
        return true;
      }
      if (this.called) return true;
      this._close(error);
    }
    this._setResult(failureOf(error));
    runLinks(this);
    return true;
  }

  /**
   * Cancels it after a time, for the links that were added before.
   *
   * @param timeout - Milliseconds.
   * @param onTimeoutCancel - Makes the result of the CancelledError's Failure; without it that is a TimeoutError.
   * @throws {ArgumentError} The timeout is none.
   */
  addTimeout<R = never>(
    timeout: number,
    onTimeoutCancel?: (result: Failure, timeout: number) => R,
  ): Deferred<T | R> {
    assertArgument(
      typeof timeout === 'number' && timeout >= 0,
      'timeout',
      timeout,
      '[deferred] the timeout is a time, in milliseconds.',
    );
    let isOver = false;
    const timer = setTimeout(() => {
      isOver = true;
      this.cancel();
    }, timeout);
    return this.addBoth((result): any => {
      clearTimeout(timer);
      if (!isOver || !(result instanceof Failure) || !isCancelled(result.value)) return result;
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
    onRejected?: ((reason: unknown) => E | PromiseLike<E>) | null,
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

  /** @internal */
  get _shares(): boolean {
    return this._options.share === true;
  }

  /** @internal */
  _fire(result: unknown): boolean {
    if (this._state !== 0) {
      if (!this._swallows) throw new AlreadyCalledError(createdAt(this), this._invoked);
      this._swallows = false;
      return false;
    }
    this._end(1);
    this._setResult(result);
    return true;
  }

  private _setResult(result: unknown): void {
    const invoked = stackAbove(this._setResult);
    if (invoked !== undefined) this._invoked = invoked;
    this._result = result;
  }

  private _add(callback: Link, errback: unknown): this {
    const links = (this._links ??= []);
    links.push(callback, errback);
    if (this._result !== none) runLinks(this);
    return this;
  }

  protected override fulfilled(value: T): void {
    this._setResult(value);
    runLinks(this);
  }
  protected override rejected(reason: unknown): void {
    this._setResult(failureOf(reason));
    runLinks(this);
  }
}

recogniseBy((value): value is Chained => value instanceof Deferred);

/** What is added must be a function: in Twisted it would be noticed when it is called. */
function linkOf(
  fn: (result: any, ...extra: any) => unknown,
  argument: string,
  extra: readonly unknown[],
): Link {
  assertArgument(
    typeof fn === 'function',
    argument,
    fn,
    `[deferred] the ${argument} is a function of the result.`,
  );
  return extra.length === 0 ? fn : (result) => fn(result, ...extra);
}

/** A promise that joins the chain. */
class Awaiting extends Run<unknown> {
  constructor(
    private readonly onValue: (value: any) => void,
    private readonly onError: (reason: unknown) => void,
  ) {
    super();
  }
  protected override fulfilled(value: unknown): void {
    this.onValue(value);
  }
  protected override rejected(reason: unknown): void {
    this.onError(reason);
  }
}
