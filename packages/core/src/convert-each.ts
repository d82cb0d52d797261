import { assertStyle, type ConvertOptions, optionsOf } from './convert.js';
import type { ConvertAllOptions } from './convert-all.js';
import { type Selection, suffixOf } from './convertible.js';
import { ArgumentError, assertArgument } from './errors.js';
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
  const { suffix = isSeveral ? '' : suffixOf(styles.to), pick, exclude, deep, ...runs } = given;
  assertArgument(
    typeof suffix === 'string',
    'suffix',
    suffix,
    "[core] the suffix is a string, such as 'Async'.",
  );
  const isDeep = deep === undefined || deep === true || Array.isArray(deep);
  assertArgument(isDeep, 'deep', deep, "[core] deep is true, or an array of members' names.");
  const choice = { suffix, pick: selected(pick, 'pick'), exclude: selected(exclude, 'exclude'), ...styles };
  if (deep === undefined) {
    assertNames(object, choice.pick, 'pick', styles.from);
    assertNames(object, choice.exclude, 'exclude', styles.from);
  }
  if (suffix === '' && !isSeveral && pick === undefined && exclude === undefined)
    throw new ArgumentError(
      'suffix',
      suffix,
      "[core] without a suffix, what is no such method would be converted, too. Pass { suffix: '', pick } or { suffix: '', exclude }.",
    );
  const asked = Object.values(runs).some((option) => option !== undefined) ? runs : undefined;
  return viewOf(object, {
    ...choice,
    deep: Array.isArray(deep) ? [...deep] : (deep as true | undefined),
    convert: (fn) => how(fn, asked),
    styles: { from, to },
    plain: asked === undefined,
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

function selected(which: Selection | undefined, option: string): Selection | undefined {
  if (Array.isArray(which)) return [...which];
  const fits =
    which === undefined ||
    typeof which === 'function' ||
    Object.prototype.toString.call(which) === '[object RegExp]';
  assertArgument(
    fits,
    option,
    which,
    `[core] ${option} is an array of names, a RegExp, or (name, fn) => boolean.`,
  );
  return which;
}

function assertNames(object: object, which: Selection | undefined, option: string, { find }: Readable): void {
  if (!Array.isArray(which)) return;
  for (const name of which) {
    const isThere = find === undefined ? name in object : find(object, name) !== undefined;
    assertArgument(isThere, option, name, `[core] ${option} names a method that the object does not have.`);
  }
}
