import { type Fold, type Operation, type OperationOptions, optionsOf, type RunOptions } from '@anyasync/core';
import { type Emitted, type ObservableOptions, toObservable as write } from '@anyasync/observable';
import { InstalledObservable, type RxObservable } from './installed.js';

/** How it is written, beside the options of its runs. */
type Written = Omit<ObservableOptions, 'Observable'>;

/**
 * Writes an operation as an Observable of the RxJS that is installed: `toObservable` of `@anyasync/observable`, with its constructor.
 *
 * - Cold: starts the operation for each subscriber, again for each `retry`; `{ share: 'replay' }` starts it once for all.
 * - Items are emitted as they come; a value is emitted, and the Observable completes.
 * - Errors: the source's reason, the same object; a cancelled source is an error too.
 * - Cancelling: unsubscribing cancels the run before it returns; `{ cancel: 'detach' }` only stops listening.
 * - Synchronous where the source is.
 * - `toObservable(fromObservable(observable))` is that Observable, if it is one of the RxJS that is installed.
 *
 * @param options - Those of one run. Times are milliseconds.
 * @throws {ArgumentError} `operation` is none, or an option cannot be meant.
 * @example
 * ```ts
 * import { fromPromise } from '@anyasync/promise';
 * import { toObservable } from '@anyasync/rxjs';
 * import { defer, firstValueFrom, retry } from 'rxjs';
 *
 * let calls = 0;
 * const flaky = fromPromise(async () => { if (++calls < 3) throw new Error('busy'); return calls; });
 * await firstValueFrom(toObservable(flaky).pipe(retry(2))); //=> 3
 * ```
 */
export function toObservable<T, Item, R>(
  operation: Operation<T, Item>,
  options: OperationOptions<T, Item, R> & Written & { readonly fold: Fold<Item, R> },
): RxObservable<R>;
export function toObservable<T, Item>(
  operation: Operation<T, Item>,
  options: RunOptions<T, Item> & Written & { readonly next: (item: Item) => void },
): RxObservable<T>;
export function toObservable<T, Item = never>(
  operation: Operation<T, Item>,
  options?: RunOptions<T, Item> & Written,
): RxObservable<Emitted<T, Item>>;
export function toObservable(operation: any, options: object = {}, ...surplus: []): any {
  const asked = optionsOf(options, undefined, ['share', 'context']);
  return write(operation, { ...asked, Observable: InstalledObservable }, ...surplus);
}
