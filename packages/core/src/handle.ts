import type { Receiver } from './protocol.js';
import { reportStray } from './stray.js';

/** How a handle is stopped: the name of its method, or a function that takes it. */
export type StopHandle = string | ((handle: never, reason: unknown) => unknown);

/**
 * What stops a handle: the first that it has. A future or deferred has a `cancel`, and an `abort` that is its source's word.
 * Not in a loop: each line sees one name, which is quick, and every promise that is read is asked.
 */
function stopMethodOf(handle: unknown): string | undefined {
  const it = Object(handle);
  if (typeof it.cancel === 'function') return 'cancel';
  if (typeof it.abort === 'function') return 'abort';
  if (typeof it.destroy === 'function') return 'destroy';
  if (typeof it.kill === 'function') return 'kill';
  if (typeof it.close === 'function') return 'close';
}

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
  return stopMethodOf(handle) !== undefined;
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
    const it = Object(native);
    const method = how ?? stopMethodOf(native);
    if (method === undefined || typeof it[method] !== 'function') return; // the call may have returned nothing to stop
    if (typeof it.on === 'function') it.on('error', (error: unknown) => reportStray('error', error, true)); // a request that is aborted says so
    // To the others a reason would be an error event, a signal's name, or a callback.
    if (method === 'cancel' || method === 'abort') it[method](reason);
    else it[method]();
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
  if (typeof receiver.handle === 'function') receiver.handle(handle);
  const isObject = Object(handle) === handle;
  if (isObject || how !== undefined) receiver.onCancel(new Handle(handle, how));
}
