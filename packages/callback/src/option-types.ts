// Types only: a convention's options as the compiler sees them.

import type { IsNever } from '@anyasync/core';
import type { ConventionOptions, Until } from './convention.js';
import type { Methods } from './methods.js';

/** An option of a convention, or its default where it is left out. Of several names: a union. */
export type Option<O, Name extends keyof ConventionOptions, Default> = Name extends unknown
  ? O extends { readonly [N in Name]: infer Given }
    ? Given extends undefined
      ? Default
      : Given
    : Default
  : never;

export type StyleOption<O> = Option<O, 'style', 'error-first'>;
export type PositionOption<O> =
  Option<O, 'position', 'last'> extends infer Given ? (Given extends 'first' ? 0 : Given) : never;
export type ValuesOption<O> = Option<O, 'values', 'one'>;
/** Who names a method for items has items. */
export type IsMultiple<O> =
  Option<
    O,
    'multiple',
    IsNever<NameFor<Option<O, 'methods', {}>, 'next'>> extends true ? false : true
  > extends false
    ? false
    : true;
/** Whether there is a value after the items: with `last: 'value'`, or by a method of its own. */
export type LastIsValue<O> = Option<O, 'multiple', false> extends { readonly last: 'value' } ? true : false;

/** Nothing to add, or for each name that is no option a member that no object has, so that a misspelt one does not compile. */
export type Misspelt<O> = Wrong<O, ConventionOptions> &
  WrongIn<O, 'methods', Methods> &
  WrongIn<O, 'multiple', Until>;

type Wrong<Given, Known> =
  IsNever<Exclude<keyof Given, keyof Known>> extends true
    ? unknown
    : { readonly [Name in Exclude<keyof Given, keyof Known>]: never };

type WrongIn<O, Name extends string, Known> = O extends { readonly [N in Name]: infer Given extends object }
  ? unknown extends Wrong<Given, Known>
    ? unknown
    : { readonly [N in Name]: Wrong<Given, Known> }
  : unknown;

/** The names of the methods of an options or handler object for these events; `never` if there are none. */
export type MethodName<O, Event extends keyof Methods> = NameFor<
  Option<O, 'methods', DefaultMethods<O>>,
  Event
>;

type NameFor<Given, Event> = Event extends keyof Given ? Extract<Given[Event], string> : never;

type DefaultMethods<O> =
  StyleOption<O> extends 'options'
    ? IsMultiple<O> extends true
      ? { next: 'success'; reject: 'error' }
      : { resolve: 'success'; reject: 'error' }
    : IsMultiple<O> extends true
      ? { next: 'onNext'; reject: 'onError'; complete: 'onComplete'; abort: 'onCancel' }
      : { resolve: 'onSuccess'; reject: 'onError'; complete: 'onComplete'; abort: 'onCancel' };

/** Node's own convention, for which `util.promisify.custom` is honoured: nothing is said that would change how it is called or read. */
export type IsNodeConvention<O> = [StyleOption<O>, PositionOption<O>, IsMultiple<O>] extends [
  'error-first',
  'last',
  false,
]
  ? IsNever<Option<O, 'values' | 'isError' | 'arity' | 'stop' | 'errorEvent', never>>
  : false;
