import {
  type AnyFunction,
  assertArgument,
  type ConvertOptions,
  convert,
  describeAs,
  type Fold,
  type Foldable,
  type FoldedTypes,
  hide,
  type IsGeneric,
  type ItemlessTypes,
  type ItemOf,
  type NoOptions,
  type OrOriginal,
  optionsOf,
  originOf,
  type PromiseTypes,
  type Readable,
  type RunOptionsOf,
  type StyleTypes,
} from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { custom, customOf, isFace } from './custom.js';
import { type Fn, liftNode, node } from './from.js';
import type {
  CallbackTypes,
  FirstValue,
  NodeTypes,
  Promisifiable,
  PromisifiedFunction,
  WithoutCallback,
} from './types.js';
import { isValues, type Values } from './values.js';

/** What {@link promisify} can be asked, beside the defaults of each run. */
export interface PromisifyOptions extends ConvertOptions {
  /** The style of the function, where it is not Node's: a preset such as `valueCallback`, or a `convention({...})`. */
  readonly from?: Readable | undefined;
  /** What becomes of several values: `one` (the first), `all` in an array, or an object with these names. For Node's convention. */
  readonly values?: Values | undefined;
}

/**
 * Converts a function that takes a callback into one that returns a promise. Overloads, `this`, optional arguments and type parameters
 * are kept; a function that takes no callback, or one whose first argument cannot be an error, does not compile.
 *
 * - Starts the original when it is called, inside the call, once. The callback comes after the arguments given.
 * - Errors: the callback's first argument if it is truthy, the same object; what the call throws before the callback rejects. A throw
 *   after the callback is an uncaught exception, and a second call of the callback a warning: see `onStray`.
 * - Cancelling: `promisified.with({ signal, timeout })(...args)` calls `cancel()` or `abort()` of what the original returned, or kills it if it
 *   is a child process. `{ stop: 'destroy' }` names another way; without it a client is never closed, and a function that returned nothing to
 *   stop is only left. A result that comes too late goes to `dispose`.
 * - Node's `setTimeout`, `setImmediate`, `pipeline`, `finished` and readline's `question` get a signal, beside that of the caller's own options.
 * - Asynchronous always.
 * - `util.promisify.custom` is honoured, and set on the result. Node's functions of several values give them under Node's names.
 *   `promisify(callbackify(f))` is `f`, and `promisify(promisify(f))` is `promisify(f)`.
 *
 * After Node's util.promisify.
 *
 * @throws {ArgumentError} `fn` is no function, or an option cannot be meant.
 * @example
 * ```ts
 * import { lookup } from 'node:dns';
 * import { promisify } from '@anyasync/callback';
 *
 * (await promisify(lookup)('127.0.0.1')).family; //=> 4
 * ```
 */
export function promisify<F extends AnyFunction>(
  fn: IsGeneric<F> extends true ? never : Promisifiable<F>,
): OrOriginal<F, CallbackTypes, PromiseTypes, PromisifiedFunction<F>>;
/** A generic function. The compiler has no place for a `with` beside its type parameters; `promisify(fn, options)` is not generic. */
export function promisify<Args extends unknown[], Results extends unknown[], Returned = never>(
  fn: (...args: [...Args, callback: (...results: Results) => void]) => Returned,
  ...invalid: WithoutCallback<Results, Returned>
): (...args: Args) => Promise<FirstValue<Results>>;
export function promisify<F extends AnyFunction, const V extends Values>(
  fn: Promisifiable<F, NodeTypes<V>>,
  options: RunOptionsOf<F, NodeTypes<V>> & { readonly values: V },
): PromisifiedFunction<F, NodeTypes<V>>;
export function promisify<F extends AnyFunction, From extends StyleTypes, R>(
  fn: Foldable<F, From>,
  options: RunOptionsOf<F, From> & { readonly from: Readable<From>; readonly fold: Fold<ItemOf<F, From>, R> },
): PromisifiedFunction<F, From, FoldedTypes<From, R>>;
export function promisify<F extends AnyFunction, From extends StyleTypes>(
  fn: Promisifiable<F, ItemlessTypes<From>>,
  options: RunOptionsOf<F, From> & {
    readonly from: Readable<From>;
    readonly next: (item: ItemOf<F, From>) => void;
    readonly fold?: undefined;
  },
): PromisifiedFunction<F, From, ItemlessTypes<From>>;
export function promisify<F extends AnyFunction, From extends StyleTypes = CallbackTypes>(
  fn: Promisifiable<F, From>,
  options?: NoOptions & { readonly from?: Readable<From> | undefined; readonly values?: undefined },
): OrOriginal<F, From, PromiseTypes, PromisifiedFunction<F, From>>;
export function promisify<F extends AnyFunction, From extends StyleTypes = CallbackTypes>(
  fn: Promisifiable<F, From>,
  options: RunOptionsOf<F, From> & {
    readonly from?: Readable<From> | undefined;
    readonly values?: undefined;
    readonly fold?: undefined;
  },
): PromisifiedFunction<F, From>;
export function promisify(fn: any, options?: any): any {
  assertArgument(
    typeof fn === 'function',
    'fn',
    fn,
    '[callback] promisify() takes a function (...args, (error, value) => void).',
  );
  const asked = optionsOf((options === undefined ? {} : options) as PromisifyOptions, undefined, [
    'from',
    'values',
  ]);
  if (options === undefined && (isFace(fn) || originOf(fn)?.to === promise)) return fn;
  const { from = originOf(fn)?.to === promise ? promise : node, values, ...runs } = asked;
  assertValues(values, from);
  const source = values === undefined ? from : { ...node, lift: (fn: Fn) => liftNode(fn, values) };
  const promisified = convert(fn, source, promise, Object.keys(runs).length > 0 ? runs : undefined);
  // A function that only comes back, from callbackify, is not ours to write on.
  if (originOf(promisified)?.native !== fn) return promisified;
  const face = source === node ? customOf(fn) : undefined;
  if (face !== undefined) describeAs(promisified, face, face.length);
  if (face?.name === '') hide(promisified, 'name', fn.name);
  hide(promisified, custom, promisified); // for util.promisify
  return promisified;
}

/** Throws an ArgumentError for values that are none, or that a convention is to be asked for. */
export function assertValues(values: unknown, from: Readable): void {
  assertArgument(
    values === undefined || (from === node && isValues(values)),
    'values',
    values,
    "[callback] values is 'one', 'all', or different names. Beside { from }, pass them to convention().",
  );
}
