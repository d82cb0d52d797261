import { assertArgument, readOptions } from '@anyasync/core';
import type { Waiter } from './ending.js';
import { UnfinishedError } from './errors.js';
import type { Future } from './future.js';
import { assertTimeout, Finishing, setOf, startTimer, type Unawaited } from './waiting.js';

/** When {@link wait} comes back. A cancellation is no exception. */
export type ReturnWhen = 'FIRST_COMPLETED' | 'FIRST_EXCEPTION' | 'ALL_COMPLETED';

/** What {@link wait} takes beside the futures. */
export interface WaitOptions {
  /** Milliseconds after which it comes back with what is done; never an error. Zero asks without waiting, Infinity or none waits for ever. */
  readonly timeout?: number | undefined;
  /** `ALL_COMPLETED` by default. */
  readonly returnWhen?: ReturnWhen | undefined;
}

/** The futures that are done, and those that are not. */
export interface Waited<F> {
  readonly done: Set<F>;
  readonly notDone: Set<F>;
}

const conditions: readonly string[] = ['ALL_COMPLETED', 'FIRST_COMPLETED', 'FIRST_EXCEPTION'];

/**
 * Waits for futures, without cancelling any. After `concurrent.futures.wait`.
 *
 * - A future given twice counts once. One that is cancelled counts as done when whoever does its work has acknowledged it
 *   (`setRunningOrNotifyCancel`); a future that was converted from another style is acknowledged at once.
 * - Never rejects: a time that has passed is no error, the sets tell.
 * - Asynchronous. Nothing is left on the futures.
 *
 * @throws {ArgumentError} Something is no future, or an option cannot be meant. Thrown at once, also where Python would not notice.
 * @example
 * ```ts
 * import { Future, wait } from '@anyasync/future';
 *
 * const a = new Future<number>();
 * const b = new Future<number>();
 * a.setResult(1);
 * const { done, notDone } = await wait([a, b], { timeout: 5 });
 * [done.has(a), notDone.has(b)]; //=> [true, true]
 * ```
 */
export function wait<F extends Future<any>>(futures: Iterable<F>, options?: WaitOptions): Promise<Waited<F>> {
  const read = readOptions(options, ['timeout', 'returnWhen'], '[future] wait()');
  const { timeout, returnWhen = 'ALL_COMPLETED' } = read;
  const message = `[future] returnWhen is one of ${conditions.join(', ')}.`;
  assertArgument(conditions.includes(returnWhen), 'returnWhen', returnWhen, message);
  assertTimeout(timeout);
  const all = setOf(futures);
  return new Promise((resolve) => new Wait(all, returnWhen, resolve).begin(timeout));
}

class Wait<F extends Future<any>> implements Waiter {
  private stopTimer: (() => void) | undefined;
  private left = 0;

  constructor(
    private readonly futures: ReadonlySet<F>,
    private readonly returnWhen: ReturnWhen,
    private readonly resolve: (waited: Waited<F>) => void,
  ) {}

  begin(timeout: number | undefined): void {
    const { futures, returnWhen } = this;
    const finished = [...futures].filter((future) => future._finished);
    this.left = futures.size - finished.length;
    if (
      this.left === 0 ||
      (returnWhen === 'FIRST_COMPLETED' && finished.length > 0) ||
      (returnWhen === 'FIRST_EXCEPTION' && finished.some((future) => future._failed)) ||
      (timeout !== undefined && timeout <= 0)
    )
      return this.end();
    for (const future of futures) if (!future._finished) future._addWaiter(this);
    this.stopTimer = startTimer(timeout, () => this.end());
  }

  changed(future: F): void {
    if (!future._finished) return;
    future._removeWaiter(this);
    this.left--;
    const { returnWhen } = this;
    const isEnough = returnWhen === 'FIRST_COMPLETED' || (returnWhen === 'FIRST_EXCEPTION' && future._failed);
    if (isEnough || this.left === 0) this.end();
  }

  private end(): void {
    this.stopTimer?.();
    const done = new Set<F>();
    const notDone = new Set<F>();
    for (const future of this.futures) {
      future._removeWaiter(this);
      (future._finished ? done : notDone).add(future);
    }
    this.resolve({ done, notDone });
  }
}

/**
 * The futures as they are done: those that are already first, then each when it finishes. After `concurrent.futures.as_completed`.
 *
 * - A future given twice comes once; a cancelled one as for {@link wait}. Ask each for its `result()`.
 * - Lazy: nothing is put on the futures, and no time runs, before the first `next()`.
 * - The timeout, in milliseconds, is for the whole iteration: then the loop throws an {@link UnfinishedError}.
 * - Leaving the loop early leaves nothing on the futures, and cancels none.
 *
 * @throws {ArgumentError} Something is no future, or the timeout is none.
 * @example
 * ```ts
 * import { asCompleted, Future } from '@anyasync/future';
 *
 * const slow = new Future<string>();
 * const quick = new Future<string>();
 * quick.setResult('quick');
 * setTimeout(() => slow.setResult('slow'), 1);
 * const results: string[] = [];
 * for await (const future of asCompleted([slow, quick])) results.push(future.result());
 * results; //=> ['quick', 'slow']
 * ```
 */
export function asCompleted<F extends Future<any>>(
  futures: Iterable<F>,
  options?: { readonly timeout?: number | undefined },
): AsyncIterableIterator<Unawaited<F>> {
  const { timeout } = readOptions(options, ['timeout'], '[future] asCompleted()');
  assertTimeout(timeout);
  const all = setOf(futures);
  const total = all.size;
  const overdue = (unfinished: number) => new UnfinishedError(timeout as number, unfinished, total);
  return new Finishing(all, (future) => future._finished, timeout, overdue);
}
