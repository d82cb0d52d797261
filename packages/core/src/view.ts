import { describeAs } from './describe-as.js';

type Method = Function;

/** What a view converts, and how. */
export interface Conversion {
  readonly suffix: string;
  readonly pick: ReadonlySet<PropertyKey> | undefined;
  readonly convert: (fn: Method) => unknown;
}

/**
 * A view of an object that shows converted methods. Its proxy's target is an empty stand-in: a frozen original may not be shown changed.
 * What somebody defines on the view itself, as a mocking library does, stays on the stand-in and comes first.
 */
export function viewOf(object: object, conversion: Conversion): object {
  const traps = new View(object, conversion);
  traps.view = new Proxy(typeof object === 'function' ? standInClass(object) : {}, traps);
  return traps.view;
}

/** A function's `prototype` cannot be left out. */
function standInClass(original: object): object {
  const { prototype } = original as { prototype?: unknown };
  const standIn: object & { name?: string; length?: number } = Object.defineProperty(
    function View() {},
    'prototype',
    {
      value: prototype,
    },
  );
  delete standIn.name;
  delete standIn.length;
  return standIn;
}

/** Everything goes to the original object, so that #private members and internal slots (Map, Date) work. */
class View implements ProxyHandler<object> {
  view!: object;
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

  get(standIn: object, key: PropertyKey): unknown {
    if (isDefinedOn(standIn, key)) return Reflect.get(standIn, key);
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

  has(standIn: object, key: PropertyKey): boolean {
    if (key in this.object || isDefinedOn(standIn, key)) return true;
    const base = this.baseOf(key);
    return base !== undefined && this.isConverted(base, this.peek(base));
  }

  set(standIn: object, key: PropertyKey, value: unknown, receiver: unknown): boolean {
    if (isDefinedOn(standIn, key)) return Reflect.set(standIn, key, value);
    return Reflect.set(this.object, key, value, receiver === this.view ? this.object : receiver);
  }

  deleteProperty(standIn: object, key: PropertyKey): boolean {
    return Reflect.deleteProperty(isDefinedOn(standIn, key) ? standIn : this.object, key);
  }

  /** A view cannot be frozen: it would have to show the same for ever. */
  preventExtensions(): boolean {
    return false;
  }

  getPrototypeOf(): object | null {
    return Reflect.getPrototypeOf(this.object);
  }

  apply(_standIn: object, self: unknown, args: unknown[]): unknown {
    return Reflect.apply(this.object as Method, self, args);
  }

  construct(_standIn: object, args: unknown[], newTarget: Method): object {
    return Reflect.construct(
      this.object as Method,
      args,
      newTarget === this.view ? (this.object as Method) : newTarget,
    );
  }

  ownKeys(standIn: object): (string | symbol)[] {
    const { object, suffix } = this;
    const keys = new Set([...Reflect.ownKeys(object), ...Reflect.ownKeys(standIn)]);
    if (suffix !== '') {
      for (const key of Reflect.ownKeys(object)) {
        if (typeof key === 'string' && this.isConverted(key, this.peek(key))) keys.add(key + suffix);
      }
    }
    return [...keys];
  }

  getOwnPropertyDescriptor(standIn: object, key: PropertyKey): PropertyDescriptor | undefined {
    const defined = Reflect.getOwnPropertyDescriptor(standIn, key);
    if (defined !== undefined) return defined;
    const base = this.baseOf(key);
    const own = Reflect.getOwnPropertyDescriptor(this.object, base ?? key);
    if (own === undefined || (base !== undefined && !this.isConverted(base, own.value))) return undefined;
    const { get, set, enumerable = false } = own;
    if (get !== undefined || set !== undefined) {
      const property: PropertyDescriptor = { enumerable, configurable: true };
      if (get !== undefined) property.get = () => this.get(standIn, key);
      if (set !== undefined) property.set = (value) => void this.set(standIn, key, value, this.view);
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
    const bound = (...args: unknown[]): unknown => {
      const result: unknown = Reflect.apply(method, object, args);
      if (result !== object) return result;
      return converted ? undefined : this.view; // a chain stays on the view, and is no handle
    };
    describeAs(bound, method, method.length, (fn) => fn.bind(object));
    const shown = converted ? this.convert(bound) : bound;
    this.made.set(key, { method, shown });
    return shown;
  }
}

/** Whether somebody has defined this on the view; a stand-in for a class has its `prototype` from the beginning. */
function isDefinedOn(standIn: object, key: PropertyKey): boolean {
  return Object.hasOwn(standIn, key) && !(key === 'prototype' && typeof standIn === 'function');
}

/** A class, or a constructor function from before there were classes: its prototype has members. */
function isClass(fn: Method): boolean {
  if (/^class\b/.test(Function.prototype.toString.call(fn))) return true;
  const { prototype } = fn as { prototype?: object };
  return prototype !== undefined && prototype !== null && Object.keys(prototype).length > 0;
}
