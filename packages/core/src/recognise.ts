// What a value is, without trusting it: nothing here throws, and nothing is called.

/**
 * Whether a value carries a mark: a property, its own or its class's, that is true. Never throws; of a revoked proxy the answer is no. For
 * writers of styles.
 *
 * @example
 * ```ts
 * import { isMarked } from '@anyasync/core';
 *
 * const mark = Symbol('mark');
 * isMarked({ [mark]: true }, mark); //=> true
 * isMarked(undefined, mark); //=> false
 * ```
 */
export function isMarked(value: unknown, mark: symbol): boolean {
  if (typeof value !== 'object' || value === null) return false;
  try {
    return (value as { readonly [mark]?: unknown })[mark] === true;
  } catch {
    return false;
  }
}

/**
 * Makes a class one class for all copies of its package in a process (ESM beside CommonJS, a bundle, two versions): `instanceof`, and the test
 * that is returned, know its objects by a registered symbol. For writers of styles.
 *
 * - The name ends with a version. Copies use each other's objects by their methods and getters, never by their fields; whoever changes what
 *   is used so takes the next version.
 * - Subclasses are told as ever. The test never throws.
 *
 * @returns Whether a value is of the class, of any copy.
 * @example
 * ```ts
 * import { branded } from '@anyasync/core';
 *
 * const make = () => class Task {};
 * const [Here, There] = [make(), make()]; // two copies
 * const isTask = branded(Here, 'my.task/1');
 * branded(There, 'my.task/1');
 * isTask(new There()); //=> true
 * new Here() instanceof There; //=> true
 * ```
 */
export function branded<T>(
  Class: abstract new (...args: never[]) => T,
  name: string,
): (value: unknown) => value is T {
  const mark = Symbol.for(name);
  const isOne = (value: unknown): value is T => isMarked(value, mark);
  Object.defineProperty(Class.prototype, mark, { value: true });
  Object.defineProperty(Class, Symbol.hasInstance, {
    value(this: unknown, value: unknown) {
      return this === Class
        ? isOne(value)
        : Function.prototype[Symbol.hasInstance].call(this as never, value);
    },
  });
  return isOne;
}

/**
 * Whether a value has these methods. Only looks, and never throws: of what throws when it is looked at, the answer is no. For writers of
 * styles.
 *
 * @example
 * ```ts
 * import { hasMethods } from '@anyasync/core';
 *
 * hasMethods(Promise.resolve(), 'then', 'catch'); //=> true
 * hasMethods(undefined, 'then'); //=> false
 * ```
 */
export function hasMethods(value: unknown, ...names: readonly PropertyKey[]): boolean {
  try {
    const it = Object(value);
    return names.every((name) => typeof it[name] === 'function');
  } catch {
    return false;
  }
}
