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
import { Deferred, isOurs } from './deferred.js';

/** Writes a start as a function that returns a Deferred. */
export function lowerDeferred(start: AnyStart): (this: unknown, ...args: unknown[]) => Deferred<unknown> {
  return function (...args) {
    const deferred = new Deferred();
    run(start, deferred, this, args);
    return deferred;
  };
}

const runSelf = /* @__PURE__ */ lowerDeferred(startSelf);

/**
 * Writes an operation as a Deferred.
 *
 * - Starts the work at once.
 * - Errors: fails with the source's reason, the same object, as the value of the Failure. What starting throws is its error too.
 * - Cancelling: `cancel()` stops the work, and the Deferred fails with a CancelledError. A source that was cancelled by somebody else, or
 *   by `{ signal }`, fails it with the reason given there.
 * - Synchronous: fired inside the source's call.
 * - Its callbacks run in the async context (AsyncLocalStorage) of whoever settles it; with `{ context: 'subscriber' }` in that of this call.
 * - Items need a `fold`, or `next` to take them.
 * - A Deferred is returned as it is.
 *
 * @throws {ArgumentError} `operation` is none, or an option cannot be meant.
 * @example
 * ```ts
 * import { operation } from '@anyasync/core';
 * import { toDeferred } from '@anyasync/deferred';
 *
 * const deferred = toDeferred(operation<number>((receiver) => receiver.resolve(1)));
 * deferred.addCallback((n) => n + 1).result; //=> 2
 * ```
 */
export function toDeferred<T, Item = never>(
  operation: Operation<T, Item> & Itemless<Item>,
  options?: RunOptions<T, never> & ContextOption,
): Deferred<T>;
export function toDeferred<T, Item>(
  operation: Operation<T, Item>,
  options: RunOptions<T, Item> & ContextOption & { readonly next: (item: Item) => void },
): Deferred<T>;
export function toDeferred<Item, R>(
  operation: Operation<void, Item>,
  options: OperationOptions<void, Item, R> & ContextOption & { readonly fold: Fold<Item, R> },
): Deferred<R>;
export function toDeferred(operation: unknown, options?: any): Deferred<any> {
  assertOperation(operation);
  if (options === undefined) return isOurs(operation) ? operation : runSelf.call(operation);
  assertConvertOptions(options, undefined, ['context']);
  const start = inContext(withOptions(startSelf, options), propertyOf(options, 'context'));
  return lowerDeferred(start).call(operation);
}
