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
  if (typeof given !== 'object' || given === null)
    refuse(given, names, `${where} takes its options as an object`);
  return copyOf(given, names, where);
}

function refuse(received: unknown, names: readonly string[], what: string): never {
  const here = received === 'multiArgs' ? " Here it is values: 'all'." : ''; // that of pify, Bluebird and others
  throw new ArgumentError('options', received, `${what}.${here} There are: ${names.join(', ') || 'none'}.`);
}

/** A copy with the options of these names. With `where`, another one is an error. */
export function copyOf<O extends object>(given: O, names: readonly string[], where?: string): O {
  const copy = Object.create(bare);
  for (let at = given; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) {
      if (names.includes(name)) {
        if (!(name in copy)) copy[name] = given[name as keyof O];
      } else if (where !== undefined && Object.keys(at).includes(name))
        refuse(name, names, `${where} has no option ${cut(name)}`);
    }
  return copy;
}

/** Whether these are a copy, of which nothing is read twice. */
export const isCopy = (options: object): boolean => Object.getPrototypeOf(options) === bare;

/** Options over others, which are the defaults. */
export const mergeOptions = <O extends object>(defaults: O | undefined, given: O): O =>
  defaults === undefined ? given : Object.assign(Object.create(bare), defaults, given);

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
  for (let at = Object(object); at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    if (Object.hasOwn(at, name)) return (object as never)[name];
  return undefined;
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
