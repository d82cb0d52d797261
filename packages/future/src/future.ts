import {
  assertArgument,
  branded,
  createdAt,
  type Operation,
  type Receiver,
  TimeoutError,
  WouldDeadlockError,
} from '@anyasync/core';
import { Ending, FULFILLED, REJECTED } from './ending.js';
import { InvalidStateError } from './errors.js';

/** The five states of PEP 3148. */
export type FutureState = 'PENDING' | 'RUNNING' | 'CANCELLED' | 'CANCELLED_AND_NOTIFIED' | 'FINISHED';

/** Called with the future when it has ended. */
export type DoneCallback<T> = (future: Future<T>) => unknown;

/**
 * PEP 3148's Future: a result that is there or not, with a state to ask for, callbacks, and a cancel that answers.
 *
 * - A future made by `new Future()` is a promise of its maker, who calls `setRunningOrNotifyCancel`, `setResult` and `setException`.
 * - Errors: any value, kept as the same object; {@link Future.result} throws it.
 * - Cancelling: {@link Future.cancel} is true if the future is cancelled now; refused while it runs and when it has finished.
 * - Synchronous: callbacks run inside the call that settles, first in first out.
 * - `await future` works, asynchronously as always; a cancelled future rejects with its reason.
 * - As an operation it is hot: a run joins its listeners, and cancelling that run cancels the future.
 *
 * Differences to Python: times are milliseconds; the thread cannot wait, so `result()` of a pending future is a `WouldDeadlockError` at
 * once; `cancel` takes a reason; `setException` takes any value, as `throw` does.
 *
 * @example
 * ```ts
 * import { Future } from '@anyasync/future';
 *
 * const future = new Future<number>();
 * const log: unknown[] = [];
 * future.addDoneCallback((done) => log.push(done.result()));
 * future.setRunningOrNotifyCancel(); //=> true
 * future.cancel(); //=> false
 * future.setResult(1);
 * log; //=> [1]
 * await future; //=> 1
 * ```
 */
export class Future<T> extends Ending<T> implements Operation<T>, PromiseLike<T> {
  /** Which of PEP 3148's states it is in. */
  get state(): FutureState {
    if (this._state === 0) return this._phase === 1 ? 'RUNNING' : 'PENDING';
    if (!this.cancelled()) return 'FINISHED';
    return this._phase === 2 ? 'CANCELLED_AND_NOTIFIED' : 'CANCELLED';
  }

  /** Whether the work runs, so that it cannot be cancelled any more. */
  running(): boolean {
    return this._state === 0 && this._phase === 1;
  }

  /** Whether it has ended: finished or cancelled. */
  done(): boolean {
    return this._state !== 0;
  }

  /**
   * Cancels it, unless it runs or has finished. Callbacks run inside the first call that does.
   *
   * @param reason - What `await` and `result` throw; a CancelledError without one.
   * @returns Whether it is cancelled now; true again each time it has been.
   */
  override cancel(reason?: unknown): boolean {
    if (this._state !== 0) return this.cancelled();
    return this._phase === 1 ? false : super.cancel(reason);
  }

  /**
   * The value, if it is there.
   *
   * @param timeout - Milliseconds. Zero, or less, asks without waiting; this thread can wait for nothing that runs on it.
   * @throws What it failed with, the same object; the reason, branded as a CancelledError's if none was given, when it was cancelled.
   * @throws {WouldDeadlockError} It is pending, and the call would wait. The future is unchanged.
   * @throws {TimeoutError} It is pending, and the call only asks.
   */
  result(timeout?: number): T {
    if (this._state === 0) throw pending(timeout);
    if (this._state !== FULFILLED) throw this._slot;
    return this._slot as T;
  }

  /** What it failed with, undefined if it has a value. Otherwise as {@link Future.result}. */
  exception(timeout?: number): unknown {
    if (this._state === 0) throw pending(timeout);
    if (this.cancelled()) throw this._slot;
    return this._failed ? this._slot : undefined;
  }

  /**
   * Calls a function with this future when it ends; at once if it has ended. What it throws is reported (`onStray`), and the others
   * still run. A callback added by a callback runs at once, before those that come later.
   */
  addDoneCallback(callback: DoneCallback<T>): void {
    const message = '[future] addDoneCallback() takes a function of the future.';
    assertArgument(typeof callback === 'function', 'callback', callback, message);
    this._listen(callback);
  }

  /**
   * For whoever does the work, before it begins: false if it was cancelled, and need not begin.
   *
   * @throws {InvalidStateError} It was called before, or the future has finished.
   */
  setRunningOrNotifyCancel(): boolean {
    if (this._phase !== 0 || this._state === FULFILLED || this._state === REJECTED)
      throw new InvalidStateError('setRunningOrNotifyCancel', this.state, createdAt(this));
    if (this._state === 0) {
      this._phase = 1;
      return true;
    }
    this._acknowledge();
    return false;
  }

  /** Ends it with a value. @throws {InvalidStateError} It has ended, also by a cancellation. */
  setResult(value: T): void {
    if (this._state !== 0) throw new InvalidStateError('setResult', this.state, createdAt(this));
    this.resolve(value);
  }

  /**
   * Ends it with an error, any value; none (`null`, `undefined`) is the value of that name, as in Python.
   *
   * @throws {InvalidStateError} It has ended, also by a cancellation.
   */
  setException(error: unknown): void {
    if (this._state !== 0) throw new InvalidStateError('setException', this.state, createdAt(this));
    if (error === null || error === undefined) this.resolve(error as T);
    else this.reject(error);
  }

  /** As a promise's: asynchronous, and a promise of the platform is returned. */
  then<R = T, E = never>(
    onFulfilled?: ((value: T) => R | PromiseLike<R>) | null,
    onRejected?: ((reason: any) => E | PromiseLike<E>) | null,
  ): Promise<R | E> {
    return new Promise<T>((resolve, reject) => {
      this._listen((future) => {
        if (future._state === FULFILLED) resolve(future._slot as T);
        else reject(future._slot);
      });
    }).then(onFulfilled, onRejected);
  }

  /** It is an operation itself: every `toX` and every combinator takes it. */
  get '~anyasync'(): this {
    return this;
  }
  /** Of the operation protocol. */
  get version(): 1 {
    return 1;
  }
  /** Joins a run to the listeners. */
  start(receiver: Receiver<T>): void {
    if (this._state !== 0) return this._tell(receiver);
    receiver.onCancel(this);
    this._listen(receiver);
  }
}

/** @internal Whether a value is a Future, of this copy of the package or another. */
export const isOurs: (value: unknown) => value is Future<any> = branded(Future, 'anyasync.future/1');

function pending(timeout: number | undefined): Error {
  if (timeout !== undefined && timeout <= 0) {
    const message = '[future] there is no result yet. Await the future, or ask done() before.';
    return Object.assign(new TimeoutError(timeout), { message });
  }
  return new WouldDeadlockError(
    '[future] the future is pending, and waiting for it on its own thread would never end. Await it, or ask with result(0).',
  );
}
