import {
  type AnyStart,
  ArgumentError,
  assertConvertOptions,
  assertOperation,
  type Fold,
  type Operation,
  type RunOptions,
  run,
  runOrThrow,
  startSelf,
  type Traits,
  withOptions,
} from '@anyasync/core';
import { CallbackRun, ContextRun, type Listeners } from './callback-run.js';
import { type Convention, nodeConvention } from './convention.js';
import type { Fn } from './from.js';
import { optionsIndex } from './place.js';
import type { NodeCallback } from './types.js';

/** What {@link toCallback} can be asked: a fold where there are items, and the options of one run. */
export interface ToCallbackOptions<T, Item, R> extends RunOptions<T, Item> {
  /** Makes one value of the items: `first() last() only() toArray() count()`. */
  readonly fold?: Fold<Item, R> | undefined;
}

/**
 * Writes an operation as a call of a Node-style callback: `(error)` or `(null, value)`.
 *
 * - Starts the work at once. The callback is called once, after this call has returned, in the caller's async context.
 * - Errors: the source's reason, the same object; a falsy one arrives as a {@link FalsyRejectionError}. What starting throws is thrown.
 * - A callback that throws is an uncaught exception of the host, and changes nothing else.
 * - Cancelling: `{ signal }` cancels the work, and the callback hears `signal.reason`.
 *
 * @throws {ArgumentError} `operation` is none, the callback is missing, or an option cannot be meant.
 * @example
 * ```ts
 * import { toCallback } from '@anyasync/callback';
 * import { fromPromise } from '@anyasync/promise';
 *
 * await new Promise((done) => toCallback(fromPromise(Promise.resolve(1)), (error, value) => done([error, value]))); //=> [null, 1]
 * ```
 */
export function toCallback<T>(
  operation: Operation<T>,
  callback: NodeCallback<T>,
  options?: RunOptions<T, never>,
): void;
export function toCallback<T, Item>(
  operation: Operation<T, Item>,
  callback: NodeCallback<T>,
  options: RunOptions<T, Item> & { readonly next: (item: Item) => void },
): void;
export function toCallback<Item, R>(
  operation: Operation<void, Item>,
  callback: NodeCallback<R>,
  options: ToCallbackOptions<void, Item, R> & { readonly fold: Fold<Item, R> },
): void;
export function toCallback(operation: unknown, callback: unknown, options?: object): void {
  assertOperation(operation);
  if (options !== undefined) assertConvertOptions(options);
  callWith(withOptions(startSelf, options)).call(operation, callback);
}

/** An operation may come from a source that keeps no async context. */
const callWith = (start: AnyStart): Fn => lowerConvention(start, nodeConvention, 'emitter');

/** Writes a start as a function of this convention; `context` is the trait of the style it was read from. */
export function lowerConvention(start: AnyStart, convention: Convention, context: Traits['context']): Fn {
  const Class = context === 'emitter' && !convention.multiple ? ContextRun : CallbackRun;
  const begin = convention.capture ? run : runOrThrow;
  return function (this: unknown, ...args) {
    const listeners = take(args, convention, this);
    begin(start, new Class(convention, listeners), this, args);
  };
}

/** Takes the callbacks out of the arguments of a call. Throws where a needed one is missing. */
function take(args: unknown[], convention: Convention, self: unknown): Listeners {
  const { style, position, errorFirst, methods } = convention;
  if (style === 'options' || style === 'handler') {
    const at =
      style === 'options'
        ? optionsIndex(convention, args)
        : position === 'last'
          ? Math.max(args.length - 1, 0)
          : position;
    const target = args[at] as Record<string, Fn | undefined> | undefined;
    if (style === 'handler') args.splice(at, 1);
    else if (target !== undefined) args[at] = without(target, Object.values(methods));
    const on = (name: string | undefined): Fn | undefined =>
      name === undefined ? undefined : target?.[name];
    const value = on(convention.multiple ? methods.next : methods.resolve);
    if (value === undefined && on(methods.complete) === undefined) missing(target, convention);
    return {
      value,
      error: on(methods.reject),
      complete: on(methods.complete),
      abort: on(methods.abort),
      self: target,
    };
  }
  if (style === 'pair') {
    const at = position === 'last' ? lastPair(args) : position;
    const [first, second] = args.slice(at, at + 2);
    const count = typeof second === 'function' ? 2 : 1;
    if (typeof first !== 'function') missing(first, convention);
    args.splice(at, count);
    const two = errorFirst ? { value: second, error: first } : { value: first, error: second };
    return { value: asFunction(two.value), error: asFunction(two.error), self };
  }
  const at = position === 'last' ? args.length - 1 : position;
  const value = args[at];
  if (typeof value !== 'function') missing(value, convention);
  args.splice(at, 1);
  return { value: value as Fn, error: undefined, self };
}

const asFunction = (value: unknown): Fn | undefined =>
  typeof value === 'function' ? (value as Fn) : undefined;

const lastPair = (args: readonly unknown[]): number =>
  Math.max(0, args.length - (typeof args.at(-2) === 'function' ? 2 : 1));

function without(object: object, names: readonly unknown[]): object {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.includes(name)));
}

function missing(received: unknown, { name, style, position, methods }: Convention): never {
  const where = position === 'last' ? 'last' : `as argument ${position}`;
  const what =
    style === 'options' || style === 'handler'
      ? `an object with ${Object.values(methods).filter(Boolean).join(', ')}`
      : style === 'pair'
        ? 'two functions'
        : 'a function';
  throw new ArgumentError('callback', received, `[callback] the ${name} is missing. Pass ${what} ${where}.`);
}
