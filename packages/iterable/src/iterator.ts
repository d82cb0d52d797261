import { CancelledError, hide } from '@anyasync/core';
import { BufferedRun } from './buffer.js';
import type { Buffering } from './buffering.js';
import type { LazyStart } from './lazy-start.js';
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
  /** Settles when all that was asked while the source is stopped has been answered; who asks now comes after it. */
  private answered: Promise<void> | undefined = undefined;
  private readonly valueIs: 'item' | 'return';

  constructor({ buffering, value, eager }: IteratorSettings, work: LazyStart) {
    super(buffering, work);
    this.valueIs = value;
    if (eager) this.begin();
    else this.heed();
  }

  protected override get isWanted(): boolean {
    return this.waiting.size > 0;
  }
  protected override get collects(): boolean {
    return true;
  }
  protected override give(value: unknown): void {
    this.waiting.shift().resolve({ done: false, value });
  }

  pull(): Promise<Result> {
    this.begin(); // before it waits, so that what the source brings inside the call is what waits for it
    if (this.answered !== undefined) return this.answered.then(() => done());
    if (this.buffer.size > 0 && this.waiting.size === 0) {
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

  /** The consumer goes: each `next()` that waits settles at once, and the source is stopped. Gives the promise of its completion. */
  leave(reason?: unknown): Promise<unknown> | undefined {
    this.flush(); // of a burst that is collected, what was asked for is given
    const completion = this.stop(reason);
    this.settle();
    return completion;
  }

  /** Answers a `return()`, at once if there is nothing to wait for. */
  answer(completion: Promise<unknown> | undefined, value: unknown): Promise<Result> {
    if (completion === undefined && this.answered === undefined && Object(value) !== value)
      return Promise.resolve(done(value));
    return this.inOrder(completion, Promise.resolve(value).then(done));
  }
  /** The same for a `throw()`: a `next()` that waits hears the reason, too. */
  leaveWith(reason: unknown): Promise<Result> {
    this.flush();
    if (this.waiting.size > 0) this.waiting.shift().reject(reason);
    const completion = this.leave(reason ?? new CancelledError());
    const answer = Promise.reject(reason);
    return completion === undefined && this.answered === undefined
      ? answer
      : this.inOrder(completion, answer);
  }

  /** After what was asked before, and when the source has stopped, whose error counts more: as async generators have it. */
  private inOrder(completion: Promise<unknown> | undefined, answer: Promise<Result>): Promise<Result> {
    const { answered } = this;
    return new Promise((resolve, reject) => {
      this.answered = Promise.allSettled([completion, answer, answered]).then(([stopped, given]) => {
        const end = stopped.status === 'rejected' ? stopped : given;
        if (end.status === 'rejected') reject(end.reason);
        else resolve(end.value);
      });
    });
  }

  protected override fulfilled(value: unknown): void {
    if (this.valueIs === 'item') this.last(value);
    else this.ending = { isError: false, what: value };
    this.settle();
  }
  protected override completed(): void {
    this.settle();
  }
  protected override rejected(reason: unknown): void {
    this.ending = { isError: true, what: reason };
    this.settle();
  }

  /** The first that waits hears the end, and there are no more items for the others. */
  private settle(): void {
    this.flush();
    while (this.waiting.size > 0) {
      const waiting = this.waiting.shift();
      this.end(waiting.resolve, waiting.reject);
    }
  }

  private end(resolve: Waiting['resolve'], reject: Waiting['reject']): void {
    const { ending } = this;
    this.ending = undefined;
    if (ending?.isError) reject(ending.what);
    else resolve(done(ending?.what));
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
  leave(reason?: unknown): unknown;
}

/** The run of an iterator that we have written, for who reads it; the key is registered, so that it works across copies of the package. */
export const written: unique symbol = Symbol.for('anyasync.iterable.run/1') as never;

/** An async iterator by hand: an async generator could not end while its `next()` waits. */
class WrittenIterator {
  readonly [written]: IteratorRun;

  constructor(settings: IteratorSettings, work: LazyStart) {
    this[written] = new IteratorRun(settings, work);
    withDisposal();
  }

  next(): Promise<Result> {
    return this[written].pull();
  }
  return(value?: unknown): Promise<Result> {
    const run = this[written];
    return run.answer(run.leave(), value);
  }
  throw(reason?: unknown): Promise<Result> {
    return this[written].leaveWith(reason);
  }
  [Symbol.asyncIterator](): this {
    return this;
  }
}

/** Writes one run as an async iterator. */
export function iterate(settings: IteratorSettings, work: LazyStart): AsyncIterableIterator<unknown> {
  return new WrittenIterator(settings, work);
}

/** `await using`, where there is such a thing: it may come with a polyfill, after this file. */
function withDisposal(): void {
  const { asyncDispose } = Symbol as { readonly asyncDispose?: symbol };
  if (asyncDispose === undefined || asyncDispose in WrittenIterator.prototype) return;
  hide(WrittenIterator.prototype, asyncDispose, async function dispose(this: WrittenIterator) {
    await this.return();
  });
}
