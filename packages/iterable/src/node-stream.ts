import { CancelledError, type Receiver } from '@anyasync/core';
import { fail } from './failing.js';
import type { NodeReadableLike } from './types.js';
import type { ReadingOptions } from './web-stream.js';

/** Where a stream is, for one that was read before. */
interface State {
  readonly errored?: unknown;
  readonly readableEnded?: boolean;
  readonly destroyed?: boolean;
  readonly closed?: boolean;
  /** `closed` says that it will be. */
  readonly _readableState?: { readonly closeEmitted?: boolean };
}

/** By its methods, never by its class: there are several copies of `readable-stream`. Only looks. */
export function isNodeReadable(value: unknown): boolean {
  const { read, on, removeListener, destroy } = Object(value) as Partial<NodeReadableLike>;
  return [read, on, removeListener, destroy].every((method) => typeof method === 'function');
}

let wake!: () => void;
const capture = (resolve: () => void): void => {
  wake = resolve;
};
const asleep = (): void => {};

/**
 * Reads a stream of Node with `read()`, when it is readable and the consumer is ready: `data` would make it flow. What its events say is
 * looked at in a promise's reaction, so in the async context of whoever started the run.
 */
export class NodeReading {
  private wake: () => void = asleep;
  private hasEnded = false;
  private isClosed = false;
  private isDestroyed = false;
  private failure: { readonly reason: unknown } | undefined = undefined;
  /** Nothing is to be read any more. */
  private isOver = false;

  constructor(
    private readonly receiver: Receiver<unknown, unknown>,
    private readonly stream: NodeReadableLike,
    private readonly options: ReadingOptions,
  ) {
    const { errored, readableEnded, destroyed, closed, _readableState } = stream as State;
    this.isClosed = _readableState?.closeEmitted ?? closed === true;
    this.isDestroyed = destroyed === true;
    this.hasEnded = readableEnded === true;
    if (errored) this.failure = { reason: errored };
    stream.on('error', this.onError);
    stream.on('close', this.onClose);
    stream.on('end', this.onEnd);
    stream.on('readable', this.onReadable);
    receiver.onCancel(this);
    this.sleep();
    if (this.hasEnded || this.isDestroyed) this.wake();
  }

  cancel(reason: unknown): void {
    if (this.isOver) return;
    this.leave();
    if (this.options.preventCancel) this.forget();
    else this.stream.destroy();
    this.options.stop?.(reason);
  }

  private readonly onReadable = (): void => this.wake();
  private readonly onEnd = (): void => {
    this.hasEnded = true;
    this.wake();
  };
  private readonly onError = (reason: unknown): void => {
    if (this.isOver && reason === this.failure?.reason) return;
    if (this.isOver) return fail(this.receiver, reason); // a stray, and no uncaught exception
    this.failure = { reason };
    this.wake();
  };
  private readonly onClose = (): void => {
    this.isClosed = this.isDestroyed = true;
    if (this.isOver) this.forget();
    this.wake();
  };

  /** In the async context of the run, which a promise's reactions keep in every runtime. */
  private sleep(): void {
    void new Promise<void>(capture).then(this.read);
    this.wake = wake;
    wake = asleep;
  }

  private readonly read = (): void => {
    this.wake = asleep;
    const { receiver, stream } = this;
    while (receiver.active) {
      let chunk: unknown;
      try {
        chunk = stream.read();
      } catch (reason) {
        this.failure ??= { reason };
        break;
      }
      if (chunk === null) break;
      const ready = receiver.next(chunk) as PromiseLike<void> | undefined;
      if (typeof ready?.then === 'function') return void ready.then(this.read, this.read);
    }
    if (this.isOver) return;
    if (!receiver.active) return this.leave(); // its consumer gave up waiting, and left it alone
    const { failure, hasEnded, isDestroyed } = this;
    if (failure === undefined && !hasEnded && !isDestroyed) return this.sleep();
    this.leave();
    if (failure !== undefined) fail(receiver, failure.reason);
    else if (hasEnded) (receiver as Receiver<void, unknown>).complete();
    else receiver.abort(new CancelledError('[iterable] the stream was destroyed before its end.'));
  };

  /** Reads no more. An error that comes before the stream is closed is still heard. */
  private leave(): void {
    this.isOver = true;
    const { stream } = this;
    stream.removeListener('readable', this.onReadable);
    stream.removeListener('end', this.onEnd);
    if (this.isClosed) this.forget();
  }
  private forget(): void {
    this.stream.removeListener('error', this.onError);
    this.stream.removeListener('close', this.onClose);
  }
}
