import { CancelledError, fail, hasMethods, propertyOf, type Receiver } from '@anyasync/core';
import type { NodeReadableLike } from './types.js';
import { waits } from './waits.js';

/** By its methods, never by its class: there are several copies of `readable-stream`. Only looks. */
export function isNodeReadable(value: unknown): boolean {
  return hasMethods(value, 'read', 'on', 'removeListener', 'destroy');
}

/** An error of a stream. */
export interface Failure {
  readonly reason: unknown;
}

/** Where a stream is that was not made just now: of Node, readable-stream 2 to 4, streamx. */
function stateOf(stream: unknown) {
  const state = propertyOf(stream, '_readableState');
  const isDestroying = propertyOf(stream, 'destroying'); // streamx alone tells it
  const isDestroyed = propertyOf(stream, 'destroyed') === true;
  const wasClosed = propertyOf(state, 'closeEmitted'); // `closed` says that it will be
  const isClosing =
    isDestroying === undefined
      ? isDestroyed && wasClosed === false && propertyOf(state, 'emitClose') !== false
      : isDestroying === true && !isDestroyed;
  return {
    hasEnded:
      propertyOf(stream, 'readableEnded') === true ||
      propertyOf(state, 'endEmitted') === true ||
      (isDestroying !== undefined && propertyOf(state, 'ended') === true),
    isDestroyed: isDestroyed || isDestroying === true,
    /** It has been destroyed, and tells of its end by an event still. */
    isClosing,
    isClosed: !isClosing && (isDestroyed || propertyOf(stream, 'closed') === true),
    errored: propertyOf(stream, 'errored'),
  };
}

/** A stream in the hand that nobody reads yet: its error waits for the first reader, and is no uncaught exception. */
export class Held {
  private failure: Failure | undefined = undefined;
  constructor(private readonly stream: NodeReadableLike) {
    if (stateOf(stream).isClosed) return;
    stream.on('error', this.onError);
    stream.on('close', this.release);
  }
  private readonly onError = (reason: unknown): void => {
    this.failure ??= { reason };
  };
  /** Listens no more. */
  readonly release = (): Failure | undefined => {
    this.stream.removeListener('error', this.onError);
    this.stream.removeListener('close', this.release);
    return this.failure;
  };
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
    /** It is left as it is when its consumer goes. */
    private readonly preventCancel: boolean,
    /** Tells who made it that its consumer has gone. */
    private readonly stop?: (reason: unknown) => void,
    failure?: Failure,
  ) {
    const { hasEnded, isDestroyed, isClosing, isClosed, errored } = stateOf(stream);
    this.isClosed = isClosed;
    this.isDestroyed = isDestroyed && !isClosing;
    this.hasEnded = hasEnded;
    this.failure = failure ?? (errored ? { reason: errored } : undefined);
    stream.on('error', this.onError);
    stream.on('close', this.onClose);
    stream.on('end', this.onEnd);
    stream.on('readable', this.onReadable);
    receiver.onCancel(this);
    this.sleep();
    if (hasEnded || isDestroyed || this.failure !== undefined) this.wake();
  }

  /** Node's own iterators do not wait for `close` either: some streams never have it. */
  cancel(reason: unknown): void {
    if (this.isOver) return;
    const { stream, preventCancel } = this;
    this.isOver = true;
    if (!preventCancel) stream.destroy();
    this.leave(!preventCancel);
    this.stop?.(reason);
  }

  /** Its consumer gives up waiting: the stream is left as it is. */
  _detach(): void {
    if (!this.isOver) this.leave();
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
      if (waits(receiver.next(chunk), this.read)) return;
    }
    if (this.isOver) return;
    const { failure, hasEnded, isDestroyed } = this;
    if (receiver.active && failure === undefined && !hasEnded && !isDestroyed) return this.sleep();
    this.leave();
    if (failure !== undefined) fail(receiver, failure.reason);
    else if (!receiver.active)
      return; // its consumer gave up waiting, and left it alone
    else if (hasEnded) (receiver as Receiver<void, unknown>).complete();
    else receiver.abort(new CancelledError('[iterable] the stream was destroyed before its end.'));
  };

  /** Reads no more. Of a stream that is about to close an error is still heard; any other stream's is its owner's. */
  private leave(isClosing = stateOf(this.stream).isDestroyed): void {
    this.isOver = true;
    const { stream } = this;
    stream.removeListener('readable', this.onReadable);
    stream.removeListener('end', this.onEnd);
    if (this.isClosed || !isClosing) this.forget();
  }
  private forget(): void {
    this.stream.removeListener('error', this.onError);
    this.stream.removeListener('close', this.onClose);
  }
}
