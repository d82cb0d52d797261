// How the methods of an object are paired by their names: beginRead and endRead, or BeginRead and EndRead, are `read`.

import { hide, type Member } from '@anyasync/core';
import type { NativePair } from './from.js';

type Methods = Record<string, ((...args: unknown[]) => unknown) | undefined>;

const capitalized = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);

/** The pair behind a method's name, bound to its object. A name that the object has already is asked for with `Async` behind it. */
export function findPair(object: object, name: string): NativePair | undefined {
  const found = pairNamed(object, name);
  if (found !== undefined) return found;
  const base = name.endsWith('Async') ? name.slice(0, -'Async'.length) : '';
  return base !== '' && base in object ? pairNamed(object, base) : undefined;
}

function pairNamed(object: object, name: string): NativePair | undefined {
  const methods = object as Methods;
  const base = capitalized(name);
  for (const [begin, end] of [
    [`begin${base}`, `end${base}`],
    [`Begin${base}`, `End${base}`],
  ] as const) {
    const member = begin in object && end in object ? methods[begin] : undefined;
    if (typeof member !== 'function' || typeof methods[end] !== 'function') continue;
    // Looked up at each call: a method may be replaced.
    const called = (...args: unknown[]) => methods[begin]?.(...args);
    hide(called, 'name', begin);
    return {
      begin: called,
      end: (result: unknown) => methods[end]?.(result),
      arity: Math.max(0, member.length - 2),
    };
  }
  return undefined;
}

/** The method that a member belongs to: `beginRead` is the part `begin` of `read`. */
export function memberOf(name: string): Member | undefined {
  const [, part, base] = /^(begin|end)([A-Z].*)$/s.exec(name) ?? [];
  if (part === undefined || base === undefined) return undefined;
  return { method: base.charAt(0).toLowerCase() + base.slice(1), part };
}
