import {
  type AnyStart,
  ArgumentError,
  assertArgument,
  boundTo,
  fail,
  giveHandle,
  isStoppable,
  type Operation,
  operation,
  type Receiver,
  type StopHandle,
  type Teardown,
} from '@anyasync/core';
import { Listening } from './listening.js';

/** A promise that an operation was made from, for the way back; the key is registered, so that it works across copies of the package. */
export const native: unique symbol = Symbol.for('anyasync.promise/1') as never;

/** Hears a promise or thenable. A thenable goes through the language's own adoption: it settles once, and asynchronously, whatever it does. */
function listen(source: unknown, receiver: Leaver, given?: Listening): void {
  if (given === undefined && receiver._stays) return hear(source, receiver);
  const listening = given ?? new Listening(receiver);
  receiver.onCancel(listening);
  hear(source, listening);
}

/** One whose consumer cannot leave is heard without anything in between. */
type Leaver = Receiver<any> & { readonly _stays?: boolean };

/** By itself, so that the reactions keep nothing but this. */
function hear(source: unknown, hears: Pick<Receiver<any>, 'resolve' | 'reject' | 'abort'>): void {
  Promise.resolve(source).then(
    (value) => hears.resolve(value),
    (reason) => fail(hears, reason),
  );
}

/**
 * Whether a value is a thenable: a promise of any library, or anything else with a `then`. Only looks: nothing is called.
 *
 * @example
 * ```ts
 * import { isThenable } from '@anyasync/promise';
 *
 * isThenable(Promise.resolve()); //=> true
 * isThenable({}); //=> false
 * ```
 */
export function isThenable(value: unknown): value is PromiseLike<unknown> {
  try {
    return Object(value) === value && typeof (value as Partial<PromiseLike<unknown>>).then === 'function';
  } catch {
    return false; // a revoked proxy
  }
}

class PromiseOperation<T> implements Operation<T> {
  get version(): 1 {
    return 1;
  }
  readonly [native]: PromiseLike<T>;
  constructor(promise: PromiseLike<T>) {
    this[native] = promise;
  }
  get '~anyasync'(): this {
    return this;
  }
  start(receiver: Receiver<T>): void {
    listen(this[native], receiver);
  }
  /** Nobody will listen: its rejection is no unhandled one. */
  discard(): void {
    Promise.resolve(this[native]).then(undefined, () => {});
  }
}

/**
 * Reads a promise, any thenable, or a function that makes one, as an operation.
 *
 * - A promise is running already: starting the operation only listens. A factory is called at each start.
 * - Errors: the rejection's reason, the same object. A reason branded as cancelled (`isCancelled`) is a cancellation. What a factory
 *   throws rejects.
 * - Cancelling: of a promise, stops listening only. A factory's signal is aborted with the reason, as for `fetch(url, { signal })`.
 * - A promise whose run is never started (an aborted signal, a race that was won before) is observed: its rejection is no unhandled one.
 * - Asynchronous always. A thenable that settles twice or synchronously is heard once, and later.
 *
 * @throws {ArgumentError} `source` is neither.
 * @example
 * ```ts
 * import { fromPromise, toPromise } from '@anyasync/promise';
 *
 * await toPromise(fromPromise(async (signal) => signal.aborted)); //=> false
 * ```
 */
export function fromPromise<T>(
  source: PromiseLike<T> | ((signal: AbortSignal) => PromiseLike<T> | T),
): Operation<T> {
  if (isThenable(source)) return new PromiseOperation(source as PromiseLike<T>);
  assertArgument(
    typeof source === 'function',
    'source',
    source,
    '[promise] fromPromise() takes a promise, or a function (signal) => promise.',
  );
  return operation((receiver) => {
    const controller = new AbortController();
    const listening = new Listening(receiver);
    listening.onCancel((reason) => controller.abort(reason));
    receiver.onCancel(listening);
    listen(source(controller.signal), receiver, listening);
  });
}

/** Reads a function that returns a promise: each start is one call. */
export function liftPromise(fn: (...args: unknown[]) => unknown): AnyStart {
  const object = boundTo(fn);
  /** @param stop - Stops the work, where the caller knows how. */
  return (receiver: Receiver<unknown>, self: unknown, args: readonly unknown[], stop?: Teardown): void => {
    const promise = Reflect.apply(fn, self, args);
    if (!isThenable(promise)) {
      const message = `[promise] ${fn.name}() returned no promise. Make it async, or read it as sync.`;
      throw new ArgumentError('fn', promise, message);
    }
    const handle = handleOf(promise);
    const { _stop: told } = receiver as { readonly _stop?: StopHandle | undefined };
    if ((handle ?? told ?? stop) === undefined) return listen(promise, receiver);
    // A promise that was there before the call, like one that cannot be stopped, is stopped only if told.
    const isOwn = handle !== undefined && promise !== self && promise !== object && !args.includes(promise);
    if (isOwn && typeof receiver.handle === 'function') receiver.handle(handle);
    const listening = new Listening(receiver);
    if (stop !== undefined) listening.onCancel(stop);
    giveHandle(listening as never, handle ?? promise, told, isOwn);
    listen(promise, receiver, listening);
  };
}

/** A promise that can be stopped is its own handle (Bluebird's, execa's); that of Node's exec carries it as `child`. */
function handleOf(promise: PromiseLike<unknown>): unknown {
  if (isStoppable(promise)) return promise;
  const { child } = promise as { child?: { spawnargs?: unknown } };
  return child?.spawnargs && child;
}
