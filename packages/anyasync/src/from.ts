import { ArgumentError, type IsAny, type IsNever, isOperation, type Operation } from '@anyasync/core';
import { type DeferredLike, fromDeferred, isDeferred } from '@anyasync/deferred';
import { type FutureLike, fromFuture, isFuture } from '@anyasync/future';
import {
  type AnyIterable,
  fromIterable,
  type ItemsOf,
  isIterable,
  isStream,
  type ReturnOf,
} from '@anyasync/iterable';
import { fromJQuery, isJQuery, type JQueryLike } from '@anyasync/jquery';
import { fromObservable, isObservable, type ObservedValueOf } from '@anyasync/observable';
import { fromPromise, isThenable } from '@anyasync/promise';

/** What {@link from} makes of a value, by its type: in the order in which it looks. */
export type From<T> =
  IsAny<T> extends true
    ? Operation<any, any>
    : T extends Operation<infer Value, infer Item>
      ? Operation<Value, Item>
      : T extends { subscribe(observer: any, ...more: any[]): unknown } | { '@@observable'(): unknown }
        ? Operation<void, ObservedValueOf<T>>
        : T extends DeferredLike<infer Value>
          ? Operation<Value>
          : T extends JQueryLike<infer Value>
            ? Operation<Value>
            : T extends FutureLike<infer Value>
              ? Operation<Value>
              : T extends AsyncIterable<any>
                ? Operation<ReturnOf<T>, ItemsOf<T>>
                : T extends PromiseLike<infer Value>
                  ? Operation<Value>
                  : T extends AnyIterable
                    ? Operation<ReturnOf<T>, ItemsOf<T>>
                    : never;

const isObject = (value: unknown): boolean => Object(value) === value;
const isAsyncIterable = (value: any): value is AsyncIterable<unknown> =>
  typeof value[Symbol.asyncIterator] === 'function';

/**
 * Who reads what. Observables come before iterables: those of RxJS 8 have an async iterator too, which would deliver later. What has a `then`
 * beside something more of its own is that; everything but a promise knows more than its `then`.
 */
const readers: readonly (readonly [
  is: (value: any) => boolean,
  read: (value: any) => Operation<any, any>,
])[] = [
  [isOperation, (operation) => operation],
  [isObservable, fromObservable],
  [isDeferred, fromDeferred],
  [isJQuery, (promise) => fromJQuery(promise)],
  [isFuture, fromFuture],
  [isStream, fromIterable],
  [isAsyncIterable, fromIterable],
  [isThenable, fromPromise],
  [isIterable, fromIterable],
];

/**
 * Reads anything asynchronous as an operation: an operation, an Observable of any library or the platform, a Deferred, a jQuery promise, a
 * future, a stream of Node or the web, an async iterable, a promise or thenable, an iterable; whatever it is first, in this order.
 *
 * - Only looks, to tell what it is: nothing is called before the operation is started. A stream of Node is ours from then on: its error is
 *   listened to.
 * - Everything else is as with the one that reads its kind: `fromObservable fromDeferred fromJQuery fromFuture fromStream fromIterable
 *   fromPromise`, which are also smaller, each by itself.
 * - A function is none of these: `fromCallback(fn, ...args)`, `fromPromise((signal) => promise)` and `convert` take functions.
 *
 * @throws {ArgumentError} It is none of them.
 * @example
 * ```ts
 * import { toArray, toPromise } from 'anyasync';
 * import { from } from 'anyasync/from';
 * import { Future } from 'anyasync/future';
 * import { of } from 'rxjs';
 *
 * await toPromise(from(of(1, 2)), { fold: toArray() }); //=> [1, 2]
 * const future = new Future<string>();
 * future.setResult('done');
 * await toPromise(from(future)); //=> 'done'
 * ```
 */
export function from<T extends object>(
  source: IsNever<From<T>> extends true ? T & 'from: this is nothing asynchronous' : T,
): From<T>;
export function from(source: unknown): Operation<any, any> {
  const reader = isObject(source) ? readers.find(([is]) => is(source)) : undefined;
  if (reader !== undefined) return reader[1](source);
  const message =
    '[anyasync] from() takes an operation, Observable, Deferred, jQuery promise, future, stream, iterable or promise; a function is read by fromCallback(), fromPromise() or convert().';
  throw new ArgumentError('source', source, message);
}
