// Types only: the results of promisify and its relatives, and what they accept.

import type {
  Calls,
  Converted,
  ConvertedAll,
  IsAny,
  IsNever,
  MethodNames,
  PromiseTypes,
  PromiseVersion,
  Same,
  StyleTypes,
} from '@anyasync/core';
import type { ConventionOptions } from './convention.js';
import type { CallbackTypes, ConventionTypes, IsMultiple, IsNodeConvention } from './convention-types.js';
import type { FirstOf, ValuesAfterError } from './read-types.js';

export type { CallbackTypes, ConventionTypes } from './convention-types.js';
export type { NodeCallback } from './write-types.js';

/**
 * What `promisify(fn)` returns, without its `with`. A function's own promise version is taken as it is; otherwise every overload with a
 * callback of the convention is converted, in their order. `unknown` if there is none.
 *
 * @example
 * ```ts
 * type Read = Promisified<(path: string, done: (error: Error | null, text: string) => void) => void>;
 * //=> (path: string) => Promise<string>
 * ```
 */
export type Promisified<F, O extends ConventionOptions = { readonly style: 'error-first' }> =
  IsAny<F> extends true
    ? (...args: any[]) => Promise<any>
    : IsNodeConvention<O> extends true
      ? IsNever<PromiseVersion<F>> extends true
        ? Converted<F, ConventionTypes<O>, PromiseTypes>
        : PromiseVersion<F>
      : Converted<F, ConventionTypes<O>, PromiseTypes>;

/** What `callbackify(fn)` returns, without its `with`. */
export type Callbackified<F, O extends ConventionOptions = { readonly style: 'error-first' }> = Converted<
  F,
  PromiseTypes,
  ConventionTypes<O>
>;

/** What `universalify(fn)` returns: a function with both faces. The promise face comes first, for callbacks that are optional. */
export type Universal<F, From extends StyleTypes = CallbackTypes> = (Same<From, PromiseTypes> extends true
  ? F
  : Converted<F, From, PromiseTypes>) &
  (Same<From, CallbackTypes> extends true ? F : Converted<F, From, CallbackTypes>);

/** What `promisifyAll(object)` returns. With a suffix, only methods with a callback get a promise version, beside the original. */
export type PromisifyAll<T, Suffix extends string = '', Name extends keyof T = MethodNames<T>> = ConvertedAll<
  T,
  CallbackTypes,
  PromiseTypes,
  Suffix,
  Name
>;

/** `F` if one of its overloads takes a callback of the convention. Otherwise a type that nothing is assignable to, which says why. */
export type Promisifiable<F, O extends ConventionOptions = { readonly style: 'error-first' }> =
  Calls<F, ConventionTypes<O>> extends readonly []
    ? F & 'promisify: no overload of this function takes such a callback'
    : IsMultiple<O> extends true
      ? F &
          'promisify: each call of this callback is an item; use convert(fn, convention(options), promise, { fold })'
      : F;

/** `F` if one of its overloads returns a promise. Otherwise a type that nothing is assignable to, which says why. */
export type Callbackifiable<F> =
  Calls<F, PromiseTypes> extends readonly []
    ? F & 'callbackify: no overload of this function returns a promise'
    : F;

/** What a call of a Node function with these arguments ends with: the first overload that takes them decides. */
export type ValueOfCall<F, Args> = MatchingValue<Calls<F, CallbackTypes>, Args>;

type MatchingValue<List, Args> = List extends readonly [
  readonly [unknown, infer Wanted, infer Value, unknown],
  ...infer Rest,
]
  ? Args extends Wanted
    ? Value
    : MatchingValue<Rest, Args>
  : never;

/** The arguments before the callback, whichever overload. */
export type ArgumentsOf<F> = Calls<F, CallbackTypes>[number][1];

/** The value of an error-first callback with these arguments: the first one after the error. */
export type FirstValue<Results extends readonly unknown[]> = FirstOf<ValuesAfterError<Results>>;
