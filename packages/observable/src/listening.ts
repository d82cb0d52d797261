import { enough, fail, type Receiver, reportStray } from '@anyasync/core';
import { isPlatform, type Subscribable } from './dialect.js';
import { gone } from './gone.js';

/** What runs when a subscription ends: a function, or a subscription of its own. */
type Finalizer = (() => void) | { unsubscribe(): void };
const over = (): void => {};

/**
 * One object is the observer of an Observable, the subscriber that RxJS would make of it, and the teardown of the run that hears it.
 *
 * RxJS 7 takes an observer that has `closed add remove unsubscribe` for one of its own subscribers, and gives it to the source as it is. RxJS 8
 * adds its own subscriber to it. RxJS 6 calls its methods with a `this` that inherits from it, and whose `unsubscribe` is that of the
 * subscription. So a source that emits in a loop inside `subscribe` is stopped by each of them, long before there is a subscription.
 */
export class Listening {
  /** RxJS 6 calls with another `this`, on which nothing may be written. */
  protected readonly own: this = this;
  /** What is run at the end; then `over`. */
  private finalizers: Finalizer | Set<Finalizer> | undefined = undefined;
  // Declared only: RxJS 7 and 8 give nothing by which they are stopped, beside what they add.
  declare private handle?: Finalizer | undefined;
  declare private controller?: AbortController | undefined;

  constructor(protected receiver: Receiver<any, unknown>) {}

  get closed(): boolean {
    return this.finalizers === over;
  }

  next(item: unknown): void {
    const { own } = this;
    own.receiver.next(item);
    if (!own.receiver.active) own.cancel(enough()); // some consumers tell only who asks that they have left
    if (own.closed && own !== this) this.unsubscribe();
  }

  error(error: unknown): void {
    fail(this.own.ended(this), error);
  }

  complete(): void {
    const { own } = this;
    own.completed(own.ended(this));
  }

  protected completed(receiver: Receiver<any, unknown>): void {
    (receiver as Receiver<void, unknown>).complete();
  }

  /** The source has ended: it is torn down before who hears that may start another one. Gives who is to hear it. */
  private ended(self: this): Receiver<any, unknown> {
    const { receiver } = this;
    if (this.closed) return receiver;
    this.receiver = gone(receiver, 'ended'); // what a teardown emits comes after the end
    this.finish();
    if (self !== this) self.unsubscribe();
    return receiver;
  }

  /** From the source, or RxJS 6 when it has ended. */
  unsubscribe(): void {
    this.own.finish();
  }

  /** From the consumer, who is forgotten. */
  cancel(reason: unknown): void {
    this.receiver = gone(this.receiver, reason === enough() ? 'satisfied' : 'left');
    const { handle, controller } = this;
    this.finish();
    if (typeof controller?.abort === 'function') controller.abort(reason);
    else if (handle !== undefined) finalize(handle);
  }

  /** From RxJS 7 and 8, of what ends with the subscription. Most sources add nothing. */
  add(finalizer: Finalizer | null | undefined | void): void {
    if (finalizer && finalizer !== this) this.keep(finalizer);
  }

  /** As RxJS does it: who is added leaves the list when it has ended, so that it does not grow with each inner subscription. */
  private keep(finalizer: Finalizer): void {
    const { finalizers } = this;
    if (finalizers === over) return finalize(finalizer);
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

  /** Subscribes, and keeps how the source is stopped; it may be too late for that. */
  subscribe(source: Subscribable): void {
    const handle = source.subscribe(this);
    if (handle === this || handle === this.finalizers) return;
    if (this.closed) finalize(handle as Finalizer);
    else this.handle = handle as Finalizer;
  }

  /** The same with one of the platform's: it calls without a `this`, and is stopped by a signal. */
  subscribePlatform(source: Subscribable): void {
    const controller = new AbortController();
    this.controller = controller;
    const observer = {
      next: (item: unknown) => this.next(item),
      error: (error: unknown) => this.error(error),
      complete: () => this.complete(),
    };
    source.subscribe(observer, { signal: controller.signal });
  }

  private finish(): void {
    const { finalizers } = this;
    if (finalizers === over) return;
    this.finalizers = over;
    if (this.handle !== undefined) this.handle = undefined;
    if (this.controller !== undefined) this.controller = undefined;
    if (finalizers !== undefined) finalizeAll(finalizers);
  }
}

function finalizeAll(finalizers: Finalizer | Set<Finalizer>): void {
  if (finalizers instanceof Set) for (const each of finalizers) finalize(each);
  else finalize(finalizers);
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
export function listen(
  source: Subscribable,
  receiver: Receiver<any, unknown>,
  listening: Listening = new Listening(receiver),
): void {
  if (!receiver.active) return; // it was cancelled by the call that gave the Observable
  receiver.onCancel(listening);
  if (isPlatform(source)) listening.subscribePlatform(source);
  else listening.subscribe(source);
}
