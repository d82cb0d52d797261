import { readOptions, type Style, type Traits } from '@anyasync/core';
import { liftIterable } from './from.js';
import {
  type Batch,
  type Each,
  type IterableOptions,
  iteratorOptions,
  iteratorSettings,
  lowerIterable,
} from './to.js';
import { lowerReadable } from './to-readable.js';
import { lowerReadableStream } from './to-readable-stream.js';
import type {
  BatchTypes,
  IterableTypes,
  ReadableStreamTypes,
  ReadableTypes,
  ReturningBatchTypes,
  ReturningTypes,
} from './types.js';

const traits: Traits = {
  items: true,
  lazy: true,
  replay: false,
  delivery: 'async',
  cancel: 'stop',
  cancelled: false,
  errors: 'any',
  thenables: true,
  arguments: 'one',
  this: true,
  backpressure: true,
  context: 'subscriber',
};

/**
 * Functions that return anything that can be read item by item, as a style: iterables, generators, streams. Written, they return an async
 * iterator.
 *
 * - Read: the function is called when the run starts, and what it returns, or a promise of it brings, is read when the consumer is ready.
 *   Errors, cancelling and the value are those of {@link fromIterable}.
 * - Written: the function returns at once; work starts at the first `next()`, and what the original throws rejects it. Each call is one
 *   run, for one consumer. See {@link toIterable}, and {@link iterableConvention} for its options.
 *
 * @example
 * ```ts
 * import { convert, toArray } from '@anyasync/core';
 * import { iterable } from '@anyasync/iterable';
 * import { promise } from '@anyasync/promise';
 *
 * function* range(to: number) { for (let n = 0; n < to; n++) yield n; }
 * const all = convert(range, iterable, promise, { fold: toArray() });
 * await all(3); //=> [0, 1, 2]
 * ```
 */
export const iterable: Style<IterableTypes> = {
  name: 'iterable',
  traits,
  written: { shared: true },
  lift: liftIterable,
  lower: (start) => lowerIterable(start),
};

/**
 * The same style, written with the options of {@link toIterable}: `{ policy, limit, overflow, value, eager }`.
 *
 * @throws {ArgumentError} An option cannot be meant.
 * @example
 * ```ts
 * import { convert } from '@anyasync/core';
 * import { iterable, iterableConvention } from '@anyasync/iterable';
 *
 * function* range(to: number) { for (let n = 0; n < to; n++) yield n; }
 * const inBatches = convert(range, iterable, iterableConvention({ policy: 'batch', limit: 10 }));
 * await inBatches(3).next(); //=> { done: false, value: [0, 1, 2] }
 * ```
 */
export function iterableConvention(
  options?: Each & { readonly value?: 'item' | undefined },
): Style<IterableTypes>;
export function iterableConvention(options: Each & { readonly value: 'return' }): Style<ReturningTypes>;
export function iterableConvention(
  options: Batch & { readonly value?: 'item' | undefined },
): Style<BatchTypes>;
export function iterableConvention(options: Batch & { readonly value: 'return' }): Style<ReturningBatchTypes>;
export function iterableConvention(options?: IterableOptions): Style<any> {
  const settings = iteratorSettings(readOptions(options, iteratorOptions, '[iterable] iterableConvention()'));
  return {
    name: 'iterable',
    traits,
    written: { lazy: !settings.eager, shared: true },
    lift: liftIterable,
    lower: (start) => lowerIterable(start, settings),
  };
}

/**
 * Functions that return a stream of Node, as a style.
 *
 * - Read: as {@link iterable}, streams and all other iterables.
 * - Written: they return a Readable, as {@link toReadable} does. Work starts at the first read.
 *
 * @example
 * ```ts
 * import { convert } from '@anyasync/core';
 * import { iterable, readable } from '@anyasync/iterable';
 *
 * function* range(to: number) { for (let n = 0; n < to; n++) yield n; }
 * await convert(range, iterable, readable)(3).toArray(); //=> [0, 1, 2]
 * ```
 */
export const readable: Style<ReadableTypes> = {
  name: 'readable',
  traits: { ...traits, errors: 'some', nulls: false },
  written: { context: 'emitter', shared: true },
  lift: liftIterable,
  lower: (start) => lowerReadable(start),
};

/**
 * Functions that return a stream of the web, as a style.
 *
 * - Read: as {@link iterable}, streams and all other iterables.
 * - Written: they return a ReadableStream, as {@link toReadableStream} does. Work starts at the first read.
 *
 * @example
 * ```ts
 * import { createReadStream } from 'node:fs';
 * import { convert } from '@anyasync/core';
 * import { readable, readableStream } from '@anyasync/iterable';
 *
 * const open = convert((path: string) => createReadStream(path), readable, readableStream);
 * JSON.parse(await new Response(open('package.json')).text()).license; //=> 'MIT'
 * ```
 */
export const readableStream: Style<ReadableStreamTypes> = {
  name: 'readableStream',
  traits,
  written: { shared: true },
  lift: liftIterable,
  lower: (start) => lowerReadableStream(start),
};
