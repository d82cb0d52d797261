import { convertAll, type MethodNames, type RunOptions } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { callback } from './style.js';
import type { PromisifyAll } from './types.js';

/**
 * Promisifies the methods of an object, a class's statics, or a module: `convertAll(object, callback, promise, options)`. A view: the
 * original is not changed, and methods run on it.
 *
 * - Without `suffix` the promise version replaces the method; with it both stand side by side.
 * - By type, only methods that take a callback appear. At run time every function counts except classes, `*Sync` and what every object
 *   has: name them in `pick` where the object has other functions too.
 * - Errors, cancelling and timing as in {@link promisify}.
 *
 * After Bluebird's promisifyAll, which changes the object.
 *
 * @throws {ArgumentError} `object` is none, or an option cannot be meant.
 * @example
 * ```ts
 * import * as fs from 'node:fs';
 * import { promisifyAll } from '@anyasync/callback';
 *
 * const later = promisifyAll(fs, { suffix: 'Async' });
 * (await later.statAsync('package.json')).isFile(); //=> true
 * ```
 */
export function promisifyAll<
  T extends object,
  const Suffix extends string = '',
  Name extends keyof T = MethodNames<T>,
>(
  object: T,
  options?: RunOptions<any> & {
    readonly suffix?: Suffix | undefined;
    readonly pick?: readonly Name[] | undefined;
  },
): PromisifyAll<T, Suffix, Name> {
  return convertAll(object, callback, promise, options as undefined) as PromisifyAll<T, Suffix, Name>;
}
