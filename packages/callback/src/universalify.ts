import {
  type AnyFunction,
  assertArgument,
  assertNoMore,
  assertStyle,
  convert,
  describeAs,
  propertyOf,
  readOptions,
  type Style,
  type StyleTypes,
} from '@anyasync/core';
import { promise } from '@anyasync/promise';
import type { ConventionStyle } from './presets.js';
import { callback } from './style.js';
import type { CallbackTypes, Universal, Universalifiable } from './types.js';

/** What {@link universalify} can be asked. */
export interface UniversalifyOptions {
  /** The style of the function: `callback` (the default), a `convention({...})`, `promise` or any other that ends with one value. */
  readonly from?: Style | undefined;
  /**
   * Where the callback stands in a call, or a test for the arguments of a call that has one. By default it is where the convention has it:
   * for Node's, a function as the last argument is the callback.
   */
  readonly callback?: number | ((args: readonly unknown[]) => boolean) | undefined;
}

/**
 * Gives a function both faces: called with a callback it calls it and returns undefined, called without it returns a promise.
 *
 * - The function may be of any style, Node's by default. The promise face is as {@link promisify} says.
 * - The callback face of a function that takes callbacks is the function itself, under any convention: the callbacks get all that it gives
 *   them, when it gives it. Of a function of another style it is as {@link callbackify} says.
 * - A function as the last argument is the callback, or what the convention has in its place; where a function can be an argument, say with
 *   `callback` where the callback stands.
 * - Cancelling: neither face has it. Use {@link promisify} or {@link callbackify} for that.
 *
 * After the package universalify.
 *
 * @throws {ArgumentError} `fn` is no function, the style is none, or there is no such option.
 * @example
 * ```ts
 * import { readFile } from 'node:fs/promises';
 * import { universalify } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * const size = universalify(async (path: string) => (await readFile(path)).length, { from: promise });
 * const bytes = await size('package.json');
 * await new Promise((done) => size('package.json', (error, same) => done(same === bytes))); //=> true
 * ```
 */
export function universalify<F extends AnyFunction, From extends StyleTypes = CallbackTypes>(
  fn: Universalifiable<F, From>,
  options?: Omit<UniversalifyOptions, 'from'> & { readonly from?: Style<From> | undefined },
): Universal<F, From>;
export function universalify(fn: any, options?: object, ...surplus: unknown[]): any {
  assertNoMore(surplus, '[callback] universalify() takes a function and options');
  assertArgument(
    typeof fn === 'function',
    'fn',
    fn,
    '[callback] universalify() takes a function, of the style in { from }.',
  );
  const { from = callback, callback: where } = readOptions(
    options as UniversalifyOptions | undefined,
    ['from', 'callback'],
    '[callback] universalify()',
  );
  const isPosition =
    where === undefined || typeof where === 'function' || (Number.isInteger(where) && (where as number) >= 0);
  assertArgument(
    isPosition,
    'callback',
    where,
    '[callback] the callback option is an index, or a test of the arguments.',
  );
  assertStyle(from, 'from');
  const at = typeof where === 'number' ? where : undefined;
  const takes = propertyOf(from, 'takes') as ConventionStyle['takes'];
  const hasCallback =
    typeof where === 'function'
      ? where
      : at === undefined && takes !== undefined
        ? takes
        : (args: readonly unknown[]): boolean => typeof args.at(at ?? -1) === 'function';
  // What takes callbacks is called with its own, and all that they get: several values, values beside an error, an error that is 0.
  const withCallback: AnyFunction =
    propertyOf(from, 'callbacks') === undefined ? convert(fn, from, callback) : fn;
  const withPromise: AnyFunction = convert(fn, from, promise);
  const universal = function (this: unknown, ...args: unknown[]): unknown {
    if (!hasCallback(args)) return Reflect.apply(withPromise, this, args);
    if (at !== undefined && takes === undefined) args.push(...args.splice(at, 1));
    Reflect.apply(withCallback, this, args); // its return value would promise a safety that the callback has not
  };
  describeAs(universal, fn, fn.length);
  return universal;
}
