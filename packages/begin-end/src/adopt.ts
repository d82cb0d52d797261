import {
  assertObject,
  type ConvertedAll,
  convertAll,
  type PromiseTypes,
  type RunOptions,
} from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { beginEnd } from './style.js';
import type { BeginEndTypes, PairsOf } from './types.js';

/** What can be asked of {@link adopt}: the pairs, by the names of their methods, and the defaults of each call. */
export interface AdoptOptions<Name extends PropertyKey = PropertyKey> extends RunOptions<any, never> {
  /** The methods to add. Without it: all. */
  readonly pick?: readonly Name[] | undefined;
}

/** Options that name the methods. */
type Picked<Name extends PropertyKey> = AdoptOptions<Name> & { readonly pick: readonly Name[] };
/** What {@link adopt} gives of an object. */
type Adopted<T> = ConvertedAll<T, BeginEndTypes, PromiseTypes>;

/**
 * Promises beside the pairs of an object: `read(...)` for `beginRead` and `endRead`, so that callers can move one by one.
 *
 * - A view: the original is never changed, its methods run on it, and all its members are there. A method whose name the object has
 *   already gets `Async` behind it.
 * - Each call begins one operation, and ends it exactly once. What begin throws rejects.
 * - Cancelling: `view.read.with({ signal })(...)`; see the style {@link beginEnd}.
 * - Pairs are found by name, and by type only if begin returns an AsyncResult (`beginPath` is none); a false friend is left as it is.
 *
 * @throws {ArgumentError} `object` is none, or an option cannot be meant.
 * @example
 * ```ts
 * import { adopt, expose } from '@anyasync/begin-end';
 *
 * const legacy = expose({ half: async (n: number) => n / 2 }); // has beginHalf and endHalf
 * await adopt({ beginHalf: legacy.beginHalf, endHalf: legacy.endHalf }).half(8); //=> 4
 * ```
 */
export function adopt<T extends object, Name extends keyof PairsOf<T>>(
  object: T,
  options: Picked<Name>,
): T & Pick<Adopted<T>, Extract<keyof Adopted<T>, Name | `${Name & string}Async`>>;
export function adopt<T extends object>(
  object: T,
  options?: AdoptOptions<keyof PairsOf<T>> & { readonly pick?: undefined },
): Adopted<T>;
export function adopt(object: object, options: object = {}): any {
  assertObject(object, '[begin-end] adopt()');
  return convertAll(object, beginEnd, promise, options);
}

/**
 * Pairs beside the promise methods of an object: `beginRead` and `endRead` for `read(...)`, for callers that know nothing else yet.
 *
 * - A view: the original is never changed, its methods run on it, and all its members are there.
 * - Begin calls the method. The rest is as for the style {@link beginEnd}.
 *
 * @throws {ArgumentError} `object` is none, or an option cannot be meant.
 * @example
 * ```ts
 * import { expose } from '@anyasync/begin-end';
 *
 * const client = expose({ half: async (n: number) => n / 2 });
 * const begun = client.beginHalf(8, null, 'state');
 * await begun.asyncWaitHandle.waitAsync();
 * client.endHalf(begun); //=> 4
 * ```
 */
export function expose<T extends object, Name extends keyof T>(
  object: T,
  options: Picked<Name>,
): ConvertedAll<T, PromiseTypes, BeginEndTypes, '', readonly Name[]>;
export function expose<T extends object>(
  object: T,
  options?: AdoptOptions<keyof T> & { readonly pick?: undefined },
): ConvertedAll<T, PromiseTypes, BeginEndTypes>;
export function expose(object: object, options: object = {}): any {
  assertObject(object, '[begin-end] expose()');
  return convertAll(object, promise, beginEnd, options);
}
