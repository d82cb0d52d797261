import type { Arguments, IsAny, IsNever, StyleTypes } from '@anyasync/core';

declare const operation: unique symbol;

/** Waits for one operation. */
export interface WaitHandle {
  /** Whether it is completed. Zero, or less, asks without waiting; this thread can wait for nothing that runs on it. */
  wait(timeout?: number): boolean;
  /** Whether it is completed within so many milliseconds; rejects with the signal's reason. */
  waitAsync(timeout?: number, signal?: AbortSignal): Promise<boolean>;
}

/** What a begin returns, and the end that belongs to it takes: .NET's IAsyncResult. `T` and `Op` are known to the compiler only. */
export interface AsyncResult<T = unknown, S = unknown, Op extends string = string> {
  /** The state that was given to begin: the same object. */
  readonly asyncState: S;
  /** Whether the operation is completed, in whichever way. */
  readonly isCompleted: boolean;
  /** Whether it was completed inside the begin. */
  readonly completedSynchronously: boolean;
  /** Waits for it. */
  readonly asyncWaitHandle: WaitHandle;
  readonly [operation]?: { readonly value: T; readonly name: Op };
}

/** An AsyncResult of ours can be cancelled: its end throws the reason then. */
export interface CancellableResult<T = unknown, S = unknown, Op extends string = string>
  extends AsyncResult<T, S, Op> {
  /** Stops the work. False if it is completed already. */
  cancel(reason?: unknown): boolean;
}

/** What a begin calls when the operation is completed, always, and once. */
export type AsyncCallback<R = any> = (result: R) => void;

/** Begins an operation: its arguments, a callback, and a state that comes back on the result. */
export type Begin<A extends readonly unknown[], T, Op extends string = string> = <S = undefined>(
  ...args: [...A, callback?: AsyncCallback<CancellableResult<T, S, Op>> | null, state?: S]
) => CancellableResult<T, S, Op>;

/** Ends an operation: gives its value or throws its error, once. */
export type End<T, Op extends string = string> = (result: AsyncResult<T, any, Op>) => T;

/** Begin and end of one operation: the native form of this style. */
export interface BeginEndPair<A extends readonly unknown[] = any[], T = any, Op extends string = string> {
  readonly begin: Begin<A, T, Op>;
  readonly end: End<T, Op>;
}

/** Pairs of functions, begin and end. */
export interface BeginEndTypes extends StyleTypes {
  readonly items: false;
  readonly promiseVersion: false;
  readonly overloads: this['native'] extends { readonly begin: infer B } ? B : never;
  readonly read: IsResult<this['returns']> extends true
    ? BeginArguments<this['args']> extends infer A extends readonly unknown[]
      ? [A, EndResult<this['native']>, never]
      : never
    : never;
  readonly write: BeginEndPair<Arguments<this['args']>, this['value']>;
  readonly methods: PairsOf<this['native']>;
  readonly members: MembersOf<this['name'], this['native']>;
}

/** The value of a pair: what its end returns. */
export type EndResult<P> = P extends { readonly end: (result: any, ...more: any[]) => infer T } ? T : never;

type IsResult<R> =
  IsAny<R> extends true
    ? true
    : R extends { readonly isCompleted: boolean; readonly completedSynchronously: boolean }
      ? true
      : false;

/** Whether something may be a callback. */
type IsCallback<C> =
  IsNever<NonNullable<C>> extends true ? false : NonNullable<C> extends (result: any) => void ? true : false;

/** The arguments without the callback and the state at the end, or without the callback alone. */
export type BeginArguments<Args> = Args extends readonly [...infer A, infer C, any?]
  ? IsCallback<C> extends true
    ? A
    : OptionalCallback<Args>
  : OptionalCallback<Args>;

type OptionalCallback<Args> = Args extends readonly [...infer A, (infer C)?, any?]
  ? IsCallback<C> extends true
    ? A
    : Args extends readonly [...infer B, (infer D)?]
      ? IsCallback<D> extends true
        ? B
        : never
      : never
  : never;

type OperationOf<K> = K extends `begin${infer Op}` ? Op : K extends `Begin${infer Op}` ? Op : never;

type EndKey<T, K> = K extends `begin${infer Op}`
  ? Extract<`end${Op}`, keyof T>
  : K extends `Begin${infer Op}`
    ? Extract<`End${Op}`, keyof T>
    : never;

type IsPair<T, K extends keyof T> =
  IsNever<EndKey<T, K>> extends true
    ? false
    : T[EndKey<T, K> & keyof T] extends (result: any) => unknown
      ? T[K] extends (...args: any) => infer R
        ? IsAny<R> extends true
          ? false
          : IsResult<R>
        : false
      : false;

/** The pairs of an object by the names of their methods: `read` of `beginRead` and `endRead`, `readAsync` if there is a `read` already. */
export type PairsOf<T> = {
  [K in keyof T as K extends string
    ? IsPair<T, K> extends true
      ? MethodName<T, Uncapitalize<OperationOf<K>>>
      : never
    : never]: { readonly begin: T[K]; readonly end: T[EndKey<T, K> & keyof T] };
};

type MethodName<T, Name extends string> = Name extends keyof T ? `${Name}Async` : Name;

/** The members that a written pair consists of. */
export type MembersOf<Name, P> = Name extends string
  ? P extends { readonly begin: infer B; readonly end: infer E }
    ? { [K in `begin${Capitalize<Name>}`]: Branded<B, Name> } & {
        [K in `end${Capitalize<Name>}`]: BrandedEnd<E, Name>;
      }
    : never
  : never;

/** The same begin, whose results only its own end takes. */
type Branded<B, Op extends string> = B extends Begin<infer A, infer T, string> ? Begin<A, T, Op> : B;
type BrandedEnd<E, Op extends string> = E extends End<infer T, string> ? End<T, Op> : E;
