import {
  type AnyStart,
  ArgumentError,
  assertArgument,
  fail,
  hasMethods,
  type Operation,
  type Receiver,
  readOptions,
} from '@anyasync/core';
import { type Begun, isBegun } from './async-result.js';
import { Hot } from './hot.js';
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
    assertArgument(hasMethods(asyncWaitHandle, 'waitAsync'), 'result', result, message);
    this.receiver.onCancel(this);
    if (isBegun(result)) result._whenCompleted(() => this.finish());
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
      return fail(this.receiver, error);
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
  try {
    const { isCompleted, completedSynchronously } = Object(value) as Partial<AsyncResult>;
    return typeof isCompleted === 'boolean' && typeof completedSynchronously === 'boolean';
  } catch {
    return false;
  }
}

function assertResult(result: unknown, begin: Fn): asserts result is AsyncResult {
  if (isResult(result)) return;
  const message = `[begin-end] ${begin.name || 'begin'}() returned no AsyncResult, with isCompleted and completedSynchronously. It is no begin of a pair.`;
  throw new ArgumentError('begin', result, message);
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
  options?: FromAsyncOptions,
): Operation<EndResult<{ end: E }>> {
  const { self, cancel, state } = readFromOptions(options, ['self', 'cancel', 'state'], 'fromAsync()');
  assertPair({ begin, end });
  assertArgument(Array.isArray(args), 'args', args, '[begin-end] the arguments are an array.');
  const hot = new Hot<any>();
  new Ending(hot, end, self, cancel).begin({ begin, end }, args, state);
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
  options?: Pick<FromAsyncOptions, 'self' | 'cancel'>,
): Operation<EndResult<{ end: E }>> {
  const { self, cancel } = readFromOptions(options, ['self', 'cancel'], 'fromAsyncResult()');
  const message = '[begin-end] fromAsyncResult() takes what a begin has returned, and its end.';
  assertArgument(isResult(result), 'result', result, message);
  assertArgument(typeof end === 'function', 'end', end, message);
  const hot = new Hot<any>();
  new Ending(hot, end, self, cancel).wait(result);
  return hot;
}

function readFromOptions(
  options: FromAsyncOptions | undefined,
  names: readonly (keyof FromAsyncOptions)[],
  where: string,
): FromAsyncOptions {
  const read = readOptions(options, names, `[begin-end] ${where}`);
  const { cancel } = read;
  const isWay = cancel === undefined || typeof cancel === 'function';
  assertArgument(isWay, 'cancel', cancel, '[begin-end] the cancel option is a function of the result.');
  return read;
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
  const cancel = (result: Begun<unknown>, reason: unknown): unknown =>
    hasMethods(result, 'cancel') ? result.cancel(reason) : undefined;
  return (receiver: Receiver<unknown>, self: unknown, args: readonly unknown[]): void => {
    new Ending(receiver, pair.end, self, cancel).begin(pair, args, undefined);
  };
}
