import { Deferred } from './deferred.js';
import type { JQueryPromise } from './types.js';

type Fn = (this: any, ...args: any[]) => any;

/** What a promise of any kind resolves with, for {@link when}. */
export type WhenValue<V> = V extends JQueryPromise<infer T, any, any> ? T : Awaited<V>;

/**
 * Waits for several, of any kind: jQuery promises, other thenables, values. jQuery 4's `$.when`.
 *
 * - Of one: what it is resolved with, synchronously if it can. Of several: the value of each as an argument, an array where it has
 *   several arguments; `this` is the array of their contexts.
 * - The first error rejects it, with all its arguments. Progress is not passed on, and nothing is cancelled.
 *
 * @example
 * ```ts
 * import { Deferred, when } from '@anyasync/jquery';
 *
 * const log: unknown[] = [];
 * const later = Deferred<string>();
 * when(1, later).done((...values) => log.push(values));
 * later.resolve('a', 'b');
 * log; //=> [[1, ['a', 'b']]]
 * ```
 */
export function when(): JQueryPromise<undefined>;
export function when<V>(value: V): JQueryPromise<WhenValue<V>>;
export function when<V>(value: V, ...more: readonly unknown[]): JQueryPromise<WhenValue<V>>;
export function when(...values: unknown[]): JQueryPromise<any> {
  const primary = Deferred<any, any, any>();
  const contexts: unknown[] = new Array(values.length);
  const results = [...values];
  let left = values.length;
  const taker = (index: number): Fn =>
    function (this: unknown, ...args: unknown[]) {
      contexts[index] = this;
      results[index] = args.length > 1 ? args : args[0];
      if (--left === 0) primary.resolveWith(contexts, results);
    };
  if (values.length <= 1) {
    const isEmpty = values.length === 0;
    left = values.length;
    adopt(values[0], primary.done(taker(values.length)).resolve, primary.reject, isEmpty);
    // A thenable in a promise is unwrapped by `then`.
    const inner = results[values.length] as { then?: unknown } | undefined;
    if (primary.state() === 'pending' || typeof inner?.then === 'function')
      return primary.then() as JQueryPromise<any>;
  }
  for (let index = values.length - 1; index >= 0; index--)
    adopt(results[index], taker(index), primary.reject, false);
  return primary.promise() as JQueryPromise<any>;
}

/** Hears a value, whatever it is: a jQuery promise first, because it is synchronous. */
function adopt(value: any, resolve: Fn, reject: Fn, isEmpty: boolean): void {
  try {
    const promise = value?.promise;
    if (typeof promise === 'function')
      return void Reflect.apply(promise as Fn, value, [])
        .done(resolve)
        .fail(reject);
    const then = value?.then;
    if (typeof then === 'function') return void Reflect.apply(then, value, [resolve, reject]);
    if (isEmpty) Reflect.apply(resolve, undefined, []);
    else Reflect.apply(resolve, undefined, [value]);
  } catch (error) {
    reject(error);
  }
}
