import { ArgumentError, fail, hasMethods, type Receiver } from '@anyasync/core';
import { type Leaving, written } from './iterator.js';
import { isNodeReadable, NodeReading } from './node-stream.js';
import type { AnyIterable, NodeReadableLike, ReadableStreamLike } from './types.js';
import { isWaiting, waits } from './waits.js';
import { isReadableStream, WebReading } from './web-stream.js';

type AnyReceiver = Receiver<unknown, unknown>;
/** Tells who made what is read that its consumer has gone. */
export type Stop = (reason: unknown) => void;
type Returns = { return?(): unknown };

/**
 * Whether a value can be read item by item: an iterable, an async one, a stream of Node or of the web. Only looks: nothing is called.
 *
 * @example
 * ```ts
 * import { isIterable } from '@anyasync/iterable';
 *
 * isIterable([1, 2]); //=> true
 * isIterable({}); //=> false
 * ```
 */
export function isIterable(value: unknown): value is AnyIterable {
  return isStream(value) || hasMethods(value, Symbol.asyncIterator) || hasMethods(value, Symbol.iterator);
}

/**
 * Whether a value is a stream that can be read, of Node or of the web, of whatever copy or version. Only looks: nothing is called.
 *
 * @example
 * ```ts
 * import { isStream } from '@anyasync/iterable';
 *
 * isStream(new ReadableStream()); //=> true
 * isStream([1, 2]); //=> false
 * ```
 */
export const isStream = (value: unknown): value is NodeReadableLike | ReadableStreamLike<unknown> =>
  isNodeReadable(value) || isReadableStream(value);

/**
 * Reads it for one run. Streams come first: their own async iterators are generators, which cannot end while a read waits. Then async
 * before sync, as the language does.
 */
export function read(source: unknown, receiver: AnyReceiver, stop?: Stop): void {
  if (isNodeReadable(source)) new NodeReading(receiver, source as NodeReadableLike, false, stop);
  else if (isReadableStream(source))
    new WebReading(receiver, source as ReadableStreamLike<unknown>, false, stop);
  else if (hasMethods(source, Symbol.asyncIterator))
    new AsyncReading(receiver, (source as AsyncIterable<unknown>)[Symbol.asyncIterator](), stop);
  else new SyncReading(receiver, (source as Iterable<unknown>)[Symbol.iterator](), stop);
}

/** Lets go of what nobody will read: what can be iterated again is left as it is. */
export function letGo(source: unknown, reason: unknown): unknown {
  if (isNodeReadable(source)) return void (source as NodeReadableLike).destroy();
  if (isReadableStream(source)) {
    const stream = source as ReadableStreamLike<unknown> & { readonly locked?: boolean };
    return stream.locked === true ? undefined : stream.cancel(reason);
  }
  return hasMethods(source, 'next') ? close(source, reason) : undefined;
}

/** Tells an iterator that its consumer goes. What it returns settles when it has cleaned up. */
function close(iterator: unknown, reason: unknown): unknown {
  const own = (iterator as { [written]?: Leaving })[written];
  return own === undefined ? (iterator as Returns).return?.() : own.leave(reason);
}

/** The end of an iterator: a value, if it has one. */
function finish(receiver: AnyReceiver, value: unknown): void {
  if (value === undefined) (receiver as Receiver<void, unknown>).complete();
  else receiver.resolve(value);
}

/** Reads an async iterator: one item after the other, when the consumer is ready. */
class AsyncReading {
  private hasEnded = false;

  constructor(
    private readonly receiver: AnyReceiver,
    private readonly iterator: AsyncIterator<unknown>,
    private readonly stop: Stop | undefined,
  ) {
    receiver.onCancel(this);
    this.pull();
  }

  /** Tells the iterator, also while its `next()` waits. */
  cancel(reason: unknown): unknown {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.stop?.(reason);
    return close(this.iterator, reason);
  }

  private readonly pull = (): void => {
    if (!this.receiver.active) return;
    try {
      Promise.resolve(this.iterator.next()).then(this.onResult, this.onError);
    } catch (error) {
      this.onError(error);
    }
  };

  private readonly onResult = (result: IteratorResult<unknown, unknown>): void => {
    let isDone: boolean | undefined;
    let value: unknown;
    try {
      isDone = assertResult(result).done;
      value = result.value;
    } catch (error) {
      return this.onError(error);
    }
    const { receiver } = this;
    if (isDone) {
      this.hasEnded = true;
      return finish(receiver, value);
    }
    if (!waits(receiver.next(value), this.pull)) this.pull();
  };

  private readonly onError = (reason: unknown): void => {
    this.hasEnded = true;
    fail(this.receiver, reason);
  };
}

/** Reads an iterator inside the call, until the consumer is not ready. */
class SyncReading {
  private hasEnded = false;
  private isRunning = false;

  constructor(
    private readonly receiver: AnyReceiver,
    private readonly iterator: Iterator<unknown>,
    private readonly stop: Stop | undefined,
  ) {
    receiver.onCancel(this);
    this.pull();
  }

  /** A generator that cancels its own run is told when it has given its item: it cannot be told while it runs. */
  cancel(reason: unknown): void {
    if (this.hasEnded || this.isRunning) return;
    this.hasEnded = true;
    this.stop?.(reason);
    (this.iterator as Returns).return?.();
  }

  private readonly pull = (): void => {
    const { receiver } = this;
    while (receiver.active) {
      const result = this.step();
      if (result === undefined) return;
      if (result.done) return finish(receiver, result.value);
      const ready = receiver.next(result.value);
      if (isWaiting(ready) && waits(ready, this.pull)) return;
    }
    receiver.onCancel(this);
  };

  /** What the iterator gives, unless it throws. */
  private step(): IteratorResult<unknown, unknown> | undefined {
    this.isRunning = true;
    let result: IteratorResult<unknown, unknown> | undefined;
    try {
      const { done, value } = assertResult(this.iterator.next());
      result = { done: done === true, value } as IteratorResult<unknown, unknown>;
      this.hasEnded = done === true;
    } catch (error) {
      this.hasEnded = true;
      fail(this.receiver, error);
    }
    this.isRunning = false;
    return result;
  }
}

function assertResult<T>(result: T): T {
  if ((typeof result === 'object' && result !== null) || typeof result === 'function') return result;
  throw new ArgumentError(
    'source',
    result,
    '[iterable] next() of the iterator gave no object { done, value }.',
  );
}
