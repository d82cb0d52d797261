import { type AnyStart, attribute, type Receiver } from '@anyasync/core';
import type { Convention } from './convention.js';
import { type Args, type Fn, fail, keep, liftNode, type Source } from './from.js';
import { type Pack, packOf } from './values.js';

/** Reads a function of this convention: each start is one call of it, with the callbacks, or the object that holds them, in their place. */
export function liftConvention(fn: Fn, convention: Convention): AnyStart {
  if (convention.isNodes) return liftNode(fn, convention.values);
  const { style, values, stop } = convention;
  const pack = packOf(values ?? 'one');
  const place = makers[style];
  return (receiver: Source, self: unknown, args: Args) => {
    const on: On =
      (hear) =>
      (...given) => {
        const safely = (): void => {
          try {
            hear(given);
          } catch (error) {
            receiver.reject(error); // a test in the convention threw, which is not the original's affair
          }
        };
        if (receiver.active) safely();
        else attribute(fn, safely);
      };
    keep(receiver, fn, fn.apply(self, place(convention, pack, receiver, args, on) as unknown[]), stop);
  };
}

type On = (hear: (args: Args) => void) => Fn;
type Maker = (convention: Convention, pack: Pack, receiver: Source, args: Args, on: On) => Args;

const makers: { readonly [S in Convention['style']]: Maker } = {
  'error-first': (convention, pack, receiver, args, on) =>
    insert(convention, args, [
      on((given) => {
        if (convention.isError(given[0])) fail(receiver, given[0]);
        else hearValues(convention, pack, receiver, given, 1);
      }),
    ]),

  'value-only': (convention, pack, receiver, args, on) =>
    insert(convention, args, [
      on((given) => {
        const error = convention.lastError?.read();
        if (error !== undefined && error !== null) fail(receiver, error);
        else hearValues(convention, pack, receiver, given, 0);
      }),
    ]),

  pair: (convention, pack, receiver, args, on) => {
    const success = on((given) => hearValues(convention, pack, receiver, given, 0));
    const error = on((given) => fail(receiver, given[0]));
    return insert(convention, args, convention.errorFirst ? [error, success] : [success, error]);
  },

  options: (convention, pack, receiver, args, on) => {
    const at = optionsIndex(convention, args);
    const given = args[at];
    return insert(
      { ...convention, position: at },
      [...args.slice(0, at), ...args.slice(at + 1)],
      [{ ...(typeof given === 'object' ? given : undefined), ...methodsFor(convention, pack, receiver, on) }],
    );
  },

  handler: (convention, pack, receiver, args, on) =>
    insert(convention, args, [methodsFor(convention, pack, receiver, on)]),
};

function hearValues(convention: Convention, pack: Pack, receiver: Source, given: Args, from: number): void {
  const { multiple, until } = convention;
  if (!multiple) receiver.resolve(pack(given, from));
  else if (until?.(...given)) (receiver as Receiver<void, unknown>).complete();
  else receiver.next(pack(given, from));
}

function methodsFor(convention: Convention, pack: Pack, receiver: Source, on: On): Record<string, Fn> {
  const { resolve, reject, next, complete, abort } = convention.methods;
  const methods: Record<string, Fn> = {};
  if (resolve !== undefined) methods[resolve] = on((given) => receiver.resolve(pack(given, 0)));
  if (next !== undefined) methods[next] = on((given) => void receiver.next(pack(given, 0)));
  if (complete !== undefined) methods[complete] = on(() => (receiver as Receiver<void, unknown>).complete());
  if (reject !== undefined) methods[reject] = on((given) => fail(receiver, given[0]));
  if (abort !== undefined) methods[abort] = on((given) => receiver.abort(given[0]));
  return methods;
}

/** The caller's arguments, which are not changed, with these in their place; what is missing before them is undefined. */
function insert(convention: Convention, args: Args, callbacks: Args): Args {
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
  return isPlainObject(args.at(-1)) ? args.length - 1 : args.length;
}

function isPlainObject(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}
