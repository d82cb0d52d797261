export { CancelledError, isCancelled } from '@anyasync/core';
export { type BeforeStart, Deferred, type DeferredFunction } from './deferred.js';
export { type FromJQueryOptions, fromJQuery, isJQuery, type ManyValues } from './from.js';
export type { DeferredState } from './settling.js';
export { jquery, jqueryConvention } from './style.js';
export { toJQuery } from './to.js';
export type * from './types.js';
export type { JQueryValues } from './values.js';
export { type WhenValue, when } from './when.js';
