export { CancelledError, isCancelled, TimeoutError } from '@anyasync/core';
export { fromCoroutine, inlineCallbacks, type Yielded } from './coroutines.js';
export { Deferred } from './deferred.js';
export {
  AlreadyCalledError,
  FailureGroup,
  FirstError,
  NoCurrentExceptionError,
  NotPausedError,
  QueueOverflow,
  QueueUnderflow,
} from './errors.js';
export { type ErrorClass, Failure } from './failure.js';
export type { DeferredOptions } from './firing.js';
export { type DeferredLike, fromDeferred, isDeferred } from './from.js';
export { fail, maybeDeferred, succeed } from './making.js';
export {
  DeferredLock,
  DeferredQueue,
  type DeferredQueueOptions,
  DeferredSemaphore,
  ReleasedError,
} from './primitives.js';
export { DeferredList, type DeferredListOptions, type Ended, gatherResults, race } from './several.js';
export { deferred } from './style.js';
export { toDeferred } from './to.js';
export type { Canceller, DeferredTypes, Resulting } from './types.js';
