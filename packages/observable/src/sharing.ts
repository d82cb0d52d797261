import { assertArgument } from '@anyasync/core';
import { assertNoMore } from './arguments.js';
import type { AnyObservable } from './to.js';
import type { ObservableLike } from './types.js';

const known = new WeakMap<AnyObservable, 'shared' | 'cold'>();

/**
 * Whether Observables of a constructor share one run among those who listen at the same time, as the platform's do today, or run anew for
 * each, as those of RxJS do. Asks the constructor, once: the specification may still change.
 *
 * @throws {ArgumentError} It is no constructor.
 * @example
 * ```ts
 * import { sharingOf } from '@anyasync/observable';
 * import { Observable } from 'rxjs';
 *
 * sharingOf(Observable); //=> 'cold'
 * ```
 */
export function sharingOf(Observable: AnyObservable): 'shared' | 'cold';
export function sharingOf(Observable: AnyObservable, surplus?: unknown): 'shared' | 'cold' {
  assertNoMore(surplus, 'sharingOf() takes a constructor of Observables');
  const message = '[observable] sharingOf() takes a constructor of Observables.';
  assertArgument(typeof Observable === 'function', 'Observable', Observable, message);
  const answer = known.get(Observable) ?? probe(Observable);
  known.set(Observable, answer);
  return answer;
}

function probe(Observable: AnyObservable): 'shared' | 'cold' {
  let runs = 0;
  const observable = new Observable(() => void runs++) as ObservableLike<never>;
  const controller = new AbortController();
  const subscriptions = [1, 2].map(() => observable.subscribe({}, { signal: controller.signal }));
  controller.abort();
  for (const each of subscriptions as ({ unsubscribe?(): void } | undefined)[]) each?.unsubscribe?.();
  return runs === 1 ? 'shared' : 'cold';
}
