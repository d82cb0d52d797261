import {
  type AnyStart,
  assertConvertOptions,
  assertOperation,
  type Fold,
  type Operation,
  type RunOptions,
  run,
  runOrThrow,
  startSelf,
  type Traits,
  withOptions,
} from '@anyasync/core';
import { CallbackRun, ContextRun } from './callback-run.js';
import { type Convention, nodeConvention } from './convention.js';
import type { Fn } from './from.js';
import { take } from './take.js';
import type { NodeCallback } from './types.js';

/** What {@link toCallback} can be asked: a fold where there are items, and the options of one run. */
export interface ToCallbackOptions<T, Item, R> extends RunOptions<T, Item> {
  /** Makes one value of the items: `first() last() only() toArray() count()`. */
  readonly fold?: Fold<Item, R> | undefined;
}

/**
 * Writes an operation as a call of a Node-style callback: `(error)` or `(null, value)`.
 *
 * - Starts the work at once. The callback is called once, after this call has returned, in the caller's async context.
 * - Errors: the source's reason, the same object; a falsy one arrives as a {@link FalsyRejectionError}. What starting throws is thrown.
 * - A callback that throws is an uncaught exception of the host, and changes nothing else.
 * - Cancelling: `{ signal }` cancels the work, and the callback hears `signal.reason`.
 *
 * @throws {ArgumentError} `operation` is none, the callback is missing, or an option cannot be meant.
 * @example
 * ```ts
 * import { toCallback } from '@anyasync/callback';
 * import { fromPromise } from '@anyasync/promise';
 *
 * await new Promise((done) => toCallback(fromPromise(Promise.resolve(1)), (error, value) => done([error, value]))); //=> [null, 1]
 * ```
 */
export function toCallback<T>(
  operation: Operation<T>,
  callback: NodeCallback<T>,
  options?: RunOptions<T, never>,
): void;
export function toCallback<T, Item>(
  operation: Operation<T, Item>,
  callback: NodeCallback<T>,
  options: RunOptions<T, Item> & { readonly next: (item: Item) => void },
): void;
export function toCallback<Item, R>(
  operation: Operation<void, Item>,
  callback: NodeCallback<R>,
  options: ToCallbackOptions<void, Item, R> & { readonly fold: Fold<Item, R> },
): void;
export function toCallback(operation: unknown, callback: unknown, options?: object): void {
  assertOperation(operation);
  if (options !== undefined) assertConvertOptions(options);
  callWith(withOptions(startSelf, options)).call(operation, callback);
}

/** An operation may come from a source that keeps no async context. */
const callWith = (start: AnyStart): Fn => lowerConvention(start, nodeConvention, 'emitter');

/** Writes a start as a function of this convention; `context` is the trait of the style it was read from. */
export function lowerConvention(start: AnyStart, convention: Convention, context: Traits['context']): Fn {
  const Class = context === 'emitter' ? ContextRun : CallbackRun;
  const begin = convention.capture ? run : runOrThrow;
  return function (this: unknown, ...args) {
    const listeners = take(args, convention, this);
    begin(start, new Class(convention, listeners), this, args);
  };
}
