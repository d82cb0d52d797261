import type { Style } from '@anyasync/core';
import { assertPair, liftBeginEnd } from './from.js';
import { findPair, memberOf } from './names.js';
import { lowerBeginEnd } from './to.js';
import type { BeginEndTypes } from './types.js';

/**
 * Pairs of functions `{ begin, end }`, as a style: .NET's asynchronous programming model. See {@link adopt} and {@link expose} for the
 * pairs of whole objects.
 *
 * - Read: begun when the run starts, and ended exactly once when it is completed. Cancelling calls the result's `cancel`, where it has one.
 * - Written: work starts with begin. The callback is called inline when it is completed, also inside begin. A begin that throws has begun
 *   nothing. The end gives the result once; too early, twice, or with the result of another begin, it throws.
 *
 * @example
 * ```ts
 * import { beginEnd } from '@anyasync/begin-end';
 * import { convert, sync } from '@anyasync/core';
 *
 * const half = convert((n: number) => n / 2, sync, beginEnd);
 * const begun = half.begin(8);
 * begun.completedSynchronously; //=> true
 * half.end(begun); //=> 4
 * ```
 */
export const beginEnd: Style<BeginEndTypes> = {
  name: 'beginEnd',
  traits: {
    items: false,
    lazy: false,
    replay: false,
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
  check: assertPair,
  find: findPair,
  members: memberOf,
  lift: liftBeginEnd,
  lower: lowerBeginEnd,
};
