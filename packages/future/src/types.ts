import type { Arguments, FunctionOf, IsAny, IsNever, StyleTypes } from '@anyasync/core';
import type { FutureLike } from './from.js';
import type { Future } from './future.js';

/** Functions that return a future. */
export interface FutureTypes extends StyleTypes {
  readonly items: false;
  readonly promiseVersion: false;
  readonly read: ResultOf<this['returns']> extends readonly [infer T] ? [this['args'], T, never] : never;
  readonly write: FunctionOf<this['this'], Arguments<this['args']>, Future<this['value']>>;
}

/** `[the value]` of what may be a future; `never` of anything else. */
type ResultOf<R> =
  IsAny<R> extends true
    ? [any]
    : IsNever<R> extends true
      ? never
      : [R] extends [FutureLike<infer T>]
        ? [T]
        : never;
