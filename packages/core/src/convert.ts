import { describeAs } from './describe-as.js';
import { assertArgument } from './errors.js';
import type { Fold } from './fold.js';
import { realm } from './realm.js';
import { assertRunOptions, type RunOptions, withRunOptions } from './run-options.js';
import type { AnyStart } from './start.js';
import type { Native, Readable, Writable } from './style.js';

/** What can be asked for every run of a converted function: a fold, and the defaults of its {@link RunOptions}. */
export interface ConvertOptions<T = unknown, Item = unknown> extends RunOptions<T, Item> {
  /** Makes one value of many items: `first() last() only() toArray() count()`. */
  readonly fold?: Fold<never, unknown> | undefined;
}

export function convert(fn: Native, from: Readable, to: Writable, options?: ConvertOptions): Native {
  assertStyle(from, 'from', 'lift');
  assertStyle(to, 'to', 'lower');
  if (from.check === undefined)
    assertArgument(typeof fn === 'function', 'fn', fn, `[core] fn is the ${from.name} function to convert.`);
  else from.check(fn);
  if (options !== undefined) assertConvertOptions(options, from);
  const plain = options === undefined || Object.values(options).every((option) => option === undefined);
  if (plain) {
    if (isSameStyle(from, to)) return fn;
    const origin = realm.origins.get(fn);
    if (origin?.plain && isSameStyle(origin.from, to) && isSameStyle(origin.to, from)) return origin.native;
  }
  assertItemsHaveAPlace(from, to, options);
  const start = from.lift(fn);
  const lower = (given: ConvertOptions | undefined): Native => {
    const lowered = to.lower(withOptions(start, given), from.traits);
    if (typeof lowered === 'function')
      describeAs(lowered, fn, fn.length - (from.callbacks ?? 0) + (to.callbacks ?? 0));
    return lowered;
  };
  const converted = lower(options);
  const withRun = (given: RunOptions): Native => {
    assertConvertOptions(given, from);
    return lower({ ...options, ...given });
  };
  Object.defineProperty(converted, 'with', { value: withRun, configurable: true, writable: true });
  realm.origins.set(converted, { native: fn, from, to, plain });
  return converted;
}

/** Two records are one style if they read functions in the same way: one of them may only read, or have another name. */
function isSameStyle(a: Partial<Readable>, b: Partial<Readable>): boolean {
  return a.lift !== undefined && a.lift === b.lift;
}

/** The start with these options in the middle: first what guards the source, then the fold. */
export function withOptions(start: AnyStart, options: ConvertOptions | undefined): AnyStart {
  const fold = options?.fold as ((start: AnyStart) => AnyStart) | undefined;
  const guarded = withRunOptions(start, options);
  return fold === undefined ? guarded : fold(guarded);
}

/** Throws an ArgumentError for options that cannot be meant, for a conversion from this style. */
export function assertConvertOptions(options: ConvertOptions, from?: Readable): void {
  assertRunOptions(options);
  const { fold } = options;
  if (fold === undefined) return;
  assertArgument(
    typeof fold === 'function',
    'fold',
    fold,
    '[core] the fold option is a fold, called, such as first().',
  );
  assertArgument(
    from?.traits.items !== false,
    'fold',
    fold,
    `[core] ${from?.name} delivers no items to fold. Leave { fold } out.`,
  );
}

function assertItemsHaveAPlace(from: Readable, to: Writable, options: ConvertOptions | undefined): void {
  const lost = from.traits.items && !(to.written?.items ?? to.traits.items);
  assertArgument(
    !lost || options?.fold !== undefined || options?.next !== undefined,
    'fold',
    undefined,
    `[core] ${from.name} delivers items, ${to.name} takes one value. Pass a fold, as in { fold: first() }, or { next } to take them.`,
  );
}

/** Throws an ArgumentError unless the value is a style, of the direction that is needed. */
export function assertStyle(style: unknown, argument: string, direction: 'lift' | 'lower' = 'lift'): void {
  assertArgument(
    typeof (style as Partial<Record<string, unknown>> | undefined)?.[direction] === 'function',
    argument,
    style,
    `[core] ${argument} is a style such as promise or callback. Is the import shadowed by a variable of the same name?`,
  );
}
