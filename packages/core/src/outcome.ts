import type { Operation, Receiver } from './protocol.js';
import { Run } from './run.js';
import { assertOperation, run, startSelf } from './start.js';

/** How a run ended. A superset of the language's PromiseSettledResult: cancelled is a third outcome, neither value nor error. */
export type Outcome<T> =
  | { status: 'fulfilled'; value: T }
  | { status: 'rejected'; reason: unknown }
  | { status: 'cancelled'; reason: unknown };

/** Hears a run as an {@link Outcome}. */
export class OutcomeRun<T> extends Run<T> {
  constructor(
    private readonly settled: (outcome: Outcome<T>) => void,
    private readonly disposing?: Receiver<never, never> | undefined,
  ) {
    super();
  }
  /** A loser's value goes to whoever frees it. */
  protected override late(kind: 'value' | 'complete' | 'error' | 'abort' | 'item', what: unknown): void {
    const { disposing } = this;
    if (kind === 'value' && this._state === 4 && typeof disposing?.dispose === 'function')
      disposing.dispose(what);
    else super.late(kind, what);
  }
  protected override fulfilled(value: T): void {
    this.settled({ status: 'fulfilled', value });
  }
  protected override rejected(reason: unknown): void {
    this.settled({ status: 'rejected', reason });
  }
  protected override aborted(reason: unknown): void {
    this.settled({ status: 'cancelled', reason });
  }
  protected override stopped(reason: unknown): void {
    this.settled({ status: 'cancelled', reason });
  }
}

/**
 * Runs an operation and tells how it ended. Never rejects: an error is an answer like the others, and cancelled is told apart from it
 * even where the reason is an ordinary error (the reason of your own AbortSignal).
 *
 * - Starts the work at once. The answer comes as a native promise, so asynchronously.
 * - A value that is a thenable stays as it is, unlike with `await`.
 *
 * @throws {ArgumentError} `operation` is none.
 * @example
 * ```ts
 * import { operation, outcome } from '@anyasync/core';
 *
 * await outcome(operation((receiver) => receiver.abort('not needed'))); //=> { status: 'cancelled', reason: 'not needed' }
 * ```
 */
export function outcome<T>(operation: Operation<T>): Promise<Outcome<T>> {
  assertOperation(operation);
  return new Promise((resolve) => run(startSelf<T, never>, new OutcomeRun(resolve), operation, []));
}
