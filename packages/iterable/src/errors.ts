import { hide } from '@anyasync/core';
import type { Overflow } from './buffering.js';

/**
 * A source brought more than the `limit` of what was written from it; the source has been cancelled.
 *
 * @example
 * ```ts
 * import { operation } from '@anyasync/core';
 * import { toIterable } from '@anyasync/iterable';
 *
 * const burst = operation<void, number>((receiver) => { receiver.next(1); receiver.next(2); receiver.complete(); });
 * const items = toIterable(burst, { limit: 1, overflow: 'error' });
 * await items.next().catch((error) => error.limit); //=> { done: false, value: 1 }
 * await items.next().catch((error) => error.limit); //=> 1
 * ```
 */
export class OverflowError extends Error {
  override get name(): 'OverflowError' {
    return 'OverflowError';
  }
  /** How many items may wait. */
  readonly limit: number;
  /** What was asked for when there are more: `error`, or `pause` of a source that did not pause. */
  readonly overflow: Overflow;
  /** The item that had no place. Not enumerable: it is in no log of the error. */
  declare readonly item: unknown;
  constructor(limit: number, overflow: Overflow, item: unknown) {
    const why =
      overflow === 'pause' ? 'and its source cannot be paused' : 'and its consumer has not taken them';
    super(
      `[iterable] more than ${limit} items were waiting, ${why}. Pass a higher limit, or { overflow: 'drop-oldest' }.`,
    );
    this.limit = limit;
    this.overflow = overflow;
    hide(this, 'item', item);
  }
}

/**
 * An item or a value was null, which ends a stream of Node; the source has been cancelled.
 *
 * @example
 * ```ts
 * import { fromIterable, toReadable } from '@anyasync/iterable';
 *
 * const readable = toReadable(fromIterable([null]));
 * await readable.toArray().catch((error) => error.name); //=> 'NullItemError'
 * ```
 */
export class NullItemError extends Error {
  override get name(): 'NullItemError' {
    return 'NullItemError';
  }
  constructor() {
    super(
      '[iterable] null ends a stream of Node and cannot be an item. Use toReadableStream(), or toIterable().',
    );
  }
}
