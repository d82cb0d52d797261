import {
  type AnyStart,
  FalsyRejectionError,
  Run,
  reportStray,
  run,
  runOrThrow,
  type Traits,
} from '@anyasync/core';
import { callLater, callNow } from './call-later.js';
import type { Convention } from './convention.js';
import type { Fn } from './from.js';
import { type Listeners, take } from './take.js';
import { unpackOf } from './values.js';

/** Writes a start as a function of this convention; `context` is the trait of the style it was read from. */
export function lowerConvention(start: AnyStart, convention: Convention, context: Traits['context']): Fn {
  const Class = context === 'emitter' ? ContextRun : CallbackRun;
  const begin = convention.capture ? run : runOrThrow;
  return function (this: unknown, ...args) {
    const listeners = take(args, convention, this);
    begin(start, new Class(convention, listeners), this, args);
  };
}

/** Whether the callback can tell this from success. A test of the user's that throws is the host's affair. */
function tells(isError: Convention['isError'], reason: unknown): boolean {
  try {
    return isError(reason);
  } catch (error) {
    reportStray('thrown', error);
    return Boolean(reason);
  }
}

/** Calls callbacks: later, and never twice for one event. */
class CallbackRun extends Run<unknown, unknown> {
  constructor(
    protected readonly convention: Convention,
    protected readonly listeners: Listeners,
  ) {
    super();
  }

  override next(item: unknown): void {
    if (!this.convention.multiple) return void super.next(item);
    if (this._state !== 0) return this.late('item', item);
    try {
      this.call(this.listeners.value, this.valueArgs(item));
    } catch (error) {
      this._crash(error);
    }
  }

  protected override fulfilled(value: unknown): void {
    const { result, value: item, complete } = this.listeners;
    try {
      this.call(result ?? item, this.valueArgs(value));
    } catch (error) {
      return this.rejected(error); // the value cannot be taken apart
    }
    if (this.convention.multiple && result === undefined) this.call(complete, []); // a value among items is the last one
  }
  protected override completed(): void {
    const { complete, result } = this.listeners;
    if (complete !== undefined) this.call(complete, []);
    else if (!this.convention.multiple || result !== undefined) this.fulfilled(undefined);
  }
  protected override aborted(reason: unknown): void {
    const { abort } = this.listeners;
    if (abort !== undefined) this.call(abort, [reason]);
    else this.rejected(reason);
  }
  protected override rejected(reason: unknown): void {
    const { style, isError, lastError } = this.convention;
    const { error, value, self } = this.listeners;
    if (style === 'error-first')
      this.call(value, [tells(isError, reason) ? reason : new FalsyRejectionError(reason)]);
    else if (error !== undefined) this.call(error, [reason]);
    else if (lastError?.write !== undefined && value !== undefined) {
      this.call(function withLastError() {
        try {
          lastError.write?.(reason || new FalsyRejectionError(reason));
        } catch (error) {
          reportStray('thrown', error);
          return reportStray('unheard', reason); // without it the callback would tell of a success
        }
        callNow(value, self, []);
        lastError.write?.(undefined);
      }, []);
    } else reportStray('unheard', reason);
  }

  protected call(fn: Fn | undefined, args: readonly unknown[]): void {
    if (fn !== undefined) callLater(fn, this.listeners.self, args);
  }

  private valueArgs(value: unknown): readonly unknown[] {
    const { values, style, omitUndefined } = this.convention;
    const before = style === 'error-first' ? [null] : [];
    if (value === undefined && omitUndefined) return before;
    return values === undefined || values === 'one'
      ? [...before, value]
      : [...before, ...unpackOf(values)(value)];
  }
}

let wake!: () => void;
const released = (): void => {};
const capture = (resolve: () => void): void => {
  wake = resolve;
};

/** Calls them in the async context of the caller, which a promise's reactions keep in every runtime; for sources that keep none. */
class ContextRun extends CallbackRun {
  private wake!: () => void;
  private due: [Fn, readonly unknown[]][] = [];
  constructor(convention: Convention, listeners: Listeners) {
    super(convention, listeners);
    this.arm();
  }
  protected override call(fn: Fn | undefined, args: readonly unknown[]): void {
    if (fn === undefined) return;
    this.due.push([fn, args]);
    this.wake();
  }
  /** For the next calls: the reaction, and so the one that it prepares, runs in the caller's context. */
  private arm(): void {
    const settled = new Promise<void>(capture);
    this.wake = wake;
    wake = released; // or the last run would stay reachable from here
    void settled.then(() => {
      const { due } = this;
      this.due = [];
      if (this.active) this.arm();
      for (const [fn, args] of due) super.call(fn, args);
    });
  }
}
