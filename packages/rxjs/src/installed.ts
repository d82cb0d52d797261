import type { AnyObservable } from '@anyasync/observable';
import * as rxjs from 'rxjs';

/**
 * The Observable of the RxJS that is installed, found as what every Subject is: RxJS 9 exports none of its own, since it is the platform's.
 * To name an export that one of the versions lacks would be an error for some bundlers, and to look it up by name keeps all of RxJS in
 * the bundle.
 */
export const InstalledObservable: AnyObservable = /* @__PURE__ */ Object.getPrototypeOf(rxjs.Subject);

/** Its error for "no value". */
export const InstalledEmptyError: new () => Error = rxjs.EmptyError;

declare const observable: typeof rxjs extends { readonly Observable: infer C }
  ? C
  : typeof globalThis extends { readonly Observable: infer C }
    ? C
    : never;

/** An Observable of the RxJS that is installed. */
export type RxObservable<T> = InstanceType<typeof observable<T>>;
