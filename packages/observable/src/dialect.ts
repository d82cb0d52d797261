/**
 * How Observables are recognised and stopped, by their structure alone: an `instanceof` fails as soon as two copies of a library are
 * loaded, or two realms meet.
 */
import { ArgumentError } from '@anyasync/core';

/** What is subscribed to. */
export interface Subscribable {
  subscribe(observer: object, options?: object): unknown;
}

const isFunction = (value: unknown): boolean => typeof value === 'function';

/**
 * The function that gives the Observable behind an object, if it has one. Both keys are looked at each time: `Symbol.observable` is
 * defined by whichever library comes first, so that an Observable made before and one made after have different ones.
 */
function interop(value: object): (() => unknown) | undefined {
  const { observable } = Symbol as { readonly observable?: symbol };
  const keyed = value as Record<PropertyKey, unknown>;
  const method = (observable === undefined ? undefined : keyed[observable]) ?? keyed['@@observable'];
  return isFunction(method) ? (method as () => unknown) : undefined;
}

/** Whether it is one of the platform's, or of RxJS 9: stopped by a signal. No other Observable has these methods. */
export function isPlatform(value: object): boolean {
  const { subscribe, takeUntil, inspect } = value as Record<string, unknown>;
  return isFunction(takeUntil) && isFunction(inspect) && isFunction(subscribe); // each Observable that is read is asked
}

/**
 * Whether a value is an Observable, of RxJS 6 to 9, of the platform, or of any library that has `Symbol.observable` or `@@observable`. Only
 * looks: nothing is called. An object that has no more than a `subscribe` is none: stores and actors share that name; see
 * {@link fromSubscribable}.
 *
 * @example
 * ```ts
 * import { isObservable } from '@anyasync/observable';
 * import { of } from 'rxjs';
 *
 * isObservable(of(1)); //=> true
 * isObservable({ subscribe: () => {} }); //=> false
 * ```
 */
export function isObservable(value: unknown): value is object {
  try {
    return isObject(value) && (interop(value) !== undefined || isPlatform(value));
  } catch {
    return false; // it cannot be looked at
  }
}

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

/** What is to be subscribed to, if it is an Observable. */
export function observableIn(value: unknown): Subscribable | undefined {
  if (!isObject(value)) return undefined;
  const give = interop(value);
  if (give !== undefined) return given(Reflect.apply(give, value, []) ?? value);
  return isPlatform(value) ? (value as Subscribable) : undefined;
}

/** What is to be subscribed to, of an Observable or something that has no more than a `subscribe`. */
export function subscribable(value: object): Subscribable {
  return given(interop(value)?.call(value) ?? value);
}

function given(observable: unknown): Subscribable {
  const inner = observable as Subscribable;
  if (isFunction(inner.subscribe)) return inner;
  const message = '[observable] the object has a Symbol.observable that gives nothing with a subscribe().';
  throw new ArgumentError('observable', inner, message);
}
