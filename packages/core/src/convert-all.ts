import { assertStyle, type ConvertOptions, convert } from './convert.js';
import { describeAs } from './describe-as.js';
import { assertArgument } from './errors.js';
import type { Fold } from './fold.js';
import { realm } from './realm.js';
import { assertRunOptions, type RunOptions } from './run-options.js';
import type { Readable, Writable } from './style.js';
import type {
  ConvertedAll,
  FoldedTypes,
  IfUntyped,
  ItemlessTypes,
  ItemOfAll,
  MethodNames,
  PlaceForItems,
  StyleTypes,
} from './style-types.js';

/** What can be asked for a converted object. */
export interface ConvertAllOptions<K extends PropertyKey = PropertyKey> extends ConvertOptions {
  /** Appended to the names of the converted methods, which then stand beside the original ones. Without it they replace them. */
  readonly suffix?: string | undefined;
  /** The methods to convert. Without it: every function except classes, `*Sync`, those with a symbol for a name, and what every object has. */
  readonly pick?: readonly K[] | undefined;
}

type Method = Function;

/** The options of `convertAll`, with the methods' items and the names of the picked ones. */
interface ViewOptions<Item, Suffix, Name> extends RunOptions<any, Item> {
  readonly suffix?: Suffix | undefined;
  readonly pick?: readonly Name[] | undefined;
}

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
  const Suffix extends string = '',
  Name extends keyof T = MethodNames<T>,
>(
  object: T,
  from: Readable<From>,
  to: Writable<To>,
  options: ViewOptions<ItemOfAll<T, From, Name>, Suffix, Name> & {
    readonly fold: Fold<ItemOfAll<T, From, Name>, R>;
  },
): ConvertedAll<T, FoldedTypes<From, R>, To, Suffix, Name>;
export function convertAll<
  T extends object,
  From extends StyleTypes,
  To extends StyleTypes,
  const Suffix extends string = '',
  Name extends keyof T = MethodNames<T>,
>(
  object: T,
  from: Readable<From>,
  to: Writable<To>,
  options: ViewOptions<ItemOfAll<T, From, Name>, Suffix, Name> & {
    readonly next: (item: ItemOfAll<T, From, Name>) => void;
    readonly fold?: undefined;
  },
): ConvertedAll<T, ItemlessTypes<From>, To, Suffix, Name>;
/**
 * Converts the methods of an object, a class's statics, or a module: a view of it, whose other members are the original's own.
 *
 * - The original is never changed. Methods run on it, so that #private members, Map and Date work; getters run when they are read.
 *   Setting a property of the view sets it on the original.
 * - Without `suffix` the converted method replaces the original one; with it both stand side by side, and a name that the object has
 *   already stays what it is.
 * - Which methods: by type, those of the style `from`. At run time that is not known: every function is converted except classes,
 *   `*Sync`, those with a symbol for a name and what every object has; `pick` names them instead.
 * - Everything else is as in {@link convert}.
 *
 * @throws {ArgumentError} `object` is none, a style is none, an option cannot be meant, or `pick` names what is not there.
 * @example
 * ```ts
 * import * as zlib from 'node:zlib';
 * import { convertAll } from '@anyasync/core';
 * import { callback } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * const later = convertAll(zlib, callback, promise, { pick: ['gzip', 'gunzip'] });
 * String(await later.gunzip(await later.gzip('text'))); //=> 'text'
 * ```
 */
export function convertAll<
  T extends object,
  From extends StyleTypes,
  To extends StyleTypes,
  const Suffix extends string = '',
  Name extends keyof T = MethodNames<T>,
>(
  object: T,
  from: Readable<From>,
  to: Writable<To> & PlaceForItems<From, To>,
  options?: ViewOptions<ItemOfAll<T, From, Name>, Suffix, Name> & { readonly fold?: undefined },
): ConvertedAll<T, From, To, Suffix, Name>;
export function convertAll(object: object, from: Readable, to: Writable, options: any = {}): any {
  const isObject = (typeof object === 'object' && object !== null) || typeof object === 'function';
  assertArgument(isObject, 'object', object, '[core] convertAll() takes an object, a class or a module.');
  assertStyle(from, 'from', 'lift');
  assertStyle(to, 'to', 'lower');
  assertRunOptions(options);
  const { suffix = '', pick, ...runs } = options as ConvertAllOptions;
  assertNames(object, suffix, pick);
  // The proxy's target is an empty stand-in: a frozen original may not be shown changed, a stand-in may.
  const standIn = typeof object === 'function' ? standInClass(object) : {};
  const view = new Proxy(
    standIn,
    new View(object, suffix, pick && new Set(pick), (fn) => convert(fn, from, to, runs)),
  );
  realm.origins.set(view, { native: object, from, to, plain: true });
  return view;
}

function standInClass(original: object): object {
  return Object.defineProperty(function View() {}, 'prototype', {
    value: (original as { prototype?: unknown }).prototype,
  });
}

