import type { ConvertOptions } from './convert.js';
import { ArgumentError } from './errors.js';
import { copyOf, isCopy, readAll } from './read-options.js';
import { assertOption, rules } from './run-options.js';
import type { Readable } from './style.js';

/** The names of the options of every conversion. */
const known = /* @__PURE__ */ Object.keys(rules);

/**
 * Throws an ArgumentError for options that cannot be meant, or do not exist, for a conversion from this style. For writers of styles.
 *
 * @param own - The names of the options that the style has beside those of every conversion.
 *
 * @example
 * ```ts
 * import { type ArgumentError, assertConvertOptions } from '@anyasync/core';
 *
 * try {
 *   assertConvertOptions({ timeout: -1 });
 * } catch (error) {
 *   (error as ArgumentError).argument; //=> 'timeout'
 * }
 * ```
 */
export function assertConvertOptions(
  options: ConvertOptions,
  from?: Readable,
  own: readonly string[] = [],
): void {
  optionsOf(options, from, own);
}

/**
 * The options, read once into a copy of their own, own and inherited alike: what was checked is what is used. Nothing is read from
 * Object.prototype. Throws an ArgumentError for those that cannot be meant, or do not exist, for a conversion from this style. For writers of
 * styles.
 *
 * @param own - The names of the options that the style has beside those of every conversion.
 *
 * @example
 * ```ts
 * import { optionsOf } from '@anyasync/core';
 *
 * const { timeout, policy } = optionsOf({ timeout: 50, policy: 'latest' }, undefined, ['policy']);
 * [timeout, policy]; //=> [50, 'latest']
 * ```
 */
export function optionsOf<O extends ConvertOptions<any, any>>(
  given: O,
  from?: Readable,
  own: readonly string[] = [],
): O {
  const options = readAll(given, own.length === 0 ? known : [...own, ...known], '[core] a conversion');
  for (const name in options) {
    const rule = rules[name];
    if (rule !== undefined) assertOption(name, options[name], rule[0], rule[1]);
  }
  if (options.fold !== undefined && from?.traits.items === false)
    throw new ArgumentError(
      'fold',
      options.fold,
      `[core] ${from.name} delivers no items to fold. Leave { fold } out.`,
    );
  return options;
}

/** The options of every conversion, read once. */
export const readKnown = (given: ConvertOptions): ConvertOptions =>
  isCopy(given) ? given : copyOf(given, known);
