import {
  type AnyStart,
  ArgumentError,
  assertArgument,
  assertNoMore,
  fail,
  type Operation,
  operation,
  type Receiver,
  readOptions,
  reportStray,
} from '@anyasync/core';
import { Held, isNodeReadable, NodeReading } from './node-stream.js';
import { isIterable, isStream, letGo, read, type Stop } from './reading.js';
import type { AnyIterable, ItemsOf, NodeReadableLike, ReadableStreamLike, ReturnOf } from './types.js';
import { WebReading } from './web-stream.js';

/** What an operation was made from, for the way back; the key is registered, so that it works across copies of the package. */
export const native: unique symbol = Symbol.for('anyasync.iterable/1') as never;

/** An iterable or stream in the hand. A stream is owned from now on: it is read, or it is let go of. */
class IterableOperation implements Operation<any, any> {
  readonly [native]: unknown;
  private readonly held: Held | undefined;
  private isTaken = false;
  constructor(
    source: unknown,
    private readonly preventCancel: boolean,
  ) {
    this[native] = source;
    this.held = isNodeReadable(source) ? new Held(source as NodeReadableLike) : undefined;
  }
  get version(): 1 {
    return 1;
  }
  get '~anyasync'(): this {
    return this;
  }
  start(receiver: Receiver<any, any>): void {
    const { [native]: source, preventCancel, held } = this;
    this.isTaken = true;
    if (held !== undefined)
      new NodeReading(receiver, source as NodeReadableLike, preventCancel, undefined, held.release());
    else if (preventCancel) new WebReading(receiver, source as ReadableStreamLike<unknown>, true);
    else read(source, receiver);
  }
  /** What another run reads is left to that one. */
  discard(reason: unknown): unknown {
    if (this.isTaken) return undefined;
    const { [native]: source, preventCancel, held } = this;
    if (!preventCancel) return letGo(source, reason);
    const failure = held?.release();
    if (failure !== undefined) reportStray('error', failure.reason);
    return undefined;
  }
}

/**
 * Reads anything with an iterator as an operation: arrays, generators, async generators, other iterables; streams too, as
 * {@link fromStream} does.
 *
 * - Starting the operation asks for an iterator, and reads it when the consumer is ready. A generator in the hand can be read once; a
 *   function that makes an iterable, or a promise of one, is called at each start, with a signal that is aborted on cancelling. What the
 *   promise brings after a cancel is closed.
 * - Items are passed on as they are; a promise among them is not awaited. What the iterator returns at its end is the value; if that is
 *   undefined, there is none.
 * - Errors: what `next()` throws or rejects with, the same object. One branded as cancelled (`isCancelled`) is a cancellation.
 * - Cancelling: calls `return()`, once, also while `next()` waits, and not after the end. An async generator runs its `finally` only when
 *   what it awaits is there, and who leaves waits for that, as the language does: let it await something that the signal stops. What
 *   `return()` throws or rejects with reaches who leaves, and is a stray where nobody waits. One in the hand is returned also if nobody reads it.
 * - Now and then it gives up the turn of the event loop, so that timers and signals have theirs. A synchronous iterable that is read inside the
 *   call does not: a `timeout` ends it, and a `signal` cannot fire.
 * - Synchronous if the iterator is, as long as the consumer is ready.
 *
 * @throws {ArgumentError} `source` is none of them.
 * @example
 * ```ts
 * import { last, toArray } from '@anyasync/core';
 * import { fromIterable } from '@anyasync/iterable';
 * import { toPromise } from '@anyasync/promise';
 *
 * async function* lines() { yield 'a'; yield 'b'; }
 * await toPromise(fromIterable(lines()), { fold: toArray() }); //=> ['a', 'b']
 * await toPromise(fromIterable([1, 2, 3]), { fold: last() }); //=> 3
 * const body = fromIterable(async (signal) => (await fetch('data:,text', { signal })).body ?? []); // each run is a request
 * String.fromCharCode(...(await toPromise(body, { fold: last() }))); //=> 'text'
 * ```
 */
