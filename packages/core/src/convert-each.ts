import { assertStyle, type ConvertOptions } from './convert.js';
import type { ConvertAllOptions } from './convert-all.js';
import { suffixOf } from './convertible.js';
import { ArgumentError, assertArgument } from './errors.js';
import { optionsOf } from './options-of.js';
import { assertOption } from './run-options.js';
import type { Native, Readable, Writable } from './style.js';
import { viewOf } from './view.js';

/**
 * `convertAll` with a conversion of one's own for each method. For writers of adapters.
 *
 * @param how - Converts a method, which is bound to its object already. Gets the options of each run, if there are any.
 * @throws {ArgumentError} As convertAll.
 * @example
 * ```ts
 * import { convertEach } from '@anyasync/core';
 * import { callback, promisify } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * export const promisifyEach = (object: object) => convertEach(object, callback, promise, {}, (fn) => promisify(fn));
 * ```
 */
export function convertEach(
  object: object,
  from: Readable,
  to: Writable,
  options: object,
  how: (fn: Native, runs: ConvertOptions | undefined) => unknown,
): object {
  assertStyle(from, 'from', 'lift');
  assertStyle(to, 'to', 'lower');
  const given = optionsOf(options as ConvertAllOptions, from, ['suffix', 'pick', 'exclude', 'deep']);
  const styles = { from: readOnce(from), to: readOnce(to) };
  const isSeveral = styles.from.find !== undefined || styles.to.members !== undefined;
  const {
    suffix = isSeveral ? '' : suffixOf(styles.to),
    pick: picked,
    exclude: excluded,
    deep,
    ...runs
  } = given;
  const pick = listed(picked);
  const exclude = listed(excluded);
  assertOption('suffix', suffix, isString, "a string, such as 'Async'");
  assertOption('deep', deep, isDepth, "true, or an array of members' names");
  for (const [option, which] of Object.entries({ pick, exclude })) {
    assertOption(option, which, isSelection, 'an array of names, a RegExp, or (name, fn) => boolean');
    if (deep === undefined && Array.isArray(which)) assertNames(object, which, option, styles.from);
  }
  if (suffix === '' && !isSeveral && pick === undefined && exclude === undefined)
    throw new ArgumentError(
      'suffix',
      suffix,
      "[core] without a suffix, methods are replaced: say which. Pass { suffix: '', pick } or { suffix: '', exclude }.",
    );
  const asked = Object.values(runs).some((option) => option !== undefined) ? runs : undefined;
  return viewOf(object, {
    suffix,
    pick,
    exclude,
    ...styles,
    deep: listed(deep),
    convert: (fn) => how(fn, asked),
    origin: { from, to, plain: asked === undefined },
    views: new WeakMap(),
  });
}

/**
 * Throws an ArgumentError unless it has members. For writers of adapters.
 *
 * @param who - Names the function in the message: `[package] name()`.
 * @example
 * ```ts
 * import { assertObject } from '@anyasync/core';
 *
 * assertObject({}, '[mine] viewAll()');
 * ```
 */
export function assertObject(object: unknown, who: string): void {
  assertArgument(Object(object) === object, 'object', object, `${who} takes an object, a class or a module.`);
}

/** A copy of a style: what it has and inherits, but nothing that somebody has put on Object.prototype. */
function readOnce<O extends object>(style: O): O {
  const copy = Object.create(null);
  for (
    let at: any = style;
    at !== null && !Object.hasOwn(at, 'isPrototypeOf');
    at = Reflect.getPrototypeOf(at)
  ) {
    for (const name of Object.getOwnPropertyNames(at)) {
      const isOwn = at === style || name !== 'constructor';
      if (isOwn && !(name in copy)) copy[name] = style[name as keyof O];
    }
  }
  return copy;
}

const isString = (value: unknown): boolean => typeof value === 'string';
const isDepth = (value: unknown): boolean => value === true || Array.isArray(value);
const isSelection = (value: unknown): boolean =>
  Array.isArray(value) || typeof value === 'function' || /RegExp/.test(Object.prototype.toString.call(value));

/** A list as it is now: what was checked is what is used. */
const listed = <O>(option: O): O => (Array.isArray(option) ? ([...option] as O) : option);

function assertNames(
  object: object,
  names: readonly PropertyKey[],
  option: string,
  { find }: Readable,
): void {
  for (const name of names) {
    const isThere = find === undefined ? name in object : find(object, name as string) !== undefined;
    assertArgument(isThere, option, name, `[core] ${option} names a method that the object does not have.`);
  }
}
