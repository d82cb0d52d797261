import { EmptyError, type Fold, first, last, type RunOptions, throwIfEmpty } from '@anyasync/core';
import { toPromise } from '@anyasync/promise';
import { fromObservable } from './from.js';
import type { ObservedValueOf } from './types.js';

/** What {@link firstValueFrom} and {@link lastValueFrom} can be asked, beside the options of one run. */
export interface ValueFromOptions<D> extends Omit<RunOptions, 'next'> {
  /** The value if there is none; `undefined` is one as well. */
  readonly defaultValue?: D;
  /** The class of the error if there is no value and no default. Without it that of this package, which has the same name as RxJS's. */
  readonly EmptyError?: (new () => Error) | undefined;
}

/** Presence of the key is what counts, not of other options, as it does in RxJS 7. */
function valueFrom(source: object, options: ValueFromOptions<unknown>, take: typeof first): Promise<unknown> {
  const { defaultValue, EmptyError: Empty, ...run } = options;
  let fold = ('defaultValue' in options ? take(defaultValue) : take()) as Fold<unknown, unknown>;
  if (Empty !== undefined && !('defaultValue' in options)) fold = throwIfEmpty(fold, () => new Empty());
  return toPromise(fromObservable(source), { ...run, fold });
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
export function firstValueFrom<O extends object, D = never>(
  source: O,
  options: ValueFromOptions<D> = {},
): Promise<ObservedValueOf<O> | D> {
  return valueFrom(source, options, first) as Promise<never>;
}

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
export function lastValueFrom<O extends object, D = never>(
  source: O,
  options: ValueFromOptions<D> = {},
): Promise<ObservedValueOf<O> | D> {
  return valueFrom(source, options, last) as Promise<never>;
}
