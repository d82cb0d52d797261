import { rememberBound } from './bound.js';
import { builtInMembersOf, peek } from './built-in-members.js';
import { type Choice, isChosen, isClass, isConvertible } from './convertible.js';
import { describeAs } from './describe-as.js';
import { isDefinedOn, proxyTargetFor } from './proxy-target.js';
import { type Origin, realm } from './realm.js';
import type { Native } from './style.js';

type Method = Function;

/** What a view converts, and how. */
export interface Conversion extends Choice {
  /** Members that are shown as views, too. */
  readonly deep: true | readonly PropertyKey[] | undefined;
  readonly convert: (fn: Native) => unknown;
  /** With the styles as they were given: others compare them. */
  readonly origin: Omit<Origin, 'native'>;
  /** The views of this conversion, by their objects. */
  readonly views: WeakMap<object, object>;
}

/** A name that the object does not have: the method that the view shows there, converted, or one part of it. */
type Added = { readonly method: string; readonly part?: string | undefined };

/** What is shown, and the member of the original that it was made of. */
interface Made {
  readonly native: unknown;
  readonly shown: unknown;
}

/**
 * A view of an object that shows converted methods. Its proxy's target is an empty object: a frozen original may not be shown changed.
 * What somebody puts on the view in place of what it converts, as a mocking library does, stays on that and comes first.
 */
export function viewOf(object: object, conversion: Conversion): object {
  const { views, origin } = conversion;
  const before = views.get(object);
  if (before !== undefined) return before;
  const traps = new View(object, conversion);
  traps.view = new Proxy(proxyTargetFor(object), traps);
  views.set(object, traps.view);
  realm.origins.set(traps.view, { native: object, ...origin });
  return traps.view;
}

/** Everything goes to the original object, so that #private members and internal slots (Map, Date) work. */
class View implements ProxyHandler<object> {
  view!: object;
  private readonly converted = new Map<PropertyKey, Made>();
  private readonly bounds = new Map<PropertyKey, Made>();
  /** The methods behind those that are shown as they are, only bound. */
  private readonly originals = new WeakMap<object, Method>();
  private isBuiltIn: ((name: string) => boolean) | undefined = undefined;

  constructor(
    private readonly object: object,
    private readonly conversion: Conversion,
  ) {}

  get(target: object, key: PropertyKey): unknown {
    return isDefinedOn(target, key) ? Reflect.get(target, key) : this.shown(key);
  }

  has(target: object, key: PropertyKey): boolean {
    return key in this.object || isDefinedOn(target, key) || this.added(key) !== undefined;
  }

  set(target: object, key: PropertyKey, value: unknown, receiver: unknown): boolean {
    if (isDefinedOn(target, key) && !this.isPutBack(key, value)) return Reflect.set(target, key, value);
    if (receiver === this.view && this.isConverted(key))
      return this.defineProperty(target, key, { ...this.getOwnPropertyDescriptor(target, key), value });
    const original = this.originals.get(Object(value)) ?? value; // a method that is put back
    return Reflect.set(this.object, key, original, receiver === this.view ? this.object : receiver);
  }

  defineProperty(target: object, key: PropertyKey, property: PropertyDescriptor): boolean {
    return property.configurable && this.isPutBack(key, property.value)
      ? Reflect.deleteProperty(target, key)
      : Reflect.defineProperty(target, key, property);
  }

  deleteProperty(target: object, key: PropertyKey): boolean {
    return Reflect.deleteProperty(isDefinedOn(target, key) ? target : this.object, key);
  }

  /** A view cannot be frozen: it would have to show the same for ever. */
  preventExtensions(): boolean {
    return false;
  }

  getPrototypeOf(): object | null {
    return Reflect.getPrototypeOf(this.object);
  }

  /** Refused, not done to nobody. */
  setPrototypeOf(): boolean {
    return false;
  }

  apply(_target: object, self: unknown, args: unknown[]): unknown {
    return Reflect.apply(this.object as Method, self, args);
  }

  construct(_target: object, args: unknown[], newTarget: Method): object {
    const isOurs = newTarget === this.view;
    const made = Reflect.construct(this.object as Method, args, isOurs ? (this.object as Method) : newTarget);
    return isOurs && this.conversion.deep !== undefined ? viewOf(made, this.conversion) : made;
  }

  /** What is converted is the view's own, also where the original inherits it: a mock is put where the method is. */
  ownKeys(target: object): (string | symbol)[] {
    const keys = new Set([...Reflect.ownKeys(this.object), ...Reflect.ownKeys(target)]);
    for (let at: object | null = this.object; at !== null; at = Reflect.getPrototypeOf(at)) {
      for (const key of Reflect.ownKeys(at)) {
        const name = typeof key === 'string' ? key + this.conversion.suffix : key;
        if (this.isConverted(name)) keys.add(name);
      }
    }
    return [...keys];
  }

