// Types only: how the compiler reads a function of one style and writes it in another, without knowing any pair of styles.

import type { RunOptions } from './run-options.js';
import type { AnyFunction, FunctionOf, IsAny, IsNever, Signature, Signatures } from './signatures.js';

/**
 * A style's half of every conversion, as types. A style is an interface that extends this one and fills in `read` and `write` in terms of
 * `this['args']` and so on; both are applied to each overload by itself.
 *
 * @example
 * ```ts
 * import type { Arguments, FunctionOf, StyleTypes } from '@anyasync/core';
 *
 * interface ThunkTypes extends StyleTypes {
 *   readonly items: false;
 *   readonly promiseVersion: false;
 *   readonly read: this['returns'] extends () => Promise<infer T> ? [this['args'], T, never] : never;
 *   readonly write: FunctionOf<this['this'], Arguments<this['args']>, () => Promise<this['value']>>;
 * }
 * ```
 */
export interface StyleTypes {
  /** In, for both: the `this` that the overload declares, `unknown` if none. */
  readonly this: unknown;
  /** In: for `read` the overload's arguments, for `write` those without anything that belongs to a style. */
  readonly args: unknown;
  /** In, for `read`: what the overload returns. */
  readonly returns: unknown;
  /** In, for `read` and `overloads`: the native function as a whole. */
  readonly native: unknown;
  /** In, for `write`: the value at the end. */
  readonly value: unknown;
  /** In, for `write`: the items before it, `never` if none. */
  readonly item: unknown;
  /** Out: `[arguments, value, item]`, or `never` if the overload is not of this style. */
  readonly read: unknown;
  /** Out: the native function's type. */
  readonly write: unknown;
  /** Out: the function whose overloads are read, where the native form is an object of several (begin/end). */
  readonly overloads: unknown;
  /** In, for `members`: the method's name. */
  readonly name: unknown;
  /** Out, where a method is several members of its object (`beginX` and `endX`): those of the object type `native`, by their names. */
  readonly methods: unknown;
  /** Out, where a method is several members of its object: the members for the written function `native`, by their names. */
  readonly members: unknown;
  /** Out, where a converted function is not written overload by overload: the whole of it, made of the function `native`. */
  readonly converted: unknown;
  /** Out: what `convertAll` appends to the names of methods written in it, `Async` unless it is said. */
  readonly suffix: string;
  /** Whether it can carry items, as in the style's traits. */
  readonly items: boolean;
  /** Whether a promise version that the function brings along stands for it: see {@link PromiseVersion}. */
  readonly promiseVersion: boolean;
}

/** The arguments in a type lambda: `this['args']` where a list is wanted. */
export type Arguments<Args> = Args extends readonly any[] ? Args : never;

/** {@link StyleTypes.read} of one overload. */
export type Read<S extends StyleTypes, Self, Args, Returns, Native = unknown> = (S & {
  readonly this: Self;
  readonly args: Args;
  readonly returns: Returns;
  readonly native: Native;
})['read'];

/** {@link StyleTypes.overloads} of a native function: itself, unless the style says otherwise. */
export type OverloadsOf<F, S extends StyleTypes> = unknown extends S['overloads']
  ? F
  : (S & { readonly native: F })['overloads'];

/** {@link StyleTypes.write} of one overload. */
export type Write<S extends StyleTypes, Self, Args, Value, Item> = (S & {
  readonly this: Self;
  readonly args: Args;
  readonly value: Value;
  readonly item: Item;
})['write'];

/** The plain synchronous call. A function that returns a promise is not one. */
export interface SyncTypes extends StyleTypes {
  readonly items: false;
  readonly promiseVersion: false;
  readonly read: Returns<this['returns']> extends 'a promise'
    ? never
    : [this['args'], this['returns'], never];
  readonly write: FunctionOf<this['this'], Arguments<this['args']>, this['value']>;
}

/** Functions that return a promise or another thenable; written, a native promise, which adopts a thenable value. */
export interface PromiseTypes extends StyleTypes {
  readonly items: false;
  readonly promiseVersion: false;
  readonly read: Returns<this['returns']> extends 'a value'
    ? never
    : [this['args'], ResultOf<this['returns']>, never];
  readonly write: FunctionOf<this['this'], Arguments<this['args']>, Promise<Adopted<this['value']>>>;
}

/** What kind of thing this is, as a function returns it: what may be a promise is none, and who only throws returns none. */
type Returns<T> =
  IsAny<T> extends true
    ? 'anything'
    : IsNever<T> extends true
      ? 'a value'
      : [T] extends [PromiseLike<unknown>]
        ? 'a promise'
        : 'a value';

/** What the promise resolves with. */
type ResultOf<T> = IsAny<T> extends true ? any : T extends PromiseLike<infer Value> ? Value : never;

/** What a promise makes of a value: a thenable is awaited. */
type Adopted<T> = T extends PromiseLike<unknown> ? Awaited<T> : T;

/**
 * The promise version that a callback function brings along: `__promisify__`, as @types/node declares it, or a member under a symbol that
 * returns a promise, such as `[util.promisify.custom]`. `never` if there is none.
 */
export type PromiseVersion<F> = F extends { readonly __promisify__: infer P extends AnyFunction }
  ? P
  : IsNever<keyof F & symbol> extends true
    ? never
    : Extract<F[keyof F & symbol], (...args: any[]) => PromiseLike<unknown>>;

