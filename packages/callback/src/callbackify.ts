import { assertArgument, type ConvertOptions, convert, type Writable } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { custom } from './custom.js';
import { callback } from './style.js';

type AnyFunction = (...args: any[]) => any;

/** What {@link callbackify} can be asked, beside the defaults of each run. */
export interface CallbackifyOptions extends ConvertOptions {
  /** The style to write, where it is not Node's: a preset such as `callbackPair`, or a `convention({...})`. */
  readonly to?: Writable | undefined;
}

export function callbackify(fn: AnyFunction, options?: CallbackifyOptions): AnyFunction {
  assertArgument(
    typeof fn === 'function',
    'fn',
    fn,
    '[callback] callbackify() takes a function that returns a promise.',
  );
  const { to = callback, ...runs } = options ?? {};
  const callbackified = convert(fn, promise, to, runs);
  if (options === undefined) Object.defineProperty(callbackified, custom, { value: fn, configurable: true });
  return callbackified;
}
