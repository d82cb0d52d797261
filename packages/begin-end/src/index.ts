export { CancelledError, isCancelled, WouldDeadlockError } from '@anyasync/core';
export { type AdoptOptions, adopt, expose } from './adopt.js';
export { InvalidOperationError, NotEndedError } from './errors.js';
export { type Emitter, type EventCall, type EventMethods, toEvents } from './event-based.js';
export {
  type CompletedArgs,
  type EventBased,
  type FromEventsOptions,
  fromEvents,
  type ProgressArgs,
} from './events.js';
export { type FromAsyncOptions, fromAsync, fromAsyncResult } from './from.js';
export { type EndScope, endScope } from './ledger.js';
export { loop } from './loop.js';
export { Progress } from './progress.js';
export { beginEnd } from './style.js';
export { type EndOptions, end, toAsyncResult } from './to.js';
export type * from './types.js';
