import type { Arguments, FunctionOf, IsAny, IsNever, StyleTypes } from '@anyasync/core';
import type { DeferredState } from './settling.js';

/** A callback of a Deferred; what it gets beside the first argument is not known by type. */
export type JQueryCallback<V> = (this: any, value: V, ...more: any[]) => unknown;

/** One callback, or an array of them, however nested. */
export type JQueryCallbacks<V> = JQueryCallback<V> | readonly JQueryCallbacks<V>[] | null | undefined;

/** What a handler of `then` returns: a value, or anything with a `then`. */
export type Thenable<R> = R | PromiseLike<R> | JQueryPromise<R, any, any>;

/**
 * What jQuery gives out of a Deferred: callbacks can be added, nothing can be settled. `T` is the value, `E` the error, `P` what it is
 * notified of.
 */
export interface JQueryPromise<T, E = unknown, P = never> {
  /** Adds callbacks for the value, called in order, synchronously; at once if it is there. */
  done(...callbacks: readonly JQueryCallbacks<T>[]): this;
  /** Adds callbacks for the error. */
  fail(...callbacks: readonly JQueryCallbacks<E>[]): this;
  /** Adds callbacks for progress; at once for the last one, also after the end. */
  progress(...callbacks: readonly JQueryCallbacks<P>[]): this;
  /** Adds callbacks for value and error alike. */
  always(...callbacks: readonly JQueryCallbacks<T | E>[]): this;
  /** Goes on with what a handler returns, which is called from a timer. */
  then<R = T, F = never>(
    onFulfilled?: ((this: any, value: T, ...more: any[]) => Thenable<R>) | null,
    onRejected?: ((this: any, error: E, ...more: any[]) => Thenable<F>) | null,
    onProgress?: ((this: any, progress: P, ...more: any[]) => unknown) | null,
  ): JQueryPromise<R | F, any, any>;
  /** `then` for the error only. */
  catch<F = never>(
    onRejected?: ((this: any, error: E, ...more: any[]) => Thenable<F>) | null,
  ): JQueryPromise<T | F, any, any>;
  /** `then` as it was before jQuery 1.8: synchronous, and what a filter throws is thrown at whoever settles. */
  pipe(
    onFulfilled?: ((this: any, value: T, ...more: any[]) => unknown) | null,
    onRejected?: ((this: any, error: E, ...more: any[]) => unknown) | null,
    onProgress?: ((this: any, progress: P, ...more: any[]) => unknown) | null,
  ): JQueryPromise<any, any, any>;
  /** Where it is. */
  state(): DeferredState;
  /** The promise itself, or an object that gets its methods. */
  promise(): JQueryPromise<T, E, P>;
  promise<O extends object>(target: O): JQueryPromise<T, E, P> & O;
}

/** jQuery's Deferred: a promise that its maker settles. Called unbound, the callbacks' `this` is undefined. */
export interface JQueryDeferred<T, E = unknown, P = never> extends JQueryPromise<T, E, P> {
  resolve(value?: T, ...more: any[]): this;
  resolveWith(context: unknown, args?: ArrayLike<any>): this;
  reject(error?: E, ...more: any[]): this;
  rejectWith(context: unknown, args?: ArrayLike<any>): this;
  notify(progress?: P, ...more: any[]): this;
  notifyWith(context: unknown, args?: ArrayLike<any>): this;
}

/** A jQuery promise whose work can be stopped, as that of `$.ajax` can. */
export interface AbortablePromise<T, P = never> extends JQueryPromise<T, unknown, P> {
  /** Stops the work and rejects; nothing if it has ended. */
  abort(reason?: unknown): void;
}

/** What is needed of a jQuery promise, of any version from 1.5 on. */
export interface JQueryLike<T> {
  done(callback: (value: T, ...more: any[]) => unknown): unknown;
  fail(callback: (...args: any[]) => unknown): unknown;
  state?(): string;
  promise(): unknown;
}

/** Functions that return a jQuery promise. */
export interface JQueryTypes extends StyleTypes {
  readonly items: false;
  readonly promiseVersion: false;
  readonly read: ResultOf<this['returns']> extends readonly [infer T] ? [this['args'], T, never] : never;
  readonly write: FunctionOf<this['this'], Arguments<this['args']>, AbortablePromise<this['value']>>;
}

/** The same, with the progress as items. */
export interface JQueryProgressTypes extends StyleTypes {
  readonly items: true;
  readonly promiseVersion: false;
  readonly read: ResultOf<this['returns']> extends readonly [infer T]
    ? [this['args'], T, ProgressOf<this['returns']>]
    : never;
  readonly write: FunctionOf<
    this['this'],
    Arguments<this['args']>,
    AbortablePromise<this['value'], this['item']>
  >;
}

/** The same, with all arguments as the value: an array, or an object of these names. */
export interface JQueryManyTypes<Value> extends StyleTypes {
  readonly items: false;
  readonly promiseVersion: false;
  readonly read: ResultOf<this['returns']> extends readonly [unknown] ? [this['args'], Value, never] : never;
  readonly write: FunctionOf<this['this'], Arguments<this['args']>, AbortablePromise<any>>;
}

/** The same, with both. */
export interface JQueryManyProgressTypes<Value> extends StyleTypes {
  readonly items: true;
  readonly promiseVersion: false;
  readonly read: ResultOf<this['returns']> extends readonly [unknown]
    ? [this['args'], Value, ProgressOf<this['returns']>]
    : never;
  readonly write: FunctionOf<this['this'], Arguments<this['args']>, AbortablePromise<any, this['item']>>;
}

/** `[the value]` of what may be a jQuery promise; `never` of anything else. */
type ResultOf<R> =
  IsAny<R> extends true
    ? [any]
    : IsNever<R> extends true
      ? never
      : R extends JQueryPromise<infer T, any, any>
        ? [T]
        : R extends JQueryLike<infer T>
          ? [T]
          : never;

/** What it is notified of. */
export type ProgressOf<R> = R extends { progress(...callbacks: readonly (infer C)[]): unknown }
  ? Extract<C, (...args: any[]) => unknown> extends (progress: infer P, ...more: any[]) => unknown
    ? P
    : unknown
  : unknown;
