interface Binding {
  readonly object: object;
  readonly original: object;
}
const bindings = new WeakMap<object, Binding>();

/** Remembers which object a function was bound to, and from which one: nothing else tells it. Gives the function back. */
export function rememberBound<F extends object>(bound: F, object: object, original: object): F {
  bindings.set(bound, { object, original });
  return bound;
}

/**
 * The object that a method of a view is bound to: what it returns for chaining is that object, and no handle. For writers of styles.
 *
 * @example
 * ```ts
 * import { boundTo } from '@anyasync/core';
 *
 * boundTo(() => {}); //=> undefined
 * ```
 */
export function boundTo(fn: object): object | undefined {
  return bindings.get(fn)?.object;
}

/**
 * The function that a method of a view was bound from; any other function is its own. For writers of styles.
 *
 * @example
 * ```ts
 * import { unbound } from '@anyasync/core';
 *
 * unbound(Math.max) === Math.max; //=> true
 * ```
 */
export function unbound(fn: object): object {
  return bindings.get(fn)?.original ?? fn;
}
