import { type AnyStart, CancelledError, enough, reportStray, run } from '@anyasync/core';
import { BufferedRun } from './buffer.js';
import type { Buffering } from './buffering.js';
import { Queue } from './queue.js';

type Result = IteratorResult<unknown, unknown>;

/** A `next()` that waits. */
interface Waiting {
  readonly resolve: (result: Result) => void;
  readonly reject: (reason: unknown) => void;
}

const done = (value?: unknown): Result => ({ done: true, value });

// One executor for all promises.
let made: Waiting | undefined;
const make = (resolve: Waiting['resolve'], reject: Waiting['reject']): void => {
  made = { resolve, reject };
};

/** The run behind an iterator: `next(item)` of the one and `next()` of the other cannot be one object. */
class IteratorRun extends BufferedRun implements Leaving {
  private readonly waiting = new Queue<Waiting>();
  /** How the run has ended, for the `next()` after what waits. */
  private ending: { readonly value: unknown } | { readonly reason: unknown } | undefined = undefined;

  constructor(
    buffering: Buffering,
    private readonly valueIs: 'item' | 'return',
  ) {
    super(buffering);
  }

  protected override get isWanted(): boolean {
    return this.waiting.size > 0;
  }
  protected override give(value: unknown): void {
    this.waiting.shift().resolve({ done: false, value });
  }

  pull(): Promise<Result> {
    if (this.buffer.size > 0) {
      const value = this.take();
      this.ask();
      return Promise.resolve({ done: false, value });
    }
    if (this._state !== 0) return new Promise((resolve, reject) => this.end(resolve, reject));
    const promise = new Promise<Result>(make);
    this.waiting.push(made as Waiting);
    made = undefined; // or the last result would stay reachable from here
    this.ask();
    return promise;
  }

  /** The consumer goes: what waits is dropped, each `next()` that waits settles, the source is stopped. */
  leave(reason: unknown = enough()): void {
    const { ending } = this;
    this.buffer.clear();
    this.ending = undefined;
    if (ending !== undefined && 'reason' in ending) reportStray('error', ending.reason, true);
    this.cancel(reason);
    this.settle();
  }
  /** The same with an error, which a `next()` that waits hears. */
  leaveWith(reason: unknown): void {
    if (this.waiting.size > 0) this.waiting.shift().reject(reason);
    this.leave(reason ?? new CancelledError());
  }

  protected override fulfilled(value: unknown): void {
    if (this.valueIs === 'item') this.last(value);
    else this.ending = { value };
    this.settle();
  }
  protected override completed(): void {
    this.settle();
  }
  protected override rejected(reason: unknown): void {
    this.ending = { reason };
    this.settle();
  }

  /** The first that waits hears the end, and there are no more items for the others. */
  private settle(): void {
    while (this.waiting.size > 0) {
      const waiting = this.waiting.shift();
      this.end(waiting.resolve, waiting.reject);
    }
  }

  private end(resolve: Waiting['resolve'], reject: Waiting['reject']): void {
    const { ending } = this;
    this.ending = undefined;
    if (ending === undefined) resolve(done());
    else if ('reason' in ending) reject(ending.reason);
    else resolve(done(ending.value));
  }
}

/** What an iterator is made with. */
export interface IteratorSettings {
  readonly buffering: Buffering;
  readonly value: 'item' | 'return';
  readonly eager: boolean;
}

/** What is told that its consumer goes. */
export interface Leaving {
  leave(reason?: unknown): void;
}

/** The run of an iterator that we have written, for who reads it; the key is registered, so that it works across copies of the package. */
export const written: unique symbol = Symbol.for('anyasync.iterable.run/1') as never;

/** An async iterator by hand: an async generator could not end while its `next()` waits. */
class WrittenIterator {
  readonly [written]: IteratorRun;
  private begin: (() => void) | undefined;

  constructor(start: AnyStart, self: unknown, args: readonly unknown[], settings: IteratorSettings) {
    const receiver = new IteratorRun(settings.buffering, settings.value);
    this[written] = receiver;
    this.begin = () => run(start, receiver, self, args);
    if (settings.eager) this.started();
    withDisposal();
  }

  next(): Promise<Result> {
    this.started();
    return this[written].pull();
  }
  return(value?: unknown): Promise<Result> {
    this[written].leave();
    return Promise.resolve(value).then(done);
  }
  throw(reason?: unknown): Promise<Result> {
    this[written].leaveWith(reason);
    return Promise.reject(reason);
  }
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Before the first `next()` waits, so that what the source brings inside the call is what waits for it. */
  private started(): void {
    const { begin } = this;
    this.begin = undefined;
    if (this[written].active) begin?.();
  }
}

/** Writes one run as an async iterator. */
export function iterate(
  start: AnyStart,
  self: unknown,
  args: readonly unknown[],
  settings: IteratorSettings,
): AsyncIterableIterator<unknown> {
  return new WrittenIterator(start, self, args, settings);
}

/** `await using`, where there is such a thing: it may come with a polyfill, after this file. */
function withDisposal(): void {
  const { asyncDispose } = Symbol as { readonly asyncDispose?: symbol };
  if (asyncDispose === undefined || asyncDispose in WrittenIterator.prototype) return;
  Object.defineProperty(WrittenIterator.prototype, asyncDispose, {
    value: async function dispose(this: WrittenIterator): Promise<void> {
      await this.return();
    },
    configurable: true,
    writable: true,
  });
}
