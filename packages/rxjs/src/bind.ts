import {
  type CallbackTypes,
  type ConventionTypes,
  callback,
  convention,
  type FirstValue,
  type NodeTypes,
  type Promisifiable,
  type Values,
  valueCallback,
  type WithoutCallback,
} from '@anyasync/callback';
import {
  type AnyFunction,
  assertArgument,
  convert,
  type IsGeneric,
  optionsOf,
  type RunOptions,
  type RunOptionsOf,
  type Style,
} from '@anyasync/core';
import { observableConvention } from '@anyasync/observable';
import { InstalledObservable, type RxObservable } from './installed.js';
import { rxjs } from './style.js';
import type { Bound, ValueOnlyTypes } from './types.js';

/** What {@link bindNodeCallback} and {@link bindCallback} can be asked, beside the defaults of each run. */
export interface BindOptions {
  /**
   * `replay`: the function is called once, by the first subscriber, and all get that result, as in RxJS 7. Without it the function is called
   * for each subscriber, so that `retry` and `repeat` call it again.
   */
  readonly share?: 'replay' | undefined;
  /** In whose async context the subscriber hears: that of whoever calls back, or its own. */
  readonly context?: 'emitter' | 'subscriber' | undefined;
  /** What becomes of several values: `one` (the first), `all` in an array, as in RxJS 7, or an object with these names. */
  readonly values?: Values | undefined;
}

/** What RxJS has beside these, and what does the same here. */
const elsewhere =
  "A result selector is map(), a scheduler is observeOn(), on what it returns; all values: { values: 'all' }.";

function bind(
  fn: unknown,
  style: Style<any>,
  valueOnly: boolean,
  options: BindOptions,
  surplus: unknown[],
): any {
  const isMeant = typeof options === 'object' && options !== null && !('schedule' in options);
  assertArgument(isMeant, 'options', options, `[rxjs] the options are an object. ${elsewhere}`);
  const message = `[rxjs] it takes a function and options. ${elsewhere}`;
  assertArgument(surplus.length === 0, 'arguments', surplus[0], message);
  const names = ['share', 'context', 'values'];
  const { share, context, values, ...runs } = optionsOf<BindOptions & RunOptions>(options, undefined, names);
  const from =
    values === undefined ? style : convention({ style: valueOnly ? 'value-only' : 'error-first', values });
  const to =
    (share ?? context) === undefined
      ? rxjs
      : observableConvention({ Observable: InstalledObservable, share, context, name: 'rxjs' });
  return convert(fn, from, to as Style<any>, runs);
}

/**
 * Converts a function that takes a Node-style callback into one that returns an Observable, of the RxJS that is installed. RxJS's function of
 * that name, which RxJS 9 no longer has; see the README for what is different.
 *
 * - Lazy: the function is called when somebody subscribes, again for each subscriber; `{ share: 'replay' }` calls it once for all.
 * - Errors: the callback's first argument if it is truthy, the same object. What the call throws is an error too, each time.
 * - Emits the first value and completes; `undefined` if there is none. Node's functions of several values give them under Node's names, and
 *   `util.promisify.custom` is honoured.
 * - Cancelling: unsubscribing calls `cancel()` or `abort()` of what the function returned, or kills it if it is a child process; `{ stop }` names
 *   another way. Node's functions whose promise form takes a signal, such as `pipeline`, are stopped by one.
 * - Synchronous if the callback comes inside the call. `this` and all overloads are kept.
 *
 * @throws {ArgumentError} `fn` is no function, or an option cannot be meant.
 * @example
 * ```ts
 * import { readFile } from 'node:fs';
 * import { bindNodeCallback } from '@anyasync/rxjs';
 * import { firstValueFrom, retry } from 'rxjs';
 *
 * const read = bindNodeCallback(readFile);
 * (await firstValueFrom(read('package.json', 'utf8').pipe(retry(2)))).slice(0, 1); //=> '{'
 * ```
 */
export function bindNodeCallback<F extends AnyFunction>(
  fn: IsGeneric<F> extends true ? never : Promisifiable<F>,
): Bound<F>;
export function bindNodeCallback<Args extends unknown[], Results extends unknown[], Returned = never>(
  fn: (...args: [...Args, callback: (...results: Results) => void]) => Returned,
  ...invalid: WithoutCallback<Results, Returned>
): (...args: Args) => RxObservable<FirstValue<Results>>;
export function bindNodeCallback<F extends AnyFunction, const V extends Values>(
  fn: Promisifiable<F, NodeTypes<V>>,
  options: BindOptions & RunOptionsOf<F, NodeTypes<V>> & { readonly values: V },
): Bound<F, NodeTypes<V>>;
export function bindNodeCallback<F extends AnyFunction>(
  fn: Promisifiable<F>,
  options: BindOptions & RunOptionsOf<F, CallbackTypes> & { readonly values?: undefined },
): Bound<F>;
export function bindNodeCallback(fn: unknown, options: any = {}, ...surplus: unknown[]): unknown {
  return bind(fn, callback, false, options, surplus);
}

/**
 * Converts a function whose callback gets only values into one that returns an Observable: `fn(...args, (value) => {})`. As
 * {@link bindNodeCallback} otherwise.
 *
 * @throws {ArgumentError} `fn` is no function, or an option cannot be meant.
 * @example
 * ```ts
 * import { bindCallback } from '@anyasync/rxjs';
 * import { firstValueFrom } from 'rxjs';
 *
 * const half = bindCallback((n: number, done: (half: number) => void) => done(n / 2));
 * await firstValueFrom(half(8)); //=> 4
 * ```
 */
export function bindCallback<F extends AnyFunction>(
  fn: IsGeneric<F> extends true ? never : Promisifiable<F, ValueOnlyTypes>,
): Bound<F, ValueOnlyTypes>;
export function bindCallback<Args extends unknown[], T = void>(
  fn: (...args: [...Args, callback: (value: T) => void]) => unknown,
): (...args: Args) => RxObservable<T>;
export function bindCallback<F extends AnyFunction, const V extends Values>(
  fn: Promisifiable<F, ConventionTypes<{ readonly style: 'value-only'; readonly values: V }>>,
  options: BindOptions &
    RunOptionsOf<F, ConventionTypes<{ readonly style: 'value-only'; readonly values: V }>> & {
      readonly values: V;
    },
): Bound<F, ConventionTypes<{ readonly style: 'value-only'; readonly values: V }>>;
export function bindCallback<F extends AnyFunction>(
  fn: Promisifiable<F, ValueOnlyTypes>,
  options: BindOptions & RunOptionsOf<F, ValueOnlyTypes> & { readonly values?: undefined },
): Bound<F, ValueOnlyTypes>;
export function bindCallback(fn: unknown, options: BindOptions = {}, ...surplus: unknown[]): unknown {
  return bind(fn, valueCallback, true, options, surplus);
}
