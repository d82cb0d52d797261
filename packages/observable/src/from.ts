import { type AnyStart, ArgumentError, assertArgument, type Operation, type Receiver } from '@anyasync/core';
import { assertNoMore } from './arguments.js';
import { isObservable, observableIn, type Subscribable, subscribable } from './dialect.js';
import { FirstListening, firstItem, type WhenEmpty } from './first.js';
import { listen } from './listening.js';
import type { ObservableInput, ObservableLike, ObservedValueOf } from './types.js';

/** The Observable that an operation was made from, for the way back; the key is registered, so that it works across copies of the package. */
export const native: unique symbol = Symbol.for('anyasync.observable/1') as never;

class ObservableOperation implements Operation<void, unknown> {
  readonly [native]: object;
  constructor(observable: object) {
    this[native] = observable;
  }
  get version(): 1 {
    return 1;
  }
  get '~anyasync'(): this {
    return this;
  }
  start(receiver: Receiver<void, unknown>): void {
    startObservable(receiver, this[native]);
  }
}

/** Starts the Observable that it is given as `this`. */
function startObservable(receiver: Receiver<void, unknown>, self: object): void {
  listen(subscribable(self), receiver);
}

/** The same for the first item only. */
export const startFirst =
  (whenEmpty: WhenEmpty): AnyStart =>
  (receiver: Receiver<any, unknown>, self: object): void =>
    listen(subscribable(self), receiver, new FirstListening(receiver, whenEmpty));

/** Throws an ArgumentError unless it is one; gives it. */
export function assertObservable(observable: object): object {
  const message =
    '[observable] pass an Observable. What only has a subscribe() is read by fromSubscribable().';
  assertArgument(isObservable(observable), 'observable', observable, message);
  return observable;
}

/**
 * Reads an Observable as an operation: of RxJS 6, 7, 8 or 9, of the platform, of zen-observable, xstream, most, or any other that has
 * `Symbol.observable` or `@@observable`. It is recognised by its structure, so that no library has to be there.
 *
 * - Cold as the Observable is: each start is one subscription. (The platform's share one run among those who listen at the same time.)
 * - Items are what it emits, the same objects. Errors: the same object; one branded as cancelled (`isCancelled`) is a cancellation.
 * - Cancelling: unsubscribes, or aborts the signal, once, before it returns. A source that emits in a loop inside `subscribe` stops after
 *   the item that was enough; those of zen-observable, xstream and most cannot be told so early, and what they go on to emit is not heard.
 * - Synchronous where the Observable is.
 * - `toObservable(fromObservable(observable), { Observable })` is that Observable, if it is of that constructor.
 *
 * @throws {ArgumentError} `observable` is none. What has no more than a `subscribe` is read by {@link fromSubscribable}.
 * @example
 * ```ts
 * import { first } from '@anyasync/core';
 * import { fromObservable } from '@anyasync/observable';
 * import { toPromise } from '@anyasync/promise';
 * import { interval } from 'rxjs';
 *
 * await toPromise(fromObservable(interval(1)), { fold: first() }); //=> 0
 * ```
 */
export function fromObservable<O extends ObservableInput>(observable: O): Operation<void, ObservedValueOf<O>>;
export function fromObservable(observable: object, surplus?: unknown): Operation<void, unknown> {
  assertNoMore(surplus, 'fromObservable() takes an Observable');
  return new ObservableOperation(assertObservable(observable));
}

/**
 * Reads an object that has a `subscribe(observer)` as an operation, whatever else it is: for Observables that carry no mark of their
 * kind. As {@link fromObservable} otherwise; to stop, calls what `subscribe` returned, or its `unsubscribe`.
 *
 * @throws {ArgumentError} `source` has no `subscribe`.
 * @example
 * ```ts
 * import { toArray } from '@anyasync/core';
 * import { fromSubscribable, type Observer } from '@anyasync/observable';
 * import { toPromise } from '@anyasync/promise';
 *
 * const twice = { subscribe(observer: Observer<number>) { observer.next(1); observer.next(2); observer.complete(); } };
 * await toPromise(fromSubscribable(twice), { fold: toArray() }); //=> [1, 2]
 * ```
 */
export function fromSubscribable<O extends { subscribe(observer: any): unknown }>(
  source: O,
): Operation<void, ObservedValueOf<O>>;
export function fromSubscribable(source: object, surplus?: unknown): Operation<void, unknown> {
  assertNoMore(surplus, 'fromSubscribable() takes an object with a subscribe(observer)');
  const { subscribe } = Object(source) as Partial<ObservableLike<unknown>>;
  const message = '[observable] fromSubscribable() takes an object with a subscribe(observer).';
  assertArgument(typeof subscribe === 'function', 'source', source, message);
  return new ObservableOperation(source);
}

/** Reads a function that returns an Observable: each start is one call, and one subscription. */
export function liftObservable(fn: (...args: unknown[]) => unknown): AnyStart {
  const call = (
    receiver: Receiver<never, unknown>,
    self: unknown,
    args: readonly unknown[],
  ): Subscribable => {
    const observable = Reflect.apply(fn, self, args);
    const source = observableIn(observable);
    if (source === undefined) throw noObservable(fn, observable);
    receiver.handle?.(observable);
    return source;
  };
  const start: AnyStart = (receiver, self, args) => listen(call(receiver, self, args), receiver);
  const first =
    (whenEmpty: WhenEmpty): AnyStart =>
    (receiver, self, args) =>
      listen(call(receiver, self, args), receiver, new FirstListening(receiver, whenEmpty));
  return Object.assign(start, { [firstItem]: first });
}

function noObservable(fn: { readonly name: string }, received: unknown): ArgumentError {
  const message = `[observable] ${fn.name || 'the function'}() returned no Observable. Convert it from the style that it has.`;
  return new ArgumentError('fn', received, message);
}
