import type { Arguments, FunctionOf, IsAny, IsNever, StyleTypes } from '@anyasync/core';
import type { NodeReadable } from './host-types.js';

/** What can be read item by item: anything with an iterator, and streams of Node and of the web. */
export type AnyIterable = Iterable<any> | AsyncIterable<any> | ReadableStreamLike<any> | NodeReadableLike;

/** What is needed of Node's Readable, of every version with `read()`. */
export interface NodeReadableLike {
  read(size?: number): any;
  on(event: string, listener: (...args: any[]) => void): unknown;
  removeListener(event: string, listener: (...args: any[]) => void): unknown;
  destroy(error?: any): unknown;
}

/** What is needed of a ReadableStream of the web. */
export interface ReadableStreamLike<T> {
  getReader(): ReaderLike<T>;
  cancel(reason?: any): PromiseLike<unknown>;
}

/** What is needed of its reader. */
export interface ReaderLike<T> {
  read(): PromiseLike<{ done: boolean; value?: T | undefined }>;
  cancel(reason?: any): PromiseLike<unknown>;
  releaseLock(): void;
}

/** The items of what can be read item by item; of a stream of Node they are not known. */
export type ItemsOf<S> =
  IsAny<S> extends true
    ? any
    : IsNever<ResultsOf<S>> extends true
      ? S extends { pipeTo(destination: infer Sink, ...more: any[]): unknown }
        ? WrittenTo<Sink>
        : S extends ReadableStreamLike<infer T>
          ? T
          : S extends NodeReadableLike
            ? any
            : never
      : ResultsOf<S> extends infer Result
        ? Result extends { done?: false; value: infer Item }
          ? Item
          : never
        : never;

/** What its iterator returns at the end; `void` where nothing is known of it. */
export type ReturnOf<S> =
  IsAny<S> extends true
    ? any
    : IsNever<ResultsOf<S>> extends true
      ? void
      : NothingAsVoid<Extract<ResultsOf<S>, { done: true }> extends { value: infer Value } ? Value : void>;

type NothingAsVoid<T> =
  IsAny<T> extends true ? void : unknown extends T ? void : [T] extends [undefined | void] ? void : T;

/** What the iterator's `next()` gives. */
type ResultsOf<S> = S extends { [Symbol.asyncIterator](): infer I }
  ? NextOf<I>
  : S extends { [Symbol.iterator](): infer I }
    ? NextOf<I>
    : never;
type NextOf<I> = I extends { next(...args: any[]): infer Result } ? Awaited<Result> : never;

type WrittenTo<Sink> = Sink extends { getWriter(): { write(chunk?: infer Chunk): unknown } } ? Chunk : never;

/** What an iterable that is written gives: the items, and the value last. */
export type ItemsAndValue<T, Item> =
  IsNever<Item> extends true ? T : IsAny<T> extends true ? Item | T : [T] extends [void] ? Item : Item | T;

/** The methods of {@link OperationIterator}. */
export interface IteratorMethods<Item, Return> {
  /** The next item, when it is there. Several calls are answered in their order. */
  next(): Promise<IteratorResult<Item, Return>>;
  /** Stops the work; also while `next()` waits, which ends. */
  return(value?: Return | PromiseLike<Return>): Promise<IteratorResult<Item, Return>>;
  /** The same with a reason, which the source hears, and a `next()` that waits. */
  throw(reason?: unknown): Promise<IteratorResult<Item, Return>>;
  [Symbol.asyncIterator](): this;
}

/** `[Symbol.asyncDispose]`, where the compiler's library knows it. */
export type Disposal = SymbolConstructor extends { readonly asyncDispose: infer Key extends symbol }
  ? { [K in Key]: () => Promise<void> }
  : unknown;

/** The async iterator that is written. It is for one consumer: to run the work again, write the operation again. */
export type OperationIterator<Item, Return = undefined> = IteratorMethods<Item, Return> & Disposal;

/** Functions that return anything that can be read item by item. */
export interface IterableTypes extends StyleTypes {
  readonly items: true;
  readonly promiseVersion: false;
  readonly read: ReadAs<this['args'], this['returns']>;
  readonly write: FunctionOf<
    this['this'],
    Arguments<this['args']>,
    OperationIterator<ItemsAndValue<this['value'], this['item']>>
  >;
}

/** The same, where all that waits is one array. */
export interface BatchTypes extends StyleTypes {
  readonly items: true;
  readonly promiseVersion: false;
  readonly read: ReadAs<this['args'], this['returns']>;
  readonly write: FunctionOf<
    this['this'],
    Arguments<this['args']>,
    OperationIterator<ItemsAndValue<this['value'], this['item']>[]>
  >;
}

/** The same, where the value is what the iterator returns. */
export interface ReturningTypes extends StyleTypes {
  readonly items: true;
  readonly promiseVersion: false;
  readonly read: ReadAs<this['args'], this['returns']>;
  readonly write: FunctionOf<
    this['this'],
    Arguments<this['args']>,
    OperationIterator<this['item'], this['value']>
  >;
}

/** The same, with both. */
export interface ReturningBatchTypes extends StyleTypes {
  readonly items: true;
  readonly promiseVersion: false;
  readonly read: ReadAs<this['args'], this['returns']>;
  readonly write: FunctionOf<
    this['this'],
    Arguments<this['args']>,
    OperationIterator<this['item'][], this['value']>
  >;
}

/** How an overload that returns an iterable, or a promise of one, is read. */
export type ReadAs<Args, Returns> =
  IsAny<Returns> extends true
    ? [Args, any, any]
    : IsNever<Returns> extends true
      ? never
      : [Returns] extends [AnyIterable]
        ? [Args, ReturnOf<Returns>, ItemsOf<Returns>]
        : Awaited<Returns> extends infer Made
          ? [Made] extends [AnyIterable]
            ? [Args, ReturnOf<Made>, ItemsOf<Made>]
            : never
          : never;

/** The class of Node's Readable, or of `readable-stream`. */
export type ReadableConstructor = new (options?: any) => NodeReadableLike;

/** Functions that return a stream of Node. Read, any that can be read item by item will do. */
export interface ReadableTypes extends StyleTypes {
  readonly items: true;
  readonly promiseVersion: false;
  readonly read: ReadAs<this['args'], this['returns']>;
  readonly write: FunctionOf<this['this'], Arguments<this['args']>, NodeReadable>;
}

/** Functions that return a stream of the web. Read, any that can be read item by item will do. */
export interface ReadableStreamTypes extends StyleTypes {
  readonly items: true;
  readonly promiseVersion: false;
  readonly read: ReadAs<this['args'], this['returns']>;
  readonly write: FunctionOf<
    this['this'],
    Arguments<this['args']>,
    ReadableStream<ItemsAndValue<this['value'], this['item']>>
  >;
}
