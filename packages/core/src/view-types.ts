// Types only: how the compiler reads the methods of an object, and writes the view that convertAll returns.

import type { AnyFunction, IsAny, IsNever } from './signatures.js';
import type { Calls, Converted, ConvertedFunction, ItemOf, StyleTypes, Write } from './style-types.js';
import type { Chosen, DefaultSuffix, Given, IsKnown, MethodNames, UnlessBeside } from './view-names.js';

/**
 * The view of an object that `convertAll` returns. Where a method of one of the styles is several members of its object (`beginX` and
 * `endX`), what is converted always stands beside the original members. Otherwise the methods of the style `From` stand, converted, beside the
 * original ones, unless the object has a member of that name; or in their place, with the suffix `''`: then picked functions of another style
 * are left out, because the view would convert them too.
 *
 * Of a `pick` or `exclude` that is a RegExp or a test that guards no type, only the run knows what it selects: what is added is optional, and in
 * place it is either.
 */
export type ConvertedAll<
  T,
  From extends StyleTypes,
  To extends StyleTypes,
  Suffix extends string = DefaultSuffix<From, To>,
  Picked = undefined,
  Excluded = undefined,
  Deep = undefined,
> = unknown extends From['methods']
  ? unknown extends To['members']
    ? View<T, From, To, Suffix, Given<Picked>, Given<Excluded>, Deep>
    : T &
        AllOf<
          {
            [K in Chosen<T, Picked, Excluded>]: WrittenMembers<T[K], From, To, `${K & string}${Suffix}`>;
          }[Chosen<T, Picked, Excluded>]
        >
  : T & FoundMethods<T, (From & { readonly native: T })['methods'], From, To, Suffix>;

type FoundMethods<T, Methods, From extends StyleTypes, To extends StyleTypes, Suffix extends string> = {
  [K in keyof Methods as Exclude<`${K & string}${Suffix}`, keyof T>]: ConvertedFunction<
    Methods[K],
    From,
    BoundTypes<To>
  >;
};

type WrittenMembers<M, From extends StyleTypes, To extends StyleTypes, Name extends string> =
  IsMethodOf<M, From> extends true
    ? (To & {
        readonly name: Name;
        readonly native: Converted<NonNullable<M>, From, BoundTypes<To>>;
      })['members']
    : never;

/** The intersection of a union's members. */
type AllOf<U> = (U extends unknown ? (each: U) => void : never) extends (all: infer All) => void
  ? All
  : never;

type View<
  T,
  From extends StyleTypes,
  To extends StyleTypes,
  Suffix extends string,
  Picked,
  Excluded,
  Deep,
> = Suffix extends ''
  ? InPlaceOf<
      T,
      From,
      To,
      UnlessBeside<T, Chosen<T, Picked, Excluded>, DefaultSuffix<From, To>, Picked>,
      [IsKnown<Picked>, IsKnown<Excluded>] extends [true, true] ? never : 'original',
      Suffix,
      Picked,
      Excluded,
      Deep
    > &
      Instances<T, From, To, Suffix, Picked, Excluded, Deep>
  : (Deep extends undefined
      ? unknown
      : Instances<T, From, To, Suffix, Picked, Excluded, Deep> &
          Deepened<T, From, To, Suffix, Picked, Excluded, Deep>) &
      (Deep extends undefined ? T : unknown) &
      ([IsKnown<Picked>, IsKnown<Excluded>] extends [true, true]
        ? Beside<T, From, To, Suffix, UnlessBeside<T, Chosen<T, Picked, Excluded>, Suffix, Picked>>
        : Partial<Beside<T, From, To, Suffix, UnlessBeside<T, Chosen<T, Picked, Excluded>, Suffix, Picked>>>);

type Beside<T, From extends StyleTypes, To extends StyleTypes, Suffix extends string, Names> = {
  [K in Names & keyof T as IsMethodOf<T[K], From> extends true
    ? Exclude<`${K & string}${Suffix}`, keyof T>
    : never]: ConvertedMember<T[K], From, To>;
};

type InPlaceOf<
  T,
  From extends StyleTypes,
  To extends StyleTypes,
  Names,
  Original,
  Suffix extends string,
  Picked,
  Excluded,
  Deep,
> = {
  [K in keyof T as K extends Names
    ? IsOfAnotherStyle<T[K], From> extends true
      ? never
      : K
    : K]: K extends Names
    ? ConvertedMember<T[K], From, To> | (Original extends 'original' ? T[K] : never)
    : DeepMember<K, T[K], From, To, Suffix, Picked, Excluded, Deep>;
};

