import { enough, fail, type Receiver, type Teardown, Through } from '@anyasync/core';
import type { Convention } from './convention.js';

type On = (event: string, listener: (error: unknown) => void) => unknown;
interface Emitter {
  readonly on?: On;
  readonly removeListener?: On;
  readonly off?: On;
  readonly addEventListener?: On;
  readonly removeEventListener?: On;
}

/**
 * A run whose source may go on after it: a callback that is called many times does not end by an error, or by the call that was the last one
 * for us, so the source is told to stop. What fails by an event is listened to until the end, and no longer.
 */
export class SourceRun extends Through<unknown, unknown, unknown> {
  private unhear: (() => void) | undefined = undefined;

  constructor(
    down: Receiver<unknown, unknown>,
    private readonly convention: Convention,
  ) {
    super(down);
  }

  override resolve(value: unknown): void {
    this.ends('resolve', value, this.convention.until, enough());
  }
  override complete(): void {
    this.ends('complete' as 'resolve', undefined, this.convention.until, enough());
  }
  override reject(reason: unknown): void {
    this.ends('reject', reason, this.goesOn());
  }
  override abort(reason: unknown): void {
    this.ends('abort', reason, this.goesOn());
  }

  /** Whether an error is one call of many: a source that has a word for its end ends by an error, too. */
  private goesOn(): boolean {
    const { multiple, methods } = this.convention;
    return multiple && methods.complete === undefined;
  }

  /** Stops the source first, where it does not know that this is the end. */
  private ends(how: 'resolve' | 'reject' | 'abort', what: unknown, stops: unknown, reason = what): void {
    if (stops && this._close(reason)) this.down[how](what);
    else super[how](what);
  }

  /** Listens to a handle that tells of its failure by an event: an emitter, or an event target. */
  hear(handle: unknown): void {
    const event = this.convention.errorEvent;
    const emitter = Object(handle) as Emitter;
    const { on = emitter.addEventListener } = emitter;
    if (event === undefined || typeof on !== 'function' || !this.active) return;
    const off = on === emitter.on ? (emitter.removeListener ?? emitter.off) : emitter.removeEventListener;
    const listener = (error: unknown): void => fail(this, error);
    const remove = Reflect.apply(on, handle, [event, listener]); // some emitters give the way to remove it
    this.unhear = () => {
      if (typeof off === 'function') Reflect.apply(off, handle, [event, listener]);
      else if (typeof remove === 'function') remove();
    };
    this.down.onCancel(this); // it may have returned nothing that is stopped
  }

  /** One that ended inside the call may have been cancelled inside it before: the receiver below knows. */
  override onCancel(teardown: Teardown): void {
    if (this._state === 0 || this._state === 4) super.onCancel(teardown);
    else this.down.onCancel(teardown);
  }

  /** Also where the work goes on: a later failure of the handle is its host's affair. */
  override _detach(): void {
    this.unhear?.();
    this.unhear = undefined;
    super._detach();
  }

  protected override _end(state: 1 | 2 | 3 | 4, reason?: unknown): boolean {
    if (!super._end(state, reason)) return false;
    this.unhear?.();
    return true;
  }
}
