/** What belongs to the wrapper itself. */
const own: readonly (string | symbol)[] = ['length', 'prototype', 'arguments', 'caller', 'with'];

/** util.promisify's hook belongs to one function, not to what is made of it; so does Node's private list of argument names. */
const isNodes = (key: string | symbol): boolean =>
  key === Symbol.for('nodejs.util.promisify.custom') ||
  (typeof key === 'symbol' && key.description === 'customPromisifyArgs');

/**
 * Makes a wrapper look like its original: name, length, own properties, whose getters are not run, and the prototype of its objects and
 * its own. For writers of styles.
 *
 * @param bind - For a bound function, which keeps what Node knows of its original: binds the functions among that.
 * @example
 * ```ts
 * import { describeAs } from '@anyasync/core';
 *
 * const wrapper = (...args: number[]) => Math.hypot(...args);
 * describeAs(wrapper, Math.hypot, Math.hypot.length);
 * wrapper.name; //=> 'hypot'
 * ```
 */
export function describeAs(
  wrapper: object,
  original: object,
  length: number,
  bind?: (fn: Function) => Function,
): void {
  for (const key of Reflect.ownKeys(original)) {
    if (key === 'prototype' && Object.hasOwn(wrapper, key))
      (wrapper as Function).prototype = (original as Function).prototype;
    if (own.includes(key) || (bind === undefined && isNodes(key))) continue;
    const property: PropertyDescriptor = {
      __proto__: null,
      ...Object.getOwnPropertyDescriptor(original, key),
      configurable: true,
    } as never;
    if (isNodes(key) && typeof property.value === 'function') property.value = bind?.(property.value);
    Object.defineProperty(wrapper, key, property);
  }
  const size = { __proto__: null, value: Math.max(0, length), configurable: true };
  Object.defineProperty(wrapper, 'length', size as PropertyDescriptor);
  const inherited = Object.getPrototypeOf(original);
  // Not that of an async function: the wrapper is none, and a library may ask.
  const isCommon = inherited === Function.prototype || /Function$/.test(inherited?.[Symbol.toStringTag]);
  if (!isCommon && typeof wrapper === 'function') Object.setPrototypeOf(wrapper, inherited);
}
