import { rememberBound } from './bound.js';
import { describeAs } from './describe-as.js';
import type { Native, Readable, Writable } from './style.js';

type Method = Function;

/** What a view converts, and how. */
export interface Conversion {
  readonly suffix: string;
  readonly pick: ReadonlySet<PropertyKey> | undefined;
  readonly find: Readable['find'];
  readonly members: Writable['members'];
  readonly convert: (fn: Native) => unknown;
}

/** A name that the object does not have: the method that the view shows there, converted, or one part of it. */
interface Added {
  readonly method: string;
  readonly part: string | undefined;
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
  private readonly converted = new Map<string, { readonly native: Native; readonly shown: unknown }>();

  constructor(
    private readonly object: object,
    private readonly conversion: Conversion,
  ) {}

  get(standIn: object, key: PropertyKey): unknown {
    if (isDefinedOn(standIn, key)) return Reflect.get(standIn, key);
    const { object } = this;
    const added = this.added(key, (name) => Reflect.get(object, name, object));
    if (added !== undefined) return this.showAdded(added);
    const member: unknown = Reflect.get(object, key, object);
    if (typeof member !== 'function' || key === 'constructor' || isClass(member)) return member;
    return this.show(key, member, this.replaces() && this.isConverted(key, member));
  }

  has(standIn: object, key: PropertyKey): boolean {
    return key in this.object || isDefinedOn(standIn, key) || this.added(key) !== undefined;
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
    const { object, conversion } = this;
    const own = Reflect.ownKeys(object);
    const keys = new Set([...own, ...Reflect.ownKeys(standIn)]);
    if (conversion.suffix !== '') {
      for (const key of own) {
        if (typeof key !== 'string') continue;
        const suffixed = key + conversion.suffix;
        if (this.added(suffixed) !== undefined) keys.add(suffixed);
      }
    }
    return [...keys];
  }

  getOwnPropertyDescriptor(standIn: object, key: PropertyKey): PropertyDescriptor | undefined {
    const defined = Reflect.getOwnPropertyDescriptor(standIn, key);
    if (defined !== undefined) return defined;
    const added = this.added(key);
    const own = Reflect.getOwnPropertyDescriptor(this.object, added?.method ?? key);
    if (own === undefined) return undefined;
    const { get, set, enumerable = false } = own;
    if (get !== undefined || set !== undefined) {
      const property: PropertyDescriptor = { enumerable, configurable: true };
      if (get !== undefined) property.get = () => this.get(standIn, key);
      if (set !== undefined) property.set = (value) => void this.set(standIn, key, value, this.view);
      return property;
    }
    return { value: this.get(standIn, key), writable: true, enumerable, configurable: true };
  }

  /** Whether converted methods take the place of the original ones. */
  private replaces(): boolean {
    const { suffix, find, members } = this.conversion;
    return suffix === '' && find === undefined && members === undefined;
  }

  /** What the view adds under this name. Looks at members without running getters, unless told how. */
  private added(key: PropertyKey, look = (name: string) => this.peek(name)): Added | undefined {
    if (typeof key !== 'string' || this.replaces() || key in this.object) return undefined;
    const { suffix, pick, find, members } = this.conversion;
    if (!key.endsWith(suffix)) return undefined;
    const base = key.slice(0, key.length - suffix.length);
    const member = members?.(base);
    if (members !== undefined && member === undefined) return undefined;
    const method = member?.method ?? base;
    const isThere =
      find === undefined
        ? this.isConverted(method, look(method))
        : pick?.has(method) !== false && find(this.object, method) !== undefined;
    return isThere ? { method, part: member?.part } : undefined;
  }

  private showAdded({ method, part }: Added): unknown {
    const { object, conversion } = this;
    const native = conversion.find === undefined ? Reflect.get(object, method, object) : method;
    const before = this.converted.get(method);
    let shown = before?.shown;
    if (before === undefined || before.native !== native) {
      shown = conversion.convert(conversion.find?.(object, method) ?? this.bound(native, true));
      this.converted.set(method, { native, shown });
    }
    return part === undefined ? shown : (shown as Record<string, unknown>)[part];
  }

  private isConverted(key: PropertyKey, member: unknown): member is Method {
    if (typeof member !== 'function' || isClass(member)) return false;
    const { pick } = this.conversion;
    if (pick !== undefined) return pick.has(key);
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
    const bound = this.bound(method, converted);
    const shown = converted ? this.conversion.convert(bound) : bound;
    this.made.set(key, { method, shown });
    return shown;
  }

  private bound(method: Method, converted: boolean): Method {
    const { object } = this;
    const bound = (...args: unknown[]): unknown => {
      const result: unknown = Reflect.apply(method, object, args);
      return result === object && !converted ? this.view : result; // a chain stays on the view
    };
    describeAs(bound, method, method.length, (fn) => rememberBound(fn.bind(object), object, fn));
    return rememberBound(bound, object, method);
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
