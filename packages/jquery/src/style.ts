import type { Style, Traits } from '@anyasync/core';
import { type FromJQueryOptions, liftJQuery, type ManyValues, readJQueryOptions } from './from.js';
import { lowerJQuery } from './to.js';
import type { JQueryManyProgressTypes, JQueryManyTypes, JQueryProgressTypes, JQueryTypes } from './types.js';
import type { JQueryValues } from './values.js';

const traits: Traits = {
  items: false,
  lazy: false,
  replay: true,
  delivery: 'sync',
  cancel: 'stop',
  cancelled: false,
  errors: 'any',
  thenables: true,
  arguments: 'many',
  beside: true,
  this: true,
  backpressure: false,
  context: 'emitter',
};

/** The identities by which `convert` knows the way back, so they stand here once. */
const liftOne = (fn: (...args: unknown[]) => unknown) => liftJQuery(fn, 'one', false);
const lowerOne: Style['lower'] = (start) => lowerJQuery(start);

/**
 * Functions that return a jQuery promise, as a style. Read, those of every jQuery will do, `$.ajax` among them; written, they return a
 * promise of ours, with an `abort`.
 *
 * - Read: the function is called when the run starts. The first argument is the value, or the error; see {@link jqueryConvention} for the
 *   others, and for progress. Cancelling calls `abort` where there is one.
 * - Written: work starts with the call, and everything the original throws rejects. `abort()` stops the work.
 *
 * @example
 * ```ts
 * import { convert } from '@anyasync/core';
 * import { jquery } from '@anyasync/jquery';
 * import { promise } from '@anyasync/promise';
 *
 * const half = convert(async (n: number) => n / 2, promise, jquery);
 * await half(8).then((n) => n + 1); //=> 5
 * ```
 */
export const jquery: Style<JQueryTypes> = {
  name: 'jquery',
  traits,
  written: { arguments: 'one', beside: false },
  lift: liftOne,
  lower: lowerOne,
};

/**
 * The same style, with all of the arguments, or with progress as items.
 *
 * - `{ values: 'all' }`: the value is the array of all arguments; `{ values: ['data', 'textStatus', 'jqXHR'] }`: an object of these names.
 * - `{ progress: true }`: what the promise is notified of are the items, both ways.
 *
 * @throws {ArgumentError} An option cannot be meant.
 * @example
 * ```ts
 * import { convert } from '@anyasync/core';
 * import { Deferred, jqueryConvention } from '@anyasync/jquery';
 * import { promise } from '@anyasync/promise';
 *
 * const page = (url: string) => Deferred<string>().resolve(`body of ${url}`, 'success');
 * const pageOf = convert(page, jqueryConvention({ values: ['data', 'textStatus'] }), promise);
 * await pageOf('/a'); //=> { data: 'body of /a', textStatus: 'success' }
 * ```
 */
export function jqueryConvention(options?: {
  readonly values?: 'one';
  readonly progress?: false;
}): Style<JQueryTypes>;
export function jqueryConvention(options: {
  readonly values?: 'one';
  readonly progress: true;
}): Style<JQueryProgressTypes>;
export function jqueryConvention<const V extends JQueryValues>(options: {
  readonly values: V;
  readonly progress?: false;
}): Style<JQueryManyTypes<ManyValues<V>>>;
export function jqueryConvention<const V extends JQueryValues>(options: {
  readonly values: V;
  readonly progress: true;
}): Style<JQueryManyProgressTypes<ManyValues<V>>>;
export function jqueryConvention(options?: FromJQueryOptions): Style<any> {
  const { values, progress } = readJQueryOptions(options, 'jqueryConvention()');
  if (values === 'one' && !progress) return jquery;
  return {
    name: 'jquery',
    traits: { ...traits, items: progress },
    written: { arguments: values === 'one' ? 'one' : 'many', beside: false },
    lift: (fn) => liftJQuery(fn, values, progress),
    lower: (start) => lowerJQuery(start, values, progress),
  };
}
