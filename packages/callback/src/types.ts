// Types only: the results of promisify and its relatives, and what they accept.

import type {
  Calls,
  Converted,
  ConvertedAll,
  FunctionOf,
  IsAny,
  IsNever,
  PromiseTypes,
  PromiseVersion,
  Read,
  RunOptionsOf,
  Same,
  Signature,
  Signatures,
  StyleTypes,
  WithOptions,
} from '@anyasync/core';
import type { ConventionOptions } from './convention.js';
import type { CallbackTypes, ConventionTypes } from './convention-types.js';
import type { FirstOf, HasError, ValuesAfterError } from './read-types.js';
import type { Values } from './values.js';

export type { CallbackTypes, ConventionTypes } from './convention-types.js';
export type { NodeCallback } from './write-types.js';

/**
 * What `promisify(fn)` returns, without its `with`. A function's own promise version is taken as it is; otherwise every overload of the
 * style, Node's by default, is converted, in their order. `unknown` if there is none.
 *
 * @example
 * ```ts
 * import type { Promisified } from '@anyasync/callback';
 *
 * type Read = (path: string, done: (error: Error | null, text: string) => void) => void;
 * const read: Promisified<Read> = async (path) => `text of ${path}`;
 * await read('a.txt'); //=> 'text of a.txt'
 * ```
 */
export type Promisified<F, From extends StyleTypes = CallbackTypes> =
  IsAny<F> extends true
    ? (...args: any[]) => Promise<any>
    : From['promiseVersion'] extends true
      ? IsNever<PromiseVersion<F>> extends true
        ? Converted<F, From, PromiseTypes>
        : PromiseVersion<F>
      : Converted<F, From, PromiseTypes>;

/** {@link Promisified} with its `with`: what `promisify` returns. `Between` is the style after a fold or `next`. */
export type PromisifiedFunction<
  F,
  From extends StyleTypes = CallbackTypes,
  Between extends StyleTypes = From,
> = WithOptions<Promisified<F, Between>, RunOptionsOf<F, From>>;

/** Node's convention with this choice of values. */
export type NodeTypes<V extends Values> = ConventionTypes<{ readonly values: V }>;

/** What `callbackify(fn)` returns, without its `with`. */
export type Callbackified<F, To extends StyleTypes = CallbackTypes> = Converted<F, PromiseTypes, To>;

/**
 * What `universalify(fn)` returns: a function with both faces. The promise face comes first, for callbacks that are optional; the callback
 * face of a function that takes callbacks is its own.
 */
export type Universal<F, From extends StyleTypes = CallbackTypes> = (Same<From, PromiseTypes> extends true
  ? F
  : Converted<F, From, PromiseTypes>) &
  (From extends { readonly convention: ConventionOptions }
    ? CallbackFace<Signatures<F>, From>
    : Converted<F, From, CallbackTypes>);

/** The overloads that take callbacks. Called through them it returns nothing, whatever the original returned. */
type CallbackFace<Overloads, From extends StyleTypes, Found = unknown> = Overloads extends [
  infer First extends Signature,
  ...infer Rest,
]
  ? CallbackFace<
      Rest,
      From,
      IsNever<Read<From, First[0], First[1], First[2]>> extends true
        ? Found
        : Found & FunctionOf<First[0], First[1], void>
    >
  : Found;

/** What `promisifyAll(object)` returns: {@link ConvertedAll} says which methods, and where. */
export type PromisifyAll<
  T,
  Suffix extends string = 'Async',
  Picked = undefined,
  Excluded = undefined,
  Deep = undefined,
  From extends StyleTypes = CallbackTypes,
> = ConvertedAll<T, From, PromiseTypes, Suffix, Picked, Excluded, Deep>;

/** A function with both faces, as a style that can only be written. */
export interface UniversalTypes<From extends StyleTypes = CallbackTypes> extends StyleTypes {
  readonly items: false;
  readonly promiseVersion: false;
  readonly converted: Universal<this['native'], From>;
}

/** What `universalifyAll(object)` returns: {@link ConvertedAll} says which methods, and where. */
export type UniversalAll<
  T,
  Suffix extends string = 'Async',
  Picked = undefined,
  Excluded = undefined,
  Deep = undefined,
  From extends StyleTypes = CallbackTypes,
> = ConvertedAll<T, From, UniversalTypes<From>, Suffix, Picked, Excluded, Deep>;

/** `F` if one of its overloads is of the style, and emits no items. Otherwise a type that nothing is assignable to, which says why. */
export type Promisifiable<F, From extends StyleTypes = CallbackTypes> =
  Calls<F, From> extends readonly []
    ? F & 'promisify: no overload of this function takes such a callback'
    : From['items'] extends true
      ? F &
          'promisify: this function emits items; pass { fold: first() } or another fold, or { next } to take them'
      : F;

/** `F` if one of its overloads is of the style. Otherwise a type that nothing is assignable to, which says why. */
export type Universalifiable<F, From extends StyleTypes = CallbackTypes> =
  Calls<F, From> extends readonly []
    ? F &
        'universalify: no overload of this function is of the style in { from }, which is callback by default'
    : F;

/** `F` if one of its overloads returns a promise. Otherwise a type that nothing is assignable to, which says why. */
export type Callbackifiable<F> =
  Calls<F, PromiseTypes> extends readonly []
    ? F & 'callbackify: no overload of this function returns a promise'
    : F;

/** The arguments before the callback, whichever overload. */
export type ArgumentsOf<F> = Calls<F, CallbackTypes>[number][1];

/** What a call of a Node function with these arguments ends with: the first overload that takes them decides. */
export type ValueOfCall<F, Args> = Args extends unknown
  ? MatchingValue<Calls<F, CallbackTypes>, Args>
  : never;

type MatchingValue<List, Args> = List extends readonly [
  readonly [unknown, infer Wanted, infer Value, unknown],
  ...infer Rest,
]
  ? [Args] extends [Wanted]
    ? Value
    : MatchingValue<Rest, Args>
  : never;

/** These arguments if one overload takes them as they are, otherwise what no call has. */
export type ExactArguments<F, Args extends readonly unknown[]> =
  IsNever<MatchingValue<Calls<F, CallbackTypes>, Args>> extends true ? [never] : Args;

/** The value of an error-first callback with these arguments: the first one after the error. */
export type FirstValue<Results extends readonly unknown[]> = FirstOf<ValuesAfterError<Results>>;

/**
 * Nothing, if a function takes a callback with these results. Otherwise an argument that no call has. While the compiler has not looked at
 * the function, `Returned` is `never`: it must not give up yet.
 */
export type WithoutCallback<Results extends readonly unknown[], Returned> =
  IsNever<Returned> extends true
    ? []
    : unknown[] extends Results
      ? ['promisify: this function takes no callback']
      : true extends HasError<Results>
        ? []
        : ['the first argument of this callback cannot be an error: read it as valueCallback'];
