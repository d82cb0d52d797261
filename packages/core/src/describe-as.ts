/** Util.promisify's hook belongs to one function, not to what is made of it; so does Node's private list of argument names. */
const ownAffairs = new Set(['length', 'name', 'prototype', 'arguments', 'caller', 'with']);
const isOwnAffair = (key: string | symbol): boolean =>
  typeof key === 'string'
    ? ownAffairs.has(key)
    : key === Symbol.for('nodejs.util.promisify.custom') || key.description === 'customPromisifyArgs';

/** Makes a wrapper look like its original: name, length, and own properties, whose getters are not run. */
export function describeAs(
  wrapper: object,
  original: object & { readonly name?: string },
  length: number,
): void {
  const { name } = Object.getOwnPropertyDescriptors(original) as { name?: PropertyDescriptor };
  if (name !== undefined) Object.defineProperty(wrapper, 'name', { ...name, configurable: true });
  Object.defineProperty(wrapper, 'length', { value: Math.max(0, length), configurable: true });
  for (const key of Reflect.ownKeys(original)) {
    if (isOwnAffair(key)) continue;
    const property = Object.getOwnPropertyDescriptor(original, key) as PropertyDescriptor;
    Object.defineProperty(wrapper, key, { ...property, configurable: true });
  }
}
