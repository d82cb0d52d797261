import { propertyOf } from '@anyasync/core';
import { nodeNamesOf } from './custom.js';

/** How several success values become one and back: the first, all in an array, or an object with these names. */
export type Values = 'one' | 'all' | readonly string[];

/** Whether a value says how to pack: names must be different, and at least one. */
export function isValues(values: unknown): boolean {
  if (values === 'one' || values === 'all') return true;
  if (!Array.isArray(values) || values.length === 0) return false;
  return new Set(values).size === values.length && values.every((name) => typeof name === 'string');
}

/** One value from the success arguments; `from` is the index of the first of them. */
export type Pack = (args: readonly unknown[], from: number) => unknown;

/** The first of them. */
export const one: Pack = (args, from) => args[from];

/** How this convention packs its values. */
export function packOf(values: Values): Pack {
  if (values === 'one') return one;
  if (values === 'all') return (args, from) => args.slice(from);
  // To assign is quicker; it would set `__proto__`, and fail where Object.prototype is frozen.
  if (values.some((name) => name in Object.prototype))
    return (args, from) => Object.fromEntries(values.map((name, i) => [name, args[from + i]]));
  return (args, from) => {
    const named: Record<string, unknown> = {};
    for (let i = 0; i < values.length; i++) named[values[i] as string] = args[from + i];
    return named;
  };
}

/** Node uses its own names only where there are several values: `dns.lookup` with `{ all: true }` gives one. */
export function packOfNode(fn: object): Pack {
  const names = nodeNamesOf(fn);
  if (names === undefined) return one;
  const named = packOf(names);
  return (args, from) => (args.length - from > 1 ? named(args, from) : args[from]);
}

/** The way back: the success arguments of one value. */
export function unpackOf(values: Values): (value: unknown) => readonly unknown[] {
  if (values === 'one') return (value) => [value];
  if (values === 'all') return (value) => (Array.isArray(value) ? value : [value]);
  return (value) => values.map((name) => propertyOf(value, name));
}
