import { TimeoutError } from '@anyasync/core';
import type { FutureState } from './future.js';

/**
 * A future was told what it cannot be told in its state: a second result, or a result after it was cancelled. After PEP 3148's
 * InvalidStateError.
 *
 * @example
 * ```ts
 * import { Future, type InvalidStateError } from '@anyasync/future';
 *
 * const future = new Future<number>();
 * future.cancel();
 * try {
 *   future.setResult(1);
 * } catch (error) {
 *   (error as InvalidStateError).state; //=> 'CANCELLED'
 * }
 * ```
 */
export class InvalidStateError extends Error {
  override get name(): 'InvalidStateError' {
    return 'InvalidStateError';
  }
  /** The method that was called. */
  readonly method: string;
  /** The state that the future was in. */
  readonly state: FutureState;
  constructor(method: string, state: FutureState, created?: string) {
    super(
      `[future] ${method}() came when the future was ${state}. Ask done() before, or setRunningOrNotifyCancel() before the work begins.` +
        (created === undefined ? '' : `\nThe future was created at:${created}`),
    );
    this.method = method;
    this.state = state;
  }
}

/**
 * The time for an iteration with {@link asCompleted} has passed, and not all futures are done. None was cancelled.
 *
 * @example
 * ```ts
 * import { UnfinishedError } from '@anyasync/future';
 *
 * const error = new UnfinishedError(50, 1, 3);
 * error.name; //=> 'TimeoutError'
 * error.unfinished; //=> 1
 * ```
 */
export class UnfinishedError extends TimeoutError {
  /** How many futures are not done. */
  readonly unfinished: number;
  constructor(timeout: number, unfinished: number, total: number) {
    super(timeout);
    this.message = `[future] ${unfinished} (of ${total}) futures unfinished after ${timeout} ms. Give it a longer timeout, or cancel them.`;
    this.unfinished = unfinished;
  }
}
