import { isCancelled, type Receiver, Run, reportStray } from '@anyasync/core';
import type { DoneCallback, Future } from './future.js';
import { settle } from './settling.js';

/** Who hears the end of a future: a done-callback, or a run that reads it. */
type Listener = DoneCallback<any> | Receiver<any>;

/** Told when a future has ended, and when a cancellation is acknowledged: what `wait` and its like put on a future, and take off again. */
export interface Waiter {
  changed(future: Future<any>): void;
}

// Run's states, by what they mean here.
export const FULFILLED = 1;
export const REJECTED = 2;

/** What has an end, and listeners that hear of it first in, first out. */
export abstract class Ending<T> extends Run<T> {
  // Run keeps the reason of a cancellation in its slot; here the slot keeps every result.
  /** @internal 1 while it runs; 2 once a cancellation has been acknowledged; 3 if it failed because its source threw, and was stopped. */
  protected _phase: 0 | 1 | 2 | 3 = 0;
  private _listeners: Listener | Listener[] | undefined = undefined; // `any`: a future of a subtype is one of the type
  // Declared only: it takes no place in a future that nobody waits for.
  declare private _waiters: Set<Waiter> | undefined;
  static {
    Ending.prototype._waiters = undefined; // not read from Object.prototype
  }

  /** Whether it has been cancelled. */
  cancelled(): boolean {
    return this._state > REJECTED && this._phase !== 3;
  }

  /** @internal Whether `wait` counts it as done: a cancellation counts when whoever does the work has acknowledged it. */
  get _finished(): boolean {
    return this._state !== 0 && (this._phase === 2 || !this.cancelled());
  }

  /** @internal Whether it ended with an error. */
  get _failed(): boolean {
    return this._state === REJECTED || this._phase === 3;
  }

  /** @internal */
  _addWaiter(waiter: Waiter): void {
    this._waiters ??= new Set();
    this._waiters.add(waiter);
  }

  /** @internal */
  _removeWaiter(waiter: Waiter): void {
    this._waiters?.delete(waiter);
  }

  /** A cancellation is known to whoever does the work. */
  protected _acknowledge(): void {
    this._phase = 2;
    this._tellWaiters();
  }

  /** @internal Tells all listeners, in their order. */
  _settled(): void {
    const listeners = this._listeners;
    this._listeners = undefined;
    this._tellWaiters();
    if (listeners === undefined) return;
    if (!Array.isArray(listeners)) return this._tell(listeners);
    for (const listener of listeners) this._tell(listener);
  }

  protected override fulfilled(value: T): void {
    this._slot = value;
    settle(this);
  }
  protected override rejected(reason: unknown): void {
    if (this._state > REJECTED) this._phase = 3;
    this._slot = reason;
    settle(this);
  }
  protected override aborted(reason: unknown): void {
    this._slot = reason;
    settle(this);
  }
  protected override stopped(): void {
    settle(this);
  }

  protected _listen(listener: Listener): void {
    const listeners = this._listeners;
    if (this._state !== 0) this._tell(listener);
    else if (listeners === undefined) this._listeners = listener;
    else if (!Array.isArray(listeners)) this._listeners = [listeners, listener];
    else {
      // Runs that were cancelled alone leave when the list would grow: it stays as long as there are listeners.
      if ((listeners.length & (listeners.length - 1)) === 0) this._listeners = listeners.filter(isListening);
      (this._listeners as Listener[]).push(listener);
    }
  }

  protected _tell(listener: Listener): void {
    try {
      if (typeof listener === 'function') listener(this as never);
      else if (listener.active) this._passOn(listener);
    } catch (error) {
      reportStray('thrown', error); // the others still hear of it
    }
  }

  private _passOn(receiver: Receiver<any>): void {
    if (this._state === FULFILLED) receiver.resolve(this._slot as T);
    else if (this._failed && !isCancelled(this._slot)) receiver.reject(this._slot);
    else receiver.abort(this._slot);
  }

  private _tellWaiters(): void {
    const waiters = this._waiters;
    if (waiters === undefined) return;
    for (const waiter of [...waiters]) waiter.changed(this as never);
  }
}

function isListening(listener: Listener): boolean {
  return typeof listener === 'function' || listener.active;
}
