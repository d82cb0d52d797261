import type { PromiseTypes, Style } from '@anyasync/core';
import { liftPromise } from './from.js';
import { lowerPromise } from './to.js';

/**
 * Functions that return a promise, as a style. Read, any thenable will do; written, they return native promises.
 *
 * - Read: the function is called when the run starts. A rejection is the error, the same object; one branded as cancelled is a
 *   cancellation; what it throws, or a result that is no promise, is an error too. Cancelling stops what hangs on the promise
 *   (`child` of exec), otherwise it stops listening.
 * - Written: work starts with the call, and everything the original throws becomes a rejection. Cancelled through
 *   `fn.with({ signal })` only.
 *
 * @example
 * ```ts
 * import { convert } from '@anyasync/core';
 * import { callback } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * const half = convert((n: number, done: (error: Error | null, half: number) => void) => done(null, n / 2), callback, promise);
 * await half(8); //=> 4
 * ```
 */
export const promise: Style<PromiseTypes> = {
  name: 'promise',
  traits: {
    items: false,
    lazy: false,
    replay: true,
    delivery: 'async',
    cancel: 'none',
    cancelled: false,
    errors: 'any',
    thenables: false,
    arguments: 'one',
    this: true,
    backpressure: false,
    context: 'subscriber',
  },
  lift: liftPromise,
  lower: lowerPromise,
};
