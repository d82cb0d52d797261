import type { Receiver } from '@anyasync/core';
import { fail } from './failing.js';
import type { ReadableStreamLike, ReaderLike } from './types.js';

/** By its methods. Only looks. */
export function isReadableStream(value: unknown): boolean {
  const { getReader, cancel } = Object(value) as Partial<ReadableStreamLike<unknown>>;
  return typeof getReader === 'function' && typeof cancel === 'function';
}

/** What happens to a stream whose consumer goes. */
export interface ReadingOptions {
  /** It is left as it is. */
  readonly preventCancel?: boolean;
  /** Tells who made it, too. */
  readonly stop?: ((reason: unknown) => void) | undefined;
}

/** Reads a stream of the web with a reader, which locks it until the end. */
export class WebReading {
  private readonly reader: ReaderLike<unknown>;
  private isOver = false;

  constructor(
    private readonly receiver: Receiver<unknown, unknown>,
    stream: ReadableStreamLike<unknown>,
    private readonly options: ReadingOptions,
  ) {
    this.reader = stream.getReader();
    receiver.onCancel(this);
    this.pull();
  }

  /** Also while a read waits: it ends, and the stream is not locked. */
  cancel(reason: unknown): unknown {
    if (this.isOver) return;
    this.isOver = true;
    const { preventCancel, stop } = this.options;
    const cancelled = preventCancel ? undefined : this.reader.cancel(reason);
    this.reader.releaseLock();
    stop?.(reason); // after it: the abort of its request would be an error of the stream
    return cancelled;
  }

  private readonly pull = (): void => {
    if (this.isOver) return;
    if (this.receiver.active) this.reader.read().then(this.onResult, this.onError);
    else this.leave(); // its consumer gave up waiting, and left it alone
  };

  private readonly onResult = ({ done, value }: { done: boolean; value?: unknown }): void => {
    const { receiver, isOver } = this;
    if (done) {
      if (isOver) return;
      this.leave();
      return (receiver as Receiver<void, unknown>).complete();
    }
    const ready = receiver.next(value) as PromiseLike<void> | undefined;
    if (typeof ready?.then === 'function') ready.then(this.pull, this.pull);
    else this.pull();
  };

  private readonly onError = (reason: unknown): void => {
    if (this.isOver) return; // the lock was released while the read waited
    this.leave();
    fail(this.receiver, reason);
  };

  private leave(): void {
    this.isOver = true;
    this.reader.releaseLock();
  }
}
