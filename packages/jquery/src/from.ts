import {
  type AnyStart,
  ArgumentError,
  assertArgument,
  CancelledError,
  hasMethods,
  isCancelled,
  type Operation,
  type Receiver,
  readOptions,
} from '@anyasync/core';
import type { JQueryLike, ProgressOf } from './types.js';
import { type JQueryValues, packed } from './values.js';

/** What of a jQuery promise is read. */
export interface FromJQueryOptions<V extends JQueryValues = JQueryValues> {
  /** Which of the arguments are the value: the first (`one`, the default), all of them (`all`, an array), or an object of these names. */
  readonly values?: V | undefined;
  /** Whether what it is notified of is read, as items. */
  readonly progress?: boolean | undefined;
}

/** A jQuery promise that an operation was made from, for the way back. */
export const native: unique symbol = Symbol.for('anyasync.jquery/1') as never;

/** The run of a promise that we have written: its `abort` takes a reason, and whether it was cancelled is known. */
export const written: unique symbol = Symbol.for('anyasync.jquery/written/1') as never;

interface Native extends JQueryLike<unknown> {
  progress?(callback: (value: unknown) => void): unknown;
  abort?(reason?: unknown): unknown;
  readonly [written]?: { readonly wasCancelled: boolean };
}

/** Listens to a jQuery promise for one run. jQuery has no way to remove a callback: a listener that is cancelled lets its run go. */
class Listening {
  private receiver: Receiver<unknown, unknown> | undefined;

  constructor(
    receiver: Receiver<unknown, unknown>,
    private readonly promise: Native,
    private readonly values: JQueryValues,
    progress: boolean,
  ) {
    this.receiver = receiver;
    receiver.onCancel(this);
    if (progress) promise.progress?.((item) => void this.receiver?.next(item));
    promise.done((...args: unknown[]) => this.receiver?.resolve(packed(this.values, args)));
    promise.fail((...args: unknown[]) => this.failed(args));
  }

  cancel(reason: unknown): void {
    this.receiver = undefined;
    const { promise } = this;
    if (!hasMethods(promise, 'abort')) return;
    // That of $.ajax takes a status text.
    if (promise[written] !== undefined) promise.abort?.(reason);
    else promise.abort?.();
  }

  private failed([error, textStatus]: readonly unknown[]): void {
    if (isAborted(error, textStatus)) this.receiver?.abort(new CancelledError());
    else if (isCancelled(error) || wasCancelled(this.promise)) this.receiver?.abort(error);
    else this.receiver?.reject(error);
  }
}

/** How a request failed that was not aborted. Whoever aborts it can give any other text. */
const failures: readonly unknown[] = ['error', 'timeout', 'parsererror'];

/** Whether what a promise failed with is a request of jQuery's that somebody has aborted. */
function isAborted(error: unknown, textStatus: unknown): boolean {
  if (!hasMethods(error, 'abort') || failures.includes(textStatus)) return false;
  try {
    return (error as { readonly status?: unknown }).status === 0;
  } catch {
    return false; // what an error throws when it is looked at is nobody's end
  }
}

/** Whether a promise that we have written was cancelled. */
function wasCancelled(promise: Native): boolean {
  try {
    return promise[written]?.wasCancelled === true;
  } catch {
    return false;
  }
}

class JQueryOperation implements Operation<unknown, unknown> {
  readonly [native]: Native;
  constructor(
    promise: Native,
    private readonly values: JQueryValues,
    private readonly progress: boolean,
  ) {
    this[native] = promise;
  }
  get version(): 1 {
    return 1;
  }
  get '~anyasync'(): this {
    return this;
  }
  start(receiver: Receiver<unknown, unknown>): void {
    new Listening(receiver, this[native], this.values, this.progress);
  }
}