/** One overload as its style reads it. */
export type Call = readonly [self: unknown, args: readonly any[], value: unknown, item: unknown];

/** The overloads of a function that are of a style, in their order, each a {@link Call}. */
export type Calls<F, From extends StyleTypes> =
  IsAny<F> extends true
    ? [[unknown, any[], any, From['items'] extends true ? any : never]]
    : unknown extends From['read']
      ? [[unknown, any[], any, any]]
      : From['promiseVersion'] extends true
        ? IsNever<PromiseVersion<F>> extends true
          ? ReadEach<F, Signatures<F>, From>
          : ReadEach<F, Signatures<PromiseVersion<F>>, PromiseTypes>
        : ReadEach<F, Signatures<OverloadsOf<F, From>>, From>;

type ReadEach<F, Overloads, From extends StyleTypes, Found extends readonly Call[] = []> = Overloads extends [
  infer First extends Signature,
  ...infer Rest,
]
  ? ReadEach<F, Rest, From, [...Found, ...ReadOne<First[0], Read<From, First[0], First[1], First[2], F>>]>
  : Found;

/** A list of one call, or an empty list. */
type ReadOne<Self, Result> =
  IsNever<Result> extends true
    ? []
    : Result extends [infer Args extends readonly any[], infer Value, infer Item]
      ? [[Self, Args, Value, Item]]
      : [];

/** The function's overloads written in a style, as an intersection in their order. */
type WriteEach<List, To extends StyleTypes, Written = unknown> = List extends readonly [
  infer First extends Call,
  ...infer Rest,
]
  ? WriteEach<Rest, To, Written & Write<To, First[0], First[1], First[2], First[3]>>
  : Written;

/**
 * A function of the style `From`, written in the style `To`: what {@link convert} returns, without its `with`. Overloads of another style
 * are left out; `unknown` if none is left.
 */
export type Converted<F, From extends StyleTypes, To extends StyleTypes> = unknown extends To['write']
  ? AnyFunction
  : WriteEach<Calls<F, From>, To>;

/** What the function's calls end with, whichever overload. */
export type ValueOf<F, From extends StyleTypes> = Calls<F, From>[number][2];

/** The items that the function's calls emit, whichever overload. */
export type ItemOf<F, From extends StyleTypes> = Calls<F, From>[number][3];

/** A style after a fold: the items are gone, and the fold's result is the value. */
export interface FoldedTypes<From extends StyleTypes, Result> extends StyleTypes {
  readonly items: false;
  readonly promiseVersion: false;
  readonly read: WithoutItems<
    Read<From, this['this'], this['args'], this['returns'], this['native']>,
    [Result]
  >;
  readonly overloads: OverloadsOf<this['native'], From>;
}

/** A style whose items are taken by the `next` option. */
export interface ItemlessTypes<From extends StyleTypes> extends StyleTypes {
  readonly items: false;
  readonly promiseVersion: false;
  readonly read: WithoutItems<Read<From, this['this'], this['args'], this['returns'], this['native']>, []>;
  readonly overloads: OverloadsOf<this['native'], From>;
}

/** What a style read, without the items, and with another value if there is one. */
type WithoutItems<Result, Value extends [] | [unknown]> =
  IsNever<Result> extends true
    ? never
    : Result extends [infer Args, infer Own, unknown]
      ? [Args, Value extends [infer Folded] ? Folded : Own, never]
      : never;

/** `F` if it can be converted. Otherwise a type that nothing is assignable to, which says why. */
export type Convertible<F, From extends StyleTypes, To extends StyleTypes> =
  Calls<F, From> extends readonly []
    ? F & 'convert: no overload of this function is of the style it is to be read as'
    : From['items'] extends true
      ? To['items'] extends true
        ? F
        : F &
            'convert: this function emits items; pass { fold: first() } or another fold, or { next } to take them'
      : F;

/** `F` if it emits items that a fold can make one value of. Otherwise a type that nothing is assignable to, which says why. */
export type Foldable<F, From extends StyleTypes> =
  Calls<F, From> extends readonly []
    ? F & 'convert: no overload of this function is of the style it is to be read as'
    : From['items'] extends true
      ? F
      : F & 'convert: this function emits no items, there is nothing to fold';

/** The {@link RunOptions} of a function's calls: `dispose` takes its value, `next` its items. */
export type RunOptionsOf<F, From extends StyleTypes> = RunOptions<ValueOf<F, From>, ItemOf<F, From>>;

/** A function with its `with`: other options for one call are `fn.with({ signal })(...args)`. */
export type WithOptions<F, Options = RunOptions<any, any>> = F & {
  /** The same function, run with these options. */
  with(options: Options): F;
};

/**
 * {@link Converted} with its `with`: what `convert` returns. The options of a call are those of the function as it was read; `Between` is
 * the style after a fold or `next`.
 */
export type ConvertedFunction<
  F,
  From extends StyleTypes,
  To extends StyleTypes,
  Between extends StyleTypes = From,
> = WithOptions<Converted<F, Between, To>, RunOptionsOf<F, From>>;

/** Nothing to add to a style if one of the two is only known at run time, as in code that is given both. Otherwise what no style is. */
export type IfUntyped<From extends StyleTypes, To extends StyleTypes> = unknown extends From['read']
  ? unknown
  : unknown extends To['write']
    ? unknown
    : never;
