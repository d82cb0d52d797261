import {
  type AnyStart,
  assertConvertOptions,
  assertOperation,
  type ContextOption,
  type Fold,
  type Itemless,
  inContext,
  type Operation,
  type OperationOptions,
  propertyOf,
  type RunOptions,
  run,
  startSelf,
  withOptions,
} from '@anyasync/core';
import { Future, isOurs } from './future.js';

/** A future that gets its end from something else, which does not ask before it begins: a cancellation is acknowledged at once. */
export class Derived<T> extends Future<T> {
  protected override aborted(reason: unknown): void {
    this._phase = 2;
    super.aborted(reason);
  }
  protected override stopped(): void {
    this._phase = 2;
    super.stopped();
  }
}

/** Writes a start as a function that returns a future. */
export function lowerFuture(start: AnyStart): (this: unknown, ...args: unknown[]) => Future<unknown> {
  return function (...args) {
    const future = new Derived<unknown>();
    run(start, future, this, args);
    return future;
  };
}

const runSelf = /* @__PURE__ */ lowerFuture(startSelf);

/**
 * Writes an operation as a future.
 *
 * - Starts the work at once. The future is PENDING until it ends, so that it can be cancelled, as asyncio's `wrap_future` does.
 * - Errors: fails with the source's reason, the same object. What starting throws is its error too.
 * - Cancelling: `future.cancel(reason)` stops the work. When the source was cancelled by somebody else, or by `{ signal }`, the future
 *   is cancelled.
 * - Synchronous: ended when the source has, and its callbacks run inside the source's call.
 * - Its callbacks run in the async context (AsyncLocalStorage) of whoever settles it; with `{ context: 'subscriber' }` in that of this call.
 * - Items need a `fold`, or `next` to take them.
 * - A future is returned as it is.
 *
 * @throws {ArgumentError} `operation` is none, or an option cannot be meant.
 * @example
 * ```ts
 * import { operation } from '@anyasync/core';
 * import { toFuture } from '@anyasync/future';
 *
 * const future = toFuture(operation<number>((receiver) => receiver.resolve(1)));
 * future.result(); //=> 1
 * ```
 */
export function toFuture<T, Item = never>(
  operation: Operation<T, Item> & Itemless<Item>,
  options?: RunOptions<T, never> & ContextOption,
): Future<T>;
export function toFuture<T, Item>(
  operation: Operation<T, Item>,
  options: RunOptions<T, Item> & ContextOption & { readonly next: (item: Item) => void },
): Future<T>;
export function toFuture<Item, R>(
  operation: Operation<void, Item>,
  options: OperationOptions<void, Item, R> & ContextOption & { readonly fold: Fold<Item, R> },
): Future<R>;
export function toFuture(operation: unknown, options?: any): Future<any> {
  assertOperation(operation);
  if (options === undefined) return isOurs(operation) ? operation : runSelf.call(operation);
  assertConvertOptions(options, undefined, ['context']);
  const start = inContext(withOptions(startSelf, options), propertyOf(options, 'context'));
  return lowerFuture(start).call(operation);
}
