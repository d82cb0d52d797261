// What is not ours in a message: escaped, at most so long, and nothing that it does can throw.

/** What the call gives; undefined where it throws. */
export function quietly<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch {}
}

/** A text on one line, cut. */
export const cut = (text: string, length = 25): string =>
  JSON.stringify(text.length > length ? `${text.slice(0, length)}...` : text).slice(1, -1);

/** The name of a function; nothing for anything else. */
export const nameOf = (fn: unknown): string =>
  quietly(() => typeof fn === 'function' && cut(fn.name.slice(), 40)) || '';

/** What a value is, and no more of it than a few characters: it may be a secret. */
export function describe(value: any): string {
  if (typeof value === 'function') return `function ${nameOf(value) || '(anonymous)'}`;
  if (typeof value === 'string') return `"${cut(value)}"`;
  if (Object(value) !== value) return cut(String(value));
  return `an instance of ${quietly(() => nameOf(value.constructor)) || 'Object'}`;
}

/**
 * Defines a property that is not enumerable. A plain descriptor would read what somebody has put on Object.prototype. For writers of styles.
 *
 * @example
 * ```ts
 * import { hide } from '@anyasync/core';
 *
 * const shown = { a: 1 };
 * hide(shown, 'secret', 2);
 * JSON.stringify(shown); //=> '{"a":1}'
 * ```
 */
export function hide(object: object, key: PropertyKey, value: unknown, enumerable = false): void {
  const property = { __proto__: null, value, enumerable, configurable: true, writable: true };
  Object.defineProperty(object, key, property as PropertyDescriptor);
}
