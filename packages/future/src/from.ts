import {
  type AnyStart,
  ArgumentError,
  assertArgument,
  isCancelled,
  type Operation,
  operation,
  type Receiver,
} from '@anyasync/core';
import { Future } from './future.js';

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
  if (future instanceof Future) return future;
  const message =
    '[future] fromFuture() takes a future, with addDoneCallback(), result(), cancelled() and cancel().';
  assertArgument(isFuture(future), 'future', future, message);
  return operation((receiver) => listen(future as FutureLike<T>, receiver));
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
  const future = Object(value) as Partial<Record<keyof FutureLike<unknown>, unknown>>;
  return (['addDoneCallback', 'result', 'cancelled', 'cancel'] as const).every(
    (method) => typeof future[method] === 'function',
  );
}

/** Asks a future of somebody else, when it has ended. */
function listen<T>(future: FutureLike<T>, receiver: Receiver<T>): void {
  receiver.onCancel(future);
  future.addDoneCallback(() => {
    let value: T;
    try {
      value = future.result();
    } catch (error) {
      return future.cancelled() || isCancelled(error) ? receiver.abort(error) : receiver.reject(error);
    }
    receiver.resolve(value);
  });
}

/** Reads a function that returns a future: each start is one call. */
export function liftFuture(fn: (...args: unknown[]) => unknown): AnyStart {
  return (receiver: Receiver<unknown>, self: unknown, args: readonly unknown[]): void => {
    const future = Reflect.apply(fn, self, args);
    if (future instanceof Future) {
      receiver.handle?.(future);
      return future.start(receiver);
    }
    if (!isFuture(future)) throw noFuture(fn, future);
    receiver.handle?.(future);
    listen(future, receiver);
  };
}

function noFuture(fn: { readonly name: string }, received: unknown): ArgumentError {
  const message = `[future] ${fn.name || 'the function'}() returned no future. Convert it from the style that it has.`;
  return new ArgumentError('fn', received, message);
}
