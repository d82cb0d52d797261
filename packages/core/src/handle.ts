import type { Receiver } from './protocol.js';
import { reportStray } from './stray.js';

/** How a handle is stopped: the name of its method, or a function that takes it. */
export type StopHandle = string | ((handle: never, reason: unknown) => unknown);

/** Looked for in this order on what a native call returned: a future or deferred has a `cancel`, and an `abort` that is its source's word. */
const methods = ['cancel', 'abort', 'destroy', 'kill', 'close'] as const;

/** Only these take a reason; to the others it would be an error event, a signal's name, or a callback. */
const takesReason = new Set(['abort', 'cancel']);

/**
 * Whether something has a method that stops it. For writers of styles.
 *
 * @example
 * ```ts
 * import { isStoppable } from '@anyasync/core';
 *
 * isStoppable(new AbortController()); //=> true
 * isStoppable({}); //=> false
 * ```
 */
export function isStoppable(handle: unknown): boolean {
  return methods.some(
    (name) => typeof (handle as Record<string, unknown> | undefined)?.[name] === 'function',
  );
}

/** What the native call returned, as a teardown: which method stops it is looked up only when it is needed. */
class Handle {
  constructor(
    private readonly native: unknown,
    private readonly how: StopHandle | undefined,
  ) {}
  cancel(reason: unknown): void {
    const { native, how } = this;
    if (typeof how === 'function') return void how(native as never, reason);
    const stoppable = Object(native) as Record<string, (...args: unknown[]) => unknown>;
    const method = how ?? methods.find((name) => typeof stoppable[name] === 'function');
    const stop = method === undefined ? undefined : stoppable[method];
    if (method === undefined || typeof stop !== 'function') return; // the call may have returned nothing to stop
    if (typeof stoppable.on === 'function')
      stoppable.on('error', (error: unknown) => reportStray('error', error, true)); // a request that is aborted says so
    if (takesReason.has(method)) stop.call(native, reason);
    else stop.call(native);
  }
}

/**
 * Gives a run what the native call returned (a request, a timer, a child process): to whoever asked for it with `onHandle`, and as
 * the way to stop the work. For writers of styles.
 *
 * @param how - How it is stopped; without it, the first of its methods `cancel abort destroy kill close`.
 * @example
 * ```ts
 * import { giveHandle, operation } from '@anyasync/core';
 *
 * export const tick = operation<void>((receiver) => {
 *   giveHandle(receiver, setTimeout(() => receiver.resolve(), 10), clearTimeout);
 * });
 * ```
 */
export function giveHandle<T, Item>(receiver: Receiver<T, Item>, handle: unknown, how?: StopHandle): void {
  receiver.handle?.(handle);
  const stoppable =
    how !== undefined || (typeof handle === 'object' && handle !== null) || typeof handle === 'function';
  if (stoppable) receiver.onCancel(new Handle(handle, how));
}
