import {
  assertObject,
  convertEach,
  type InPlace,
  readOptions,
  type Selected,
  type Style,
  type StyleTypes,
  type ViewOptions,
} from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { callback } from './style.js';
import type { CallbackTypes, UniversalAll, UniversalTypes } from './types.js';
import { type UniversalifyOptions, universalify } from './universalify.js';

/**
 * Gives the methods of an object, a class's statics, or a module both faces: `universalify(method, options)` for each. A view: the original is
 * not changed, and methods run on it.
 *
 * - `readAsync` beside `read`; `{ suffix: '', pick }` or `{ suffix: '', exclude }` puts them in place, as fs-extra does with `fs`.
 * - Which methods, and what `deep` shows, as in {@link promisifyAll}. `from` and `callback` are those of {@link universalify}, for all methods.
 *
 * After fs-extra, which universalifies `fs`.
 *
 * @throws {ArgumentError} `object` is none, or an option cannot be meant.
 * @example
 * ```ts
 * import * as fs from 'node:fs';
 * import { universalifyAll } from '@anyasync/callback';
 *
 * const both = universalifyAll(fs, { suffix: '', pick: ['stat', 'access'] });
 * (await both.stat('package.json')).isFile(); //=> true
 * await new Promise((done) => both.access('package.json', done)); //=> null
 * ```
 */
export function universalifyAll<
  T extends object,
  From extends StyleTypes = CallbackTypes,
  const Suffix extends string = 'Async',
  const Picked extends Selected<T> = Selected<T>,
  const Excluded extends Selected<T> = Selected<T>,
  const Deep extends true | readonly PropertyKey[] | undefined = undefined,
>(
  object: T,
  options?: Omit<UniversalifyOptions, 'from'> & { readonly from?: Style<From> | undefined } & ViewOptions<
      Suffix,
      Picked,
      Excluded,
      Deep
    > &
    InPlace<From, UniversalTypes<From>, Suffix>,
): UniversalAll<T, Suffix, Picked, Excluded, Deep, From>;
export function universalifyAll(object: object, options: object = {}): any {
  assertObject(object, '[callback] universalifyAll()');
  const names = ['from', 'callback', 'suffix', 'pick', 'exclude', 'deep'] as const;
  const given = readOptions<any>(options, names, '[callback] universalifyAll()');
  const { from = callback, callback: where, ...others } = given;
  const own = { from, callback: where };
  universalify((() => {}) as never, own); // says at once what cannot be meant
  return convertEach(object, from, promise, others, (fn) => universalify(fn, own));
}
