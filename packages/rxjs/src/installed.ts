import type { AnyObservable } from '@anyasync/observable';
import * as rxjs from 'rxjs';

/** What is used of it: RxJS 6 to 8 have an Observable, RxJS 9 has the platform's, and its own that runs for each subscriber. */
interface Installed {
  readonly Observable?: AnyObservable;
  readonly ColdObservable?: AnyObservable;
  readonly EmptyError: new () => Error;
}

const { Observable, ColdObservable, EmptyError } = rxjs as unknown as Installed;

/** The constructor of the RxJS that is installed: each subscriber has a run of its own, in every version. */
export const InstalledObservable: AnyObservable = (Observable ?? ColdObservable) as AnyObservable;

/** Its error for "no value". */
export const InstalledEmptyError: new () => Error = EmptyError;

type Rx = typeof rxjs;
declare const observable: Rx extends { readonly Observable: infer C }
  ? C
  : Rx extends { readonly ColdObservable: infer C }
    ? C
    : never;

/** An Observable of the RxJS that is installed. */
export type RxObservable<T> = InstanceType<typeof observable<T>>;
