import {
  type AnyStart,
  assertArgument,
  assertConvertOptions,
  assertOperation,
  type ContextOption,
  type Fold,
  type Itemless,
  inContext,
  type Operation,
  type OperationOptions,
  propertyOf,
  type RunOptions,
  runOrThrow,
  startSelf,
  type Traits,
  withOptions,
} from '@anyasync/core';
import { Begun, isBegun, type Pair } from './async-result.js';
import type { AsyncCallback, BeginEndPair, CancellableResult } from './types.js';

/**
 * Writes a start as a pair of begin and end.
 *
 * The callback is the last of begin's arguments, if that is a function; or stands behind the `arity` declared arguments, if it is null
 * there; or is the last but one, with the state behind it, if that is a function. So a function that is an argument of the original's own,
 * and the last, needs a callback behind it, or null.
 */
export function lowerBeginEnd(start: AnyStart, _source?: Traits, arity?: number): BeginEndPair {
  const pair: Pair = {};
  function begin(this: unknown, ...args: unknown[]): Begun<unknown> {
    const at = callbackAt(args, arity);
    const [callback, state] = args.splice(at, 2);
    const result = new Begun<unknown>(pair, callback as AsyncCallback | null | undefined, state);
    runOrThrow(start, result, this, args);
    return result._returned();
  }
  const endOf = (result: unknown): unknown => {
    const message = '[begin-end] end() takes the result of the begin that it belongs to.';
    assertArgument(isBegun(result) && result._pair === pair, 'result', result, message);
    return result._take();
  };
  return { begin, end: endOf } as unknown as BeginEndPair;
}

function callbackAt(args: readonly unknown[], arity = Number.POSITIVE_INFINITY): number {
  const { length } = args;
  if (typeof args[length - 1] === 'function') return length - 1;
  const isNull = length > arity && length <= arity + 2 && (args[arity] ?? undefined) === undefined;
  if (isNull) return arity;
  return typeof args[length - 2] === 'function' ? length - 2 : length;
}

/** The same in all copies of the package. */
const single: Pair = Symbol.for('anyasync.toAsyncResult/1');

/** What can be asked for the result of one operation. */
export interface EndOptions {
  /** What a second end does: throw an InvalidOperationError (the default), or give the same again, as .NET's TaskToAsyncResult. */
  readonly endTwice?: 'throw' | 'same' | undefined;
}

/**
 * Writes an operation as an AsyncResult, to be given to {@link end}. After .NET's TaskToAsyncResult.Begin.
 *
 * - Starts the work at once. The callback is called once when it is completed, also if that is inside this call.
 * - Errors: kept for `end`, the same object. What starting throws is thrown, and nothing was begun.
 * - Cancelling: `result.cancel(reason)` stops the work; `end` then throws the reason, or a CancelledError. So it does when the source was
 *   cancelled by somebody else, or by `{ signal }`.
 * - Synchronous: completed inside the source's call. What the callback throws is reported (`onStray`).
 * - The callback runs in the async context (AsyncLocalStorage) of whoever completes it; with `{ context: 'subscriber' }` in that of this call.
 * - Items need a `fold`, or `next` to take them.
 *
 * @throws {ArgumentError} `operation` is none, the callback is no function, or an option cannot be meant.
 * @example
 * ```ts
 * import { end, toAsyncResult } from '@anyasync/begin-end';
 * import { fromPromise } from '@anyasync/promise';
 *
 * const begun = toAsyncResult(fromPromise(Promise.resolve(1)), (result) => { end(result); }, 'state');
 * begun.asyncState; //=> 'state'
 * begun.isCompleted; //=> false
 * await begun.asyncWaitHandle.waitAsync(); //=> true
 * ```
 */
export function toAsyncResult<T, S = undefined, Item = never>(
  operation: Operation<T, Item> & Itemless<Item>,
  callback?: AsyncCallback<CancellableResult<T, S, 'toAsyncResult'>> | null,
  state?: S,
  options?: RunOptions<T, never> & EndOptions & ContextOption,
): CancellableResult<T, S, 'toAsyncResult'>;
export function toAsyncResult<T, Item, S>(
  operation: Operation<T, Item>,
  callback: AsyncCallback<CancellableResult<T, S, 'toAsyncResult'>> | null | undefined,
  state: S,
  options: RunOptions<T, Item> & EndOptions & ContextOption & { readonly next: (item: Item) => void },
): CancellableResult<T, S, 'toAsyncResult'>;
export function toAsyncResult<Item, R, S>(
  operation: Operation<void, Item>,
  callback: AsyncCallback<CancellableResult<R, S, 'toAsyncResult'>> | null | undefined,
  state: S,
  options: OperationOptions<void, Item, R> & EndOptions & ContextOption & { readonly fold: Fold<Item, R> },
): CancellableResult<R, S, 'toAsyncResult'>;
export function toAsyncResult(operation: any, callback?: any, state?: any, options?: any): any {
  assertOperation(operation);
  const isCallback = callback === undefined || callback === null || typeof callback === 'function';
  assertArgument(
    isCallback,
    'callback',
    callback,
    '[begin-end] the callback is a function of the result, or null.',
  );
  let start: AnyStart = startSelf;
  let endTwice: EndOptions['endTwice'];
  if (options !== undefined) {
    assertConvertOptions(options, undefined, ['endTwice', 'context']);
    endTwice = propertyOf(options, 'endTwice') as typeof endTwice;
    const isKnown = endTwice === undefined || endTwice === 'throw' || endTwice === 'same';
    assertArgument(isKnown, 'endTwice', endTwice, "[begin-end] endTwice is 'throw' or 'same'.");
    start = inContext(
      withOptions(startSelf, options),
      propertyOf(options, 'context') as ContextOption['context'],
    );
  }
  const result = new Begun<unknown>(single, callback, state, endTwice);
  runOrThrow(start, result, operation, []);
  return result._returned();
}

/**
 * Ends an operation that {@link toAsyncResult} has begun: gives its value or throws its error, once.
 *
 * @throws {ArgumentError} `result` is of another begin.
 * @throws {WouldDeadlockError} It is not completed.
 * @throws {InvalidOperationError} It was ended before.
 * @example
 * ```ts
 * import { end, toAsyncResult } from '@anyasync/begin-end';
 * import { operation } from '@anyasync/core';
 *
 * end(toAsyncResult(operation<number>((receiver) => receiver.resolve(1)))); //=> 1
 * ```
 */
export function end<T>(result: CancellableResult<T, any, 'toAsyncResult'>): T {
  const message =
    '[begin-end] end() takes what toAsyncResult() has returned. Of another begin, call its own end.';
  assertArgument(isBegun(result) && result._pair === single, 'result', result, message);
  return (result as Begun<T>)._take();
}
