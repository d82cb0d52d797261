import { assertConvertOptions, assertStyle, type ConvertOptions, convert } from './convert.js';
import { assertArgument } from './errors.js';
import type { Fold } from './fold.js';
import { realm } from './realm.js';
import type { RunOptions } from './run-options.js';
import type { Readable, Writable } from './style.js';
import type { FoldedTypes, IfUntyped, ItemlessTypes, StyleTypes } from './style-types.js';
import { viewOf } from './view.js';
import type { ConvertedAll, ItemOfAll, MethodNames, PlaceForItems } from './view-types.js';

/** What can be asked for a converted object. */
export interface ConvertAllOptions<K extends PropertyKey = PropertyKey> extends ConvertOptions {
  /** Appended to the names of the converted methods, which then stand beside the original ones. Without it they replace them. */
  readonly suffix?: string | undefined;
  /** The methods to convert. Without it: every function except classes, `*Sync`, those with a symbol for a name, and what every object has. */
  readonly pick?: readonly K[] | undefined;
}

/** The options of `convertAll`, with the methods' items and the names of the picked ones. */
interface ViewOptions<Item, Suffix, Name> extends RunOptions<any, Item> {
  readonly suffix?: Suffix | undefined;
  readonly pick?: readonly Name[] | undefined;
}

// For code that is given its styles.
export function convertAll<From extends StyleTypes, To extends StyleTypes>(
  object: object,
  from: Readable<From>,
  to: Writable<To> & IfUntyped<From, To>,
  options: ConvertAllOptions | undefined,
): object;
export function convertAll<
  T extends object,
  From extends StyleTypes,
  To extends StyleTypes,
  R,
  const Suffix extends string = '',
  Name extends keyof T = MethodNames<T>,
>(
  object: T,
  from: Readable<From>,
  to: Writable<To>,
  options: ViewOptions<ItemOfAll<T, From, Name>, Suffix, Name> & {
    readonly fold: Fold<ItemOfAll<T, From, Name>, R>;
  },
): ConvertedAll<T, FoldedTypes<From, R>, To, Suffix, Name>;
export function convertAll<
  T extends object,
  From extends StyleTypes,
  To extends StyleTypes,
  const Suffix extends string = '',
  Name extends keyof T = MethodNames<T>,
>(
  object: T,
  from: Readable<From>,
  to: Writable<To>,
  options: ViewOptions<ItemOfAll<T, From, Name>, Suffix, Name> & {
    readonly next: (item: ItemOfAll<T, From, Name>) => void;
    readonly fold?: undefined;
  },
): ConvertedAll<T, ItemlessTypes<From>, To, Suffix, Name>;
/**
 * Converts the methods of an object, a class's statics, or a module: a view of it, whose other members are the original's own.
 *
 * - The original is never changed. Methods run on it, so that #private members, Map and Date work; getters run when they are read.
 *   Setting a property of the view sets it on the original.
 * - Without `suffix` the converted method replaces the original one; with it both stand side by side, and a name that the object has
 *   already stays what it is.
 * - A style whose methods are several members of the object (begin/end: `beginX` and `endX` for `x`) always leaves the original ones beside.
 * - Which methods: by type, those of the style `from`. At run time that is not known: every function is converted except classes,
 *   `*Sync`, those with a symbol for a name and what every object has; `pick` names them instead.
 * - Everything else is as in {@link convert}.
 *
 * @throws {ArgumentError} `object` is none, a style is none, an option cannot be meant, or `pick` names what is not there.
 * @example
 * ```ts
 * import * as zlib from 'node:zlib';
 * import { convertAll } from '@anyasync/core';
 * import { callback } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * const later = convertAll(zlib, callback, promise, { pick: ['gzip', 'gunzip'] });
 * String(await later.gunzip(await later.gzip('text'))); //=> 'text'
 * ```
 */
export function convertAll<
  T extends object,
  From extends StyleTypes,
  To extends StyleTypes,
  const Suffix extends string = '',
  Name extends keyof T = MethodNames<T>,
>(
  object: T,
  from: Readable<From>,
  to: Writable<To> & PlaceForItems<From, To>,
  options?: ViewOptions<ItemOfAll<T, From, Name>, Suffix, Name> & { readonly fold?: undefined },
): ConvertedAll<T, From, To, Suffix, Name>;
export function convertAll(object: object, from: Readable, to: Writable, options: any = {}): any {
  const isObject = (typeof object === 'object' && object !== null) || typeof object === 'function';
  assertArgument(isObject, 'object', object, '[core] convertAll() takes an object, a class or a module.');
  assertStyle(from, 'from', 'lift');
  assertStyle(to, 'to', 'lower');
  assertConvertOptions(options, from, ['suffix', 'pick']);
  const { suffix = '', pick, ...runs } = options as ConvertAllOptions;
  assertNames(object, suffix, pick, from);
  const view = viewOf(object, {
    suffix,
    pick: pick && new Set(pick),
    find: from.find,
    members: to.members,
    convert: (fn) => convert(fn, from, to, runs),
  });
  realm.origins.set(view, { native: object, from, to, plain: true });
  return view;
}

function assertNames(object: object, suffix: unknown, pick: unknown, { find }: Readable): void {
  assertArgument(
    typeof suffix === 'string',
    'suffix',
    suffix,
    "[core] the suffix is a string, such as 'Async'.",
  );
  if (pick === undefined) return;
  assertArgument(Array.isArray(pick), 'pick', pick, '[core] pick is an array of method names.');
  for (const name of pick) {
    const isThere = find === undefined ? name in object : find(object, name) !== undefined;
    assertArgument(isThere, 'pick', name, '[core] pick names a method that the object does not have.');
  }
}
