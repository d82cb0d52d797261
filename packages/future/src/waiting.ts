import { assertArgument, isTime } from '@anyasync/core';
import type { Waiter } from './ending.js';
import { type Future, isOurs } from './future.js';

/** A future in a `for await` loop, where the compiler would take anything with a `then` for what that resolves with. */
export type Unawaited<F> = Omit<F, 'then'>;

/** The futures, each once. */
export function setOf<F extends Future<any>>(futures: Iterable<F>): Set<F> {
  const isIterable = typeof (futures as Partial<Iterable<F>> | undefined)?.[Symbol.iterator] === 'function';
  assertArgument(
    isIterable,
    'futures',
    futures,
    '[future] pass the futures as an array, or another iterable.',
  );
  const set = new Set(futures);
  for (const future of set) {
    const message = '[future] these are no futures. Make them futures with toFuture(operation).';
    assertArgument(isOurs(future), 'futures', future, message);
  }
  return set;
}

/** Starts a timer for a time limit, if there is one. */
export function startTimer(timeout: number | undefined, whenOver: () => void): (() => void) | undefined {
  if (timeout === undefined || timeout === Number.POSITIVE_INFINITY) return undefined;
  const timer = setTimeout(whenOver, Math.max(0, timeout));
  return () => clearTimeout(timer);
}

/** Throws unless this is a time limit. Zero, or less, asks without waiting. */
export function assertTimeout(timeout: number | undefined): void {
  const isLimit = timeout === undefined || isTime(timeout) || timeout < 0;
  assertArgument(
    isLimit,
    'timeout',
    timeout,
    '[future] the timeout is a time that a timer can wait, in milliseconds, or Infinity.',
  );
}

/**
 * Futures in the order in which they are done: those that are already, in the order given, then each as it finishes. Nothing is put on
 * them, and no time runs, before the first is asked for. Written as an iterator, because an async generator would await the futures that it
 * yields.
 */
export class Finishing<F extends Future<any>> implements AsyncIterableIterator<Unawaited<F>>, Waiter {
  private hasBegun = false;
  private ready: (F | undefined)[] = [];
  /** How many of these have been given out: `shift` would move all that are left. */
  private given = 0;
  private readonly asked: {
    resolve: (result: IteratorResult<Unawaited<F>>) => void;
    reject: (error: unknown) => void;
  }[] = [];
  private stopTimer: (() => void) | undefined;
  private error: Error | undefined;

  /**
   * @param isOver - Whether a future counts as done.
   * @param overdue - Makes the error for a time limit that has passed, from the number of futures still unfinished.
   */
  constructor(
    private readonly unfinished: Set<F>,
    private readonly isOver: (future: F) => boolean,
    private readonly timeout?: number,
    private readonly overdue?: (unfinished: number) => Error,
  ) {}

  [Symbol.asyncIterator](): this {
    return this;
  }

  next(): Promise<IteratorResult<Unawaited<F>>> {
    if (!this.hasBegun) this.begin();
    return new Promise((resolve, reject) => {
      const future = this.take();
      if (future !== undefined) resolve({ value: future, done: false });
      else if (this.error !== undefined) reject(this.error);
      else if (this.unfinished.size === 0) resolve({ value: undefined, done: true });
      else this.asked.push({ resolve, reject });
    });
  }

  /** Leaves the loop early: nothing stays on the futures. */
  async return(): Promise<IteratorResult<Unawaited<F>>> {
    this.hasBegun = true;
    this.ready = [];
    this.given = 0;
    this.leave();
    return { value: undefined, done: true };
  }

  changed(future: F): void {
    if (!this.isOver(future) || !this.unfinished.delete(future)) return;
    future._removeWaiter(this);
    const next = this.asked.shift();
    if (next === undefined) this.ready.push(future);
    else next.resolve({ value: future, done: false });
    if (this.unfinished.size === 0) this.leave();
  }

  private begin(): void {
    this.hasBegun = true;
    for (const future of [...this.unfinished]) {
      future._addWaiter(this);
      this.changed(future);
    }
    if (this.unfinished.size === 0) return;
    this.stopTimer = startTimer(this.timeout, () => {
      this.error = this.overdue?.(this.unfinished.size);
      for (const { reject } of this.asked.splice(0)) reject(this.error);
      this.leave();
    });
  }

  /** The next one that is ready; what has been given out is not kept. */
  private take(): F | undefined {
    const { ready } = this;
    const future = ready[this.given];
    if (future === undefined) return undefined;
    ready[this.given++] = undefined;
    if (this.given * 2 > ready.length) {
      ready.splice(0, this.given);
      this.given = 0;
    }
    return future;
  }

  private leave(): void {
    this.stopTimer?.();
    for (const future of this.unfinished) future._removeWaiter(this);
    this.unfinished.clear();
    for (const { resolve } of this.asked.splice(0)) resolve({ value: undefined, done: true });
  }
}
