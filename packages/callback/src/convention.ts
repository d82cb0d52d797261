import { ArgumentError, readOptions, type StopHandle, type Traits } from '@anyasync/core';
import { type Methods, methodsOf } from './methods.js';
import { isValues, type Values } from './values.js';

/** How the last call of a callback is told that is called many times, and what it carries. */
export interface Until {
  readonly until: (...args: never[]) => boolean;
  readonly last?: 'item' | 'value' | 'none' | undefined;
}

/** Describes how a library passes callbacks, and what it passes to them. */
export interface ConventionOptions {
  /** As it is named in messages. */
  readonly name?: string | undefined;
  /**
   * `error-first`, the default: one function `(error, ...values)`. `value-only`: one function `(...values)`. `pair`: two functions, one for
   * the values and one for the error. `options`: these two as members of an options object. `handler`: an object with a method for each event.
   */
  readonly style?: 'error-first' | 'value-only' | 'pair' | 'options' | 'handler' | undefined;
  /** Where the callback, the pair, or the object stands among the arguments: `last` (the default), `first`, or an index. */
  readonly position?: 'last' | 'first' | number | undefined;
  /** Which of a pair comes first; `success-first` by default. */
  readonly order?: 'success-first' | 'error-first' | undefined;
  /**
   * Method names: by default `success` and `error` in an options object, `onSuccess onError onNext onComplete onCancel` in a handler. Naming
   * `next` implies `multiple`. With `resolve` beside it there is a value after the items: take them with `{ next }`, a fold has no place for it.
   */
  readonly methods?: Methods | undefined;
  /** What becomes of several values: `one` (the first, the default), `all` in an array, or an object with these names. */
  readonly values?: Values | undefined;
  /** Which first arguments are an error: `truthy` (the default, as in Node), `nullish` (all but null and undefined), or a test of your own. */
  readonly isError?: 'truthy' | 'nullish' | ((error: unknown) => boolean) | undefined;
  /** An error that is kept outside the arguments, as in `chrome.runtime.lastError`; for `value-only`. */
  readonly lastError?: { read(): unknown; write?(error: unknown): void } | undefined;
  /**
   * The callback is called many times: each call is an item. `until` tells the call that ends it; the source is stopped then. `last` says what
   * that call carries: one more `item`, the `value` at the end (a fold has no place for it), or `none`, a mark. By default an item, or a mark if it is null or undefined.
   */
  readonly multiple?: boolean | Until | undefined;
  /** How many arguments stand before the callback; missing ones are passed as undefined, so that it does not move. */
  readonly arity?: number | undefined;
  /** How the returned handle is stopped: its method's name, such as `'destroy'`, or a function such as `clearTimeout`. Without it, only by `cancel()` or `abort()`, and a child process. The call may return nothing; an object without that method is an ArgumentError. */
  readonly stop?: StopHandle | undefined;
  /** An event of the returned handle that means failure, such as `'error'` of what `http.get` returns. It is listened to until the run has ended. */
  readonly errorEvent?: string | undefined;
  /** Written: what the original throws inside the call goes to the callback, instead of to the caller. */
  readonly capture?: boolean | undefined;
  /** Written: undefined as the only value is left out, so that the callback gets one argument and not two (Bluebird's way). */
  readonly omitUndefined?: boolean | undefined;
}

/** A convention with nothing left open. */
export interface Convention {
  readonly name: string;
  readonly style: 'error-first' | 'value-only' | 'pair' | 'options' | 'handler';
  readonly position: 'last' | number;
  readonly errorFirst: boolean;
  readonly methods: Methods;
  /** Not given: one, or the names that Node has for its own function. */
  readonly values: Values | undefined;
  readonly isError: (error: unknown) => boolean;
  readonly lastError: ConventionOptions['lastError'];
  readonly multiple: boolean;
  readonly until: ((...args: unknown[]) => boolean) | undefined;
  readonly last: Until['last'];
  readonly arity: number;
  readonly stop: StopHandle | undefined;
  readonly errorEvent: string | undefined;
  readonly capture: boolean;
  readonly omitUndefined: boolean;
  readonly errors: Traits['errors'];
  /** It is Node's own, but for the values. */
  readonly isNodes: boolean;
  /** How many arguments are callbacks. */
  readonly callbacks: number;
}

