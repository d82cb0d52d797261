import { ArgumentError, assertArgument } from './errors.js';
import { cut } from './show.js';

/** Options that were read once: what was checked is what is used. Nothing of Object.prototype, on which anybody may have written. */
const bare: object = /* @__PURE__ */ Object.freeze(/* @__PURE__ */ Object.create(null));

/**
 * Reads the options of a function, once: what was checked is what is used. For writers of styles.
 *
 * - Own options and those of a class count alike; what somebody has put on Object.prototype does not.
 *
 * @param names - All options that there are.
 * @param where - The package and the function, for the message.
 * @throws {ArgumentError} They are no object, or one of them does not exist.
 * @example
 * ```ts
 * import { readOptions } from '@anyasync/core';
 *
 * export function delay(options?: { readonly ms?: number }) {
 *   const { ms = 0 } = readOptions(options, ['ms'], '[my-style] delay()');
 *   return ms;
 * }
 * ```
 */
export function readOptions<O extends object>(
  given: O | undefined,
  names: readonly (keyof O & string)[],
  where: string,
): Partial<O> {
  return given === undefined ? bare : readAll(given, names, where);
}

/** Reads options that were given. */
export function readAll<O extends object>(given: O, names: readonly string[], where: string): O {
  const list = (): string => `There are: ${names.join(', ') || 'none'}.`;
  if (typeof given !== 'object' || given === null)
    throw new ArgumentError('options', given, `${where} takes its options as an object. ${list()}`);
  for (const name in given)
    if (!names.includes(name) && (Object.hasOwn(given, name) || !(name in Object.prototype))) {
      const here = name === 'multiArgs' ? "Here it is values: 'all'. " : ''; // that of pify, Bluebird and others
      throw new ArgumentError('options', name, `${where} has no option ${cut(name)}. ${here}${list()}`);
    }
  return copyOf(given, names);
}

/** A copy with some of the options; what is one already is not copied again. */
export function copyOf<O extends object>(given: O, names: readonly string[]): O {
  const copy = Object.create(bare);
  for (const name of names) if (has(given, name)) copy[name] = given[name as keyof O];
  return copy;
}

/** Whether these are a copy, of which nothing is read twice. */
export const isCopy = (options: object): boolean => Object.getPrototypeOf(options) === bare;

/** Options over others, which are the defaults. */
export const mergeOptions = <O extends object>(defaults: O | undefined, given: O): O =>
  defaults === undefined ? given : Object.assign(Object.create(bare), defaults, given);

function has(object: unknown, name: PropertyKey): boolean {
  for (let at = Object(object); at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    if (Object.hasOwn(at, name)) return true;
  return false;
}

/**
 * A property of an object or of its class, and never what somebody has put on Object.prototype. For writers of styles.
 *
 * @example
 * ```ts
 * import { propertyOf } from '@anyasync/core';
 *
 * propertyOf({ ms: 5 }, 'ms'); //=> 5
 * propertyOf({}, 'toString'); //=> undefined
 * ```
 */
export function propertyOf<O, K extends PropertyKey>(
  object: O,
  name: K,
): (K extends keyof O ? O[K] : unknown) | undefined {
  return has(object, name) ? (object as never)[name] : undefined;
}

/**
 * Throws an ArgumentError for arguments that a function does not take, and would ignore. For writers of styles.
 *
 * @example
 * ```ts
 * import { assertNoMore } from '@anyasync/core';
 *
 * export function half(n: number, ...surplus: unknown[]) {
 *   assertNoMore(surplus, '[mine] half() takes a number');
 *   return n / 2;
 * }
 * ```
 */
export function assertNoMore(surplus: readonly unknown[], takes: string): void {
  assertArgument(surplus.length === 0, 'arguments', surplus[0], `${takes}, and no more.`);
}
