// Types only: writing [arguments, value, item] as a signature with a callback.

import type { AnyFunction, IsAny, IsNever, SplitLast } from '@anyasync/core';
import type {
  IsMultiple,
  MethodName,
  Option,
  PositionOption,
  StyleOption,
  ValuesOption,
} from './option-types.js';

/** The arguments of a signature with the callbacks of the convention. */
export type WrittenArguments<O, Args extends readonly any[], Value, Item> =
  SuccessArguments<O, Value, Item> extends infer Values extends readonly any[]
    ? StyleOption<O> extends 'options'
      ? WithHandlers<PositionOption<O>, Args, Handler<O, Values, Unpacked<O, Value>>>
      : Inserted<PositionOption<O>, Args, Callbacks<O, Values, Unpacked<O, Value>>>
    : never;

/** What the callback gets on success: nothing for void. A style with items gets each of them, and the value if there is one. */
type SuccessArguments<O, Value, Item> = Unpacked<
  O,
  IsNever<Item> extends true
    ? Value
    : IsVoid<Value> extends true
      ? Item
      : HasBoth<O> extends true
        ? Item
        : Item | Value
>;

type IsVoid<T> = IsAny<T> extends true ? false : [T] extends [void] ? true : false;

/** Whether items and the value after them have a method each. */
type HasBoth<O> =
  IsMultiple<O> extends true ? (IsNever<MethodName<O, 'resolve'>> extends true ? false : true) : false;

/** One value as several arguments. */
type Unpacked<O, Value> =
  IsVoid<Value> extends true
    ? []
    : ValuesOption<O> extends 'all'
      ? Value extends readonly any[]
        ? [...Value]
        : [value: Value]
      : ValuesOption<O> extends readonly string[]
        ? Members<Value, ValuesOption<O>>
        : [value: Value];

/** The members of these names, in their order. */
type Members<T, Names extends readonly string[]> = {
  -readonly [I in keyof Names]: Names[I] extends keyof T ? T[Names[I]] : undefined;
};

/** The arguments that a convention adds. The failure callback may be left out where nothing comes after it. */
type Callbacks<O, Values extends readonly any[], Value> =
  StyleOption<O> extends 'error-first'
    ? [callback: ErrorFirst<Values>]
    : StyleOption<O> extends 'value-only'
      ? [callback: (...values: Values) => void]
      : StyleOption<O> extends 'handler'
        ? [handler: Handler<O, Values, Value>]
        : Option<O, 'order', 'success-first'> extends 'error-first'
          ? [failure: (error: any) => void, success: (...values: Values) => void]
          : PositionOption<O> extends 'last'
            ? [success: (...values: Values) => void, failure?: ((error: any) => void) | undefined]
            : [success: (...values: Values) => void, failure: (error: any) => void];

/** The methods of an options or handler object: the one for the values must be there, and the one for a value after items. */
type Handler<O, Values extends readonly any[], Value> = {
  [Name in MethodName<O, IsMultiple<O> extends true ? 'next' : 'resolve'>]: (...values: Values) => void;
} & (HasBoth<O> extends true
  ? { [Name in MethodName<O, 'resolve'>]: (...values: Extract<Value, readonly any[]>) => void }
  : unknown) & { [Name in MethodName<O, 'reject' | 'abort'>]?: ((reason: any) => void) | undefined } & {
    [Name in MethodName<O, 'complete'>]?: (() => void) | undefined;
  };

/**
 * An error-first callback. A function written in place gets the arguments as a union, so that `if (error)` tells whether the values are
 * there. A function that exists already, with its values typed as if they always were, fits the second member: it has two signatures,
 * and the compiler takes none of them for a function written in place.
 */
type ErrorFirst<Values extends readonly any[]> = Values extends readonly []
  ? (error: Error | null) => void
  :
      | ((
          ...result:
            | [error: Error, ...missing: { [I in keyof Values]: undefined }]
            | [error: null, ...values: Values]
        ) => void)
      | { (error: Error | null, ...values: Values): void; <_>(error: Error | null, ...values: Values): void };

/** The callback that a written Node function takes: `(error) => void` for void, otherwise `(error, value) => void`. */
export type NodeCallback<Value> = ErrorFirst<IsVoid<Value> extends true ? [] : [value: Value]>;

/** The handlers go into the options object that stands at the position, or into one of their own. */
type WithHandlers<Position, Args extends readonly any[], Handlers> = Position extends 'last'
  ? SplitLast<Args> extends [infer Before extends readonly any[], infer Last]
    ? IsOptionsObject<Last> extends true
      ? [...Before, options: Last & Handlers]
      : Appended<Args, [options: Handlers]>
    : [...Args, options: Handlers]
  : `${Position & number}` extends keyof Args
    ? { [I in keyof Args]: I extends `${Position & number}` ? Args[I] & Handlers : Args[I] }
    : InsertedAt<Args, Position & number, [options: Handlers]>;

type IsOptionsObject<T> =
  IsAny<T> extends true
    ? false
    : NonNullable<T> extends object
      ? NonNullable<T> extends AnyFunction | readonly unknown[]
        ? false
        : true
      : false;

/** The arguments with the callbacks at their position. */
type Inserted<Position, Args extends readonly any[], Added extends readonly any[]> = Position extends 'last'
  ? Appended<Args, Added>
  : InsertedAt<Args, Position & number, Added>;

/** The callbacks come last, after as many optional arguments as the caller likes: `[a, callback] | [a, b, callback]`. */
type Appended<Args extends readonly any[], Added extends readonly any[]> = Args extends readonly []
  ? Added
  : Args extends readonly [...unknown[], unknown]
    ? [...Args, ...Added]
    : number extends Args['length']
      ? [...Args, ...Added]
      : Args extends readonly [...infer Before, unknown?]
        ? Appended<Before, Added> | [...Args, ...Added]
        : never;

type InsertedAt<
  Args extends readonly any[],
  Index extends number,
  Added extends readonly any[],
  Before extends readonly any[] = [],
> = Before['length'] extends Index
  ? [...Before, ...Added, ...Args]
  : Args extends readonly [infer First, ...infer After]
    ? InsertedAt<After, Index, Added, [...Before, First]>
    : Args extends readonly [(infer First)?, ...infer After]
      ? InsertedAt<After, Index, Added, [...Before, First | undefined]>
      : never;
