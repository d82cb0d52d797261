import {
  type AnyStart,
  assertArgument,
  assertOperation,
  CancelledError,
  FalsyRejectionError,
  type Operation,
  optionsOf,
  type RunOptions,
  startSelf,
  withOptions,
} from '@anyasync/core';
import { type Buffering, type BufferOptions, bufferingOf, unbounded } from './buffering.js';
import { NullItemError } from './errors.js';
import { native } from './from.js';
import type { NodeReadable } from './host-types.js';
import { type LazyStart, lazyStartOf } from './lazy-start.js';
import { isNodeReadable } from './node-stream.js';
import { StreamRun } from './stream-run.js';
import type { ReadableConstructor } from './types.js';

/** How a stream of Node is written. */
export interface ReadableOptions extends BufferOptions {
  /** How many chunks, or bytes, the stream itself holds; Node's default if left out. */
  readonly highWaterMark?: number | undefined;
  /** Whether any value can be a chunk (the default), or only strings and bytes. */
  readonly objectMode?: boolean | undefined;
  /** Node's class, or that of `readable-stream`. Without it, it is that of the running Node. */
  readonly Readable?: ReadableConstructor | undefined;
}

/** The same, complete. */
export interface ReadableSettings {
  readonly buffering: Buffering;
  readonly highWaterMark: number | undefined;
  readonly objectMode: boolean;
  readonly Readable: ReadableConstructor | undefined;
}

const usual: ReadableSettings = {
  buffering: unbounded,
  highWaterMark: undefined,
  objectMode: true,
  Readable: undefined,
};

/** Throws for options that cannot be meant. */
export function readableSettings(options: ReadableOptions): ReadableSettings {
  const { highWaterMark, objectMode = true, Readable } = options;
  assertHighWaterMark(highWaterMark);
  const what = '[iterable] the objectMode option is true or false.';
  assertArgument(typeof objectMode === 'boolean', 'objectMode', objectMode, what);
  const which = "[iterable] the Readable option is the class, as in import { Readable } from 'node:stream'.";
  assertArgument(Readable === undefined || typeof Readable === 'function', 'Readable', Readable, which);
  return { buffering: bufferingOf(options), highWaterMark, objectMode, Readable };
}

/** Throws unless it is a number of chunks. */
export function assertHighWaterMark(mark: unknown): void {
  const isMark = mark === undefined || (typeof mark === 'number' && mark >= 0);
  assertArgument(
    isMark,
    'highWaterMark',
    mark,
    '[iterable] the highWaterMark option is a number, 0 or more.',
  );
}

interface Host {
  readonly process?: { getBuiltinModule?: (name: string) => { readonly Readable: ReadableConstructor } };
}

/** Node's own class, without an import that other hosts do not have. */
function hostReadable(): ReadableConstructor {
  const found = (globalThis as Host).process?.getBuiltinModule?.('node:stream')?.Readable;
  const where =
    "[iterable] there is no 'node:stream' to be found here. Pass { Readable }, or use toReadableStream().";
  assertArgument(found !== undefined, 'Readable', found, where);
  return found;
}

type WrittenStream = {
  readonly readableLength: number;
  push(chunk: unknown): boolean;
  destroy(error?: unknown): unknown;
  read(size?: number): unknown;
};

/** A run beside its stream. */
class ReadableRun extends StreamRun {
  readonly stream: WrittenStream;

  constructor(settings: ReadableSettings, work: LazyStart) {
    super(settings.buffering, work);
    const { highWaterMark, objectMode, Readable = hostReadable() } = settings;
    this.stream = new Readable(
      Object.assign(Object.create(null), {
        objectMode,
        ...(highWaterMark === undefined ? {} : { highWaterMark }),
        read: () => this.wanted(),
        destroy: (error: unknown, done: (error: unknown) => void) => {
          const completion = this.stop(error ?? new CancelledError());
          if (completion === undefined) done(error);
          else
            completion.then(
              () => done(error),
              (failed) => done(failed || error),
            );
        },
      }),
    ) as unknown as WrittenStream;
    this.heed();
  }

