import {
  type AnyFunction,
  type AnyStart,
  assertArgument,
  attribute,
  boundTo,
  fail,
  giveHandle,
  isStoppable,
  type Operation,
  operationOf,
  type Readable,
  type Receiver,
  type StopHandle,
  type Traits,
  warn,
} from '@anyasync/core';
import { customOf, rememberFace } from './custom.js';
import { liftFace } from './face.js';
import type { ArgumentsOf, CallbackTypes, ExactArguments, Promisifiable, ValueOfCall } from './types.js';
import { one, packOf, packOfNode, type Values } from './values.js';

export type Fn = (...args: unknown[]) => unknown;
export type Args = readonly unknown[];
export type Source = Receiver<unknown, unknown> & { readonly _stop?: StopHandle | undefined };

/**
 * Reads one call of a Node-style function as an operation: the function and its arguments, without the callback.
 *
 * - Cold: the function is called at each start, without a `this`; bind it, or use `promisifyAll`, for a method.
 * - Errors: the callback's first argument if it is truthy, the same object; what the call throws rejects too. A throw after the callback
 *   was called is an uncaught exception of the host, and a second call of the callback a stray.
 * - Cancelling: calls `cancel()` or `abort()` of what the function returned, or kills it if it is a child process; `{ stop }` says another way.
 * - Synchronous if the callback comes inside the call.
 *
 * @throws {ArgumentError} `fn` is no function.
 * @example
 * ```ts
 * import { readFile } from 'node:fs';
 * import { fromCallback } from '@anyasync/callback';
 * import { toPromise } from '@anyasync/promise';
 *
 * (await toPromise(fromCallback(readFile, 'package.json', 'utf8'))).slice(0, 1); //=> '{'
 * ```
 */
export function fromCallback<F extends AnyFunction, const Args extends ArgumentsOf<F>>(
  fn: Promisifiable<F>,
  ...args: ExactArguments<F, Args>
): Operation<ValueOfCall<F, Args>>;
export function fromCallback<F extends AnyFunction, Args extends ArgumentsOf<F>>(
  fn: Promisifiable<F>,
  ...args: Args
): Operation<ValueOfCall<F, Args>>;
export function fromCallback(fn: any, ...args: any[]): Operation<any, any> {
  assertArgument(
    typeof fn === 'function',
    'fn',
    fn,
    '[callback] fromCallback() takes a function and its arguments.',
  );
  return operationOf(liftNode(fn), undefined, args);
}

export const nodeTraits: Traits = {
  items: false,
  lazy: false,
  replay: false,
  delivery: 'sync',
  cancel: 'stop',
  cancelled: false,
  errors: 'some',
  thenables: true,
  arguments: 'many',
  beside: true,
  this: true,
  backpressure: false,
  context: 'emitter',
};

/** Also the identity by which `convert` knows the way back, so it stands here once. */
export const readNode = (fn: Fn): AnyStart => liftNode(fn);

/** Node's convention as it is read, without the half that writes, so that `promisify` alone stays small. */
export const node: Readable<CallbackTypes> = {
  name: 'callback',
  callbacks: 1,
  traits: nodeTraits,
  lift: readNode,
};

/** Reads a function of Node's convention: each start is one call of it. */
export function liftNode(fn: Fn, values?: Values): AnyStart {
  const face = values === undefined ? customOf(fn) : undefined;
  if (face !== undefined) {
    rememberFace(face);
    return liftFace(face);
  }
  const pack = values === undefined ? packOfNode(fn) : packOf(values);
  const object = boundTo(fn);
  return (receiver: Source, self: unknown, args: Args) => {
    // Without an array in between where there is one value.
    const done =
      pack === one
        ? (error?: unknown, value?: unknown): void => hear(fn, receiver, error, value)
        : (...given: unknown[]): void => hear(fn, receiver, given[0], pack(given, 1));
    keep(receiver, fn, object, self, args, call(fn, self, args, done));
  };
}

function hear(fn: Fn, receiver: Source, error: unknown, value: unknown): void {
  if (receiver.active) settle(receiver, error, value);
  else attribute(fn, () => settle(receiver, error, value));
}

function settle(receiver: Source, error: unknown, value: unknown): void {
  if (error) fail(receiver, error);
  else receiver.resolve(value);
}

const { call: callWith } = Function.prototype; // a function may have a `call` of its own, which does something else

/** Without an array in between where the arguments are few. */
export function call(fn: Fn, self: unknown, args: Args, done: unknown): unknown {
  switch (args.length) {
    case 0:
      return callWith.call(fn, self, done);
    case 1:
      return callWith.call(fn, self, args[0], done);
    case 2:
      return callWith.call(fn, self, args[0], args[1], done);
    default:
      return Reflect.apply(fn, self, [...args, done]);
  }
}

/**
 * Keeps what the original returned, as the run's handle. Its own `this`, returned for chaining, the `object` that a view has bound it to, and
 * an argument were there before the call: to cancel one query may not close the database.
 */
export function keep(
  receiver: Source,
  fn: Fn,
  object: object | undefined,
  self: unknown,
  args: Args,
  handle: unknown,
  stop?: StopHandle,
): void {
  // Told how, a call that returned nothing is stopped too.
  if (handle === undefined && (stop ?? receiver._stop) === undefined) return;
  const isOwn = handle !== self && handle !== object && !args.includes(handle);
  if (isOwn && typeof (handle as { then?: unknown } | null)?.then === 'function' && !isStoppable(handle)) {
    warnOfPromise(fn);
    // Its callback may not come; where it came, the promise says the same again.
    if (handle instanceof Promise) handle.catch((error) => receiver.active && fail(receiver, error));
  }
  giveHandle(receiver, handle, stop, isOwn);
}

const warned = new WeakSet<Fn>();

/** Once per function, and no error: it may take a callback as well. Node's DEP0174. */
function warnOfPromise(fn: Fn): void {
  if (warned.has(fn)) return;
  warned.add(fn);
  warn(`[callback] ${fn.name || 'a function'}() returned a promise. Use it without promisify.`);
}
