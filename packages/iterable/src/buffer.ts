import { enough, onAbort, Run, reportStray } from '@anyasync/core';
import type { Buffering } from './buffering.js';
import { OverflowError } from './errors.js';
import { completionOf, type LazyStart } from './lazy-start.js';
import { Queue } from './queue.js';

let open!: () => void;
const capture = (resolve: () => void): void => {
  open = resolve;
};
const released = (): void => {};
/** For a source that need not wait: the consumer has its turn between two items. */
const turn = /* @__PURE__ */ Promise.resolve();

/** How a run has ended, for who reads what waits first. */
interface Ending {
  readonly isError: boolean;
  readonly what: unknown;
}

/** A run whose items wait until they are asked for: the one queue between a source and a consumer that pulls. */
export abstract class BufferedRun extends Run<unknown, unknown> {
  protected readonly buffer: Queue<unknown> = new Queue();
  protected ending: Ending | undefined = undefined;
  /** What the source waits for, and what lets it go on. */
  private room: Promise<void> | undefined = undefined;
  private makeRoom: () => void = released;
  /** Listens to the signal no more. */
  private unheard: () => void = released;
  /** A burst is collected: what was asked for is given after it. */
  private isCollecting = false;

  constructor(
    protected readonly buffering: Buffering,
    private work: LazyStart | undefined,
  ) {
    super();
  }

  /** Whether the consumer has asked for more than there is; then nothing waits here, unless a burst is collected. */
  protected abstract readonly isWanted: boolean;
  /** Whether the consumer has asked for one item only, so that `latest` and `batch` see what comes in the same turn. */
  protected abstract readonly collects: boolean;
  /** Gives the consumer what it has asked for. */
  protected abstract give(item: unknown): void;

  /** Begins with the first read. */
  protected begin(): void {
    const { work } = this;
    this.unheard();
    this.work = undefined;
    if (this._state === 0) work?.(this);
  }

  /** A signal that is aborted before the first read begins the run, which ends at once, and lets go of what was handed over. */
  protected heed(): void {
    const signal = this.work?.signal;
    if (signal?.aborted) this.begin();
    else if (signal !== undefined) this.unheard = onAbort(signal, () => this.begin());
  }

  /** The consumer goes: what waits is dropped, the source is stopped. Gives the promise of its completion, if there is something to wait for. */
  protected stop(reason: unknown = enough()): Promise<unknown> | undefined {
    const { ending, work } = this;
    this.unheard();
    this.buffer.clear();
    this.ending = this.work = undefined;
    if (ending?.isError && ending.what !== reason) reportStray('error', ending.what, true);
    if (this._state !== 0) return undefined;
    return completionOf(() => {
      const completion = this._leave(reason);
      return work === undefined ? completion : work(undefined, reason);
    });
  }

  /** Settles when the consumer wants more, or the run has ended. */
  override next(item: unknown): void | PromiseLike<void> {
    if (this._state !== 0) return this.late('item', item);
    const { policy } = this.buffering;
    if (policy === 'each' || policy === 'next') {
      if (this.isWanted) this.give(item);
      else if (policy === 'each') this.keep(item);
    } else this.collect(item);
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

  /** Gives what waits to who has asked for it. */
  protected flush(): void {
    while (this.isWanted && this.buffer.size > 0) this.give(this.take());
  }

  /** The consumer has taken or asked for something: the source goes on if there is room now. */
  protected ask(): void {
    if (this.room !== undefined && this.hasRoom) this.release();
  }

  /** The value that the run ends with is the last item, whatever the limit. */
  protected last(value: unknown): void {
    if (this.buffering.policy === 'latest') this.buffer.clear();
    this.buffer.push(value);
  }

  /** No source waits for a run that has ended. */
  protected override _end(state: 1 | 2 | 3 | 4, reason?: unknown): boolean {
    if (!super._end(state, reason)) return false;
    if (this.room !== undefined) this.release();
    return true;
  }

  /** An item of a burst: one that was waited for is given at the end of it, and sooner if the limit is reached. */
  private collect(item: unknown): void {
    const isFull = this.buffer.size >= this.buffering.limit;
    if (this.isWanted && (isFull || !this.collects)) this.flush();
    if (this.buffering.policy === 'latest') this.buffer.clear();
    this.keep(item);
    if (!this.isWanted || this._state !== 0) return;
    if (!this.collects) this.flush();
    else if (!this.isCollecting) {
      this.isCollecting = true;
      void turn.then(() => this.collected());
    }
  }
  private collected(): void {
    this.isCollecting = false;
    this.flush();
    this.ask();
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
    const { size } = this.buffer;
    return (size === 0 && this.isWanted) || (limit !== Number.POSITIVE_INFINITY && size < limit);
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
