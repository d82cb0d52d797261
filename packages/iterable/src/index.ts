export type { BufferOptions, Overflow, Policy } from './buffering.js';
export { NullItemError, OverflowError } from './errors.js';
export type { EventArgs, EventItem } from './event-types.js';
export {
  type EventEmitterLike,
  type EventTargetLike,
  type EventValues,
  type FromEventOptions,
  fromEvent,
} from './events.js';
export { fromIterable, fromStream } from './from.js';
export type { NodeReadable } from './host-types.js';
export { type OnceOptions, once } from './once.js';
export { isIterable, isStream } from './reading.js';
export { iterable, iterableConvention, readable, readableStream } from './style.js';
export { type Batch, type Each, type IterableOptions, toIterable } from './to.js';
export { type ReadableOptions, toReadable } from './to-readable.js';
export { type ReadableStreamOptions, toReadableStream } from './to-readable-stream.js';
export type * from './types.js';
