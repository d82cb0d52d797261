import { Run } from '@anyasync/core';
import type { Buffering } from './buffering.js';
import { OverflowError } from './errors.js';
import { Queue } from './queue.js';

let open!: () => void;
const capture = (resolve: () => void): void => {
  open = resolve;
};
const released = (): void => {};
/** For a source that need not wait: the consumer has its turn between two items. */
const turn = /* @__PURE__ */ Promise.resolve();

/** A run whose items wait until they are asked for: the one queue between a source and a consumer that pulls. */
export abstract class BufferedRun extends Run<unknown, unknown> {
  protected readonly buffer: Queue<unknown> = new Queue();
  /** What the source waits for, and what lets it go on. */
  private room: Promise<void> | undefined = undefined;
  private makeRoom: () => void = released;

  constructor(protected readonly buffering: Buffering) {
    super();
  }

  /** Whether the consumer has asked for more than there is; then nothing waits here. */
  protected abstract readonly isWanted: boolean;
  /** Gives the consumer what it has asked for. */
  protected abstract give(item: unknown): void;

  /** Settles when the consumer wants more, or the run has ended. */
  override next(item: unknown): void | PromiseLike<void> {
    if (this._state !== 0) return this.late('item', item);
    const { policy } = this.buffering;
    if (this.isWanted) this.give(policy === 'batch' ? [item] : item);
    else if (policy === 'latest') {
      this.buffer.clear();
      this.buffer.push(item);
    } else if (policy !== 'next') this.keep(item);
    if (this.hasRoom || this._state !== 0) return;
    if (this.isFree) return turn;
    if (this.room === undefined) {
      this.room = new Promise(capture);
      this.makeRoom = open;
      open = released; // or the last source that waits would stay reachable from here
    }
    return this.room;
  }

  /** What waits, one at a time or all at once; only when there is something. */
  protected take(): unknown {
    return this.buffering.policy === 'batch' ? this.buffer.drain() : this.buffer.shift();
  }

  /** The consumer has taken or asked for something: the source goes on if there is room now. */
  protected ask(): void {
    if (this.room !== undefined && this.hasRoom) this.release();
  }

  /** The value that the run ends with is the last item, whatever the limit. */
  protected last(value: unknown): void {
    const { policy } = this.buffering;
    if (policy === 'latest') this.buffer.clear();
    if (this.isWanted) this.give(policy === 'batch' ? [value] : value);
    else this.buffer.push(value);
  }

  /** No source waits for a run that has ended. */
  protected override _end(state: 1 | 2 | 3 | 4, reason?: unknown): boolean {
    if (!super._end(state, reason)) return false;
    if (this.room !== undefined) this.release();
    return true;
  }

  private keep(item: unknown): void {
    const { limit, overflow } = this.buffering;
    if (this.buffer.size < limit) return this.buffer.push(item);
    if (overflow === 'drop-oldest') {
      this.buffer.shift();
      this.buffer.push(item);
    } else if (overflow !== 'drop-newest') this._crash(new OverflowError(limit, overflow, item));
  }

  private get hasRoom(): boolean {
    const { limit } = this.buffering;
    return this.isWanted || (limit !== Number.POSITIVE_INFINITY && this.buffer.size < limit);
  }

  /** Whether the source goes on without its consumer. */
  private get isFree(): boolean {
    const { policy, overflow } = this.buffering;
    return policy === 'latest' || policy === 'next' || overflow !== 'pause';
  }

  private release(): void {
    this.room = undefined;
    this.makeRoom();
  }
}
