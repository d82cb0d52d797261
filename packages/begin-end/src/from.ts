import {
  type AnyStart,
  ArgumentError,
  assertArgument,
  isCancelled,
  type Operation,
  type Receiver,
  Run,
} from '@anyasync/core';
import { Begun } from './async-result.js';
import type { AsyncResult, BeginArguments, EndResult } from './types.js';

type Fn = (...args: any[]) => any;

/** What can be asked of {@link fromAsync}. */
export interface FromAsyncOptions {
  /** The `this` of begin and end. */
  readonly self?: unknown;
  /** Stops an operation, given its result; the end still tells how it went. Without it, cancelling only stops waiting. */
  readonly cancel?: ((result: any, reason: unknown) => unknown) | undefined;
  /** The state that begin gets. */
  readonly state?: unknown;
}

/** A pair as it is read; `arity`: the number of arguments before the callback, where `begin.length` does not tell it. */
export interface NativePair {
  readonly begin: Fn;
  readonly end: Fn;
  readonly arity?: number | undefined;
}

/**
 * One operation that has been begun for a run: ended once, when it is completed, whether or not anybody still waits. It survives results
 * that lie about `completedSynchronously`, which hang .NET: a callback inside begin is remembered, and acted on when begin has returned.
 */
class Ending {
  private result: AsyncResult | undefined = undefined;
  private isInside = true;
  private isSeen = false;
  private isEnded = false;

  constructor(
    private readonly receiver: Receiver<unknown>,
    private readonly end: Fn,
    private readonly self: unknown,
    private readonly stop: FromAsyncOptions['cancel'],
  ) {}

  begin({ begin, arity = begin.length - 2 }: NativePair, args: readonly unknown[], state: unknown): void {
    const given = args.length < arity ? filled(args, arity) : args;
    const result = Reflect.apply(begin, this.self, [...given, () => this.called(), state]);
    this.isInside = false;
    assertResult(result, begin);
    this.result = result;
    this.receiver.handle?.(result);
    if (this.isSeen || result.completedSynchronously) this.finish();
    else this.receiver.onCancel(this);
  }

  /** A result in the hand. */
  wait(result: AsyncResult): void {
    this.isInside = false;
    this.result = result;
    if (result.isCompleted) return this.finish();
    const { asyncWaitHandle } = result;
    const message = '[begin-end] the result is not completed, and has no asyncWaitHandle with waitAsync().';
    assertArgument(typeof Object(asyncWaitHandle).waitAsync === 'function', 'result', result, message);
    this.receiver.onCancel(this);
    if (result instanceof Begun) result._whenCompleted(() => this.finish());
    else
      asyncWaitHandle.waitAsync().then(
        () => this.finish(),
        (error) => this.receiver.reject(error),
      );
  }

  /** The consumer does not wait any more. The operation is ended all the same. */
  cancel(reason: unknown): void {
    if (this.stop !== undefined) Reflect.apply(this.stop, this.self, [this.result, reason]);
  }

  private called(): void {
    if (this.isInside) this.isSeen = true;
    else if (this.result !== undefined) this.finish();
  }

  private finish(): void {
    if (this.isEnded) return;
    this.isEnded = true;
    let value: unknown;
    try {
      value = Reflect.apply(this.end, this.self, [this.result]);
    } catch (error) {
      return isCancelled(error) ? this.receiver.abort(error) : this.receiver.reject(error);
    }
    this.receiver.resolve(value);
  }
}

/** With the optional arguments that were left out. */
function filled(args: readonly unknown[], arity: number): unknown[] {
  return Array.from({ length: arity }, (_, i) => args[i]);
}

/** Only looks. */
function isResult(value: unknown): value is AsyncResult {
  const { isCompleted, completedSynchronously } = Object(value) as Partial<AsyncResult>;
  return typeof isCompleted === 'boolean' && typeof completedSynchronously === 'boolean';
}

function assertResult(result: unknown, begin: Fn): asserts result is AsyncResult {
  if (isResult(result)) return;
  const message = `[begin-end] ${begin.name || 'begin'}() returned no AsyncResult, with isCompleted and completedSynchronously. It is no begin of a pair.`;
  throw new ArgumentError('begin', result, message);
}

