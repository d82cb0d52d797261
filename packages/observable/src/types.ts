import type { Arguments, FunctionOf, IsAny, IsNever, StyleTypes } from '@anyasync/core';

/** What hears an Observable. */
export interface Observer<T> {
  next(value: T): void;
  error(error: any): void;
  complete(): void;
}

/**
 * What every Observable has: those of RxJS 6 to 9, the platform's, zen-observable's, xstream's, most's. The platform's is stopped by a
 * signal and returns nothing, the others return a subscription.
 */
export interface ObservableLike<T> {
  subscribe(
    observer?: Partial<Observer<T>> | ((value: T) => void) | null,
    options?: { readonly signal?: AbortSignal },
  ): unknown;
}

/** What can be read as an Observable: what has a `subscribe`, or gives something that has one. */
export type ObservableInput =
  | { subscribe(observer: any, ...more: any[]): unknown }
  | { '@@observable'(): unknown }
  | { readonly [key: symbol]: () => unknown };

/** What the constructors of Observables call their function with, as far as all of them have it. */
export interface SubscriberLike<T> {
  next(value: T): void;
  error(error: any): void;
  complete(): void;
}

/** A constructor of Observables: `new Observable((subscriber) => {})`. `O` is what it makes of items of the type `T`. */
export type ObservableConstructor<T, O> = new (subscribe: (subscriber: SubscriberLike<T>) => any) => O;

/** The type of what an Observable emits. */
export type ObservedValueOf<O> =
  IsAny<O> extends true
    ? any
    : O extends { subscribe(observer: infer Hears, ...more: any[]): any }
      ? HeardBy<NonNullable<Hears>>
      : O extends { '@@observable'(): infer Inner }
        ? ObservedValueOf<Inner>
        : O extends { readonly [key: symbol]: () => infer Inner extends { subscribe(...args: any[]): any } }
          ? ObservedValueOf<Inner>
          : unknown;

/** Either an observer or a function; of one that may be both, what either says. */
type HeardBy<Hears> = Hears extends (value: infer T, ...more: any[]) => any
  ? T
  : Hears extends { next?: infer Next }
    ? NonNullable<Next> extends (value: infer T, ...more: any[]) => any
      ? T
      : never
    : never;

/** What an operation is as an Observable: its items, and its value as the last one. */
export type Emitted<T, Item> =
  IsNever<Item> extends true ? T : IsAny<T> extends true ? Item : [T] extends [void] ? Item : Item | T;

/** Functions that return an Observable of any kind; written, one of the platform's. */
export interface ObservableTypes extends StyleTypes {
  readonly items: true;
  readonly promiseVersion: false;
  readonly suffix: '$';
  readonly read: this['returns'] extends ObservableLike<any> | { '@@observable'(): unknown }
    ? IsAny<this['returns']> extends true
      ? never
      : [this['args'], void, ObservedValueOf<this['returns']>]
    : never;
  readonly write: FunctionOf<
    this['this'],
    Arguments<this['args']>,
    ObservableLike<Emitted<this['value'], this['item']>>
  >;
}

/** The same, written with another constructor; `O` is the type of its objects. */
export interface ObservableTypesOf<O> extends ObservableTypes {
  readonly write: FunctionOf<
    this['this'],
    Arguments<this['args']>,
    ObservableLike<Emitted<this['value'], this['item']>> & O
  >;
}
