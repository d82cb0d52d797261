// Types only: which methods of an object a view converts, as far as the compiler can know.

import type { BuiltInMembers } from './built-in-members.js';
import type { Selection } from './convertible.js';
import type { AnyFunction, IsNever } from './signatures.js';
import type { StyleTypes } from './style-types.js';

/**
 * The members that `convertAll` looks at unless it is told which: no symbols, no `*Sync`, nothing that every object, emitter or stream has.
 */
export type MethodNames<T> = Exclude<
  keyof T,
  symbol | `${string}Sync` | `_${string}` | 'then' | 'catch' | 'finally' | 'toJSON' | BuiltInMembers<T>
>;

/** What `pick` and `exclude` take. Where an option is left out, the compiler infers all of it. */
export type Selected<T> = Selection<keyof T> | undefined;

/** A selection, `undefined` if the option was left out. */
export type Given<S> = [RegExp | undefined] extends [S] ? undefined : S;

/** The names that a selection gives to the compiler: those of an array, or what a type guard guards. */
type NamesIn<S> = S extends readonly (infer Name)[]
  ? Name
  : S extends (name: any, ...more: any[]) => name is infer Name
    ? Name
    : never;

/** Whether the compiler knows what a selection selects. */
export type IsKnown<S> = S extends
  | undefined
  | readonly unknown[]
  | ((name: any, ...more: any[]) => name is any)
  ? true
  : false;

/** The methods that a view converts, if they are of its style. */
export type Chosen<T, Picked, Excluded> = ChosenBy<T, Given<Picked>, Given<Excluded>>;

type ChosenBy<T, Picked, Excluded> = Exclude<
  Picked extends readonly (infer Name)[]
    ? Exclude<Extract<Name, keyof T>, BuiltInMembers<T>>
    : IsNever<NamesIn<Picked>> extends true
      ? MethodNames<T>
      : Extract<MethodNames<T>, NamesIn<Picked>>,
  NamesIn<Excluded>
>;

/** Without a name that looks converted beside another method, `readAsync` beside `read`, unless it is named. */
export type UnlessBeside<T, Names, Suffix extends string, Picked> = Picked extends readonly unknown[]
  ? Names
  : Names extends `${infer Base}${Suffix}`
    ? Base extends keyof T
      ? NonNullable<T[Base]> extends AnyFunction
        ? never
        : Names
      : Names
    : Names;

/** What a method that is converted has behind its name, unless `suffix` says otherwise. */
export type DefaultSuffix<From extends StyleTypes, To extends StyleTypes> =
  IsSeveral<From, To> extends true ? '' : string extends To['suffix'] ? 'Async' : To['suffix'];

/** Whether a method of one of the styles is several members of its object. */
type IsSeveral<From extends StyleTypes, To extends StyleTypes> = unknown extends From['methods']
  ? unknown extends To['members']
    ? false
    : true
  : true;

/** Nothing to add, unless converted methods are to stand in place of the original ones: then somebody says which. */
export type InPlace<From extends StyleTypes, To extends StyleTypes, Suffix> = Suffix extends ''
  ? IsSeveral<From, To> extends true
    ? unknown
    : { readonly pick: {} } | { readonly exclude: {} }
  : unknown;