  protected override get collects(): boolean {
    return false; // it holds several
  }
  protected override give(item: unknown): void {
    if (item !== null) this.isWanted = this.stream.push(item);
    else if (this._state === 0) this._crash(new NullItemError());
    else this.ending = { isError: true, what: new NullItemError() }; // the value, which is the last chunk
  }

  protected override rejected(reason: unknown): void {
    const why = '[iterable] the source failed with what a stream cannot take. It is the reason of this one.';
    super.rejected(isTaken(reason) ? reason : new FalsyRejectionError(reason, why));
  }

  protected override close(): void {
    this.stream.push(null);
  }
  protected override fail(reason: unknown): void {
    const { stream } = this;
    if (stream.readableLength === 0) return void stream.destroy(reason);
    const { read } = stream;
    if (Object.hasOwn(stream, 'read')) return; // it is waiting already
    stream.read = (size) => {
      const chunk = read.call(stream, size);
      if (stream.readableLength === 0) stream.destroy(reason);
      return chunk;
    };
  }
}

/** Whether a stream takes this error: it looks at its stack, and a falsy one is none. */
function isTaken(reason: unknown): boolean {
  try {
    void (reason as { stack?: unknown } | undefined)?.stack;
    return Boolean(reason);
  } catch {
    return false; // a revoked proxy
  }
}

/** Writes a start as a function that returns a stream of Node. */
export function lowerReadable(
  start: AnyStart,
  settings: ReadableSettings = usual,
): (this: unknown, ...args: unknown[]) => NodeReadable {
  return function (...args) {
    return open(settings, lazyStartOf(start, this, args, false));
  };
}

const open = (settings: ReadableSettings, work: LazyStart): NodeReadable =>
  new ReadableRun(settings, work).stream as unknown as NodeReadable;

/**
 * Writes an operation as a Readable of Node, in object mode.
 *
 * - Work starts at the first read. A source that waits for its consumer waits while the stream is full.
 * - The value is the last chunk. `null` cannot be a chunk: it is a {@link NullItemError}.
 * - Errors: the stream is destroyed with the source's reason, the same object, after what came before it; a falsy one is a
 *   {@link FalsyRejectionError}. When the source was cancelled by somebody else, or by `{ signal }`, with the reason given there.
 * - Cancelling: `destroy(reason)` stops the work; the stream closes after its cleanup, and fails with an error of that.
 * - Asynchronous, as streams are; in the async context of whoever brings a chunk.
 * - `{ policy, limit, overflow }` are for sources that do not wait: what comes while the stream is full waits in front of it.
 * - `toReadable(fromStream(readable))` is that stream.
 *
 * @throws {ArgumentError} `operation` is none, an option cannot be meant, or there is no Readable here: Node has it from 20.16 and 22.3 on.
 * @example
 * ```ts
 * import { fromIterable, toReadable } from '@anyasync/iterable';
 *
 * const readable = toReadable(fromIterable(['a', 'b']));
 * await readable.toArray(); //=> ['a', 'b']
 * ```
 */
export function toReadable<T, Item = never>(
  operation: Operation<T, Item>,
  options?: RunOptions<T, Item> & ReadableOptions,
): NodeReadable {
  assertOperation(operation);
  if (options === undefined) {
    const source = (operation as { [native]?: unknown })[native];
    if (isNodeReadable(source)) return source as NodeReadable;
    return open(usual, lazyStartOf(startSelf, operation, [], true));
  }
  const own = ['policy', 'limit', 'overflow', 'highWaterMark', 'objectMode', 'Readable'];
  const given = optionsOf<RunOptions<any, any> & ReadableOptions>(options, undefined, own);
  return open(
    readableSettings(given),
    lazyStartOf(withOptions(startSelf, given), operation, [], true, given.signal),
  );
}
