import type { Style } from '@anyasync/core';
import { liftDeferred } from './from.js';
import { lowerDeferred } from './to.js';
import type { DeferredTypes } from './types.js';

/**
 * Functions that return a Deferred, as a style. Read, everything with Twisted's `addCallbacks` will do; written, they return a
 * {@link Deferred}.
 *
 * - Read: the function is called when the run starts. Cancelling cancels the Deferred.
 * - Written: work starts with the call, and everything the original throws becomes a Failure. `cancel()` stops the work.
 *
 * @example
 * ```ts
 * import { convert } from '@anyasync/core';
 * import { callback } from '@anyasync/callback';
 * import { deferred } from '@anyasync/deferred';
 *
 * const half = convert((n: number, done: (error: Error | null, half: number) => void) => done(null, n / 2), callback, deferred);
 * half(8).addCallback((n) => n + 1).result; //=> 5
 * ```
 */
export const deferred: Style<DeferredTypes> = {
  name: 'deferred',
  traits: {
    items: false,
    lazy: false,
    replay: true,
    delivery: 'sync',
    cancel: 'stop',
    cancelled: false,
    errors: 'any',
    thenables: true,
    arguments: 'one',
    this: true,
    backpressure: false,
    context: 'emitter',
  },
  lift: liftDeferred,
  lower: lowerDeferred,
};
