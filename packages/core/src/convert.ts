import { describeAs } from './describe-as.js';
import { assertArgument } from './errors.js';
import type { Fold } from './fold.js';
import { mergeOptions, ownOptions } from './known-options.js';
import { optionsOf } from './options-of.js';
import type { OrOriginal } from './original-types.js';
import { optionOf } from './read-options.js';
import { realm } from './realm.js';
import { type RunOptions, withRunOptions } from './run-options.js';
import { hide } from './show.js';
import type { AnyFunction, AnyNative } from './signatures.js';
import type { AnyStart } from './start.js';
import { isSameStyle, type Native, type Readable, type Traits, type Writable } from './style.js';
import type {
  ConvertedFunction,
  Convertible,
  Foldable,
  FoldedTypes,
  IfUntyped,
  ItemlessTypes,
  ItemOf,
  RunOptionsOf,
  StyleTypes,
} from './style-types.js';

export { assertConvertOptions } from './options-of.js';

/** What can be asked for every run of a converted function: a fold, and the defaults of its {@link RunOptions}. */
export interface ConvertOptions<T = unknown, Item = unknown> extends RunOptions<T, Item> {
  /** Makes one value of many items: `first() last() only() toArray() count()`. */
  readonly fold?: Fold<never, unknown> | undefined;
}

// For code that is given its styles.
export function convert<From extends StyleTypes, To extends StyleTypes>(
  fn: Native,
  from: Readable<From>,
  to: Writable<To> & IfUntyped<From, To>,
  options: ConvertOptions | undefined,
): AnyFunction;
export function convert<F extends AnyNative, From extends StyleTypes, To extends StyleTypes, R>(
  fn: Foldable<F, From>,
  from: Readable<From>,
  to: Writable<To>,
  options: RunOptionsOf<F, From> & { readonly fold: Fold<ItemOf<F, From>, R> },
): ConvertedFunction<F, From, To, FoldedTypes<From, R>>;
export function convert<F extends AnyNative, From extends StyleTypes, To extends StyleTypes>(
  fn: Convertible<F, ItemlessTypes<From>, To>,
  from: Readable<From>,
  to: Writable<To>,
  options: RunOptionsOf<F, From> & {
    readonly next: (item: ItemOf<F, From>) => void;
    readonly fold?: undefined;
  },
): ConvertedFunction<F, From, To, ItemlessTypes<From>>;
/**
 * Converts a function of one style into a function of another: `to.lower(from.lift(fn))`, with what the options name in the middle.
 *
 * - Work starts when the converted function is called, with its `this` and arguments, except in styles that are lazy themselves.
 * - Errors, values and items are passed on as the same objects. What the style written to cannot carry is told by {@link losses}.
 * - Cancelling: by what the style written to has for it, and by `{ signal, timeout }`. `converted.with(options)(...args)` gives them for
 *   one call; what is given here is the default of each.
 * - Synchronous or not as both styles' traits say.
 * - The name, the length and the own properties are those of the original. Converting back what was converted without options gives the
 *   original, which has no `with`; so does converting a style to itself.
 *
 * @param options - A `fold` where items meet a style of one value, and defaults for each run. Times are milliseconds.
 * @throws {ArgumentError} `fn` is no function of the style `from`, a style is none, an option cannot be meant, or items would be lost.
 * @example
 * ```ts
 * import { readFile } from 'node:fs';
 * import { convert } from '@anyasync/core';
 * import { callback } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * const read = convert(readFile, callback, promise);
 * JSON.parse(await read('package.json', 'utf8')).license; //=> 'MIT'
 * ```
 */
