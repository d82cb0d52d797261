import {
  type AnyFunction,
  assertArgument,
  assertStyle,
  convert,
  describeAs,
  type Style,
  type StyleTypes,
} from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { callback } from './style.js';
import type { CallbackTypes, Universal, Universalifiable } from './types.js';

/** What {@link universalify} can be asked. */
export interface UniversalifyOptions {
  /** The style of the function: `callback` (the default) or `promise`. */
  readonly from?: Style | undefined;
  /** Where the callback stands, or a test for the arguments of a call that has one. By default a function as the last argument is the callback. */
  readonly callback?: number | ((args: readonly unknown[]) => boolean) | undefined;
}

/**
 * Gives a function both faces: called with a callback it calls it and returns undefined, called without it returns a promise.
 *
 * - The function may be of any style, Node's by default. Each face is as {@link promisify} and {@link callbackify} say.
 * - A function as the last argument is the callback; where a function can be an argument, say with `callback` where the callback stands.
 *
 * After the package universalify.
 *
 * @throws {ArgumentError} `fn` is no function, or the style is none.
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
export function universalify(fn: any, options: UniversalifyOptions = {}): any {
  assertArgument(
    typeof fn === 'function',
    'fn',
    fn,
    '[callback] universalify() takes a function, of the style in { from }.',
  );
  assertArgument(
    typeof options === 'object' && options !== null,
    'options',
    options,
    '[callback] the options are an object.',
  );
  const { from = callback, callback: where } = options;
  const isPosition =
    where === undefined || typeof where === 'function' || (Number.isInteger(where) && (where as number) >= 0);
  assertArgument(
    isPosition,
    'callback',
    where,
    '[callback] the callback option is an index, or a test of the arguments.',
  );
  assertStyle(from, 'from');
  const hasCallback =
    typeof where === 'function'
      ? where
      : (args: readonly unknown[]): boolean =>
          typeof (where === undefined ? args.at(-1) : args[where]) === 'function';
  const withCallback: AnyFunction = convert(fn, from, callback);
  const withPromise: AnyFunction = convert(fn, from, promise);
  const universal = function (this: unknown, ...args: unknown[]): unknown {
    if (!hasCallback(args)) return Reflect.apply(withPromise, this, args);
    if (typeof where === 'number') args.push(...args.splice(where, 1));
    Reflect.apply(withCallback, this, args); // its return value would promise a safety that the callback has not
  };
  describeAs(universal, fn, fn.length);
  return universal;
}