function assertNames(object: object, suffix: unknown, pick: unknown): void {
  assertArgument(
    typeof suffix === 'string',
    'suffix',
    suffix,
    "[core] the suffix is a string, such as 'Async'.",
  );
  if (pick === undefined) return;
  assertArgument(Array.isArray(pick), 'pick', pick, '[core] pick is an array of method names.');
  for (const name of pick)
    assertArgument(name in object, 'pick', name, '[core] pick names a member that the object does not have.');
}

/** Everything goes to the original object, so that #private members and internal slots (Map, Date) work. */
class View implements ProxyHandler<object> {
  private readonly made = new Map<PropertyKey, { readonly method: Method; readonly shown: unknown }>();

  constructor(
    private readonly object: object,
    private readonly suffix: string,
    private readonly pick: ReadonlySet<PropertyKey> | undefined,
    private readonly convert: (fn: Method) => unknown,
  ) {}

  get(_standIn: object, key: PropertyKey): unknown {
    const { object, suffix } = this;
    const base = this.baseOf(key);
    if (base !== undefined) {
      const method: unknown = Reflect.get(object, base, object);
      if (this.isConverted(base, method)) return this.show(key, method, true);
    }
    const member: unknown = Reflect.get(object, key, object);
    if (typeof member !== 'function' || key === 'constructor' || isClass(member)) return member;
    return this.show(key, member, suffix === '' && this.isConverted(key, member));
  }

  has(_standIn: object, key: PropertyKey): boolean {
    if (key in this.object) return true;
    const base = this.baseOf(key);
    return base !== undefined && this.isConverted(base, this.peek(base));
  }

  set(_standIn: object, key: PropertyKey, value: unknown): boolean {
    return Reflect.set(this.object, key, value, this.object);
  }

  deleteProperty(_standIn: object, key: PropertyKey): boolean {
    return Reflect.deleteProperty(this.object, key);
  }

  getPrototypeOf(): object | null {
    return Reflect.getPrototypeOf(this.object);
  }

  apply(_standIn: object, self: unknown, args: unknown[]): unknown {
    return Reflect.apply(this.object as Method, self, args);
  }

  construct(_standIn: object, args: unknown[]): object {
    return Reflect.construct(this.object as Method, args);
  }

  ownKeys(): (string | symbol)[] {
    const own = Reflect.ownKeys(this.object);
    if (this.suffix === '') return withPrototype(own, this.object);
    const added = own.filter((key) => typeof key === 'string' && this.isConverted(key, this.peek(key)));
    return withPrototype(
      [...new Set([...own, ...added.map((key) => `${String(key)}${this.suffix}`)])],
      this.object,
    );
  }

  getOwnPropertyDescriptor(standIn: object, key: PropertyKey): PropertyDescriptor | undefined {
    const fixed = Reflect.getOwnPropertyDescriptor(standIn, key);
    if (fixed !== undefined && !fixed.configurable) return fixed;
    const base = this.baseOf(key);
    const own = Reflect.getOwnPropertyDescriptor(this.object, base ?? key);
    if (own === undefined || (base !== undefined && !this.isConverted(base, own.value))) return undefined;
    const { get, set, enumerable = false } = own;
    if (get !== undefined || set !== undefined) {
      const property: PropertyDescriptor = { enumerable, configurable: true };
      if (get !== undefined) property.get = () => this.get(standIn, key);
      if (set !== undefined) property.set = (value) => void this.set(standIn, key, value);
      return property;
    }
    return { value: this.get(standIn, key), writable: true, enumerable, configurable: true };
  }

  /** The method behind a suffixed name. What the object has under that name itself is not touched. */
  private baseOf(key: PropertyKey): string | undefined {
    const { suffix } = this;
    if (suffix === '' || typeof key !== 'string' || !key.endsWith(suffix) || key in this.object)
      return undefined;
    return key.slice(0, -suffix.length);
  }

  private isConverted(key: PropertyKey, member: unknown): member is Method {
    if (typeof member !== 'function' || isClass(member)) return false;
    if (this.pick !== undefined) return this.pick.has(key);
    if (typeof key === 'symbol' || key === 'constructor' || key === 'then') return false;
    return !String(key).endsWith('Sync') && !(key in Object.prototype);
  }

  /** A member without running its getter. */
  private peek(key: PropertyKey): unknown {
    for (let at: object | null = this.object; at !== null; at = Reflect.getPrototypeOf(at)) {
      const found = Reflect.getOwnPropertyDescriptor(at, key);
      if (found !== undefined) return found.value;
    }
  }

  /** The method as the view shows it, the same one until the original's method changes. */
  private show(key: PropertyKey, method: Method, converted: boolean): unknown {
    const before = this.made.get(key);
    if (before?.method === method) return before.shown;
    const { object } = this;
    const bound = (...args: unknown[]): unknown => Reflect.apply(method, object, args);
    describeAs(bound, method, method.length);
    const shown = converted ? this.convert(bound) : bound;
    this.made.set(key, { method, shown });
    return shown;
  }
}

/** A function's `prototype` cannot be left out. */
function withPrototype(keys: (string | symbol)[], object: object): (string | symbol)[] {
  return typeof object === 'function' && !keys.includes('prototype') ? [...keys, 'prototype'] : keys;
}

function isClass(fn: Method): boolean {
  return /^class\b/.test(Function.prototype.toString.call(fn));
}
