import { realm } from './realm.js';
import { reportStray } from './stray.js';

let creations: WeakMap<object, string> | undefined;
let unsettled: FinalizationRegistry<string> | undefined;

/**
 * Switches debug mode for all runs that start from now on, of every copy of this package in the realm. Free while it is off.
 *
 * - Each run keeps the stack of its creation; strays carry it as `created`.
 * - A run that is garbage collected before it settled, because its source has dropped it and will never answer, is reported to
 *   {@link onStray} as `pending`. When that happens is up to the collector.
 *
 * Costs a stack per run: for development, after Twisted's `setDebugging`.
 *
 * @example
 * ```ts
 * import { setDebugging } from '@anyasync/core';
 *
 * setDebugging(true);
 * // ... a late callback is now reported with the place that started its run
 * setDebugging(false);
 * ```
 */
export function setDebugging(on: boolean): void {
  realm.debug = on ? { track, createdAt } : undefined;
}

/** Remembers where a run was created and watches it until it settles. Debug mode only. */
function track(run: object): void {
  creations ??= new WeakMap();
  unsettled ??= new FinalizationRegistry((created) => reportStray('pending', undefined, false, created));
  const created = traceAbove(run.constructor);
  const registry = unsettled;
  creations.set(run, created);
  registry.register(run, created, run);
  // Shadows the field on this one run, so that settling pays nothing while debug mode is off.
  let state = 0;
  Object.defineProperty(run, '_state', {
    __proto__: null,
    get: () => state,
    set(next: number) {
      state = next;
      registry.unregister(run);
    },
    configurable: true,
  } as PropertyDescriptor);
}

/**
 * Where a run was created, if debug mode was on then: for messages that tell of a misuse. For writers of styles.
 *
 * @example
 * ```ts
 * import { createdAt, Run, setDebugging } from '@anyasync/core';
 *
 * class Ignored extends Run<string> {}
 * createdAt(new Ignored()); //=> undefined
 * setDebugging(true);
 * typeof createdAt(new Ignored()); //=> 'string'
 * setDebugging(false);
 * ```
 */
export function createdAt(run: object): string | undefined {
  return creations?.get(run);
}

/**
 * The stack of here, from the caller of `callee` on, in debug mode; undefined, and free, otherwise. For writers of styles.
 *
 * @example
 * ```ts
 * import { setDebugging, stackAbove } from '@anyasync/core';
 *
 * const invoked = () => stackAbove(invoked);
 * invoked(); //=> undefined
 * setDebugging(true);
 * typeof invoked(); //=> 'string'
 * setDebugging(false);
 * ```
 */
export function stackAbove(callee: unknown): string | undefined {
  return realm.debug === undefined ? undefined : traceAbove(callee);
}

function traceAbove(callee: unknown): string {
  const holder = new Error() as Error & { stack: string };
  (Error as { captureStackTrace?: (target: object, above: unknown) => void }).captureStackTrace?.(
    holder,
    callee,
  );
  return holder.stack.replace(/^.*/, '');
}
