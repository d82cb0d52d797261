import type { StopHandle } from './handle.js';
import type { Receiver, Teardown } from './protocol.js';
import { orCancelled, Run, tearDown } from './run.js';

/**
 * A receiver in the middle: what it hears it passes on to the receiver below, and it is itself the teardown that the one below
 * runs. Folds, timeouts and everything else that turns a `Start` into a `Start` extends it.
 *
 * @example
 * ```ts
 * import { type Receiver, type Start, Through } from '@anyasync/core';
 *
 * class Doubled extends Through<number, number> {
 *   protected override fulfilled(value: number) { this.down.resolve(value * 2); }
 * }
 * export const doubled = <This, Args extends readonly unknown[]>(start: Start<This, Args, number>): Start<This, Args, number> =>
 *   (receiver: Receiver<number>, self, args) => start(new Doubled(receiver), self, args);
 * ```
 */
export class Through<T, R = T, Item = never, Next = Item> extends Run<T, Item> {
  /** The receiver below, nearer to the consumer. */
  protected readonly down: Receiver<R, Next>;

  constructor(down: Receiver<R, Next>) {
    super();
    this.down = down;
  }

  /** Also false once the receiver below has ended. */
  override get active(): boolean {
    return this._state === 0 && this.down.active;
  }

  /** Passes the item on. */
  override next(item: Item): void | PromiseLike<void> {
    if (this._state !== 0) return this.late('item', item);
    return this.down.next(item as never);
  }

  /** Takes the source's teardown, and becomes the teardown of the receiver below. */
  override onCancel(teardown: Teardown): void {
    super.onCancel(teardown);
    if (this._state === 0) this.down.onCancel(this);
  }

  /**
   * From below: the consumer cancelled. Passes on what the source's teardown returns, its completion, or throws: who waits for it is at
   * the end of the chain. A receiver below that is still open may get an answer from the teardown.
   */
  override cancel(reason?: unknown): any {
    if (this._state !== 0) return;
    const given = orCancelled(reason);
    const teardown = this._slot as Teardown | undefined;
    this._slot = undefined;
    if (!this.down.active) super.cancel(given);
    try {
      if (teardown !== undefined) return tearDown(teardown, given);
    } finally {
      super.cancel(given);
    }
  }

  /** Passes on what the native call returned, where it is wanted. */
  handle(handle: unknown): void {
    if (typeof this.down.handle === 'function') this.down.handle(handle);
  }

  override get _stop(): StopHandle | undefined {
    return (this.down as { readonly _stop?: StopHandle | undefined })._stop;
  }

  /** The consumer has left, and the work goes on: lets go of what was kept for the consumer only, such as a listener. */
  _detach(): void {
    const teardown = this._slot as { _detach?: unknown } | undefined;
    if (typeof teardown?._detach === 'function') teardown._detach();
  }

  /** Passes on a value that nobody waits for, to whoever frees it. */
  dispose(value: unknown): void {
    if (typeof this.down.dispose === 'function') this.down.dispose(value);
    else super.late('value', value);
  }

  /** @internal Whether somebody takes such a value: a source that keeps who left would keep it for nothing. */
  get _disposes(): boolean {
    const down = this.down as Receiver<R, Next> & { readonly _disposes?: boolean };
    return down._disposes ?? down.dispose !== undefined;
  }

  protected override late(kind: 'value' | 'complete' | 'error' | 'abort' | 'item', what: unknown): void {
    if (kind === 'value' && this._state === 4) this.dispose(what);
    else super.late(kind, what); // a second value of a run that was not cancelled is the source's mistake
  }

  protected override fulfilled(value: T): void {
    this.down.resolve(value as never);
  }
  protected override rejected(reason: unknown): void {
    this.down.reject(reason);
  }
  protected override aborted(reason: unknown): void {
    this.down.abort(reason);
  }
  protected override completed(): void {
    (this.down as Receiver<never, Next> as unknown as Receiver<void, Next>).complete();
  }
}
