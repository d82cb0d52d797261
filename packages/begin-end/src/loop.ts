import { assertArgument, type Operation, operation, type Receiver } from '@anyasync/core';
import type { AsyncCallback, AsyncResult } from './types.js';

/**
 * Begins the same operation again and again, until the body has enough: the loop that a callback would have to write, without its stack.
 *
 * - Cold: starts when it is started. `begin` gets the callback; the body gets what end returns, and goes on while it returns true.
 * - Errors: what begin, end or the body throws ends it, the same object.
 * - Cancelling: no more operations are begun; the one that runs is ended.
 * - Synchronous where the operations are: 100,000 completions inside begin need no stack.
 *
 * @throws {ArgumentError} One of them is no function.
 * @example
 * ```ts
 * import { beginEnd, loop } from '@anyasync/begin-end';
 * import { convert, sync } from '@anyasync/core';
 * import { toPromise } from '@anyasync/promise';
 *
 * let n = 0;
 * const next = convert(() => n++, sync, beginEnd);
 * await toPromise(loop((callback) => next.begin(callback), next.end, (value) => value < 100_000));
 * n; //=> 100001
 * ```
 */
export function loop<R extends AsyncResult<any, any, any>, T>(
  begin: (callback: AsyncCallback) => R,
  end: (result: R) => T,
  body: (value: T) => boolean,
): Operation<void> {
  for (const [name, fn] of Object.entries({ begin, end, body }))
    assertArgument(
      typeof fn === 'function',
      name,
      fn,
      '[begin-end] loop() takes begin, end and the body, three functions.',
    );
  return operation((receiver) => new Loop(receiver, begin, end, body).run());
}

class Loop<R extends AsyncResult<any, any, any>, T> {
  constructor(
    private readonly receiver: Receiver<void>,
    private readonly begin: (callback: AsyncCallback) => R,
    private readonly end: (result: R) => T,
    private readonly body: (value: T) => boolean,
  ) {}

  run(): void {
    try {
      while (this.receiver.active) {
        let isInside = true;
        let isSeen = false;
        let isEnded = false;
        const result = this.begin(() => {
          if (isInside) isSeen = true;
          else if (!isEnded) {
            isEnded = true;
            this.resume(result);
          }
        });
        isInside = false;
        if (!isSeen && !result.completedSynchronously) return; // its callback goes on
        isEnded = true;
        if (!this.body(this.end(result))) return this.receiver.resolve();
      }
    } catch (error) {
      this.receiver.reject(error);
    }
  }

  private resume(result: R): void {
    try {
      if (!this.body(this.end(result))) return this.receiver.resolve();
    } catch (error) {
      return this.receiver.reject(error);
    }
    this.run();
  }
}