type Deepened<
  T,
  From extends StyleTypes,
  To extends StyleTypes,
  Suffix extends string,
  Picked,
  Excluded,
  Deep,
> = {
  [K in keyof T]: DeepMember<K, T[K], From, To, Suffix, Picked, Excluded, Deep>;
};

/** A member that is an object or a class, as a view. */
type DeepMember<
  K,
  M,
  From extends StyleTypes,
  To extends StyleTypes,
  Suffix extends string,
  Picked,
  Excluded,
  Deep,
> = Deep extends undefined
  ? M
  : K extends 'prototype' | 'constructor'
    ? M
    : Deep extends readonly (infer Name)[]
      ? K extends Name
        ? Shown<M, From, To, Suffix, Picked, Excluded, Deep>
        : M
      : IsPlain<M> extends true
        ? M
        : Shown<M, From, To, Suffix, Picked, Excluded, Deep>;

type Shown<M, From extends StyleTypes, To extends StyleTypes, Suffix extends string, Picked, Excluded, Deep> =
  IsAny<M> extends true
    ? M
    : M extends object
      ? M extends AnyFunction
        ? M extends abstract new (
            ...args: any
          ) => unknown
          ? View<M, From, To, Suffix, Picked, Excluded, Deep>
          : M
        : View<M, From, To, Suffix, Picked, Excluded, Deep>
      : M;

/** What the platform knows by what it is, such as a list or a date, is no view even if all members are. */
type IsPlain<M> =
  NonNullable<M> extends
    | readonly unknown[]
    | Date
    | RegExp
    | Error
    | { readonly [Symbol.toStringTag]: string }
    ? true
    : false;

/** What `new` makes of a class. */
type Instances<
  T,
  From extends StyleTypes,
  To extends StyleTypes,
  Suffix extends string,
  Picked,
  Excluded,
  Deep,
> = T extends new (
  ...args: infer Args
) => infer Instance
  ? new (
      ...args: Args
    ) => Deep extends undefined ? Instance : View<Instance, From, To, Suffix, Picked, Excluded, Deep>
  : unknown;

/** A member of the view. An optional method stays optional. */
type ConvertedMember<M, From extends StyleTypes, To extends StyleTypes> = M extends unknown
  ? IsMethodOf<M, From> extends true
    ? unknown extends (To & { readonly native: M })['converted']
      ? ConvertedFunction<M, From, BoundTypes<To>>
      : (To & { readonly native: M })['converted']
    : M
  : never;
/** Whether a member is a function of the style: no class, and not `any`. */
type IsMethodOf<M, From extends StyleTypes> =
  IsAny<M> extends true
    ? false
    : NonNullable<M> extends AnyFunction
      ? NonNullable<M> extends abstract new (
          ...args: any
        ) => unknown
        ? false
        : Calls<NonNullable<M>, From> extends readonly []
          ? false
          : true
      : false;

/** Whether a member is a function that the style cannot read: no class, and not `any`. */
type IsOfAnotherStyle<M, From extends StyleTypes> =
  IsAny<M> extends true
    ? false
    : NonNullable<M> extends abstract new (
          ...args: any
        ) => unknown
      ? false
      : NonNullable<M> extends AnyFunction
        ? IsMethodOf<M, From> extends true
          ? false
          : true
        : false;

/** A style for methods that are bound to their object already. */
interface BoundTypes<To extends StyleTypes> extends StyleTypes {
  readonly write: Write<To, unknown, this['args'], this['value'], this['item']>;
}

/**
 * The items of all these methods. While the compiler infers a fold next to a `pick` that is left out, it does not know the names yet: then
 * those of {@link MethodNames}.
 */
export type ItemOfAll<T, From extends StyleTypes, Name extends keyof T> =
  IsNever<Name> extends true ? ItemOfEach<T, From, MethodNames<T>> : ItemOfEach<T, From, Name>;

type ItemOfEach<T, From extends StyleTypes, Name extends keyof T> = {
  [K in Name]-?: IsMethodOf<T[K], From> extends true ? ItemOf<NonNullable<T[K]>, From> : never;
}[Name];

/** Nothing to add to the style written to, if it has a place for the items. Otherwise a type that says why not. */
export type PlaceForItems<From extends StyleTypes, To extends StyleTypes> = From['items'] extends true
  ? To['items'] extends true
    ? unknown
    : 'convertAll: these methods emit items; pass { fold: first() } or another fold, or { next } to take them'
  : unknown;
