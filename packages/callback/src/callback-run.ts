import { Run, reportStray } from '@anyasync/core';
import type { Convention } from './convention.js';
import type { Fn } from './from.js';
import { unpackOf } from './values.js';

/**
 * What an error-first callback gets for a rejection that it could not tell from success, such as null. Node's own error for it.
 *
 * @example
 * ```ts
 * import { callbackify } from '@anyasync/callback';
 *
 * const failing = callbackify(() => Promise.reject(null));
 * await new Promise((done) => failing((error) => done((error as { code?: string }).code))); //=> 'ERR_FALSY_VALUE_REJECTION'
 * ```
 */
export class FalsyRejectionError extends Error {
  override get name(): 'FalsyRejectionError' {
    return 'FalsyRejectionError';
  }
  /** Node's code for this error. */
  readonly code = 'ERR_FALSY_VALUE_REJECTION';
  /** The value that was rejected with. */
  readonly reason: unknown;
  constructor(reason: unknown) {
    super('Promise was rejected with falsy value', { cause: reason });
    this.reason = reason;
  }
}

const { process } = globalThis as {
  process?: { nextTick?: (fn: (...args: never[]) => void, ...args: unknown[]) => void };
};

/** After the microtasks that are due, as Node's callbackify does it; a throw there is an uncaught exception. */
const soon: (call: (...args: never[]) => void, ...args: unknown[]) => void =
  process?.nextTick ?? ((call, ...args) => queueMicrotask(() => call(...(args as never[]))));

function invoke(fn: Fn, self: unknown, args: readonly unknown[]): void {
  try {
    Reflect.apply(fn, self, args);
  } catch (error) {
    reportStray('thrown', error, false, undefined, fn);
  }
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

/** The functions that a caller passed, by event. */
export interface Listeners {
  readonly value: Fn | undefined;
  readonly error: Fn | undefined;
  readonly complete?: Fn | undefined;
  readonly abort?: Fn | undefined;
  /** Their `this`. */
  readonly self: unknown;
}

/** Calls callbacks: later, and never twice for one event. */
export class CallbackRun extends Run<unknown, unknown> {
  constructor(
    protected readonly convention: Convention,
    protected readonly listeners: Listeners,
  ) {
    super();
  }

  override next(item: unknown): void {
    if (!this.convention.multiple) return void super.next(item);
    if (this._state !== 0) return this.late('item', item);
    this.call(this.listeners.value, this.valueArgs(item));
  }

  protected override fulfilled(value: unknown): void {
    this.call(this.listeners.value, this.valueArgs(value));
    if (this.convention.multiple) this.call(this.listeners.complete, []); // a value among items is the last one
  }
  protected override completed(): void {
    const { complete } = this.listeners;
    if (complete !== undefined) this.call(complete, []);
    else if (!this.convention.multiple) this.fulfilled(undefined);
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
        lastError.write?.(reason || new FalsyRejectionError(reason));
        invoke(value, self, []);
        lastError.write?.(undefined);
      }, []);
    } else reportStray('error', reason, false, undefined, value); // nobody listens for errors
  }

  protected call(fn: Fn | undefined, args: readonly unknown[]): void {
    if (fn !== undefined) soon(invoke, fn, this.listeners.self, args);
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
const capture = (resolve: () => void): void => {
  wake = resolve;
};

/** Calls them in the async context of the caller, which a promise's reactions keep in every runtime; for sources that keep none. */
export class ContextRun extends CallbackRun {
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
    void settled.then(() => {
      const { due } = this;
      this.due = [];
      if (this.active) this.arm();
      for (const [fn, args] of due) super.call(fn, args);
    });
  }
}
