import {
  assertObject,
  type Chosen,
  convertEach,
  type DefaultSuffix,
  type Fold,
  type FoldedTypes,
  type InPlace,
  type ItemlessTypes,
  type ItemOfAll,
  optionsOf,
  type PlaceForItems,
  type PromiseTypes,
  type Readable,
  type RunOptions,
  type Selected,
  type StyleTypes,
  type ViewOptions,
} from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { node } from './from.js';
import { assertValues, type PromisifyOptions, promisify } from './promisify.js';
import type { CallbackTypes, NodeTypes, PromisifyAll } from './types.js';
import type { Values } from './values.js';

/** The options of `promisifyAll`, with the items of the methods. */
type Options<From extends StyleTypes, Item, Suffix, Picked, Excluded, Deep> = RunOptions<any, Item> &
  ViewOptions<Suffix, Picked, Excluded, Deep> &
  InPlace<From, PromiseTypes, Suffix>;

export function promisifyAll<
  T extends object,
  const V extends Values,
  const Suffix extends string = 'Async',
  const Picked extends Selected<T> = Selected<T>,
  const Excluded extends Selected<T> = Selected<T>,
  const Deep extends true | readonly PropertyKey[] | undefined = undefined,
>(
  object: T,
  options: Options<NodeTypes<V>, never, Suffix, Picked, Excluded, Deep> & { readonly values: V },
): PromisifyAll<T, Suffix, Picked, Excluded, Deep, NodeTypes<V>>;
export function promisifyAll<
  T extends object,
  From extends StyleTypes,
  R,
  const Suffix extends string = DefaultSuffix<From, PromiseTypes>,
  const Picked extends Selected<T> = Selected<T>,
  const Excluded extends Selected<T> = Selected<T>,
  const Deep extends true | readonly PropertyKey[] | undefined = undefined,
>(
  object: T,
  options: Options<From, ItemOfAll<T, From, Chosen<T, Picked, Excluded>>, Suffix, Picked, Excluded, Deep> & {
    readonly from: Readable<From>;
    readonly fold: Fold<ItemOfAll<T, From, Chosen<T, Picked, Excluded>>, R>;
  },
): PromisifyAll<T, Suffix, Picked, Excluded, Deep, FoldedTypes<From, R>>;
export function promisifyAll<
  T extends object,
  From extends StyleTypes,
  const Suffix extends string = DefaultSuffix<From, PromiseTypes>,
  const Picked extends Selected<T> = Selected<T>,
  const Excluded extends Selected<T> = Selected<T>,
  const Deep extends true | readonly PropertyKey[] | undefined = undefined,
>(
  object: T,
  options: Options<From, ItemOfAll<T, From, Chosen<T, Picked, Excluded>>, Suffix, Picked, Excluded, Deep> & {
    readonly from: Readable<From>;
    readonly next: (item: ItemOfAll<T, From, Chosen<T, Picked, Excluded>>) => void;
    readonly fold?: undefined;
  },
): PromisifyAll<T, Suffix, Picked, Excluded, Deep, ItemlessTypes<From>>;
/**
 * Promisifies the methods of an object, a class's statics, or a module: `promisify(method, options)` for each. A view: the original is not
 * changed, and methods run on it.
 *
 * - `readAsync` beside `read`, as in Bluebird; `{ suffix: '', pick }` or `{ suffix: '', exclude }` puts the promise versions in place.
 * - By type, methods that take a callback get one. At run time every function counts, except classes, `*Sync`, what every object, function,
 *   emitter or stream has, and what is known to be converted already; `pick` and `exclude` say more: see `convertAll`.
 * - `{ deep: true }`, or names: members that are objects or classes are views as well, for modules of classes. To change a class for all, as
 *   Bluebird does, write `Multi.prototype.execAsync = promisify(Multi.prototype.exec)`.
 * - What a mocking library puts in place of a promise version is what the view shows; it is not passed on to the original.
 * - Errors, cancelling and timing as in {@link promisify}, and all its options: `from`, `values`, `fold`, and the defaults of each run.
 *
 * After Bluebird's promisifyAll, which changes the object.
 *
 * @throws {ArgumentError} `object` is none, or an option cannot be meant.
 * @example
 * ```ts
 * import * as fs from 'node:fs';
 * import { promisifyAll } from '@anyasync/callback';
 *
 * const later = promisifyAll(fs);
 * (await later.statAsync('package.json')).isFile(); //=> true
 * later.existsSync('package.json'); //=> true
 *
 * const inPlace = promisifyAll(fs, { suffix: '', pick: ['stat'] });
 * (await inPlace.stat('package.json')).isFile(); //=> true
 * ```
 */
export function promisifyAll<
  T extends object,
  From extends StyleTypes = CallbackTypes,
  const Suffix extends string = DefaultSuffix<From, PromiseTypes>,
  const Picked extends Selected<T> = Selected<T>,
  const Excluded extends Selected<T> = Selected<T>,
  const Deep extends true | readonly PropertyKey[] | undefined = undefined,
>(
  object: T,
  options?: Options<From, never, Suffix, Picked, Excluded, Deep> & {
    readonly from?: (Readable<From> & PlaceForItems<From, PromiseTypes>) | undefined;
    readonly values?: undefined;
    readonly fold?: undefined;
  },
): PromisifyAll<T, Suffix, Picked, Excluded, Deep, From>;
export function promisifyAll(object: object, options: object = {}): any {
  assertObject(object, '[callback] promisifyAll()');
  const names = ['from', 'values', 'suffix', 'pick', 'exclude', 'deep'];
  const { from = node, values, ...others } = optionsOf(options, undefined, names) as PromisifyOptions;
  assertValues(values, from);
  const bare: object = Object.create(null); // what somebody has put on Object.prototype is no option
  const own = from === node ? { values } : { from, values };
  return convertEach(object, from, promise, others, (fn, runs) =>
    promisify(fn, Object.assign(bare, runs, own) as never),
  );
}
