import { holderOf, peek } from './built-in-members.js';
import { realm } from './realm.js';
import type { AnyFunction } from './signatures.js';
import { isSameStyle, type Readable, type Writable } from './style.js';

type Method = Function;

/** Methods: by their names, by a pattern of them, or by a test. A test that is a type guard tells the compiler, too. */
export type Selection<Name extends PropertyKey = PropertyKey> =
  | readonly Name[]
  | RegExp
  | ((name: string, fn: AnyFunction) => boolean);

/** Which members a view converts. */
export interface Choice {
  readonly suffix: string;
  readonly pick: Selection | undefined;
  readonly exclude: Selection | undefined;
  readonly from: Readable;
  readonly to: Writable;
}

/** What is converted only if it is named. Bluebird leaves out names with an underscore, too. */
const namedOnly = /^(_.*|then|catch|finally|toJSON|.*Sync)$/;

/** Whether a function that an object has under this name is to be converted, as far as it can be known without calling it. */
export function isConvertible(object: object, key: PropertyKey, fn: Method, choice: Choice): boolean {
  const { pick, suffix, to } = choice;
  const name = String(key);
  if (isOfFunctions(object, key) || isConverted(fn, choice)) return false;
  if (!Array.isArray(pick)) {
    if (typeof key === 'symbol' || namedOnly.test(name)) return false;
    const end = suffix || suffixOf(to);
    if (name.endsWith(end) && typeof peek(object, name.slice(0, -end.length)) === 'function') return false;
  }
  return isChosen(key, fn, choice);
}

/** What is appended to names unless somebody says otherwise: Bluebird's choice, or the style's. */
export const suffixOf = ({ suffix = 'Async' }: Writable): string => suffix;

/** Whether a method is picked, and not excluded. */
export function isChosen(key: PropertyKey, fn: unknown, { pick, exclude }: Choice): boolean {
  return (
    (pick === undefined || matches(pick, key, fn)) && !(exclude !== undefined && matches(exclude, key, fn))
  );
}

function matches(which: Selection, key: PropertyKey, fn: unknown): boolean {
  if (typeof which === 'function') return which(key as string, fn as AnyFunction);
  return Array.isArray(which) ? which.includes(key) : String(key).search(which as RegExp) >= 0;
}

/** Whether it is the `call`, `apply` or `bind` of every function, in whichever realm; a function's own `call` is a method. */
function isOfFunctions(object: object, key: PropertyKey): boolean {
  const holder = typeof object === 'function' ? holderOf(object, key) : null;
  return (
    holder !== null && holder !== object && Object.hasOwn(holder, 'bind') && Object.hasOwn(holder, 'call')
  );
}

/** Whether a function is known to be converted already: it calls back nobody, or nobody that is not called back now. */
function isConverted(fn: Method, { from, to }: Choice): boolean {
  const origin = realm.origins.get(fn);
  if (origin !== undefined && !isSameStyle(origin.to, from)) {
    const { callbacks = 0 } = origin.to as Writable;
    return callbacks !== (from.callbacks ?? 0) || isSameStyle(origin.to, to);
  }
  if (!from.callbacks) return false;
  // util.promisify's, and Bluebird's.
  return (fn as { [custom]?: unknown })[custom] === fn || Object.hasOwn(fn, '__isPromisified__');
}

const custom: unique symbol = Symbol.for('nodejs.util.promisify.custom') as never;

/** A class, or a constructor function from before there were classes: its prototype is more than an empty one. */
export function isClass(fn: Method): boolean {
  if (/^class\b/.test(Function.prototype.toString.call(fn))) return true;
  const { prototype } = fn as { prototype?: object };
  if (prototype === undefined || Object(prototype) !== prototype) return false;
  const members = Reflect.ownKeys(prototype).length;
  if (!Object.hasOwn(prototype, 'constructor')) return members > 0; // a generator's has none
  const base = Reflect.getPrototypeOf(prototype);
  return members > 1 || (base !== null && Reflect.getPrototypeOf(base) !== null);
}
