import { assertArgument, assertStyle, convert, type Style } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { callback } from './style.js';

type AnyFunction = (...args: any[]) => any;

/** What {@link universalify} can be asked. */
export interface UniversalifyOptions {
  /** The style of the function: `callback` (the default) or `promise`. */
  readonly from?: Style | undefined;
  /** Where the callback stands, or a test for the arguments of a call that has one. By default a function as the last argument is the callback. */
  readonly callback?: number | ((args: readonly unknown[]) => boolean) | undefined;
}

export function universalify(fn: AnyFunction, options: UniversalifyOptions = {}): AnyFunction {
  assertArgument(
    typeof fn === 'function',
    'fn',
    fn,
    '[callback] universalify() takes a function, of the style in { from }.',
  );
  const { from = callback, callback: where } = options;
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
    Reflect.apply(withCallback, this, args); // its return value would promise a safety that the callback has not
  };
  return universal;
}
