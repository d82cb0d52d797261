import { ArgumentError, hide, propertyOf } from '@anyasync/core';
import type { Convention } from './convention.js';
import type { Fn } from './from.js';
import { optionsIndex } from './place.js';

/** The functions that a caller passed, by event. */
export interface Listeners {
  readonly value: Fn | undefined;
  readonly error: Fn | undefined;
  /** For the value after items, where it has a method of its own. */
  readonly result?: Fn | undefined;
  readonly complete?: Fn | undefined;
  readonly abort?: Fn | undefined;
  /** Their `this`. */
  readonly self: unknown;
}

/** Takes the callbacks out of the arguments of a call. Throws where a needed one is missing. */
export function take(args: unknown[], convention: Convention, self: unknown): Listeners {
  const { style, position, errorFirst, methods } = convention;
  if (style === 'options' || style === 'handler') {
    const at =
      style === 'options'
        ? optionsIndex(convention, args)
        : position === 'last'
          ? Math.max(args.length - 1, 0)
          : position;
    const target = args[at] as object | null | undefined;
    if (style === 'handler') args.splice(at, 1);
    else if (typeof target === 'object' && target !== null) {
      const others = without(target, Object.values(methods));
      args.splice(at, 1, ...(Reflect.ownKeys(others).length > 0 ? [others] : []));
    }
    const on = (name: string | undefined): Fn | undefined => {
      const method = name === undefined ? undefined : propertyOf(target, name);
      if (method !== undefined && typeof method !== 'function') missing(target, convention);
      return method as Fn | undefined;
    };
    const value = on(convention.multiple ? methods.next : methods.resolve);
    const result = convention.multiple ? on(methods.resolve) : undefined;
    const complete = on(methods.complete);
    const isDeaf =
      value === undefined || (convention.multiple && methods.resolve !== undefined && result === undefined);
    if (isDeaf && complete === undefined) missing(target, convention);
    return { value, result, error: on(methods.reject), complete, abort: on(methods.abort), self: target };
  }
  if (style === 'pair') {
    const at = position === 'last' ? lastPair(args) : position;
    const [first, second] = args.slice(at, at + 2);
    const count = typeof second === 'function' ? 2 : 1;
    if (typeof first !== 'function') missing(first, convention);
    args.splice(at, count);
    const two = errorFirst ? { value: second, error: first } : { value: first, error: second };
    return { value: asFunction(two.value), error: asFunction(two.error), result: undefined, self };
  }
  const at = position === 'last' ? args.length - 1 : position;
  const value = args[at];
  if (typeof value !== 'function') missing(value, convention);
  args.splice(at, 1);
  return { value: value as Fn, error: undefined, result: undefined, self };
}

/** Whether a call has the callbacks of its convention. */
export function hasCallbacks(args: readonly unknown[], convention: Convention): boolean {
  const { style, position, methods } = convention;
  const at =
    style === 'options' ? optionsIndex(convention, args) : position === 'last' ? args.length - 1 : position;
  if (style !== 'options' && style !== 'handler') return typeof args[at] === 'function';
  return Object.values(methods).some((name) => typeof propertyOf(args[at], name) === 'function');
}

const asFunction = (value: unknown): Fn | undefined =>
  typeof value === 'function' ? (value as Fn) : undefined;

const lastPair = (args: readonly unknown[]): number =>
  Math.max(0, args.length - (typeof args.at(-2) === 'function' ? 2 : 1));

/** The caller's object without these: a copy, because it is not changed. */
function without(object: object, names: readonly unknown[]): object {
  const others = Object.create(Object.getPrototypeOf(object));
  for (const key of Reflect.ownKeys(object)) {
    if (names.includes(key) || !Object.getOwnPropertyDescriptor(object, key)?.enumerable) continue;
    hide(others, key, object[key as never], true);
  }
  return others;
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
