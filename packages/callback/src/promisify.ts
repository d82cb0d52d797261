import { assertArgument, type ConvertOptions, convert, originOf, type Readable } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { custom, customOf, isFace } from './custom.js';
import { liftNode, node } from './from.js';
import type { Values } from './values.js';

type AnyFunction = (...args: any[]) => any;

/** What {@link promisify} can be asked, beside the defaults of each run. */
export interface PromisifyOptions extends ConvertOptions {
  /** The style of the function, where it is not Node's: a preset such as `valueCallback`, or a `convention({...})`. */
  readonly from?: Readable | undefined;
  /** What becomes of several values: `one` (the first), `all` in an array, or an object with these names. For Node's convention. */
  readonly values?: Values | undefined;
}

export function promisify(fn: AnyFunction, options?: PromisifyOptions): AnyFunction {
  assertArgument(
    typeof fn === 'function',
    'fn',
    fn,
    '[callback] promisify() takes a function (...args, (error, value) => void).',
  );
  const declared = customOf(fn);
  if (options === undefined && (isFace(fn) || originOf(fn)?.to === promise)) return fn;
  const { from = node, values, ...runs } = options ?? {};
  const source = values === undefined ? from : { ...node, lift: (fn: AnyFunction) => liftNode(fn, values) };
  const promisified = convert(fn, source, promise, runs);
  // util.promisify takes it as it is. What callbackify was given comes back unchanged, and is not written on.
  if (promisified !== declared)
    Object.defineProperty(promisified, custom, { value: promisified, configurable: true });
  return promisified;
}