  getOwnPropertyDescriptor(target: object, key: PropertyKey): PropertyDescriptor | undefined {
    const defined = Reflect.getOwnPropertyDescriptor(target, key);
    if (defined !== undefined) return defined;
    const own = Reflect.getOwnPropertyDescriptor(this.object, this.added(key)?.method ?? key);
    if (own === undefined && !this.isConverted(key)) return undefined;
    const { get, set, enumerable = false } = own ?? {};
    if (get !== undefined || set !== undefined) {
      const property = { __proto__: null, enumerable, configurable: true } as PropertyDescriptor;
      if (get !== undefined) property.get = () => this.get(target, key);
      if (set !== undefined) property.set = (value) => void this.set(target, key, value, this.view);
      return property;
    }
    const value = this.get(target, key);
    return { __proto__: null, value, writable: true, enumerable, configurable: true } as PropertyDescriptor;
  }

  /** Whether a mock is taken away again, and the view shows what it has shown before. */
  private isPutBack(key: PropertyKey, value: unknown): boolean {
    return typeof value === 'function' && this.isConverted(key) && value === this.shown(key);
  }

  /** What the view shows, whatever somebody has put there. */
  private shown(key: PropertyKey): unknown {
    const { object, conversion } = this;
    const added = this.added(key, (name) => Reflect.get(object, name, object));
    if (added !== undefined) {
      const { method, part } = added;
      const native: unknown =
        conversion.from.find === undefined ? Reflect.get(object, method, object) : method;
      const shown = this.show(method, native, true);
      return part === undefined ? shown : (shown as Record<string, unknown>)[part];
    }
    const member: unknown = Reflect.get(object, key, object);
    const known = this.converted.get(key) ?? this.bounds.get(key);
    const isMethod = typeof member === 'function' && (known?.native === member || !isClass(member));
    if (!isMethod || key === 'constructor')
      return this.isDeep(key, member) ? viewOf(member, conversion) : member;
    return this.show(key, member, this.replaces() && this.converts(key, member));
  }

  /** The same function each time, until the original's method changes. */
  private show(key: PropertyKey, native: unknown, converted: boolean): unknown {
    const made = converted ? this.converted : this.bounds;
    const before = made.get(key);
    if (before !== undefined && before.native === native) return before.shown;
    const { from, convert } = this.conversion;
    const pair = converted ? from.find?.(this.object, key as string) : undefined;
    const bound = pair ?? this.bound(native as Method, converted);
    const shown = converted ? convert(bound) : bound;
    made.set(key, { native, shown });
    if (converted) return shown;
    this.originals.set(bound, native as Method);
    const origin = realm.origins.get(native as Method);
    if (origin !== undefined) realm.origins.set(bound, { ...origin, plain: false });
    return shown;
  }

  /** Whether converted methods take the place of the original ones. */
  private replaces(): boolean {
    const { suffix, from, to } = this.conversion;
    return suffix === '' && from.find === undefined && to.members === undefined;
  }

  /** Whether the view shows a converted method under this name. */
  private isConverted(key: PropertyKey): boolean {
    return this.replaces() ? this.converts(key, peek(this.object, key)) : this.added(key) !== undefined;
  }

  private converts(key: PropertyKey, member: unknown): boolean {
    const { object, conversion } = this;
    if (typeof member !== 'function') return false;
    if (this.converted.get(key)?.native === member) return true;
    this.isBuiltIn ??= builtInMembersOf(object);
    return !isClass(member) && !this.isBuiltIn(String(key)) && isConvertible(object, key, member, conversion);
  }

  /** What the view adds under this name. Looks at members without running getters, unless told how. */
  private added(key: PropertyKey, look = (name: string) => peek(this.object, name)): Added | undefined {
    if (typeof key !== 'string' || this.replaces() || key in this.object) return undefined;
    const { suffix, from, to } = this.conversion;
    if (!key.endsWith(suffix)) return undefined;
    const base = key.slice(0, key.length - suffix.length);
    const member = to.members?.(base);
    if (to.members !== undefined && member === undefined) return undefined;
    const method = member?.method ?? base;
    const native = from.find?.(this.object, method);
    const isThere =
      from.find === undefined
        ? this.converts(method, look(method))
        : native !== undefined && isChosen(method, native, this.conversion);
    return isThere ? { method, part: member?.part } : undefined;
  }

  private isDeep(key: PropertyKey, member: unknown): member is object {
    const { deep } = this.conversion;
    if (deep === undefined || Object(member) !== member || key === 'constructor' || key === 'prototype')
      return false;
    return deep === true ? typeof key === 'string' && isModule(member as object) : deep.includes(key);
  }

  private bound(method: Method, converted: boolean): Method {
    const { object } = this;
    const bound = (...args: unknown[]): unknown => {
      const result: unknown = Reflect.apply(method, object, args);
      return result === object && !converted ? this.view : result; // a chain stays on the view
    };
    // Who is its own promise version stays it.
    describeAs(bound, method, method.length, (fn) =>
      fn === method ? bound : rememberBound(fn.bind(object), object, fn),
    );
    return rememberBound(bound, object, method);
  }
}

/** Whether it has methods of its own, not those of a list, a date, an error or whatever else the platform needs to know. */
function isModule(member: object): boolean {
  return typeof member === 'function' || /Object|Module/.test(Object.prototype.toString.call(member));
}
