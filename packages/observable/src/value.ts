import {
  assertArgument,
  EmptyError,
  type Fold,
  first,
  last,
  optionsOf,
  type RunOptions,
  throwIfEmpty,
} from '@anyasync/core';
import { promise, toPromise } from '@anyasync/promise';
import { assertNoMore } from './arguments.js';
import type { WhenEmpty } from './first.js';
import { assertObservable, fromObservable, startFirst } from './from.js';
import type { ObservableInput, ObservedValueOf } from './types.js';

/** What {@link firstValueFrom} and {@link lastValueFrom} can be asked, beside the options of one run. */
export interface ValueFromOptions<D> extends Omit<RunOptions, 'next'> {
  /** The value if there is none; `undefined` is one as well. */
  readonly defaultValue?: D;
  /** The class of the error if there is no value and no default. Without it that of this package, which has the same name as RxJS's. */
  readonly EmptyError?: (new () => Error) | undefined;
}

const none: ValueFromOptions<never> = {};

/** The first value where nothing else is asked, the usual case: with no run between the observer and the promise's. */
function plainFirst(Class: (new () => Error) | undefined): (this: object) => Promise<unknown> {
  const whenEmpty: WhenEmpty = (receiver) =>
    receiver.reject(Class === undefined ? new EmptyError('first') : new Class());
  return promise.lower(startFirst(whenEmpty), promise.traits) as (this: object) => Promise<unknown>;
}

/** A function of that kind. */
function valueFrom(
  take: typeof first,
  Class?: new () => Error,
): (source: any, options?: object, surplus?: unknown) => any {
  const plain = take === first ? plainFirst(Class) : undefined;
  const orEmpty = (fold: Fold<any, unknown>, Empty = Class): Fold<any, unknown> =>
    Empty === undefined ? fold : throwIfEmpty(fold, () => new Empty());
  return (source, options: ValueFromOptions<unknown> = none, surplus?: unknown) => {
    assertNoMore(surplus, 'firstValueFrom() and lastValueFrom() take an Observable and options');
    if (options === none && plain !== undefined) return plain.call(assertObservable(source));
    const asked = optionsOf(options, undefined, ['defaultValue', 'EmptyError']);
    const { defaultValue, EmptyError: Empty, ...run } = asked;
    const message = '[observable] the EmptyError option is a class of errors.';
    assertArgument(Empty === undefined || typeof Empty === 'function', 'EmptyError', Empty, message);
    // Presence of the key is what counts, not of other options, as it does in RxJS 7.
    const fold = 'defaultValue' in asked ? take(defaultValue) : orEmpty(take(), Empty);
    return toPromise(fromObservable(source), { ...run, fold });
  };
}

/** {@link firstValueFrom} and {@link lastValueFrom} by type. */
export type ValueFrom = <O extends ObservableInput, D = never>(
  source: O,
  options?: ValueFromOptions<D>,
) => Promise<ObservedValueOf<O> | D>;

/**
 * {@link firstValueFrom} and {@link lastValueFrom} with a class of their own for the error where there is no value. For adapters that are bound
 * to a library.
 *
 * @example
 * ```ts
 * import { valueFromWith } from '@anyasync/observable';
 * import { EMPTY, EmptyError } from 'rxjs';
 *
 * const { firstValueFrom } = valueFromWith(EmptyError);
 * await firstValueFrom(EMPTY).catch((error) => error instanceof EmptyError); //=> true
 * ```
 */
export function valueFromWith(EmptyError: new () => Error): {
  readonly firstValueFrom: ValueFrom;
  readonly lastValueFrom: ValueFrom;
} {
  return { firstValueFrom: valueFrom(first, EmptyError), lastValueFrom: valueFrom(last, EmptyError) };
}

/**
 * The first value of an Observable, of any library or the platform, as a promise. RxJS's function, with a signal and a timeout.
 *
 * - Subscribes at once, and unsubscribes when the value is there, in the same turn, also while `subscribe` still runs.
 * - Errors: the Observable's, the same object. An {@link EmptyError} if it completed without a value, and there is no `defaultValue`.
 * - Cancelling: `{ signal }` unsubscribes and rejects with `signal.reason`, `{ timeout }` with a TimeoutError; never with an EmptyError.
 * - Asynchronous always. A value that is a thenable is adopted; `outcome` keeps it.
 *
 * @throws {ArgumentError} `source` is no Observable, or an option cannot be meant.
 * @example
 * ```ts
 * import { firstValueFrom } from '@anyasync/observable';
 * import { EMPTY, interval } from 'rxjs';
 *
 * await firstValueFrom(interval(1), { timeout: 1000 }); //=> 0
 * await firstValueFrom(EMPTY, { defaultValue: undefined }); //=> undefined
 * await firstValueFrom(EMPTY).catch((error) => error.name); //=> 'EmptyError'
 * ```
 */
export const firstValueFrom: ValueFrom = /* @__PURE__ */ valueFrom(first);

/**
 * The last value of an Observable, when it completes. With one that never does, give a `signal` or a `timeout`. As {@link firstValueFrom}
 * otherwise.
 *
 * @throws {ArgumentError} `source` is no Observable, or an option cannot be meant.
 * @example
 * ```ts
 * import { lastValueFrom } from '@anyasync/observable';
 * import { of } from 'rxjs';
 *
 * await lastValueFrom(of('a', 'b')); //=> 'b'
 * ```
 */
export const lastValueFrom: ValueFrom = /* @__PURE__ */ valueFrom(last);
