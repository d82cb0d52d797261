export type { BufferOptions, Overflow, Policy } from './buffering.js';
export { OverflowError } from './errors.js';
export { fromIterable, fromStream } from './from.js';
export { iterable, iterableConvention } from './style.js';
export { type Batch, type Each, type IterableOptions, toIterable } from './to.js';
export type * from './types.js';
