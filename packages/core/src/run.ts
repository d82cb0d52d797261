import { CancelledError, isCancelled, UnexpectedItemError } from './errors.js';
import type { StopHandle } from './handle.js';
import type { Receiver, Teardown } from './protocol.js';
import { realm } from './realm.js';
import { attempt, reportStray } from './stray.js';

const ACTIVE = 0;
const FULFILLED = 1;
const REJECTED = 2;
const ABORTED = 3;
const CANCELLED = 4;

/**
 * One run of an operation, and the base of everything a style writes: a Future, a Deferred or an AsyncResult *is* the receiver of
 * its own run, so no object and no closure stands between.
 *
 * - Settles once; what comes later is reported as a stray ({@link onStray}). The methods of the source's side never throw.
 * - Cancel has two sides. The consumer's {@link Run.cancel} ends the run and runs the source's teardown, once, before it returns.
 *   The source's {@link Run.abort} says that somebody else cancelled the source; it runs nothing.
 * - Everything is synchronous: when the consumer sees it is for the style to decide, in the protected hooks. A hook must not throw.
 *
 * @example
 * ```ts
 * import { Run } from '@anyasync/core';
 *
 * const log: string[] = [];
 * class Logged extends Run<number> {
 *   protected override fulfilled(value: number) { log.push(`value ${value}`); }
 *   protected override rejected(reason: unknown) { log.push(`error ${reason}`); }
 * }
 * const run = new Logged();
 * run.onCancel(() => log.push('teardown'));
 * run.resolve(1);
 * run.cancel(); //=> false
 * log; //=> ['value 1']
 * ```
 */
export abstract class Run<T, Item = never> implements Receiver<T, Item> {
  // Two fields and no more: bytes per pending run are counted. Underscores, because subclasses are the users' own objects.
  /** @internal */
  protected _state: 0 | 1 | 2 | 3 | 4 = ACTIVE;
  /** @internal The teardown while active; the consumer's reason once cancelled; a style may keep a result in it. */
  protected _slot: unknown = undefined;

  constructor() {
    realm.debug?.track(this);
  }

  /** False once the run has ended. */
  get active(): boolean {
    return this._state === ACTIVE;
  }

  /** @internal How the consumer has said that the handle is stopped. Here, so that it is not read from Object.prototype. */
  get _stop(): StopHandle | undefined {
    return undefined;
  }

  /** @internal Whether its consumer has no way to leave: then nothing is made with which to stop the work. */
  get _stays(): boolean {
    return false;
  }

  /** An item. A style without items ends the run with {@link UnexpectedItemError}: an item is never dropped in silence. */
  next(item: Item): void | PromiseLike<void> {
    if (this._state !== ACTIVE) return this.late('item', item);
    this._crash(new UnexpectedItemError(item));
  }

  /** The source's value. */
  resolve(value: T): void {
    if (this._end(FULFILLED)) this.fulfilled(value);
    else this.late('value', value);
  }

  /** The end of a stream. */
  complete(this: Receiver<void, Item>): void;
  complete(): void {
    if (this._end(FULFILLED)) this.completed();
    else this.late('complete', undefined);
  }

  /** The source's error, passed on as the same object. */
  reject(reason: unknown): void {
    if (this._end(REJECTED)) this.rejected(reason);
    else this.late('error', reason);
  }

  /** The source was cancelled by somebody else. */
  abort(reason?: unknown): void {
    if (this._end(ABORTED)) this.aborted(orCancelled(reason));
    else this.late('abort', reason);
  }

  /** Takes the source's teardown: one slot, the last one counts. Runs it at once when the run has been cancelled already. */
  onCancel(teardown: Teardown): void {
    if (this._state === ACTIVE) this._slot = teardown;
    else if (this._state === CANCELLED) halt(teardown, this._slot);
  }

  /**
   * The consumer's side: ends the run as cancelled and tells the source. The run's own listeners hear it as {@link Run.stopped}.
   *
   * @returns False if the run had ended already (PEP 3148's answer).
   */
  cancel(reason?: unknown): boolean {
    if (this._state !== ACTIVE) return false;
    const given = orCancelled(reason);
    this._close(given);
    this.stopped(given);
    return true;
  }

  /** Ends the run as cancelled and runs the teardown, without telling this run's own listeners. False if it had ended. */
  _close(reason: unknown): boolean {
    const teardown = this._slot as Teardown | undefined;
    if (!this._end(CANCELLED, reason)) return false;
    if (teardown !== undefined) halt(teardown, reason);
    return true;
  }

  /** The same for a consumer that waits for the source: gives what the teardown returns, its completion, and throws what it throws. */
  _leave(reason: unknown): unknown {
    const teardown = this._slot as Teardown | undefined;
    return this._end(CANCELLED, reason) && teardown !== undefined ? tearDown(teardown, reason) : undefined;
  }

  /** @internal The one way into an end; false if there has been one. An override frees what the run holds. */
  protected _end(state: 1 | 2 | 3 | 4, reason?: unknown): boolean {
    if (this._state !== ACTIVE) return false;
    this._state = state;
    this._slot = reason;
    return true;
  }

  /** Runs the teardown while the run is still open: for a source that may answer a cancel with a value (Twisted's canceller). */
  protected halt(reason: unknown): void {
    if (this._state !== ACTIVE) return;
    const teardown = this._slot as Teardown | undefined;
    this._slot = undefined;
    if (teardown !== undefined) halt(teardown, reason);
  }

  /**
   * Ends an active run with an error that is not the source's own word, so the source is told to stop: it threw while it started,
   * or delivered what this style cannot take. After the end, what was thrown is a stray of its own kind.
   */
  _crash(error: unknown): void {
    if (this._close(error)) {
      if (isCancelled(error)) this.aborted(error);
      else this.rejected(error);
    } else reportStray('thrown', error, false, realm.debug?.createdAt(this));
  }

  /** Writes the value in this style. */
  protected fulfilled(_value: T): void {}
  /** Writes the error in this style. */
  protected rejected(_reason: unknown): void {}
  /** Writes the end of a stream; a style with values only sees undefined. */
  protected completed(): void {
    this.fulfilled(undefined as T);
  }
  /** Writes "the source was cancelled"; a style without that state sees an error. */
  protected aborted(reason: unknown): void {
    this.rejected(reason);
  }
  /** Writes "the consumer cancelled"; by default the consumer, who knows it, hears nothing. */
  protected stopped(_reason: unknown): void {}
  /** Takes what came after the end. After a cancellation the source's own "I was cancelled" is expected, and no news. */
  protected late(kind: 'value' | 'complete' | 'error' | 'abort' | 'item', what: unknown): void {
    const cancelled = this._state === CANCELLED;
    if (cancelled && (kind === 'complete' || kind === 'abort' || what === this._slot)) return;
    reportStray(kind, what, cancelled, realm.debug?.createdAt(this));
  }
}

/** A cancellation without a reason has one all the same. */
export const orCancelled = (reason: unknown): unknown =>
  reason === undefined ? new CancelledError() : reason;

/** Runs a teardown for which nobody waits: what it throws or rejects with is a stray. */
function halt(teardown: Teardown, reason: unknown): void {
  attempt(() => tearDown(teardown, reason));
}

/** Runs a teardown for a consumer that waits. */
export function tearDown(teardown: Teardown, reason: unknown): unknown {
  return typeof teardown === 'function' ? teardown(reason) : teardown.cancel(reason);
}
