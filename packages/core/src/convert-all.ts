import { type ConvertOptions, convert } from './convert.js';
import { assertObject, convertEach } from './convert-each.js';
import type { Selection } from './convertible.js';
import type { Fold } from './fold.js';
import type { RunOptions } from './run-options.js';
import type { Readable, Writable } from './style.js';
import type { FoldedTypes, IfUntyped, ItemlessTypes, StyleTypes } from './style-types.js';
import type { Chosen, DefaultSuffix, InPlace, Selected } from './view-names.js';
import type { ConvertedAll, ItemOfAll, PlaceForItems } from './view-types.js';

/** Which members a view shows converted, and under which names. */
export interface ViewOptions<Suffix, Picked, Excluded, Deep> {
  /**
   * Appended to the names of the converted methods, which stand beside the original ones: `Async`, or what the style written to says
   * (`$` for Observables). `''` puts them in place of the original ones, and needs `pick` or `exclude`.
   */
  readonly suffix?: Suffix | undefined;
  /** The methods to convert: names, a RegExp, or a test `(name, fn) => boolean`. Names count for what is left out otherwise, such as `*Sync`. */
  readonly pick?: Picked | undefined;
  /** The methods that are shown as they are, said in the same ways. */
  readonly exclude?: Excluded | undefined;
  /** Members that are objects or classes to be shown as views too, by their names; `true` for all. What `new` makes of a class is one then. */
  readonly deep?: Deep | undefined;
}

/** What can be asked for a converted object. */
export interface ConvertAllOptions<K extends PropertyKey = PropertyKey>
  extends ConvertOptions,
    ViewOptions<string, Selection<K>, Selection<K>, true | readonly PropertyKey[]> {}

/** The options of `convertAll`, with the items of the methods. */
type OptionsOf<Item, Suffix, Picked, Excluded, Deep> = RunOptions<any, Item> &
  ViewOptions<Suffix, Picked, Excluded, Deep>;

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
  const Suffix extends string = DefaultSuffix<From, To>,
  const Picked extends Selected<T> = Selected<T>,
  const Excluded extends Selected<T> = Selected<T>,
  const Deep extends true | readonly PropertyKey[] | undefined = undefined,
>(
  object: T,
  from: Readable<From>,
  to: Writable<To>,
  options: OptionsOf<ItemOfAll<T, From, Chosen<T, Picked, Excluded>>, Suffix, Picked, Excluded, Deep> &
    InPlace<From, To, Suffix> & {
      readonly fold: Fold<ItemOfAll<T, From, Chosen<T, Picked, Excluded>>, R>;
    },
): ConvertedAll<T, FoldedTypes<From, R>, To, Suffix, Picked, Excluded, Deep>;
export function convertAll<
  T extends object,
  From extends StyleTypes,
  To extends StyleTypes,
  const Suffix extends string = DefaultSuffix<From, To>,
  const Picked extends Selected<T> = Selected<T>,
  const Excluded extends Selected<T> = Selected<T>,
  const Deep extends true | readonly PropertyKey[] | undefined = undefined,
>(
  object: T,
  from: Readable<From>,
  to: Writable<To>,
  options: OptionsOf<ItemOfAll<T, From, Chosen<T, Picked, Excluded>>, Suffix, Picked, Excluded, Deep> &
    InPlace<From, To, Suffix> & {
      readonly next: (item: ItemOfAll<T, From, Chosen<T, Picked, Excluded>>) => void;
      readonly fold?: undefined;
    },
): ConvertedAll<T, ItemlessTypes<From>, To, Suffix, Picked, Excluded, Deep>;
/**
 * Converts the methods of an object, a class's statics, or a module: a view of it, whose other members are the original's own.
 *
 * - The original is never changed. Methods run on it, so that #private members, Map and Date work; getters run when they are read.
 * - The converted methods stand beside the original ones, with `Async` or the style's own suffix behind their names (`$` for Observables); a
 *   name that the object has already stays what it is. `{ suffix: '', pick }` or `{ suffix: '', exclude }` puts them in place.
 * - A style whose methods are several members of the object (begin/end: `beginX` and `endX` for `x`) needs no suffix.
 * - Which methods: by type, those of the style `from`. At run time that is not known: every function, except classes, `*Sync`, `then`,
 *   `toJSON`, those with a symbol for a name, and `readAsync` beside `read`; `pick` may name these. Never what every object, function,
 *   emitter or stream has, nor what is known to be converted already. What is not converted is shown as it is.
 * - A `pick` or `exclude` that is a RegExp or a test is not known by type, unless it is a type guard: what is added is optional then, and in
 *   place it is either.
 * - `deep` shows members that are objects or classes as views, at every depth, and what `new` makes of such a class. A view of a prototype
 *   changes no class: see {@link convert} for one method of it.
 * - What is set on the view is set on the original, and `delete` and `view.__proto__ = ...` act on it. But what is put in place of a converted
 *   method, as by a mocking library, stays on the view. Its prototype cannot be set.
 * - A view is no sandbox: {@link originOf} gives the original. Everything else is as in {@link convert}.
 *
 * @throws {ArgumentError} `object` is none, a style is none, an option cannot be meant, `pick` names what is not there, or it is missing.
 * @example
 * ```ts
 * import * as zlib from 'node:zlib';
 * import { convertAll } from '@anyasync/core';
 * import { callback } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * const beside = convertAll(zlib, callback, promise);
 * const zipped = await beside.gzipAsync('text');
 * const inPlace = convertAll(zlib, callback, promise, { suffix: '', pick: ['gunzip'] });
 * String(await inPlace.gunzip(zipped)); //=> 'text'
 * ```
 */
export function convertAll<
  T extends object,
  From extends StyleTypes,
  To extends StyleTypes,
  const Suffix extends string = DefaultSuffix<From, To>,
  const Picked extends Selected<T> = Selected<T>,
  const Excluded extends Selected<T> = Selected<T>,
  const Deep extends true | readonly PropertyKey[] | undefined = undefined,
>(
  object: T,
  from: Readable<From>,
  to: Writable<To> & PlaceForItems<From, To>,
  options?: OptionsOf<ItemOfAll<T, From, Chosen<T, Picked, Excluded>>, Suffix, Picked, Excluded, Deep> &
    InPlace<From, To, Suffix> & { readonly fold?: undefined },
): ConvertedAll<T, From, To, Suffix, Picked, Excluded, Deep>;
export function convertAll(object: object, from: Readable, to: Writable, options: any = {}): any {
  assertObject(object, '[core] convertAll()');
  return convertEach(object, from, to, options, (fn, runs) => convert(fn, from, to, runs));
}
