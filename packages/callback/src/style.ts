import type { Style } from '@anyasync/core';
import { nodeTraits, readNode } from './from.js';
import { lowerNode } from './to.js';
import type { CallbackTypes } from './types.js';

/**
 * Node's convention as a style: `fn(...args, (error, value) => {})`. See {@link promisify} and {@link callbackify} for when things happen.
 *
 * - Read: `util.promisify.custom` is honoured, and Node's own functions of several values give them under Node's names.
 * - Written: `(error)` or `(null, value)`, always after the call has returned.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs';
 * import { convert } from '@anyasync/core';
 * import { callback } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * const read = convert(readFile, callback, promise);
 * (await read('package.json', 'utf8')).slice(0, 1); //=> '{'
 * ```
 */
export const callback: Style<CallbackTypes> = {
  // Not `...node`: a spread may run a getter, so bundlers would keep this record, and all that writes, beside `promisify` alone.
  name: 'callback',
  callbacks: 1,
  traits: nodeTraits,
  lift: readNode,
  written: { delivery: 'async', cancel: 'none', context: 'subscriber', arguments: 'one', beside: false },
  lower: (start, source) => lowerNode(start, source.context),
};
