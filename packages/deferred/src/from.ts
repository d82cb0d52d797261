import {
  type AnyStart,
  ArgumentError,
  assertArgument,
  giveHandle,
  isCancelled,
  type Operation,
  operation,
  type Receiver,
} from '@anyasync/core';
import { Deferred } from './deferred.js';
import { Failure } from './failure.js';

/** What is needed of a Deferred of somebody else: Twisted's names, as MochiKit and the Closure library have them too. */
export interface DeferredLike<T> {
  addCallbacks(callback: (value: T) => unknown, errback: (error: any) => unknown): unknown;
  addErrback(errback: (error: any) => unknown): unknown;
}

/**
 * Reads a Deferred as an operation: ours is one already, and is returned.
 *
 * - Hot: starting the operation joins the chain where it is now. It hears the result that is current when its turn comes, and changes
 *   nothing; an error that it hears counts as handled.
 * - Errors: what the Failure holds, the same object. A CancelledError is a cancellation.
 * - Cancelling: cancels the Deferred, whose canceller may answer with a value.
 * - Synchronous if the Deferred has been fired.
 *
 * @throws {ArgumentError} `deferred` is none.
 * @example
 * ```ts
 * import { fromDeferred, succeed } from '@anyasync/deferred';
 * import { toPromise } from '@anyasync/promise';
 *
 * await toPromise(fromDeferred(succeed(1))); //=> 1
 * ```
 */
export function fromDeferred<T>(deferred: Deferred<T> | DeferredLike<T>): Operation<T> {
  if (deferred instanceof Deferred) return deferred;
  const message = '[deferred] fromDeferred() takes a Deferred, with addCallbacks() and addErrback().';
  assertArgument(isDeferred(deferred), 'deferred', deferred, message);
  return operation((receiver) => listen(deferred as DeferredLike<T>, receiver));
}

/**
 * Whether a value is a Deferred, ours or somebody else's with Twisted's methods. Only looks: nothing is called.
 *
 * @example
 * ```ts
 * import { Deferred, isDeferred } from '@anyasync/deferred';
 *
 * isDeferred(new Deferred()); //=> true
 * isDeferred(Promise.resolve()); //=> false
 * ```
 */
export function isDeferred(value: unknown): value is DeferredLike<unknown> {
  const { addCallbacks, addErrback } = Object(value) as Partial<DeferredLike<unknown>>;
  return typeof addCallbacks === 'function' && typeof addErrback === 'function';
}

function listen<T>(deferred: DeferredLike<T>, receiver: Receiver<T>): void {
  giveHandle(receiver, deferred);
  deferred.addCallbacks(
    (value) => {
      receiver.resolve(value);
      return value;
    },
    (given) => {
      const error: unknown = given instanceof Failure ? given.value : given;
      if (isCancelled(error)) receiver.abort(error);
      else receiver.reject(error);
      return given;
    },
  );
}

/** Reads a function that returns a Deferred: each start is one call. */
export function liftDeferred(fn: (...args: unknown[]) => unknown): AnyStart {
  return (receiver: Receiver<unknown>, self: unknown, args: readonly unknown[]): void => {
    const deferred = Reflect.apply(fn, self, args);
    if (deferred instanceof Deferred) {
      receiver.handle?.(deferred);
      return deferred.start(receiver);
    }
    if (!isDeferred(deferred)) throw noDeferred(fn, deferred);
    listen(deferred, receiver); // gives the handle too: that is how it is cancelled
  };
}

function noDeferred(fn: { readonly name: string }, received: unknown): ArgumentError {
  const message = `[deferred] ${fn.name || 'the function'}() returned no Deferred. Wrap it with maybeDeferred(), or convert it from the style that it has.`;
  return new ArgumentError('fn', received, message);
}