export function convert<F extends AnyNative, From extends StyleTypes, To extends StyleTypes>(
  fn: Convertible<F, From, To>,
  from: Readable<From>,
  to: Writable<To>,
  options?: undefined,
): OrOriginal<F, From, To, ConvertedFunction<F, From, To>>;
export function convert<F extends AnyNative, From extends StyleTypes, To extends StyleTypes>(
  fn: Convertible<F, From, To>,
  from: Readable<From>,
  to: Writable<To>,
  options: RunOptionsOf<F, From> & { readonly fold?: undefined },
): ConvertedFunction<F, From, To>;
export function convert(fn: Native, from: Readable, to: Writable, options?: ConvertOptions): Native {
  assertStyle(from, 'from', 'lift');
  assertStyle(to, 'to', 'lower');
  const check = optionOf(from, 'check');
  if (check === undefined)
    assertArgument(typeof fn === 'function', 'fn', fn, `[core] fn is the ${from.name} function to convert.`);
  else check(fn);
  const asked = options === undefined ? undefined : optionsOf(options, from);
  const plain = options === undefined;
  const origin = realm.origins.get(fn);
  if (origin !== undefined) assertConvertedTo(origin.to, from, fn);
  if (plain) {
    if (isSameStyle(from, to)) return fn;
    if (origin?.plain && isSameStyle(origin.from, to) && isSameStyle(origin.to, from)) return origin.native;
  }
  assertItemsHaveAPlace(from, to, asked);
  const start = from.lift(fn);
  const arity = typeof fn === 'function' ? fn.length - (from.callbacks ?? 0) : undefined;
  let aborted: Traits | undefined; // a signal is aborted in anybody's async context
  const traits = (given: ConvertOptions | undefined): Traits =>
    given?.signal === undefined ? from.traits : (aborted ??= { ...from.traits, context: 'emitter' });
  const lower = (given: ConvertOptions | undefined): Native =>
    to.lower(withOptions(start, given, fn), traits(given), arity);
  const converted = lower(asked);
  if (typeof converted === 'function' && arity !== undefined)
    describeAs(converted, fn, arity + (to.callbacks ?? 0));
  const withRun = (given: RunOptions): Native => {
    const one = optionsOf(given, from);
    return lower(plain ? one : mergeOptions(asked, one));
  };
  hide(converted, 'with', withRun);
  realm.origins.set(converted, { native: fn, from, to, plain });
  return converted;
}

/**
 * The start with these options in the middle: first what guards the source, then the fold. Without any it is the start itself.
 * For writers of styles: every `toX(operation, options)` uses it.
 *
 * @param fn - The function that is called, for the message of a TimeoutError.
 *
 * @example
 * ```ts
 * import { type Operation, outcome, operationOf, startSelf, withOptions } from '@anyasync/core';
 *
 * export const within = <T>(operation: Operation<T>, ms: number) =>
 *   outcome(operationOf<unknown, [], T, never>(withOptions(startSelf, { timeout: ms }), operation, []));
 * ```
 */
export function withOptions(start: AnyStart, options: ConvertOptions | undefined, fn?: unknown): AnyStart {
  if (options === undefined) return start;
  const asked = ownOptions(options);
  const fold = asked.fold as ((start: AnyStart) => AnyStart) | undefined;
  const guarded = withRunOptions(start, asked, fn);
  return fold === undefined ? guarded : fold(guarded);
}

/** A function that was converted is known to take other callbacks: the call would never end. */
function assertConvertedTo(to: Partial<Readable>, from: Readable, fn: Native): void {
  const fits = (to.callbacks ?? 0) === (from.callbacks ?? 0);
  assertArgument(
    fits,
    'from',
    fn,
    `[core] the function was converted to ${to.name} before, it is no ${from.name} function.`,
  );
}

function assertItemsHaveAPlace(from: Readable, to: Writable, options: ConvertOptions | undefined): void {
  const lost = from.traits.items && !(to.written?.items ?? to.traits.items);
  assertArgument(
    !lost || options?.fold !== undefined || options?.next !== undefined,
    'fold',
    undefined,
    `[core] ${from.name} delivers items, ${to.name} takes one value. Pass { fold: first() }, or { next } to take the items.`,
  );
}

/**
 * Throws an ArgumentError unless the value is a style, of the direction that is needed. For writers of styles.
 *
 * @example
 * ```ts
 * import { assertStyle, sync } from '@anyasync/core';
 *
 * assertStyle(sync, 'from', 'lift');
 * ```
 */
export function assertStyle(style: unknown, argument: string, direction: 'lift' | 'lower' = 'lift'): void {
  assertArgument(
    typeof (style as Partial<Record<string, unknown>> | undefined)?.[direction] === 'function',
    argument,
    style,
    `[core] ${argument} is a style, such as promise. Is the import shadowed by a variable?`,
  );
}
