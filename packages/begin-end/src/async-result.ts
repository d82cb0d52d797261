import {
  assertArgument,
  branded,
  createdAt,
  hasMethods,
  isTime,
  onAbort,
  Run,
  reportStray,
  stackAbove,
  WouldDeadlockError,
} from '@anyasync/core';
import { InvalidOperationError } from './errors.js';
import { begun, ended } from './ledger.js';
import type { AsyncCallback, AsyncResult, WaitHandle } from './types.js';

/** What an end takes back: the pair that a result was begun with. */
export type Pair = object | symbol;

/** The AsyncResult that we write: the run itself. It keeps its outcome in the slot, until it is ended. */
export class Begun<T> extends Run<T> implements AsyncResult<T, unknown> {
  /** Fixed when begin returns, and before the callback runs: it never changes once somebody has seen it. */
  completedSynchronously = false;
  private _isInside = true;
  private _isEnded = false;
  // Declared only: they take no place in a result that does not need them. And not read from Object.prototype.
  declare private _endsAgain?: boolean;
  declare private _endedAt?: string | undefined;
  declare private _waiting?: Set<() => void> | undefined;
  declare private _handle?: WaitHandle | undefined;
  static {
    const { prototype } = Begun;
    prototype._endsAgain = false;
    prototype._endedAt = prototype._waiting = prototype._handle = undefined;
  }

  constructor(
    readonly _pair: Pair,
    private readonly _callback: AsyncCallback | null | undefined,
    readonly asyncState: unknown,
    endTwice?: 'throw' | 'same',
  ) {
    super();
    if (endTwice === 'same') this._endsAgain = true;
  }

  get isCompleted(): boolean {
    return this._state !== 0;
  }

  get asyncWaitHandle(): WaitHandle {
    this._handle ??= new Waiting(this);
    return this._handle;
  }

  /** Begin returns now: what comes later is no synchronous completion, and an end is owed. */
  _returned(): this {
    this._isInside = false;
    if (!this._isEnded) begun(this);
    return this;
  }

  /** What end gives or throws, once. */
  _take(): T {
    if (this._state === 0)
      throw new WouldDeadlockError(
        '[begin-end] end() came before the operation was completed, and waiting for it on its own thread would never end. Call it in the callback, or after asyncWaitHandle.waitAsync().',
      );
    if (this._isEnded && !this._endsAgain)
      throw new InvalidOperationError('[begin-end] the operation was ended before. Call its end once.', {
        begunAt: createdAt(this),
        endedAt: this._endedAt,
      });
    if (!this._isEnded) {
      this._isEnded = true;
      const at = stackAbove(this._take);
      if (at !== undefined) this._endedAt = at;
      ended(this);
    }
    if (this._state !== 1) throw this._slot;
    return this._slot as T;
  }

  /** Calls when it is completed; gives how to stop that. */
  _whenCompleted(listener: () => void): () => void {
    this._waiting ??= new Set();
    this._waiting.add(listener);
    return () => void this._waiting?.delete(listener);
  }

  protected override fulfilled(value: T): void {
    this._complete(value);
  }
  protected override rejected(reason: unknown): void {
    this._complete(reason);
  }
  protected override aborted(reason: unknown): void {
    this._complete(reason);
  }
  protected override stopped(reason: unknown): void {
    this._complete(reason);
  }

  /** Completed already; then the wait handle, and last the callback. */
  private _complete(outcome: unknown): void {
    this._slot = outcome;
    if (this._isInside) this.completedSynchronously = true;
    const waiting = this._waiting;
    if (waiting !== undefined) for (const listener of [...waiting]) listener();
    if (this._callback === null || this._callback === undefined) return;
    try {
      this._callback(this);
    } catch (error) {
      reportStray('thrown', error); // the callback's own problem, and not that of whoever completes
    }
  }
}

/** Whether a value is a result of ours, of this copy of the package or another. */
export const isBegun: (value: unknown) => value is Begun<any> = branded(Begun, 'anyasync.begun/1');

class Waiting implements WaitHandle {
  constructor(private readonly result: Begun<unknown>) {}

  wait(timeout?: number): boolean {
    if (this.result.isCompleted) return true;
    if (timeout !== undefined && timeout <= 0) return false;
    throw new WouldDeadlockError(
      '[begin-end] the operation is not completed, and waiting for it on its own thread would never end. Ask with wait(0), or use waitAsync().',
    );
  }

  waitAsync(timeout: number = Number.POSITIVE_INFINITY, signal?: AbortSignal): Promise<boolean> {
    const message = '[begin-end] the timeout is a time that a timer can wait, in milliseconds, or Infinity.';
    assertArgument(isTime(timeout) || timeout < 0, 'timeout', timeout, message);
    const isSignal = signal === undefined || hasMethods(signal, 'addEventListener', 'removeEventListener');
    assertArgument(isSignal, 'signal', signal, '[begin-end] the signal is an AbortSignal.');
    const { result } = this;
    if (result.isCompleted) return Promise.resolve(true);
    if (signal?.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        stop();
        clearTimeout(timer);
        stopHearing?.();
      };
      const over = (): void => {
        resolve(result.isCompleted);
        leave();
      };
      const aborted = (reason: unknown): void => {
        reject(reason);
        leave();
      };
      const stop = result._whenCompleted(over);
      const timer = timeout === Number.POSITIVE_INFINITY ? undefined : setTimeout(over, timeout);
      let stopHearing: (() => void) | undefined;
      try {
        stopHearing = signal && onAbort(signal, aborted);
      } catch (error) {
        reject(error);
        leave();
      }
    });
  }
}
