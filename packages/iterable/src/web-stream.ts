import { fail, hasMethods, type Receiver } from '@anyasync/core';
import type { ReadableStreamLike, ReaderLike } from './types.js';
import { waits } from './waits.js';

/** By its methods. Only looks. */
export function isReadableStream(value: unknown): boolean {
  return hasMethods(value, 'getReader', 'cancel');
}

/** Reads a stream of the web with a reader, which locks it until the end. */
export class WebReading {
  private readonly reader: ReaderLike<unknown>;
  private isOver = false;

  constructor(
    private readonly receiver: Receiver<unknown, unknown>,
    stream: ReadableStreamLike<unknown>,
    /** It is left as it is when its consumer goes. */
    private readonly preventCancel: boolean,
    /** Tells who made it that its consumer has gone. */
    private readonly stop?: (reason: unknown) => void,
  ) {
    this.reader = stream.getReader();
    receiver.onCancel(this);
    this.pull();
  }

  /** Also while a read waits: it ends, and the stream is not locked. */
  cancel(reason: unknown): unknown {
    if (this.isOver) return;
    this.isOver = true;
    const cancelled = this.preventCancel ? undefined : this.reader.cancel(reason);
    this.reader.releaseLock();
    this.stop?.(reason); // after it: the abort of its request would be an error of the stream
    return cancelled;
  }

  /** Its consumer gives up waiting: the stream is left as it is, and is not locked. */
  _detach(): void {
    if (!this.isOver) this.leave();
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
    if (!waits(receiver.next(value), this.pull)) this.pull();
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
