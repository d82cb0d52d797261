export { CancelledError, isCancelled, TimeoutError } from '@anyasync/core';
export { InvalidStateError, UnfinishedError } from './errors.js';
export { type FutureLike, fromFuture, isFuture } from './from.js';
export { type DoneCallback, Future, type FutureState } from './future.js';
export { future } from './style.js';
export {
  type ContinueOptions,
  continueWith,
  type Ended,
  waitAsync,
  whenAll,
  whenAny,
  whenEach,
} from './tasks.js';
export { toFuture } from './to.js';
export type { FutureTypes } from './types.js';
export { asCompleted, type ReturnWhen, type Waited, type WaitOptions, wait } from './wait.js';
export type { Unawaited } from './waiting.js';
