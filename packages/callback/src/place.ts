import { type AnyStart, attribute, boundTo, fail, type Receiver } from '@anyasync/core';
import { type Convention, isGiven } from './convention.js';
import { type Args, call, type Fn, keep, liftNode, type Source } from './from.js';
import { SourceRun } from './source-run.js';
import { packOf } from './values.js';

/** What one callback does with its arguments, or its only one. One for all runs: only the callback itself is made for each. */
type Hear<Given = Args> = (receiver: Source, given: Given) => void;
/** Calls the original, with the callbacks, or the object that holds them, in their place. */
type Call = (receiver: Source, self: unknown, args: Args) => unknown;
type Caller = (fn: Fn, convention: Convention, values: Hear) => Call;

/** Reads a function of this convention: each start is one call of it. */
export function liftConvention(fn: Fn, convention: Convention): AnyStart {
  if (convention.isNodes) return liftNode(fn, convention.values);
  const { style, stop, multiple, errorEvent } = convention;
  const start = callers[style](fn, convention, hearValues(convention, style === 'error-first' ? 1 : 0));
  const object = boundTo(fn);
  return (receiver: Source, self: unknown, args: Args) => {
    if (!multiple && errorEvent === undefined)
      return keep(receiver, fn, object, self, args, start(receiver, self, args), stop);
    const source = new SourceRun(receiver, convention);
    const handle = start(source, self, args);
    source.hear(handle);
    keep(source, fn, object, self, args, handle, stop);
  };
}

/** A callback was called. */
function deliver<Given>(fn: Fn, receiver: Source, hear: Hear<Given>, given: Given): void {
  if (!receiver.active) return attribute(fn, () => safely(receiver, hear, given));
  safely(receiver, hear, given);
}

function safely<Given>(receiver: Source, hear: Hear<Given>, given: Given): void {
  try {
    hear(receiver, given);
  } catch (error) {
    // A test in the convention threw, which is not the original's affair.
    if (receiver instanceof SourceRun) receiver._crash(error);
    else receiver.reject(error);
  }
}

const callers: { readonly [S in Convention['style']]: Caller } = {
  'error-first': (fn, convention, values) => {
    const { isError } = convention;
    const hear: Hear = (receiver, given) =>
      isError(given[0]) ? fail(receiver, given[0]) : values(receiver, given);
    return (receiver, self, args) =>
      callOne(fn, self, convention, args, (...given: unknown[]) => deliver(fn, receiver, hear, given));
  },

  'value-only': (fn, convention, values) => {
    const { lastError } = convention;
    const hear: Hear =
      lastError === undefined
        ? values
        : (receiver, given) => {
            const error = lastError.read();
            if (error !== undefined && error !== null) fail(receiver, error);
            else values(receiver, given);
          };
    return (receiver, self, args) =>
      callOne(fn, self, convention, args, (...given: unknown[]) => deliver(fn, receiver, hear, given));
  },

  pair: (fn, convention, values) => {
    const { errorFirst, position, arity } = convention;
    const first = errorFirst ? hearError : values;
    const second = errorFirst ? values : hearError;
    return (receiver, self, args) => {
      const one = (...given: unknown[]): void => deliver(fn, receiver, first, given);
      const two = (...given: unknown[]): void => deliver(fn, receiver, second, given);
      if (position === 'last' && arity <= args.length) {
        if (args.length === 0) return Reflect.apply(fn, self, [one, two]);
        if (args.length === 1) return Reflect.apply(fn, self, [args[0], one, two]);
      }
      return Reflect.apply(fn, self, insert(convention, args, [one, two]));
    };
  },

  options: (fn, convention, values) => {
    const add = methodsOf(fn, convention, values);
    return (receiver, self, args) => {
      const at = optionsIndex(convention, args);
      if (at === args.length) return call(fn, self, args, add({}, receiver));
      const given = args[at];
      const all = args.slice();
      while (all.length < at) all.push(undefined);
      all[at] = add({ ...(typeof given === 'object' ? given : undefined) }, receiver);
      return Reflect.apply(fn, self, all);
    };
  },

  handler: (fn, convention, values) => {
    const add = methodsOf(fn, convention, values);
    return (receiver, self, args) => callOne(fn, self, convention, args, add({}, receiver));
  },
};

const hearOne: Hear<unknown> = (receiver, value) => receiver.resolve(value);
const hearError: Hear = (receiver, given) => fail(receiver, given[0]);
const hearComplete: Hear = (receiver) => (receiver as Receiver<void, unknown>).complete();
const hearAbort: Hear = (receiver, given) => receiver.abort(given[0]);

function hearValues({ multiple, until, last, values = 'one' }: Convention, from: number): Hear {
  const pack = packOf(values);
  if (!multiple) return (receiver, given) => receiver.resolve(pack(given, from));
  return (receiver, given) => {
    const packed = pack(given, from);
    if (!until?.(...given)) return void receiver.next(packed);
    if (last === 'value') return receiver.resolve(packed);
    const isItem =
      last === undefined
        ? Object.values(values === 'one' ? [packed] : (packed as object)).some(isGiven)
        : last === 'item';
    if (isItem) receiver.next(packed);
    hearComplete(receiver, given);
  };
}

/** Adds the methods to an object. They are functions of their own: a caller may take them off it, or call them with another `this`. */
function methodsOf(
  fn: Fn,
  { methods, values }: Convention,
  hear: Hear,
): (on: Record<string, Fn>, receiver: Source) => object {
  const pack = packOf(values ?? 'one');
  const isOne = values === undefined || values === 'one';
  const { resolve, reject, next, complete, abort } = methods;
  const value: Hear = (receiver, given) => receiver.resolve(pack(given, 0));
  // Not in a loop: each line sees one name, which is quick.
  return (on, receiver) => {
    if (resolve !== undefined) {
      on[resolve] = isOne
        ? (given) => deliver(fn, receiver, hearOne, given) // without an array in between
        : (...given) => deliver(fn, receiver, value, given);
    }
    if (next !== undefined) on[next] = (...given) => deliver(fn, receiver, hear, given);
    if (complete !== undefined) on[complete] = (...given) => deliver(fn, receiver, hearComplete, given);
    if (reject !== undefined) on[reject] = (...given) => deliver(fn, receiver, hearError, given);
    if (abort !== undefined) on[abort] = (...given) => deliver(fn, receiver, hearAbort, given);
    return on;
  };
}

/** Without an array in between where it stands last. */
function callOne(fn: Fn, self: unknown, convention: Convention, args: Args, callback: unknown): unknown {
  if (convention.position === 'last' && convention.arity <= args.length)
    return call(fn, self, args, callback);
  return Reflect.apply(fn, self, insert(convention, args, [callback]));
}

/** The caller's arguments, which are not changed, with these in their place; what is missing before them is undefined. */
function insert(convention: Convention, args: Args, callbacks: Args): unknown[] {
  const { position, arity } = convention;
  const at = position === 'last' ? Math.max(args.length, arity) : position;
  const all: unknown[] = args.slice(0, at);
  while (all.length < at) all.push(undefined);
  all.push(...callbacks, ...args.slice(at));
  return all;
}

/** Where the options object stands: at its index, or last if the last argument is one. */
export function optionsIndex(convention: Convention, args: Args): number {
  const { position, arity } = convention;
  if (position !== 'last') return position;
  if (arity > 0) return arity;
  const last = args.length - 1;
  return isPlainObject(args[last]) ? last : args.length;
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
