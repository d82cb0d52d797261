import {
  type AnyStart,
  assertArgument,
  assertOperation,
  type Operation,
  optionsOf,
  type RunOptions,
  startSelf,
  withOptions,
} from '@anyasync/core';
import { type BufferOptions, bufferingOf, unbounded } from './buffering.js';
import { native } from './from.js';
import { type IteratorSettings, iterate } from './iterator.js';
import { lazyStartOf } from './lazy-start.js';
import type { ItemsAndValue, OperationIterator } from './types.js';

/** How an iterator is written. */
export interface IterableOptions extends BufferOptions {
  /** Where the operation's value goes: it is the last item (`item`, the default), or what the iterator returns at its end (`return`). */
  readonly value?: 'item' | 'return' | undefined;
  /** Whether the work starts at once, and not at the first `next()`: for a source whose items would be missed. */
  readonly eager?: boolean | undefined;
}

/** Their names. */
export const iteratorOptions = ['policy', 'limit', 'overflow', 'value', 'eager'] as const;

const usual: IteratorSettings = { buffering: unbounded, value: 'item', eager: false };

/** Throws for options that cannot be meant. */
export function iteratorSettings(options: IterableOptions): IteratorSettings {
  const { value, eager } = options;
  const where = "[iterable] the value option is 'item' or 'return'.";
  assertArgument(value === undefined || value === 'item' || value === 'return', 'value', value, where);
  const when = '[iterable] the eager option is true or false.';
  assertArgument(eager === undefined || typeof eager === 'boolean', 'eager', eager, when);
  return { buffering: bufferingOf(options), value: value ?? 'item', eager: eager ?? false };
}

/** Writes a start as a function that returns an async iterator. */
export function lowerIterable(
  start: AnyStart,
  settings: IteratorSettings = usual,
): (this: unknown, ...args: unknown[]) => AsyncIterableIterator<unknown> {
  return function (...args) {
    return iterate(settings, lazyStartOf(start, this, args, false));
  };
}

const iterateOperation = (
  operation: unknown,
  start: AnyStart = startSelf,
  settings: IteratorSettings = usual,
): AsyncIterableIterator<unknown> => iterate(settings, lazyStartOf(start, operation, [], true));

/** An iterator can be given back as it is: it has what we would write. */
function isIterator(value: unknown): value is AsyncIterableIterator<unknown> {
  const methods = ['next', 'return', 'throw', Symbol.asyncIterator];
  return methods.every((name) => typeof Object(value)[name] === 'function');
}

/**
 * Writes an operation as an async iterator, for `for await`.
 *
 * - Work starts at the first `next()`; with `{ eager: true }` at once. It is one run, for one consumer.
 * - Items that come before they are asked for wait, by `{ policy, limit, overflow }`. A source that waits for its consumer (an iterable, a
 *   stream) is read only when it is asked, or up to the limit. What waits comes before the end, and before an error.
 * - The value is the last item; with `{ value: 'return' }` it is what the iterator returns.
 * - Errors: `next()` rejects with the source's reason, the same object, once; after that the iterator is done.
 * - Cancelling: leaving the loop, `return()`, and `throw(reason)` stop the work and settle a `next()` that waits, at once. They settle
 *   themselves when the source has cleaned up, and reject with an error of that; what is asked later settles after them. When the source
 *   was cancelled by somebody else, or by `{ signal }`, `next()` rejects with the reason given there.
 * - Asynchronous always, in the async context of the consumer.
 * - `toIterable(fromIterable(iterator))` is that iterator, if it is an async one.
 *
 * @throws {ArgumentError} `operation` is none, or an option cannot be meant.
 * @throws {OverflowError} As the run's error: more items waited than the limit lets.
 * @example
 * ```ts
 * import { operation } from '@anyasync/core';
 * import { toIterable } from '@anyasync/iterable';
 *
 * const burst = operation<void, number>((receiver) => { receiver.next(1); receiver.next(2); receiver.complete(); });
 * const seen: number[] = [];
 * for await (const n of toIterable(burst)) seen.push(n);
 * seen; //=> [1, 2]
 * await toIterable(burst, { policy: 'batch' }).next(); //=> { done: false, value: [1, 2] }
 * ```
 */
export function toIterable<T, Item = never>(
  operation: Operation<T, Item>,
  options?: RunOptions<T, Item> & Each & { readonly value?: 'item' | undefined },
): OperationIterator<ItemsAndValue<T, Item>>;
export function toIterable<T, Item = never>(
  operation: Operation<T, Item>,
  options: RunOptions<T, Item> & Each & { readonly value: 'return' },
): OperationIterator<Item, T>;
export function toIterable<T, Item = never>(
  operation: Operation<T, Item>,
  options: RunOptions<T, Item> & Batch & { readonly value?: 'item' | undefined },
): OperationIterator<ItemsAndValue<T, Item>[]>;
export function toIterable<T, Item = never>(
  operation: Operation<T, Item>,
  options: RunOptions<T, Item> & Batch & { readonly value: 'return' },
): OperationIterator<Item[], T>;
export function toIterable(operation: unknown, options?: IterableOptions & RunOptions): any {
  assertOperation(operation);
  if (options === undefined) {
    const source = (operation as { [native]?: unknown })[native];
    return isIterator(source) ? source : iterateOperation(operation);
  }
  const given = optionsOf(options, undefined, iteratorOptions);
  const work = lazyStartOf(withOptions(startSelf, given), operation, [], true, given.signal);
  return iterate(iteratorSettings(given), work);
}

/** Options with which an item is an item. */
export interface Each extends IterableOptions {
  readonly policy?: 'each' | 'latest' | 'next' | undefined;
}

/** Options with which an item is an array of those that waited. */
export interface Batch extends IterableOptions {
  readonly policy: 'batch';
}
