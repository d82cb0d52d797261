import {
  type AnyStart,
  assertArgument,
  assertConvertOptions,
  assertOperation,
  type ContextOption,
  type Fold,
  type Itemless,
  inContext,
  type Operation,
  type OperationOptions,
  propertyOf,
  Run,
  type RunOptions,
  run,
  startSelf,
  withOptions,
} from '@anyasync/core';
import { make } from './deferred.js';
import { isJQuery, native, written } from './from.js';
import type { AbortablePromise, JQueryDeferred } from './types.js';
import { type JQueryValues, unpacked } from './values.js';

/** A run beside its Deferred: `resolve(...args)` of the one and `resolve(value)` of the other cannot be one object. */
class ToJQuery extends Run<unknown, unknown> {
  readonly deferred: JQueryDeferred<any, any, any> = make(true);
  wasCancelled = false;

  constructor(
    private readonly values: JQueryValues,
    private readonly progress: boolean,
  ) {
    super();
  }
  override next(item: unknown): void | PromiseLike<void> {
    if (!this.progress || this._state !== 0) return super.next(item);
    this.deferred.notify(item);
  }
  protected override fulfilled(value: unknown): void {
    this.deferred.resolveWith(undefined, unpacked(this.values, value));
  }
  protected override completed(): void {
    this.deferred.resolve();
  }
  protected override rejected(reason: unknown): void {
    this.deferred.reject(reason);
  }
  protected override aborted(reason: unknown): void {
    this.wasCancelled = true;
    this.deferred.reject(reason);
  }
  protected override stopped(reason: unknown): void {
    this.aborted(reason);
  }
}

/** Writes a start as a function that returns a jQuery promise. */
export function lowerJQuery(
  start: AnyStart,
  values: JQueryValues = 'one',
  progress = false,
): (this: unknown, ...args: unknown[]) => AbortablePromise<unknown, unknown> {
  return function (...args) {
    const receiver = new ToJQuery(values, progress);
    const promise = receiver.deferred.promise({
      abort: (reason?: unknown) => void receiver.cancel(reason),
      [written]: receiver,
    });
    run(start, receiver, this, args);
    return promise;
  };
}

const runSelf = /* @__PURE__ */ lowerJQuery(startSelf);

/** What can be asked for one operation. */
interface ProgressOption {
  /** Whether items are written, as what the promise is notified of. */
  readonly progress: true;
}

/**
 * Writes an operation as a jQuery promise, with an `abort` as that of `$.ajax`.
 *
 * - Starts the work at once.
 * - Errors: rejects with the source's reason, the same object. What starting throws rejects too.
 * - Cancelling: `abort(reason)` stops the work and rejects with the reason, or a CancelledError. When the source was cancelled by
 *   somebody else, or by `{ signal }`, it rejects with the reason given there.
 * - Synchronous: `done` callbacks run inside the source's call, `then` handlers from a timer. What a callback throws is reported
 *   (`onStray`), and the others run.
 * - In the async context (AsyncLocalStorage) of whoever settles it; with `{ context: 'subscriber' }` in that of this call.
 * - Items are what it is notified of, with `{ progress: true }`; otherwise they need a `fold`, or `next` to take them.
 * - `toJQuery(fromJQuery(promise))` is that promise.
 *
 * @throws {ArgumentError} `operation` is none, or an option cannot be meant.
 * @example
 * ```ts
 * import { fromPromise } from '@anyasync/promise';
 * import { toJQuery } from '@anyasync/jquery';
 *
 * const promise = toJQuery(fromPromise(Promise.resolve(1)));
 * promise.state(); //=> 'pending'
 * await promise; //=> 1
 * promise.state(); //=> 'resolved'
 * ```
 */
export function toJQuery<T, Item = never>(
  operation: Operation<T, Item> & Itemless<Item>,
  options?: RunOptions<T, never> & ContextOption,
): AbortablePromise<T>;
export function toJQuery<T, Item>(
  operation: Operation<T, Item>,
  options: RunOptions<T, Item> & ContextOption & ProgressOption,
): AbortablePromise<T, Item>;
export function toJQuery<T, Item>(
  operation: Operation<T, Item>,
  options: RunOptions<T, Item> & ContextOption & { readonly next: (item: Item) => void },
): AbortablePromise<T>;
export function toJQuery<Item, R>(
  operation: Operation<void, Item>,
  options: OperationOptions<void, Item, R> & ContextOption & { readonly fold: Fold<Item, R> },
): AbortablePromise<R>;
export function toJQuery(operation: unknown, options?: any): AbortablePromise<any, any> {
  assertOperation(operation);
  if (options === undefined) {
    const promise = (operation as { [native]?: AbortablePromise<any> })[native];
    return isJQuery(promise) ? promise : runSelf.call(operation);
  }
  assertConvertOptions(options, undefined, ['progress', 'context']);
  const progress = propertyOf(options, 'progress') ?? false;
  assertArgument(typeof progress === 'boolean', 'progress', progress, '[jquery] progress is true or false.');
  const start = inContext(withOptions(startSelf, options), propertyOf(options, 'context'));
  return lowerJQuery(start, 'one', progress).call(operation);
}
