// Types only: reading a signature with a callback, as [arguments, value, item].

import type { AnyFunction, IsAny, IsNever, SplitAt, SplitLast } from '@anyasync/core';
import type { Methods } from './methods.js';
import type {
  IsMultiple,
  LastIsValue,
  MethodName,
  Option,
  PositionOption,
  StyleOption,
  ValuesOption,
} from './option-types.js';

/** `[arguments, value, item]` of a signature of the convention, `never` if it is not one. */
export type ReadConvention<O, Args extends readonly any[]> =
  StyleOption<O> extends 'pair'
    ? ReadPair<O, Args>
    : TakeOut<Args, PositionOption<O>> extends [infer Others extends readonly any[], infer Taken]
      ? StyleOption<O> extends 'options' | 'handler'
        ? ReadObject<O, Args, Others, NonNullable<Taken>>
        : ReadFunction<O, Others, CallbackOf<Taken>>
      : never;

/** `[the other arguments, the one at the position]`. */
type TakeOut<Args extends readonly any[], Position> = Position extends 'last'
  ? SplitLast<Args>
  : SplitAt<Args, Position & number>;

/** The functions in the type of a parameter; anything for `any` and `Function`, `never` if it takes none. */
type CallbackOf<T> =
  IsAny<T> extends true
    ? AnyFunction
    : T extends AnyFunction
      ? T
      : T extends Function
        ? (...args: unknown[]) => void
        : never;

/** The arguments that a callback gets, one union member for each way it is called. */
type CallbackArguments<Callback> = Callback extends (...args: infer Args) => unknown ? Args : never;

type ReadFunction<O, Others, Callback> =
  StyleOption<O> extends 'value-only'
    ? ReadSuccess<O, Others, Callback>
    : IsNever<Callback> extends true
      ? never
      : IsErrorFirst<O, CallbackArguments<Callback>> extends true
        ? ReadResult<O, Others, ValuesAfterError<CallbackArguments<Callback>>>
        : never;

/** With `isError`, the convention says itself what an error is, which may be a number. */
type IsErrorFirst<O, Args> =
  IsNever<Option<O, 'isError', never>> extends true ? (true extends HasError<Args> ? true : false) : true;

/**
 * Whether the first argument can be an error, for each way a callback is called: it may be null or undefined, or it has a message or a name.
 * A callback without arguments has no error to tell.
 */
export type HasError<Args> = Args extends readonly [infer First, ...unknown[]] ? CanBeError<First> : true;

type CanBeError<T> =
  IsNever<T> extends true
    ? true
    : Error extends T
      ? true
      : T extends AnyFunction
        ? false
        : T extends null | undefined | { readonly message: unknown } | { readonly name: unknown }
          ? true
          : false;

/** One callback gets the values, the other the error. */
type ReadPair<O, Args extends readonly any[]> =
  TakeOut<Args, PositionOption<O>> extends [infer Rest extends readonly any[], infer A]
    ? TakeOut<Rest, PositionOption<O>> extends [infer Others, infer B]
      ? IsNever<CallbackOf<A>> extends true
        ? never
        : ReadSuccess<O, Others, CallbackOf<SuccessOf<O, PositionOption<O> extends 'last' ? [B, A] : [A, B]>>>
      : never
    : never;

/** The success callback of a pair. */
type SuccessOf<O, Pair extends [unknown, unknown]> =
  Option<O, 'order', 'success-first'> extends 'error-first' ? Pair[1] : Pair[0];

type ReadSuccess<O, Others, Callback, After = never> =
  IsNever<Callback> extends true
    ? never
    : ReadResult<O, Others, RequiredArguments<CallbackArguments<Callback>>, After>;

/** The event that a function of this convention ends with, or emits. */
type MainEvent<O> =
  IsMultiple<O> extends true
    ? 'next'
    : IsNever<MethodName<O, 'resolve'>> extends true
      ? 'complete'
      : 'resolve';

/** An object among the arguments hears the values through its methods. Of an options object the other members stay an argument. */
type ReadObject<O, Args extends readonly any[], Others extends readonly any[], Given> = ReadSuccess<
  O,
  StyleOption<O> extends 'options' ? WithOtherOptions<O, Args, Others, Remaining<O, Given>> : Others,
  MethodOf<Given, MethodName<O, MainEvent<O>>>,
  IsMultiple<O> extends true ? ValueMethod<O, MethodOf<Given, MethodName<O, 'resolve'>>> : never
>;

/** What the method for the value gets that comes after items; `never` if there is no such method. */
type ValueMethod<O, Method> =
  IsNever<Method> extends true ? never : [Packed<O, RequiredArguments<CallbackArguments<Method>>>];

/** The method of that name, if the object has one. */
type MethodOf<T, Name> = Name extends keyof T
  ? CallbackOf<T[Name]>
  : IsAny<T> extends true
    ? AnyFunction
    : never;

/** The members of an options object that are no callbacks. */
type Remaining<O, Given> = Omit<Given, MethodName<O, keyof Methods>>;

/** The arguments with what remains of the options object in its place; without it if nothing remains. */
type WithOtherOptions<O, Args extends readonly any[], Others extends readonly any[], Rest> =
  IsNever<keyof Rest> extends true
    ? Others
    : PositionOption<O> extends 'last'
      ? {} extends Rest
        ? [...Others, options?: Rest | undefined]
        : [...Others, options: Rest]
      : { [I in keyof Args]: I extends `${PositionOption<O> & number}` ? Rest : Args[I] };

/** Arguments with nothing left out: `v?: T` gives a T. */
type RequiredArguments<Args> = Args extends readonly unknown[] ? Required<Args> : never;

/**
 * The values of an error-first callback. Of a union of argument lists, those that can only be an error are dropped; if that is all of them,
 * the error's type just does not say that it may be missing, as in the AWS SDK.
 */
export type ValuesAfterError<Args> =
  IsNever<ValuesWithoutError<Args>> extends true ? ValuesOfEach<Args> : ValuesWithoutError<Args>;

type ValuesWithoutError<Args> = Args extends readonly []
  ? []
  : Args extends readonly unknown[]
    ? Required<Args> extends readonly [infer Failure, ...infer Values]
      ? null extends Failure
        ? Values
        : undefined extends Args[0]
          ? Values
          : never
      : never
    : never;

type ValuesOfEach<Args> = Args extends readonly unknown[]
  ? Required<Args> extends readonly [unknown, ...infer Values]
    ? Values
    : Args
  : never;

/** `After` holds the value that a method of its own hears after the items. */
type ReadResult<O, Args, Values, After = never> =
  IsMultiple<O> extends true
    ? [Args, ValueAfter<LastIsValue<O> extends true ? [Packed<O, Values>] | After : After>, Packed<O, Values>]
    : [Args, Packed<O, Values>, never];

type ValueAfter<After> = IsNever<After> extends true ? void : After extends [infer Value] ? Value : never;

/** Several values as one. */
type Packed<O, Values> =
  ValuesOption<O> extends 'all'
    ? Values
    : ValuesOption<O> extends readonly string[]
      ? Named<Values, ValuesOption<O>>
      : FirstOf<Values>;

/** The first of the values: void if there are none. */
export type FirstOf<Values> = Values extends readonly []
  ? void
  : Values extends readonly [infer First, ...unknown[]]
    ? First
    : Values extends readonly (infer Each)[]
      ? Each | undefined
      : unknown;

type Named<Values, Names extends readonly string[]> = Values extends readonly unknown[]
  ? {
      -readonly [I in keyof Names & `${number}` as Names[I] & string]: I extends keyof Values
        ? Values[I]
        : undefined;
    }
  : never;
