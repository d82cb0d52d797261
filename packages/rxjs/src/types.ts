import type { CallbackTypes, ConventionTypes } from '@anyasync/callback';
import type { Arguments, Converted, FunctionOf, RunOptionsOf, StyleTypes, WithOptions } from '@anyasync/core';
import type { Emitted, ObservableTypes } from '@anyasync/observable';
import type { RxObservable } from './installed.js';

/** Functions that return an Observable; written, one of the RxJS that is installed. */
export interface RxjsTypes extends ObservableTypes {
  readonly write: FunctionOf<
    this['this'],
    Arguments<this['args']>,
    RxObservable<Emitted<this['value'], this['item']>>
  >;
}

/** What {@link bindNodeCallback} and {@link bindCallback} return. */
export type Bound<F, From extends StyleTypes = CallbackTypes> = WithOptions<
  Converted<F, From, RxjsTypes>,
  RunOptionsOf<F, From>
>;

/** A callback that gets only the value. */
export type ValueOnlyTypes = ConventionTypes<{ readonly style: 'value-only' }>;
