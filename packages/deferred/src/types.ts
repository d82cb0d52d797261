import type { Arguments, FunctionOf, IsAny, IsNever, StyleTypes } from '@anyasync/core';
import type { Deferred } from './deferred.js';
import type { Failure } from './failure.js';
import type { DeferredLike } from './from.js';

/** Stops the work of a Deferred. It may fire the Deferred itself; otherwise that fails with a CancelledError. */
export type Canceller = (deferred: Deferred<any>) => unknown;

/** What a callback returns, and the next one gets: the result of a Deferred instead of the Deferred; a Failure goes to the errbacks. */
export type Resulting<R> = R extends Failure ? never : R extends Deferred<infer T> ? T : R;

/** Functions that return a Deferred. */
export interface DeferredTypes extends StyleTypes {
  readonly items: false;
  readonly promiseVersion: false;
  readonly read: ResultOf<this['returns']> extends readonly [infer T] ? [this['args'], T, never] : never;
  readonly write: FunctionOf<this['this'], Arguments<this['args']>, Deferred<this['value']>>;
}

/** `[the value]` of what may be a Deferred; `never` of anything else. */
type ResultOf<R> =
  IsAny<R> extends true
    ? [any]
    : IsNever<R> extends true
      ? never
      : R extends Deferred<infer T>
        ? [T]
        : R extends DeferredLike<infer T>
          ? [T]
          : never;
