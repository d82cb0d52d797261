import { WouldDeadlockError } from './errors.js';
import type { Receiver } from './protocol.js';
import { Run } from './run.js';
import { type AnyStart, runOrThrow } from './start.js';
import type { Style } from './style.js';
import type { SyncTypes } from './style-types.js';

/** Keeps how the run ended until the call looks. */
class SyncRun extends Run<unknown> {
  threw = false;
  result: unknown;
  protected override fulfilled(value: unknown): void {
    this.result = value;
  }
  protected override rejected(reason: unknown): void {
    this.threw = true;
    this.result = reason;
  }
}

/**
 * The plain synchronous call as a style.
 *
 * - Read: the function is called when the run starts; it returns the value or throws the error, which is passed on as the same object.
 * - Written: the function starts the run, and returns its value or throws its error if the run settled inside the call. Otherwise it
 *   cancels the run and throws {@link WouldDeadlockError}: work of this thread cannot end while the thread waits for it.
 * - Cancelling: there is none; a run that its source cancelled throws the reason.
 *
 * @example
 * ```ts
 * import { convert, sync } from '@anyasync/core';
 * import { callback } from '@anyasync/callback';
 *
 * const half = convert((n: number, done: (error: Error | null, half?: number) => void) => done(null, n / 2), callback, sync);
 * half(8); //=> 4
 * ```
 */
export const sync: Style<SyncTypes> = {
  name: 'sync',
  traits: {
    items: false,
    lazy: false,
    replay: false,
    delivery: 'sync',
    cancel: 'none',
    cancelled: false,
    errors: 'any',
    thenables: true,
    arguments: 'one',
    this: true,
    backpressure: false,
    context: 'subscriber',
  },
  lift:
    (fn: (...args: unknown[]) => unknown) =>
    (receiver: Receiver<unknown>, self: unknown, args: readonly unknown[]) =>
      receiver.resolve(Reflect.apply(fn, self, args)),
  lower: (start: AnyStart) =>
    function (this: unknown, ...args: unknown[]): unknown {
      const call = new SyncRun();
      runOrThrow(start, call, this, args);
      if (call.active) {
        const error = new WouldDeadlockError();
        call._close(error);
        throw error;
      }
      if (call.threw) throw call.result;
      return call.result;
    },
};
