import {
  type AnyFunction,
  assertArgument,
  assertNoMore,
  type ConvertOptions,
  convert,
  hide,
  type NoOptions,
  type OrOriginal,
  optionsOf,
  originOf,
  type PromiseTypes,
  type RunOptionsOf,
  type StyleTypes,
  type WithOptions,
  type Writable,
} from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { custom } from './custom.js';
import { callback } from './style.js';
import type { Callbackifiable, Callbackified, CallbackTypes } from './types.js';

/** What {@link callbackify} can be asked, beside the defaults of each run. */
export interface CallbackifyOptions extends ConvertOptions {
  /** The style to write, where it is not Node's: a preset such as `callbackPair`, or a `convention({...})`. */
  readonly to?: Writable | undefined;
}

/**
 * Converts a function that returns a promise into one that takes a callback: `(error)` or `(null, value)`.
 *
 * - Starts the original when it is called, inside the call. Returns undefined, so that nobody waits for the wrong thing.
 * - Errors: the rejection's reason, the same object; a falsy one arrives as a FalsyRejectionError. What the original throws inside the
 *   call is thrown, unless the convention says `capture`.
 * - The callback is called once, after the call has returned, whatever the thenable does; with the `this` of the call, in the async
 *   context of the call. One that throws is an uncaught exception and changes nothing else.
 * - Cancelling: `callbackified.with({ signal, timeout })(...args, callback)`; the callback hears the signal's reason.
 * - `callbackify(promisify(f))` is `f`, and `util.promisify` gives the original back.
 *
 * After Node's util.callbackify.
 *
 * @throws {ArgumentError} `fn` is no function, or an option cannot be meant; the result throws it where the callback is missing.
 * @example
 * ```ts
 * import { stat } from 'node:fs/promises';
 * import { callbackify } from '@anyasync/callback';
 *
 * const isFolder = callbackify(async (path: string) => (await stat(path)).isDirectory());
 * await new Promise((done) => isFolder('.', (error, folder) => done([error, folder]))); //=> [null, true]
 * ```
 */
export function callbackify<F extends AnyFunction, To extends StyleTypes = CallbackTypes>(
  fn: Callbackifiable<F>,
  options?: NoOptions & { readonly to?: Writable<To> | undefined },
): OrOriginal<F, PromiseTypes, To, WithOptions<Callbackified<F, To>, RunOptionsOf<F, PromiseTypes>>>;
export function callbackify<F extends AnyFunction, To extends StyleTypes = CallbackTypes>(
  fn: Callbackifiable<F>,
  options: RunOptionsOf<F, PromiseTypes> & { readonly to?: Writable<To> | undefined },
): WithOptions<Callbackified<F, To>, RunOptionsOf<F, PromiseTypes>>;
export function callbackify(fn: any, options?: any, ...surplus: unknown[]): any {
  assertArgument(
    typeof fn === 'function',
    'fn',
    fn,
    '[callback] callbackify() takes a function that returns a promise.',
  );
  assertNoMore(surplus, '[callback] callbackify() takes a function and options');
  const { to = callback, ...runs } = optionsOf(
    (options === undefined ? {} : options) as CallbackifyOptions,
    undefined,
    ['to'],
  );
  const callbackified = convert(fn, promise, to, Object.keys(runs).length > 0 ? runs : undefined);
  // util.promisify gives the original back. A function that only comes back, from promisify, is not ours to write on.
  if (options === undefined && originOf(callbackified)?.native === fn) {
    hide(callbackified, custom, fn);
  }
  return callbackified;
}