/**
 * Reads a promise or Deferred of jQuery, of any version, as an operation.
 *
 * - The work runs already: starting the operation only listens, and later listeners get the result at once.
 * - Value: the first argument; `{ values: 'all' }` gives them as an array, `{ values: ['data', 'textStatus', 'jqXHR'] }` as an object.
 *   Of a failure it is always the first argument, the same object (of `$.ajax`, the jqXHR).
 * - Progress is read with `{ progress: true }`, as items.
 * - Cancelling: calls `abort` where there is one, as that of `$.ajax`; otherwise stops listening. A request that was aborted by somebody
 *   else is a cancellation.
 * - Synchronous if it has been settled.
 *
 * @throws {ArgumentError} `promise` is none, or an option cannot be meant.
 * @example
 * ```ts
 * import { Deferred, fromJQuery } from '@anyasync/jquery';
 * import { toPromise } from '@anyasync/promise';
 *
 * const deferred = Deferred<string>();
 * deferred.resolve('data', 'success');
 * await toPromise(fromJQuery(deferred)); //=> 'data'
 * await toPromise(fromJQuery(deferred, { values: ['data', 'textStatus'] })); //=> { data: 'data', textStatus: 'success' }
 * ```
 */
export function fromJQuery<T>(
  promise: JQueryLike<T>,
  options?: { readonly values?: 'one' | undefined; readonly progress?: false | undefined },
): Operation<T>;
export function fromJQuery<T, J extends JQueryLike<T>>(
  promise: J & JQueryLike<T>,
  options: { readonly values?: 'one' | undefined; readonly progress: true },
): Operation<T, ProgressOf<J>>;
export function fromJQuery<const V extends JQueryValues>(
  promise: JQueryLike<any>,
  options: { readonly values: V; readonly progress?: false | undefined },
): Operation<ManyValues<V>>;
export function fromJQuery<J extends JQueryLike<any>, const V extends JQueryValues>(
  promise: J,
  options: { readonly values: V; readonly progress: true },
): Operation<ManyValues<V>, ProgressOf<J>>;
export function fromJQuery(promise: JQueryLike<any>, options?: FromJQueryOptions): Operation<any, any> {
  const message =
    '[jquery] fromJQuery() takes a jQuery promise or Deferred, with done(), fail() and promise().';
  assertArgument(isJQuery(promise), 'promise', promise, message);
  const { values, progress } = readJQueryOptions(options, 'fromJQuery()');
  return new JQueryOperation(promise as Native, values, progress);
}

/** The value of several arguments: an array, or an object of the names. */
export type ManyValues<V extends JQueryValues> = V extends 'one'
  ? any
  : V extends 'all'
    ? any[]
    : V extends readonly string[]
      ? { [K in V[number]]: any }
      : never;

/** The options, with their defaults. Throws for those that cannot be meant. */
export function readJQueryOptions(
  options: FromJQueryOptions | undefined,
  where: string,
): { values: JQueryValues; progress: boolean } {
  const read = readOptions(options, ['values', 'progress'], `[jquery] ${where}`);
  const { values = 'one', progress = false } = read;
  const areValues = values === 'one' || values === 'all' || areNames(values);
  assertArgument(
    areValues,
    'values',
    values,
    "[jquery] values is 'one', 'all', or an array of different names.",
  );
  assertArgument(typeof progress === 'boolean', 'progress', progress, '[jquery] progress is true or false.');
  return { values, progress };
}

function areNames(values: unknown): boolean {
  if (!Array.isArray(values) || values.length === 0) return false;
  return new Set(values).size === values.length && values.every((name) => typeof name === 'string');
}

/**
 * Whether a value is a promise or Deferred of jQuery, of any version, or ours. Only looks: nothing is called.
 *
 * @example
 * ```ts
 * import { Deferred, isJQuery } from '@anyasync/jquery';
 *
 * isJQuery(Deferred()); //=> true
 * isJQuery(Promise.resolve()); //=> false
 * ```
 */
export function isJQuery(value: unknown): value is JQueryLike<unknown> {
  return hasMethods(value, 'done', 'fail', 'promise');
}

/** Reads a function that returns a jQuery promise: each start is one call. */
export function liftJQuery(
  fn: (...args: unknown[]) => unknown,
  values: JQueryValues,
  progress: boolean,
): AnyStart {
  return (receiver: Receiver<unknown, unknown>, self: unknown, args: readonly unknown[]): void => {
    const promise = Reflect.apply(fn, self, args);
    if (!isJQuery(promise)) throw noPromise(fn, promise);
    receiver.handle?.(promise);
    new Listening(receiver, promise as Native, values, progress);
  };
}

function noPromise(fn: { readonly name: string }, received: unknown): ArgumentError {
  const message = `[jquery] ${fn.name || 'the function'}() returned no jQuery promise. Convert it from the style that it has.`;
  return new ArgumentError('fn', received, message);
}