const styles = ['error-first', 'value-only', 'pair', 'options', 'handler'] as const;
const truthy: (error: unknown) => boolean = Boolean;
/** Neither null nor undefined. */
export const isGiven = (value: unknown): boolean => value !== null && value !== undefined;

const isString = (given: unknown): boolean => typeof given === 'string';
const isBoolean = (given: unknown): boolean => typeof given === 'boolean';
const isFunction = (given: unknown): boolean => typeof given === 'function';

/** What each option must be, and the only style that it goes with, if there is one. */
const rules: readonly (readonly [
  keyof ConventionOptions,
  (given: any) => boolean,
  string,
  Convention['style']?,
])[] = [
  ['style', (given) => styles.includes(given), 'error-first, value-only, pair, options or handler'],
  [
    'position',
    (given) => given === 'last' || given === 'first' || isIndex(given),
    "'last', 'first', or an index",
  ],
  ['arity', isIndex, 'the number of arguments before the callback'],
  [
    'isError',
    (given) => given === 'truthy' || given === 'nullish' || isFunction(given),
    "'truthy', 'nullish', or a function",
    'error-first',
  ],
  ['lastError', (given) => isFunction(given?.read), '{ read, write? }', 'value-only'],
  [
    'order',
    (given) => given === 'success-first' || given === 'error-first',
    "'success-first' or 'error-first'",
    'pair',
  ],
  [
    'multiple',
    (given) => isBoolean(given) || isUntil(given),
    "true, or { until, last? }: a test that tells the last call, and 'item', 'value' or 'none'",
  ],
  ['stop', (given) => isString(given) || isFunction(given), "a method's name or a function"],
  ['errorEvent', isString, "an event's name, such as 'error'"],
  ['name', isString, 'a string'],
  ['methods', (given) => typeof given === 'object' && given !== null, 'an object of method names'],
  ['capture', isBoolean, 'true or false'],
  ['omitUndefined', isBoolean, 'true or false'],
  ['values', isValues, "'one', 'all', or an array of different names"],
];

/** Fills in the defaults, and throws for what cannot be meant. */
export function describe(given: ConventionOptions): Convention {
  const names = rules.map(([name]) => name);
  if (given === undefined) refuse('options', given, 'convention() takes its options as an object.');
  const options = readOptions(given, names, '[callback] convention()');
  const {
    style = 'error-first',
    position = 'last',
    values,
    isError,
    lastError,
    multiple = options.methods?.next !== undefined,
    arity = 0,
  } = options;
  for (const [name, fits, what, only = style] of rules) {
    const value = options[name];
    if (value === undefined) continue;
    if (style !== only) refuse(name, value, `${name} goes with the style '${only}', not with '${style}'.`);
    if (!fits(value)) refuse(name, value, `${name} is ${what}.`);
  }
  if (arity > 0 && position !== 'last') refuse('arity', arity, 'arity and position exclude each other.');
  const methods = methodsOf(style, options.methods, Boolean(multiple));
  return {
    name: options.name ?? `${style} callback`,
    style,
    position: position === 'first' ? 0 : position,
    errorFirst: options.order === 'error-first',
    methods,
    values,
    isError: isError === 'nullish' ? isGiven : typeof isError === 'function' ? isError : truthy,
    lastError,
    multiple: Boolean(multiple),
    until: typeof multiple === 'object' ? (multiple.until as (...args: unknown[]) => boolean) : undefined,
    last: typeof multiple === 'object' ? multiple.last : undefined,
    arity,
    stop: options.stop,
    errorEvent: options.errorEvent,
    capture: options.capture ?? false,
    omitUndefined: options.omitUndefined ?? false,
    errors:
      style === 'error-first' || lastError?.write !== undefined
        ? 'some'
        : style === 'value-only' || (style !== 'pair' && methods.reject === undefined)
          ? 'none'
          : 'any',
    isNodes:
      style === 'error-first' &&
      position === 'last' &&
      isError === undefined &&
      !multiple &&
      arity === 0 &&
      options.stop === undefined &&
      options.errorEvent === undefined,
    callbacks: style === 'pair' ? 2 : 1,
  };
}

function isUntil(given: Until | null): boolean {
  const { until, last = 'item', ...others } = given ?? {};
  return isFunction(until) && ['item', 'value', 'none'].includes(last) && Object.keys(others).length === 0;
}

function isIndex(value: unknown): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0;
}

function refuse(argument: string, received: unknown, message: string): never {
  throw new ArgumentError(argument, received, `[callback] ${message}`);
}
