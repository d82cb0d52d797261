import { EventEmitter } from 'node:events';
import { createReadStream, type ReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import { convert, first, type Operation, toArray } from '@anyasync/core';
import {
  fromEvent,
  fromIterable,
  fromStream,
  iterable,
  iterableConvention,
  type OperationIterator,
  once,
  readable,
  readableStream,
  toIterable,
  toReadable,
  toReadableStream,
} from '@anyasync/iterable';
import { promise } from '@anyasync/promise';
import { type Equal, is, overloads } from './equal.js';

declare const some: <F>() => F;

// What is read: the items, and what the iterator returns
{
  const numbers = fromIterable([1, 2]);
  is<Equal<typeof numbers, Operation<void, number>>>();
  const pairs = fromIterable(new Map<string, Date>());
  is<Equal<typeof pairs, Operation<void, [string, Date]>>>();
  const text = fromIterable('text');
  is<Equal<typeof text, Operation<void, string>>>();
  const nothing = fromIterable(some<Generator<Date, void, unknown>>());
  is<Equal<typeof nothing, Operation<void, Date>>>();
  const both = fromIterable(some<Generator<Date, string, unknown>>());
  is<Equal<typeof both, Operation<string, Date>>>();
  const async = fromIterable(some<AsyncGenerator<Date, string, unknown>>());
  is<Equal<typeof async, Operation<string, Date>>>();
  const plain = fromIterable(some<AsyncIterable<Date>>());
  is<Equal<typeof plain, Operation<void, Date>>>();
  const iterator = fromIterable(some<AsyncIterableIterator<Date>>());
  is<Equal<typeof iterator, Operation<void, Date>>>();
  const made = fromIterable(async function* (signal) {
    yield signal.aborted;
    return 'end';
  });
  is<Equal<typeof made, Operation<string, boolean>>>();
  const response = fromIterable(async (signal) => some<ReadableStream<Date>>());
  is<Equal<typeof response, Operation<void, Date>>>();
  const mixed = fromIterable(some<Iterable<Date> | AsyncIterable<string>>());
  is<Equal<typeof mixed, Operation<void, Date | string>>>();
  const anything = fromIterable(some<any>());
  is<Equal<typeof anything, Operation<any, any>>>();
  // @ts-expect-error a number cannot be iterated
  fromIterable(1);
  // @ts-expect-error a promise of one cannot either
  fromIterable(Promise.resolve([1]));
}

// Streams
{
  const chunks = fromStream(createReadStream('x'));
  is<Equal<typeof chunks, Operation<void, any>>>();
  const typed = fromStream(some<ReadableStream<Date>>());
  is<Equal<typeof typed, Operation<void, Date>>>();
  const body = fromStream(some<Response>().body!);
  is<Equal<typeof body, Operation<void, any>>>();
  fromStream(some<ReadableStream<Date>>(), { preventCancel: true });
  // @ts-expect-error an array is no stream
  fromStream([1]);
}

// What is written: the items, and the value last
{
  const items = toIterable(some<Operation<void, Date>>());
  is<Equal<typeof items, OperationIterator<Date>>>();
  const value = toIterable(some<Operation<Date>>());
  is<Equal<typeof value, OperationIterator<Date>>>();
  const nothing = toIterable(some<Operation<void>>());
  is<Equal<typeof nothing, OperationIterator<void>>>();
  const both = toIterable(some<Operation<string, Date>>());
  is<Equal<typeof both, OperationIterator<string | Date>>>();
  const returning = toIterable(some<Operation<string, Date>>(), { value: 'return' });
  is<Equal<typeof returning, OperationIterator<Date, string>>>();
  const batches = toIterable(some<Operation<void, Date>>(), { policy: 'batch', limit: 5 });
  is<Equal<typeof batches, OperationIterator<Date[]>>>();
  const returningBatches = toIterable(some<Operation<string, Date>>(), { policy: 'batch', value: 'return' });
  is<Equal<typeof returningBatches, OperationIterator<Date[], string>>>();
  const latest = toIterable(some<Operation<void, Date>>(), { policy: 'latest', timeout: 5 });
  is<Equal<typeof latest, OperationIterator<Date>>>();
  const eager = toIterable(some<Operation<void, Date>>(), { eager: true, next: (item) => item.getDate() });
  is<Equal<typeof eager, OperationIterator<Date>>>();
  // @ts-expect-error there is no such policy
  toIterable(some<Operation<void, Date>>(), { policy: 'all' });
  // @ts-expect-error nor such an overflow
  toIterable(some<Operation<void, Date>>(), { limit: 5, overflow: 'drop' });
  // @ts-expect-error the items are dates
  const wrong: OperationIterator<string> = toIterable(some<Operation<void, Date>>());

  // It fits where the language has such things
  const iterable: AsyncIterable<Date> = items;
  const iterator: AsyncIterableIterator<Date> = items;
  const generator: AsyncGenerator<Date, string> = returning;
}

// Disposal follows the library of whoever compiles: that of Node's types knows it
{
  const dispose: () => Promise<void> = toIterable(some<Operation<void, Date>>())[Symbol.asyncDispose];
}

// Streams that are written
{
  const node = toReadable(some<Operation<void, Date>>(), { highWaterMark: 5 });
  is<Equal<typeof node, Readable>>();
  const web = toReadableStream(some<Operation<string, Date>>());
  is<Equal<typeof web, ReadableStream<string | Date>>>();
  const batches = toReadableStream(some<Operation<void, Date>>(), { policy: 'batch' });
  is<Equal<typeof batches, ReadableStream<Date[]>>>();
  // @ts-expect-error it is a class
  toReadable(some<Operation<void, Date>>(), { Readable: 'Readable' });
}

// Events
{
  const any = fromEvent(some<NodeJS.EventEmitter>(), 'data');
  is<Equal<typeof any, Operation<void, any>>>();
  const events = fromEvent<Event>(some<EventTarget>(), 'abort');
  is<Equal<typeof events, Operation<void, Event>>>();
  fromEvent(new AbortController().signal, 'abort');
  fromEvent(process, 'exit', { values: 'all', end: ['a', 'b'], error: false });
  const told = fromEvent<[code: number, signal: string]>(some<NodeJS.EventEmitter>(), 'exit', {
    values: 'all',
  });
  is<Equal<typeof told, Operation<void, [code: number, signal: string]>>>();
  const named = fromEvent(some<NodeJS.EventEmitter>(), 'exit', { values: ['code', 'signal'] });
  is<Equal<typeof named, Operation<void, { code: any; signal: any }>>>();
  const exit: Promise<[number]> = once<[number]>(process, 'exit', { signal: new AbortController().signal });
  // @ts-expect-error no events
  fromEvent({}, 'data');
  // @ts-expect-error they are true or false
  fromEvent(some<EventTarget>(), 'abort', { capture: 1 });
}

// Events that the type of the target tells
{
  type Events = { exit: [code: number, signal: string | null]; close: [] };
  const child = some<EventEmitter<Events>>();
  const code = fromEvent(child, 'exit', { end: 'close' });
  is<Equal<typeof code, Operation<void, number>>>();
  const all = fromEvent(child, 'exit', { values: 'all' });
  is<Equal<typeof all, Operation<void, [code: number, signal: string | null]>>>();
  const named = fromEvent(child, 'exit', { values: ['code', 'signal'] });
  is<Equal<typeof named, Operation<void, { code: number; signal: string | null }>>>();
  const nothing = fromEvent(child, 'close');
  is<Equal<typeof nothing, Operation<void, undefined>>>();
  const another = fromEvent(child, 'another');
  is<Equal<typeof another, Operation<void, any>>>();
  const exit: Promise<[code: number, signal: string | null]> = once(child, 'exit');
  class Child extends EventEmitter<Events> {}
  const ofClass = fromEvent(some<Child>(), 'exit'); // the compiler does not tell what a class extends
  is<Equal<typeof ofClass, Operation<void, any>>>();

  type Clickable = EventTarget & { onclick: ((this: Date, event: RegExp) => any) | null };
  const clicks = fromEvent(some<Clickable>(), 'click');
  is<Equal<typeof clicks, Operation<void, RegExp>>>();
  const others = fromEvent(some<Clickable>(), 'dblclick');
  is<Equal<typeof others, Operation<void, any>>>();
  const aborted = once(new AbortController().signal, 'abort');
  is<Equal<typeof aborted, Promise<[event: Event]>>>();
  const anything = fromEvent(some<any>(), 'click');
  is<Equal<typeof anything, Operation<void, any>>>();
  const someName = fromEvent(child, some<string>());
  is<Equal<typeof someName, Operation<void, any>>>();
}

// Functions
{
  type Range = (from: number, to: number) => Generator<number, void, unknown>;
  const all = convert(some<Range>(), iterable, promise, { fold: toArray() });
  overloads<typeof all, [[unknown, [from: number, to: number], Promise<number[]>]]>();
  // @ts-expect-error items would be lost
  convert(some<Range>(), iterable, promise);
  // @ts-expect-error it returns one value
  convert(some<() => number>(), iterable, promise, { fold: first() });
  const open = convert(some<(path: string) => ReadStream>(), readable, readableStream);
  overloads<typeof open, [[unknown, [path: string], ReadableStream<any>]]>();
  const stream = convert(some<Range>(), iterable, readable);
  overloads<typeof stream, [[unknown, [from: number, to: number], Readable]]>();
  const one = convert(some<(path: string) => Promise<Date>>(), promise, iterable);
  overloads<typeof one, [[unknown, [path: string], OperationIterator<Date>]]>();
  const batches = convert(some<Range>(), iterable, iterableConvention({ policy: 'batch', limit: 5 }));
  overloads<typeof batches, [[unknown, [from: number, to: number], OperationIterator<number[]>]]>();
  const returning = convert(
    some<() => AsyncGenerator<number, Date>>(),
    iterable,
    iterableConvention({ value: 'return' }),
  );
  overloads<typeof returning, [[unknown, [], OperationIterator<number, Date>]]>();
  const body = convert(some<(url: string) => Promise<ReadableStream<Date>>>(), iterable, readableStream);
  overloads<typeof body, [[unknown, [url: string], ReadableStream<Date>]]>();
  const maybe = convert(some<() => Date[] | Promise<Date[]>>(), iterable, promise, { fold: toArray() });
  overloads<typeof maybe, [[unknown, [], Promise<Date[]>]]>();
  // @ts-expect-error the promise may bring nothing that can be read
  convert(some<() => Promise<Date[] | null>>(), iterable, promise, { fold: toArray() });
  type Two = { (path: string): AsyncIterable<string>; (bytes: number): Iterable<Date> };
  const two = convert(some<Two>(), iterable, iterable);
  overloads<
    typeof two,
    [
      [unknown, [path: string], OperationIterator<string>],
      [unknown, [bytes: number], OperationIterator<Date>],
    ]
  >();
}
