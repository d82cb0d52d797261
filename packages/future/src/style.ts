import type { Style } from '@anyasync/core';
import { liftFuture } from './from.js';
import { lowerFuture } from './to.js';
import type { FutureTypes } from './types.js';

/**
 * Functions that return a future, as a style. Read, every future with PEP 3148's methods will do; written, they return a {@link Future}.
 *
 * - Read: the function is called when the run starts. Cancelling cancels the future, unless it runs.
 * - Written: work starts with the call, and everything the original throws becomes the future's error. `cancel()` stops the work.
 *
 * @example
 * ```ts
 * import { convert } from '@anyasync/core';
 * import { future } from '@anyasync/future';
 * import { promise } from '@anyasync/promise';
 *
 * const half = convert(async (n: number) => n / 2, promise, future);
 * const eight = half(16);
 * eight.done(); //=> false
 * await eight; //=> 8
 * eight.result(); //=> 8
 * ```
 */
export const future: Style<FutureTypes> = {
  name: 'future',
  traits: {
    items: false,
    lazy: false,
    replay: true,
    delivery: 'sync',
    cancel: 'stop',
    cancelled: true,
    errors: 'any',
    thenables: true,
    arguments: 'one',
    this: true,
    backpressure: false,
    context: 'emitter',
  },
  lift: liftFuture,
  lower: lowerFuture,
};