/** An operation that has been begun: it keeps its outcome for whoever comes. */
class Hot<T> extends Run<T> implements Operation<T> {
  private receivers: Receiver<T>[] = [];
  /** Takes a value that comes after a cancellation. */
  declare private disposing?: Receiver<T> | undefined;
  get '~anyasync'(): this {
    return this;
  }
  get version(): 1 {
    return 1;
  }
  start(receiver: Receiver<T>): void {
    if (this._state !== 0) return this.tell(receiver);
    receiver.onCancel(this);
    this.receivers.push(receiver);
  }
  protected override fulfilled(value: T): void {
    this.settled(value);
  }
  protected override rejected(reason: unknown): void {
    this.settled(reason);
  }
  protected override aborted(reason: unknown): void {
    this.settled(reason);
  }
  protected override stopped(reason: unknown): void {
    this.disposing = this.receivers.find((receiver) => receiver.dispose !== undefined);
    this.settled(reason);
  }
  protected override late(kind: 'value' | 'complete' | 'error' | 'abort' | 'item', what: unknown): void {
    if (kind === 'value' && this._state === 4 && this.disposing !== undefined) this.disposing.dispose?.(what);
    else super.late(kind, what);
  }
  private settled(outcome: unknown): void {
    this._slot = outcome;
    const { receivers } = this;
    this.receivers = [];
    for (const receiver of receivers) this.tell(receiver);
  }
  private tell(receiver: Receiver<T>): void {
    if (!receiver.active) return;
    if (this._state === 1) receiver.resolve(this._slot as T);
    else if (this._state === 2) receiver.reject(this._slot);
    else receiver.abort(this._slot);
  }
}

/**
 * Begins an operation and reads it. After .NET's `Task.Factory.FromAsync(begin, end, args, state)`.
 *
 * - Begun at once, with a callback and the state behind the arguments. Its end is called exactly once, when it is completed, whoever
 *   still waits. Later starts of the operation get the result.
 * - Errors: what end throws, the same object; a CancelledError is a cancellation. What *begin* throws is thrown, as in .NET: nothing
 *   was begun. Converted functions (`convert(pair, beginEnd, promise)`) reject instead.
 * - Cancelling: calls `cancel(result)`; without it, nobody waits any more, and the operation is ended when it is completed.
 * - Synchronous if it is completed inside begin. The end is called inside the callback, never on a timer.
 *
 * @throws {ArgumentError} begin or end is no function, or begin returned no AsyncResult.
 * @example
 * ```ts
 * import { beginEnd, fromAsync } from '@anyasync/begin-end';
 * import { convert } from '@anyasync/core';
 * import { promise, toPromise } from '@anyasync/promise';
 *
 * const half = convert(async (n: number) => n / 2, promise, beginEnd);
 * await toPromise(fromAsync(half.begin, half.end, [8])); //=> 4
 * ```
 */
export function fromAsync<B extends Fn, E extends (result: ReturnType<B>) => unknown>(
  begin: B,
  end: E,
  args: BeginArguments<Parameters<B>> extends infer A extends readonly unknown[] ? A : readonly unknown[],
  options: FromAsyncOptions = {},
): Operation<EndResult<{ end: E }>> {
  assertPair({ begin, end });
  assertArgument(Array.isArray(args), 'args', args, '[begin-end] the arguments are an array.');
  const hot = new Hot<any>();
  new Ending(hot, end, options.self, options.cancel).begin({ begin, end }, args, options.state);
  return hot;
}

/**
 * Reads an operation that somebody has begun, from its result. After .NET's `Task.Factory.FromAsync(asyncResult, end)`.
 *
 * - Its end is called exactly once, when it is completed: at once if it is, otherwise when `asyncWaitHandle.waitAsync()` tells.
 * - Errors and cancelling: as for {@link fromAsync}.
 *
 * @throws {ArgumentError} `result` is none, or end is no function.
 * @example
 * ```ts
 * import { beginEnd, fromAsyncResult } from '@anyasync/begin-end';
 * import { convert } from '@anyasync/core';
 * import { promise, toPromise } from '@anyasync/promise';
 *
 * const half = convert(async (n: number) => n / 2, promise, beginEnd);
 * await toPromise(fromAsyncResult(half.begin(8), half.end)); //=> 4
 * ```
 */
export function fromAsyncResult<R extends AsyncResult<any, any, any>, E extends (result: R) => unknown>(
  result: R,
  end: E,
  options: Pick<FromAsyncOptions, 'self' | 'cancel'> = {},
): Operation<EndResult<{ end: E }>> {
  const message = '[begin-end] fromAsyncResult() takes what a begin has returned, and its end.';
  assertArgument(isResult(result), 'result', result, message);
  assertArgument(typeof end === 'function', 'end', end, message);
  const hot = new Hot<any>();
  new Ending(hot, end, options.self, options.cancel).wait(result);
  return hot;
}

/** Throws unless this is a pair of functions. */
export function assertPair(pair: unknown): void {
  const { begin, end } = Object(pair) as Partial<NativePair>;
  const message = '[begin-end] a pair is { begin, end }, two functions.';
  assertArgument(typeof begin === 'function', 'begin', begin, message);
  assertArgument(typeof end === 'function', 'end', end, message);
}

/** Reads a pair: each start begins one operation. What our own begin returns has a cancel. */
export function liftBeginEnd(pair: NativePair): AnyStart {
  const cancel = (result: Partial<Begun<unknown>>, reason: unknown): unknown => result.cancel?.(reason);
  return (receiver: Receiver<unknown>, self: unknown, args: readonly unknown[]): void => {
    new Ending(receiver, pair.end, self, cancel).begin(pair, args, undefined);
  };
}
