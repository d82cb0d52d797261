import { isCancelled, type Receiver, reportStray } from '@anyasync/core';
import { isPlatform, type Subscribable } from './dialect.js';

/** What runs when a subscription ends: a function, or a subscription of its own. */
type Finalizer = (() => void) | { unsubscribe(): void };

/**
 * One object is the observer of an Observable, the subscriber that RxJS would make of it, and the teardown of the run that hears it.
 *
 * RxJS 7 takes an observer that has `closed add remove unsubscribe` for one of its own subscribers, and gives it to the source as it is. RxJS 8
 * adds its own subscriber to it. RxJS 6 calls its methods with a `this` that inherits from it, and whose `unsubscribe` is that of the
 * subscription. So a source that emits in a loop inside `subscribe` is stopped by each of them, long before there is a subscription.
 */
class Listening {
  closed = false;
  /** RxJS 6 calls with another `this`, on which nothing may be written. */
  private readonly own = this;
  private handle: unknown;
  private finalizers: Finalizer | Set<Finalizer> | undefined = undefined;

  constructor(private readonly receiver: Receiver<void, unknown>) {}

  next(item: unknown): void {
    const { own } = this;
    own.receiver.next(item);
    if (own.closed && own !== this) this.unsubscribe();
  }

  error(error: unknown): void {
    const { own } = this;
    if (isCancelled(error)) own.receiver.abort(error);
    else own.receiver.reject(error);
    own.finish();
  }

  complete(): void {
    const { own } = this;
    own.receiver.complete();
    own.finish();
  }

  /** From the source, or RxJS 6 when it has ended. */
  unsubscribe(): void {
    this.own.finish();
  }

  /** From the consumer. */
  cancel(reason: unknown): void {
    if (this.closed) return;
    const { handle } = this;
    this.finish();
    if (handle === undefined) return;
    if (handle instanceof AbortController) handle.abort(reason);
    else finalize(handle as Finalizer);
  }

  /** As RxJS 7 and 8 do it: who is added leaves the list when it has ended, so that it does not grow with each inner subscription. */
  add(finalizer: Finalizer | null | undefined | void): void {
    if (finalizer === undefined || finalizer === null || finalizer === this) return;
    if (this.closed) return finalize(finalizer);
    const { finalizers } = this;
    if (finalizers === undefined) this.finalizers = finalizer;
    else if (finalizers instanceof Set) {
      if (finalizers.has(finalizer)) return;
      finalizers.add(finalizer);
    } else if (finalizers === finalizer) return;
    else this.finalizers = new Set([finalizers, finalizer]);
    const { add } = finalizer as { add?: (removes: () => void) => unknown };
    if (typeof add === 'function') add.call(finalizer, () => this.remove(finalizer));
  }

  remove(finalizer: Finalizer): void {
    const { finalizers } = this;
    if (finalizers instanceof Set) finalizers.delete(finalizer);
    else if (finalizers === finalizer) this.finalizers = undefined;
  }

  /** Keeps how the source is stopped; it may be too late already. */
  subscribed(handle: unknown): void {
    if (handle === this) return;
    if (this.closed) finalize(handle as Finalizer);
    else this.handle = handle;
  }

  /** The signal that stops one of the platform's. */
  signal(): AbortSignal {
    const controller = new AbortController();
    this.handle = controller;
    return controller.signal;
  }

  private finish(): void {
    if (this.closed) return;
    this.closed = true;
    this.handle = undefined;
    const { finalizers } = this;
    this.finalizers = undefined;
    if (finalizers instanceof Set) for (const each of finalizers) finalize(each);
    else finalize(finalizers);
  }
}

/** Cannot fail the run: what it throws is a stray. */
function finalize(finalizer: Finalizer | null | undefined): void {
  try {
    if (typeof finalizer === 'function') finalizer();
    else finalizer?.unsubscribe?.();
  } catch (error) {
    reportStray('thrown', error);
  }
}

/** Subscribes a run to an Observable, whichever its kind. What `subscribe` throws is thrown. */
export function listen(source: Subscribable, receiver: Receiver<void, unknown>): void {
  if (!receiver.active) return; // it was cancelled by the call that gave the Observable
  const listening = new Listening(receiver);
  receiver.onCancel(listening);
  if (!isPlatform(source)) return listening.subscribed(source.subscribe(listening));
  // The platform calls these without a `this`.
  const observer = {
    next: (item: unknown) => listening.next(item),
    error: (error: unknown) => listening.error(error),
    complete: () => listening.complete(),
  };
  source.subscribe(observer, { signal: listening.signal() });
}
