import { ArgumentError } from './errors.js';
import { Mark } from './mark.js';
import type { Receiver } from './protocol.js';
import { isFunction } from './run-options.js';
import { attempt, reportStray } from './stray.js';

/** How a handle is stopped: the name of its method, or a function that takes it. */
export type StopHandle = string | ((handle: never, reason: unknown) => unknown);

/**
 * What stops a handle without being told. A future or deferred has a `cancel`, and an `abort` that is its source's word.
 * Not in a loop: each line sees one name, which is quick, and every promise that is read is asked.
 */
function stopMethodOf(handle: unknown): string | undefined {
  try {
    const it = Object(handle);
    // One that wants to be told of what, such as a client's cancel(client, query), is not this call's.
    if (typeof it.cancel === 'function' && it.cancel.length < 2) return 'cancel';
    if (typeof it.abort === 'function' && it.abort.length < 2) return 'abort';
    // Only a child process has its arguments as a member of its own: a worker, or somebody's wrapper, has not.
    if (typeof it.kill === 'function' && Object.hasOwn(it, 'spawnargs')) return 'kill';
  } catch {} // a handle is not ours: what cannot be asked is not stopped
}

/**
 * Whether something is stopped without being told: it has a `cancel` or an `abort` of one argument at most, or is a child process. The others may
 * be those of a client, which is not one call's own. For writers of styles.
 *
 * @example
 * ```ts
 * import { isStoppable } from '@anyasync/core';
 *
 * isStoppable(new AbortController()); //=> true
 * isStoppable({ close() {} }); //=> false
 * ```
 */
export function isStoppable(handle: unknown): boolean {
  return stopMethodOf(handle) !== undefined;
}

/** What the native call returned, as a teardown. */
class Handle {
  constructor(
    private readonly native: any,
    private readonly how: StopHandle | undefined,
    private readonly isOwn: boolean,
  ) {}
  cancel(reason: unknown): unknown {
    const { native } = this;
    const isOwn = this.isOwn && !(Object(native) === native && Mark.of(native));
    const how = this.how ?? (isOwn ? stopMethodOf(native) : undefined);
    const forget = isOwn && typeof how === 'string' ? attempt(() => expectError(native)) : undefined;
    // To the others a reason would be an error event, a signal's name, or a callback.
    const args = how === 'cancel' || how === 'abort' ? [reason] : [];
    const answer =
      typeof how === 'function' ? how(native as never, reason) : native?.[how as string]?.(...args);
    // What lives on is no request: it may be a client, whose next error is not ours.
    if (isFunction(forget) && native.destroyed !== true && native.killed !== true)
      setTimeout(forget as () => void);
    return answer === native ? undefined : answer;
  }
}

interface Emitter {
  on?(name: string, listener: (error: unknown) => void): unknown;
  removeListener?(name: string, listener: (error: unknown) => void): unknown;
}

/**
 * A request that is stopped says so by an `error` event, often later. It is expected once, until it closes; only of what is the call's own,
 * since whatever else fails may not be silenced. Gives what ends that.
 */
function expectError(it: Emitter | null | undefined): (() => void) | undefined {
  if (!it || !isFunction(it.on) || !isFunction(it.removeListener)) return;
  const hear = (error?: unknown): void => {
    for (const name of events) it.removeListener?.(name, hear);
    if (Object(error) === error) reportStray('error', error, true); // a socket or a child closes with a boolean or a number
  };
  for (const name of events) it.on?.(name, hear);
  return hear;
}

const events = ['error', 'close'];

/**
 * Gives a run what the native call returned (a request, a timer, a child process): to whoever asked for it with `onHandle`, and as
 * the way to stop the work. For writers of styles.
 *
 * - How it is stopped: as the run's `stop` option says, or `how`. Without being told only if {@link isStoppable}, and never what two calls
 *   have returned.
 * - An `error` event that stopping it brings is a stray, and no uncaught exception.
 *
 * @param isOwn - Whether the call may have made it. What is the caller's, such as the method's own `this`, is stopped only if told.
 * @throws {ArgumentError} It has no method of the name that stops it.
 * @example
 * ```ts
 * import { giveHandle, operation } from '@anyasync/core';
 *
 * export const tick = operation<void>((receiver) => {
 *   giveHandle(receiver, setTimeout(() => receiver.resolve(), 10), clearTimeout);
 * });
 * ```
 */
export function giveHandle<T, Item>(
  receiver: Receiver<T, Item> & { readonly _stop?: StopHandle | undefined },
  handle: unknown,
  how?: StopHandle,
  isOwn = true,
): void {
  if (isOwn && typeof receiver.handle === 'function') receiver.handle(handle);
  const told = receiver._stop ?? how;
  const isObject = Object(handle) === handle;
  if (told === undefined && !(isOwn && isObject && isStoppable(handle))) return;
  if (isObject) {
    const { then, [told as string]: method } = handle as Record<string, unknown>;
    // A promise may come instead of a handle.
    if (typeof told === 'string' && receiver.active && !isFunction(method) && !isFunction(then)) {
      const message = `[core] what was returned has no ${told}(). Name what stops it.`;
      throw new ArgumentError('stop', told, message);
    }
    // False at first, true once two calls have returned it: then it is no call's own.
    const mark = Mark.of(handle as object);
    if (mark === undefined || mark === false) Mark.set(handle as object, mark === false);
  }
  receiver.onCancel(new Handle(handle, told, isOwn));
}
