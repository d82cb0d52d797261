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
import { type Deferred, isOurs } from './deferred.js';
import { isFailure } from './failure.js';

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
  if (isOurs(deferred)) return deferred;
  const message = '[deferred] fromDeferred() takes a Deferred, with addCallbacks() and addErrback().';
  assertArgument(isDeferred(deferred), 'deferred', deferred, message);
  return operation((receiver) => new Listening(deferred as DeferredLike<T>, receiver, true).begin());
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
  return hasMethods(value, 'addCallbacks', 'addErrback');
}

/** Hears a Deferred of somebody else. It has no way to remove a callback: a run that has left is let go. */
class Listening<T> {
  private receiver: Receiver<T> | undefined;

  /** @param isShared - The Deferred was there before the run, and may outlive many. What a call has made is heard to its end: its value may have to be disposed of. */
  constructor(
    private readonly deferred: DeferredLike<T>,
    receiver: Receiver<T>,
    private readonly isShared: boolean,
  ) {
    this.receiver = receiver;
  }

  begin(): void {
    this.receiver?.onCancel(this);
    this.deferred.addCallbacks(
      (value) => {
        this.receiver?.resolve(value);
        return value;
      },
      (given) => {
        const error: unknown = isFailure(given) ? given.value : given;
        if (isCancelled(error)) this.receiver?.abort(error);
        else this.receiver?.reject(error);
        return given;
      },
    );
  }

  cancel(): unknown {
    if (this.isShared) this.receiver = undefined;
    const deferred: { cancel?(): unknown } = this.deferred as never;
    // Without the reason: Closure's takes a flag, which would cancel what others wait for too.
    return hasMethods(deferred, 'cancel') ? deferred.cancel?.() : undefined;
  }
}

/** Reads a function that returns a Deferred: each start is one call. */
export function liftDeferred(fn: (...args: unknown[]) => unknown): AnyStart {
  return (receiver: Receiver<unknown>, self: unknown, args: readonly unknown[]): void => {
    const deferred = Reflect.apply(fn, self, args);
    if (isOurs(deferred)) {
      receiver.handle?.(deferred);
      return deferred.start(receiver);
    }
    if (!isDeferred(deferred)) throw noDeferred(fn, deferred);
    receiver.handle?.(deferred);
    new Listening(deferred, receiver, false).begin();
  };
}

function noDeferred(fn: { readonly name: string }, received: unknown): ArgumentError {
  const message = `[deferred] ${fn.name || 'the function'}() returned no Deferred. Wrap it with maybeDeferred(), or convert it from the style that it has.`;
  return new ArgumentError('fn', received, message);
}
