// Deferreds that have their result, or get it from something else.

import { assertArgument, hasMethods } from '@anyasync/core';
import { Deferred, isOurs } from './deferred.js';
import { isFailure } from './failure.js';

/**
 * A Deferred that has been fired with a value.
 *
 * @example
 * ```ts
 * import { succeed } from '@anyasync/deferred';
 *
 * succeed(1).result; //=> 1
 * ```
 */
export function succeed<T>(value: T): Deferred<T> {
  const deferred = new Deferred<T>();
  deferred.callback(value);
  return deferred;
}

/**
 * A Deferred that has been fired with an error, any value.
 *
 * @example
 * ```ts
 * import { fail, type Failure } from '@anyasync/deferred';
 *
 * const failed = fail(new Error('no')).addErrback((failure: Failure) => String(failure.value));
 * failed.result; //=> 'Error: no'
 * ```
 */
export function fail(error: unknown): Deferred<never> {
  const deferred = new Deferred<never>();
  deferred.errback(error);
  return deferred;
}

/**
 * Calls a function that may return a value, a Deferred, a promise or a Failure, or throw, and gives a Deferred of it; a Deferred that it
 * returned is that one.
 *
 * @throws {ArgumentError} `fn` is no function.
 * @example
 * ```ts
 * import { maybeDeferred } from '@anyasync/deferred';
 *
 * maybeDeferred((a: number, b: number) => a + b, 1, 2).result; //=> 3
 * ```
 */
export function maybeDeferred<A extends readonly unknown[], R>(
  fn: (...args: A) => R,
  ...args: A
): Deferred<R extends Deferred<infer T> ? T : Awaited<R>> {
  assertArgument(
    typeof fn === 'function',
    'fn',
    fn,
    '[deferred] maybeDeferred() takes a function and its arguments.',
  );
  let result: unknown;
  try {
    result = fn(...args);
  } catch (error) {
    return fail(error);
  }
  if (isOurs(result)) return result;
  if (isFailure(result)) return fail(result);
  return (isThenable(result) ? Deferred.fromPromise(result) : succeed(result)) as Deferred<any>;
}

/** Only looks. */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  return hasMethods(value, 'then');
}
