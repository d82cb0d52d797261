import { attempt } from './stray.js';

/** What this package needs of an AbortSignal, so that the platform's and every polyfill's fit. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason?: unknown;
  addEventListener(type: 'abort', listener: () => void): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** One of those who hear an abort, and its place in the hub's list: nothing is allocated for it. */
export interface Hearer {
  _hub: Hub | undefined;
  _before: Hearer | undefined;
  _after: Hearer | undefined;
  _abort(reason: unknown): void;
}

/** The hub made last, as long as it is in use: most have ended before the next is made, and never get into the map. */
let latest: Hub | undefined;
const hubs = new WeakMap<Signal, Hub>();

/** The one listener of all runs on a signal: a platform warns of many, and looks through all of them to remove one. */
class Hub {
  private first: Hearer | undefined = undefined;
  private last: Hearer | undefined = undefined;
  /** A function, which every polyfill knows; not all know objects with `handleEvent`. */
  private readonly listener = (): void => this.abort();
  constructor(readonly signal: Signal) {}

  add(hearer: Hearer): void {
    const { last, signal } = this;
    hearer._hub = this;
    hearer._before = last;
    this.last = hearer;
    if (last !== undefined) last._after = hearer;
    else {
      this.first = hearer;
      signal.addEventListener('abort', this.listener);
      if (this.first === undefined) this.leave(); // it has fired in there
    }
  }

  remove(hearer: Hearer): void {
    const { _before: before, _after: after } = hearer;
    hearer._hub = hearer._before = hearer._after = undefined;
    if (before === undefined) this.first = after;
    else before._after = after;
    if (after === undefined) this.last = before;
    else after._before = before;
    if (this.first === undefined) this.leave();
  }

  private forget(): void {
    if (latest === this) latest = undefined;
    else hubs.delete(this.signal);
  }

  private leave(): void {
    this.forget();
    attempt(() => this.signal.removeEventListener('abort', this.listener));
  }

  /** In the order in which they came. Who hears it may end others, which are then not told; who comes now has a hub of its own. */
  private abort(): void {
    this.forget();
    let reason: unknown;
    try {
      reason = this.signal.reason;
    } catch (error) {
      reason = error;
    }
    for (let next = this.first; next !== undefined; next = this.first) {
      const hearer = next;
      this.remove(hearer);
      attempt(() => hearer._abort(reason));
    }
  }
}

export type { Hub };

function hubOf(signal: Signal): Hub {
  if (latest?.signal === signal) return latest;
  const known = hubs.get(signal);
  if (known !== undefined) return known;
  if (latest !== undefined) hubs.set(latest.signal, latest);
  latest = new Hub(signal);
  return latest;
}

/** Has the hearer told of the signal's abort, once, in the order of these calls. A signal that cannot be listened to throws. */
export function hear(signal: Signal, hearer: Hearer): void {
  const hub = hubOf(signal);
  try {
    hub.add(hearer);
  } catch (error) {
    hub.remove(hearer);
    throw error;
  }
}

/** It is no longer told. With the last one the signal's listener is gone. */
export function unhear(hearer: Hearer): void {
  hearer._hub?.remove(hearer);
}

/**
 * Calls the listener once the signal is aborted, with its reason. However many listen to one signal, it has one listener, as long as one of
 * them wants it. A signal that has been aborted already is not heard: ask it first. For writers of styles.
 *
 * @returns A function that ends it.
 * @example
 * ```ts
 * import { onAbort } from '@anyasync/core';
 *
 * const log: unknown[] = [];
 * const controller = new AbortController();
 * onAbort(controller.signal, (reason) => log.push(reason));
 * controller.abort('enough');
 * log; //=> ['enough']
 * ```
 */
export function onAbort(signal: Signal, listener: (reason: unknown) => void): () => void {
  const hearer: Hearer = { _hub: undefined, _before: undefined, _after: undefined, _abort: listener };
  hear(signal, hearer);
  return () => unhear(hearer);
}
