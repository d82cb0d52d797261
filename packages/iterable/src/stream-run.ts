import { reportStray } from '@anyasync/core';
import { BufferedRun } from './buffer.js';
import type { Buffering } from './buffering.js';

/** A run whose consumer reads a stream, of Node or of the web: it begins with the first read, and ends the stream when all was given. */
export abstract class StreamRun extends BufferedRun {
  protected isWanted = false;
  /** How the run has ended, until the stream has. */
  protected ending: { readonly reason?: unknown } | undefined = undefined;

  constructor(
    buffering: Buffering,
    private begin: ((run: StreamRun) => void) | undefined,
  ) {
    super(buffering);
  }

  /** Ends the stream. */
  protected abstract close(): void;
  /** Has the stream fail, as soon as what it holds has been read: an error would drop that. */
  protected abstract fail(reason: unknown): void;

  /** The stream asks for more. */
  protected wanted(): void {
    this.isWanted = true;
    const { begin } = this;
    this.begin = undefined;
    begin?.(this);
    while (this.isWanted && this.buffer.size > 0) this.give(this.take());
    this.end();
    this.ask();
  }

  /** The consumer has left the stream, or it is over. */
  protected left(reason: unknown): void {
    const { ending } = this;
    this.begin = this.ending = undefined;
    this.buffer.clear();
    if (this.active) this.cancel(reason);
    else if (ending !== undefined && 'reason' in ending && ending.reason !== reason)
      reportStray('error', ending.reason, true);
  }

  protected override fulfilled(value: unknown): void {
    this.ending = {};
    this.last(value);
    this.end();
  }
  protected override completed(): void {
    this.ending = {};
    this.end();
  }
  protected override rejected(reason: unknown): void {
    this.ending = { reason };
    this.end();
  }

  /** Only when nothing waits in front of the stream. */
  private end(): void {
    const { ending } = this;
    if (ending === undefined || this.buffer.size > 0) return;
    if ('reason' in ending) return this.fail(ending.reason);
    this.ending = undefined;
    this.close();
  }
}
