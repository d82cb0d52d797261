import { describeAs } from './describe-as.js';

type Method = Function;

/** What a view converts, and how. */
export interface Conversion {
  readonly suffix: string;
  readonly pick: ReadonlySet<PropertyKey> | undefined;
  readonly convert: (fn: Method) => unknown;
}

/** A view of an object that shows converted methods. Its proxy's target is an empty stand-in: a frozen original may not be shown changed. */
export function viewOf(object: object, conversion: Conversion): object {
  return new Proxy(typeof object === 'function' ? standInClass(object) : {}, new View(object, conversion));
}

function standInClass(original: object): object {
  return Object.defineProperty(function View() {}, 'prototype', {
    value: (original as { prototype?: unknown }).prototype,
  });
}

/** Everything goes to the original object, so that #private members and internal slots (Map, Date) work. */
class View implements ProxyHandler<object> {
  private readonly made = new Map<PropertyKey, { readonly method: Method; readonly shown: unknown }>();
  private readonly suffix: string;
  private readonly pick: ReadonlySet<PropertyKey> | undefined;
  private readonly convert: (fn: Method) => unknown;

  constructor(
    private readonly object: object,
    { suffix, pick, convert }: Conversion,
  ) {
    this.suffix = suffix;
    this.pick = pick;
    this.convert = convert;
  }

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
    describeAs(bound, method, method.length, true);
    const shown = converted ? this.convert(bound) : bound;
    this.made.set(key, { method, shown });
    return shown;
  }
}

/** A function's `prototype` cannot be left out. */
function withPrototype(keys: (string | symbol)[], object: object): (string | symbol)[] {
  return typeof object === 'function' && !keys.includes('prototype') ? [...keys, 'prototype'] : keys;
}

/** A class, or a constructor function from before there were classes: its prototype has members. */
function isClass(fn: Method): boolean {
  if (/^class\b/.test(Function.prototype.toString.call(fn))) return true;
  const { prototype } = fn as { prototype?: object };
  return prototype !== undefined && prototype !== null && Object.keys(prototype).length > 0;
}
