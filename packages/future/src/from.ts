import {
  type AnyStart,
  ArgumentError,
  assertArgument,
  hasMethods,
  isCancelled,
  type Operation,
  operation,
  type Receiver,
} from '@anyasync/core';
import { type Future, isOurs } from './future.js';

/** What is needed of a future of somebody else, under PEP 3148's names in camel case. */
export interface FutureLike<T> {
  addDoneCallback(callback: (future: never) => void): unknown;
  result(): T;
  cancelled(): boolean;
  cancel(): unknown;
}

/**
 * Reads a future as an operation: ours is one already, and is returned.
 *
 * - The work runs already: starting the operation only listens, and later listeners get the result at once.
 * - Errors: what the future failed with, the same object. A cancelled future is a cancellation.
 * - Cancelling: cancels the future; one that runs refuses, and is only not listened to any more.
 * - Synchronous if the future has ended.
 *
 * @throws {ArgumentError} `future` is none.
 * @example
 * ```ts
 * import { outcome } from '@anyasync/core';
 * import { Future, fromFuture } from '@anyasync/future';
 *
 * const future = new Future<number>();
 * future.cancel('not needed');
 * await outcome(fromFuture(future)); //=> { status: 'cancelled', reason: 'not needed' }
 * ```
 */
export function fromFuture<T>(future: Future<T> | FutureLike<T>): Operation<T> {
  if (isOurs(future)) return future;
  const message =
    '[future] fromFuture() takes a future, with addDoneCallback(), result(), cancelled() and cancel().';
  assertArgument(isFuture(future), 'future', future, message);
  return operation((receiver) => new Listening(future, receiver, true).begin());
}

/**
 * Whether a value is a future, ours or somebody else's with the same methods. Only looks: nothing is called.
 *
 * @example
 * ```ts
 * import { Future, isFuture } from '@anyasync/future';
 *
 * isFuture(new Future()); //=> true
 * isFuture(Promise.resolve()); //=> false
 * ```
 */
export function isFuture(value: unknown): value is FutureLike<unknown> {
  return hasMethods(value, 'addDoneCallback', 'result', 'cancelled', 'cancel');
}

/** Asks a future of somebody else, when it has ended. It has no way to remove a callback: a run that has left is let go. */
class Listening<T> {
  private receiver: Receiver<T> | undefined;

  /** @param isShared - The future was there before the run, and may outlive many. What a call has made is asked to its end: its value may have to be disposed of. */
  constructor(
    private readonly future: FutureLike<T>,
    receiver: Receiver<T>,
    private readonly isShared: boolean,
  ) {
    this.receiver = receiver;
  }

  begin(): void {
    this.receiver?.onCancel(this);
    this.future.addDoneCallback(() => this.ended());
  }

  cancel(reason: unknown): unknown {
    if (this.isShared) this.receiver = undefined;
    return (this.future as { cancel(reason: unknown): unknown }).cancel(reason);
  }

  private ended(): void {
    const { receiver } = this;
    if (receiver === undefined) return;
    let value: T;
    try {
      value = this.future.result();
    } catch (error) {
      return isCancelled(error) || this.wasCancelled() ? receiver.abort(error) : receiver.reject(error);
    }
    receiver.resolve(value);
  }

  private wasCancelled(): boolean {
    try {
      return this.future.cancelled();
    } catch {
      return false; // whoever settles the future need not hear of it
    }
  }
}

/** Reads a function that returns a future: each start is one call. */
export function liftFuture(fn: (...args: unknown[]) => unknown): AnyStart {
  return (receiver: Receiver<unknown>, self: unknown, args: readonly unknown[]): void => {
    const future = Reflect.apply(fn, self, args);
    if (isOurs(future)) {
      receiver.handle?.(future);
      return future.start(receiver);
    }
    if (!isFuture(future)) throw noFuture(fn, future);
    receiver.handle?.(future);
    new Listening(future, receiver, false).begin();
  };
}

function noFuture(fn: { readonly name: string }, received: unknown): ArgumentError {
  const message = `[future] ${fn.name || 'the function'}() returned no future. Convert it from the style that it has.`;
  return new ArgumentError('fn', received, message);
}