export function fromIterable<S extends AnyIterable>(
  source: S | ((signal: AbortSignal) => S | PromiseLike<S>),
): Operation<ReturnOf<S>, ItemsOf<S>> {
  if (isIterable(source)) return new IterableOperation(source, false);
  const what =
    '[iterable] fromIterable() takes an iterable, a stream, or a function (signal) => iterable, or a promise of one.';
  assertArgument(typeof source === 'function', 'source', source, what);
  const make = source as (signal: AbortSignal) => unknown;
  return operation<any, any>((receiver) => {
    const controller = new AbortController();
    readMade(make, make(controller.signal), receiver, (reason) => controller.abort(reason));
  });
}

/**
 * Reads a stream of Node, or of the web, as an operation. It is recognised by its methods, so that every copy and every version will do.
 *
 * - Starting the operation begins to read; a chunk is read when the consumer is ready. A stream has one reader: it is read once.
 * - Errors: the stream's own, the same object, after what it had buffered. One branded as cancelled is a cancellation; so is a stream
 *   that is destroyed before its end. An error before it is read is kept for the first reader, and is no uncaught exception.
 * - Cancelling: `destroy()` of Node's; `reader.cancel(reason)` of the web's, which is not locked afterwards. Both also while a read waits.
 *   `{ preventCancel: true }` leaves the stream to you. It is the same when what was written is left
 *   before the first read, or the run never starts.
 *   No listener stays on it but one for its error, until a stream that was destroyed is closed.
 * - Asynchronous always, in the async context of whoever starts it.
 *
 * @throws {ArgumentError} `stream` is none, or there is no such option.
 * @example
 * ```ts
 * import { createReadStream } from 'node:fs';
 * import { toArray } from '@anyasync/core';
 * import { fromStream } from '@anyasync/iterable';
 * import { toPromise } from '@anyasync/promise';
 *
 * const chunks = await toPromise(fromStream(createReadStream('package.json')), { fold: toArray() });
 * JSON.parse(String(Buffer.concat(chunks))).license; //=> 'MIT'
 * ```
 */
export function fromStream<S extends NodeReadableLike | ReadableStreamLike<any>>(
  stream: S,
  options?: { readonly preventCancel?: boolean | undefined },
): Operation<void, ItemsOf<S>>;
export function fromStream(
  stream: unknown,
  given?: { readonly preventCancel?: unknown },
  ...more: unknown[]
): Operation<any, any> {
  const what = '[iterable] fromStream() takes a Readable of Node or a ReadableStream of the web.';
  assertArgument(isStream(stream), 'stream', stream, what);
  assertNoMore(more, '[iterable] fromStream() takes an object of options last');
  const { preventCancel = false } = readOptions(given, ['preventCancel'], '[iterable] fromStream()');
  const how = '[iterable] the preventCancel option is true or false.';
  assertArgument(typeof preventCancel === 'boolean', 'preventCancel', preventCancel, how);
  return new IterableOperation(stream, preventCancel);
}

type Fn = (...args: any[]) => unknown;

/** Reads a function that returns an iterable or a stream, or a promise of one: each start is one call. */
export function liftIterable(fn: Fn): AnyStart {
  return (receiver: Receiver<unknown, unknown>, self: unknown, args: readonly unknown[]): void =>
    readMade(fn, Reflect.apply(fn, self, args), receiver);
}

/**
 * Reads what the function has returned, now or when the promise of it is kept: also for a run that was cancelled meanwhile, whose teardown runs
 * at once, so that what has come is closed.
 */
function readMade(fn: Fn, made: unknown, receiver: Receiver<unknown, unknown>, stop?: Stop): void {
  if (isIterable(made)) {
    if (receiver.active && typeof receiver.handle === 'function') receiver.handle(made);
    return read(made, receiver, stop);
  }
  const { then } = Object(made) as Partial<PromiseLike<unknown>>;
  if (typeof then !== 'function') throw noIterable(fn, made);
  if (stop !== undefined) receiver.onCancel(stop);
  Promise.resolve(made)
    .then((kept) => readMade(fn, kept, receiver, stop))
    .catch((reason) => fail(receiver, reason));
}

function noIterable(fn: { readonly name: string }, received: unknown): ArgumentError {
  const message = `[iterable] ${fn.name || 'the function'}() gave nothing that can be iterated. Convert it from the style that it has.`;
  return new ArgumentError('fn', received, message);
}
