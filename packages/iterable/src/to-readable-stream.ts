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
import { type Buffering, type BufferOptions, bufferingOf, type Policy, unbounded } from './buffering.js';
import { native } from './from.js';
import { type LazyStart, lazyStartOf } from './lazy-start.js';
import { StreamRun } from './stream-run.js';
import { assertHighWaterMark } from './to-readable.js';
import type { ItemsAndValue } from './types.js';
import { isReadableStream } from './web-stream.js';

/** How a stream of the web is written. */
export interface ReadableStreamOptions extends BufferOptions {
  /** How many chunks the stream holds before they are read. 0 by default, so that work starts with the first read. */
  readonly highWaterMark?: number | undefined;
}

/** The same, complete. */
export interface ReadableStreamSettings {
  readonly buffering: Buffering;
  readonly highWaterMark: number;
}

const usual: ReadableStreamSettings = { buffering: unbounded, highWaterMark: 0 };

/** Throws for options that cannot be meant. */
export function readableStreamSettings(options: ReadableStreamOptions): ReadableStreamSettings {
  const { highWaterMark } = options;
  assertHighWaterMark(highWaterMark);
  // Of an endless one nobody could tell when it has been read.
  return {
    buffering: bufferingOf(options),
    highWaterMark: Math.min(highWaterMark ?? 0, Number.MAX_SAFE_INTEGER),
  };
}

/** What fills the stream. It is the stream's source and the run in one. */
class ReadableStreamRun extends StreamRun {
  private controller!: ReadableStreamDefaultController<unknown>;

  constructor(
    private readonly settings: ReadableStreamSettings,
    work: LazyStart,
  ) {
    super(settings.buffering, work);
  }

  open(): ReadableStream<unknown> {
    const { highWaterMark } = this.settings;
    const source = {
      __proto__: null,
      start: (controller: ReadableStreamDefaultController<unknown>) => {
        this.controller = controller;
        this.heed();
      },
      pull: () => this.wanted(),
      cancel: (reason: unknown) => this.stop(reason) as Promise<void> | undefined,
    };
    return new ReadableStream(source as never, { __proto__: null, highWaterMark } as QueuingStrategy);
  }

  /** A source that waits is woken when half of the stream has been read: for several items, not for each. */
  protected override ask(): void {
    if (this.unfilled * 2 >= this.settings.highWaterMark) super.ask();
  }

  /** How many items fit into the stream. */
  private get unfilled(): number {
    return this.controller.desiredSize ?? 0;
  }

  protected override get collects(): boolean {
    return this.unfilled <= 1;
  }
  protected override give(item: unknown): void {
    this.isWanted = false;
    this.controller.enqueue(item); // may ask for the next one, if another read waits
    if (this.unfilled > 0) this.isWanted = true;
  }

  protected override close(): void {
    this.controller.close();
  }
  protected override fail(reason: unknown): void {
    if (this.unfilled < this.settings.highWaterMark) return; // until the next read
    this.ending = undefined;
    this.controller.error(reason);
  }
}

/** Writes a start as a function that returns a stream of the web. */
export function lowerReadableStream(
  start: AnyStart,
  settings: ReadableStreamSettings = usual,
): (this: unknown, ...args: unknown[]) => ReadableStream<unknown> {
  return function (...args) {
    return open(settings, lazyStartOf(start, this, args, false));
  };
}

function open(settings: ReadableStreamSettings, work: LazyStart): ReadableStream<unknown> {
  assertReadableStream();
  return new ReadableStreamRun(settings, work).open();
}

function assertReadableStream(): void {
  const { ReadableStream } = globalThis as { readonly ReadableStream?: unknown };
  const where = '[iterable] this host has no ReadableStream. Use toReadable(), or toIterable().';
  assertArgument(ReadableStream !== undefined, 'ReadableStream', ReadableStream, where);
}

/**
 * Writes an operation as a ReadableStream of the web.
 *
 * - Work starts at the first read; with a `highWaterMark` above 0, before it. A source that waits for its consumer waits while the
 *   stream is full.
 * - The value is the last chunk.
 * - Errors: the stream fails with the source's reason, the same object, after what came before it. When the source was cancelled by
 *   somebody else, or by `{ signal }`, with the reason given there.
 * - Cancelling: `reader.cancel(reason)`, or `cancel(reason)` of the stream, stops the work, and settles as its cleanup does.
 * - Asynchronous, in the async context of whoever reads.
 * - `{ policy, limit, overflow }` are for sources that do not wait: what comes while the stream is full waits in front of it.
 * - `toReadableStream(fromStream(stream))` is that stream.
 *
 * @throws {ArgumentError} `operation` is none, an option cannot be meant, or this host has no ReadableStream.
 * @example
 * ```ts
 * import { fromIterable, toReadableStream } from '@anyasync/iterable';
 *
 * const reader = toReadableStream(fromIterable(['a', 'b'])).getReader();
 * (await reader.read()).value; //=> 'a'
 * await reader.cancel('that is enough');
 * ```
 */
export function toReadableStream<T, Item = never>(
  operation: Operation<T, Item>,
  options?: RunOptions<T, Item> &
    ReadableStreamOptions & {
      readonly policy?: Exclude<Policy, 'batch'> | undefined;
    },
): ReadableStream<ItemsAndValue<T, Item>>;
export function toReadableStream<T, Item = never>(
  operation: Operation<T, Item>,
  options: RunOptions<T, Item> & ReadableStreamOptions & { readonly policy: 'batch' },
): ReadableStream<ItemsAndValue<T, Item>[]>;
export function toReadableStream(
  operation: unknown,
  options?: RunOptions & ReadableStreamOptions,
): ReadableStream<any> {
  assertOperation(operation);
  if (options === undefined) {
    const source = (operation as { [native]?: unknown })[native];
    if (isReadableStream(source)) return source as ReadableStream<any>;
    return open(usual, lazyStartOf(startSelf, operation, [], true));
  }
  const given = optionsOf(options, undefined, ['policy', 'limit', 'overflow', 'highWaterMark']);
  return open(
    readableStreamSettings(given),
    lazyStartOf(withOptions(startSelf, given), operation, [], true, given.signal),
  );
}
