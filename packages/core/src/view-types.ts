// Types only: how the compiler reads the methods of an object, and writes the view that convertAll returns.

import type { AnyFunction, IsAny, IsNever } from './signatures.js';
import type { Calls, Converted, ConvertedFunction, ItemOf, StyleTypes, Write } from './style-types.js';

/** The members that `convertAll` looks at unless it is told which: no symbols, no `*Sync`, nothing that every object has. */
export type MethodNames<T> = Exclude<keyof T, symbol | `${string}Sync` | keyof Object | 'then'>;

/**
 * The view of an object that `convertAll` returns. Where a method of one of the styles is several members of its object (`beginX` and
 * `endX`), what is converted always stands beside the original members. Otherwise: without a suffix the methods of the style `From` are converted and other members stay as
 * they are, except functions of another style: the view would convert them too, so they are left out unless `pick` leaves them alone. With one the converted methods stand beside the original ones, unless the object has a member of that name.
 */
export type ConvertedAll<
  T,
  From extends StyleTypes,
  To extends StyleTypes,
  Suffix extends string = '',
  Name extends keyof T = MethodNames<T>,
> = unknown extends From['methods']
  ? unknown extends To['members']
    ? ConvertedEach<T, From, To, Suffix, Name>
    : T & AllOf<{ [K in Name]: WrittenMembers<T[K], From, To, `${K & string}${Suffix}`> }[Name]>
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

type ConvertedEach<
  T,
  From extends StyleTypes,
  To extends StyleTypes,
  Suffix extends string,
  Name extends keyof T,
> = Suffix extends ''
  ? {
      [K in keyof T as K extends Name
        ? IsOfAnotherStyle<T[K], From> extends true
          ? never
          : K
        : K]: K extends Name ? ConvertedMember<T[K], From, To> : T[K];
    }
  : T & {
      [K in Name as IsMethodOf<T[K], From> extends true
        ? Exclude<`${K & string}${Suffix}`, keyof T>
        : never]: ConvertedMember<T[K], From, To>;
    };

/** A member of the view. An optional method stays optional. */
type ConvertedMember<M, From extends StyleTypes, To extends StyleTypes> = M extends unknown
  ? IsMethodOf<M, From> extends true
    ? ConvertedFunction<M, From, BoundTypes<To>>
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
