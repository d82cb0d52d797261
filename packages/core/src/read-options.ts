import { ArgumentError } from './errors.js';
import { refuse } from './known-options.js';

const none: object = Object.freeze(Object.create(null));

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
  if (given === undefined) return none;
  if (typeof given !== 'object' || given === null)
    throw new ArgumentError(
      'options',
      given,
      `${where} takes its options as an object. There are: ${names.join(', ')}.`,
    );
  for (const name in given)
    if (!names.includes(name as never) && (Object.hasOwn(given, name) || !(name in Object.prototype)))
      refuse(name, names, `${where} has`);
  const read = Object.create(null);
  for (const name of names) read[name] = optionOf(given, name);
  return read;
}

/**
 * One option: of the object or of its class, but not of Object.prototype. For writers of styles, whose options stand among those of every
 * conversion.
 *
 * @example
 * ```ts
 * import { optionOf } from '@anyasync/core';
 *
 * optionOf({ ms: 5 }, 'ms'); //=> 5
 * optionOf({}, 'toString'); //=> undefined
 * ```
 */
export function optionOf<O extends object, K extends PropertyKey>(
  options: O,
  name: K,
): (K extends keyof O ? O[K] : unknown) | undefined {
  for (
    let at: object | null = options;
    at !== null && at !== Object.prototype;
    at = Object.getPrototypeOf(at)
  )
    if (Object.hasOwn(at, name)) return (options as never)[name];
  return undefined;
}
