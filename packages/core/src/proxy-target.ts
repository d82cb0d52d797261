/** The target of a view's proxy: empty, but a function's `prototype` cannot be left out. */
export function proxyTargetFor(original: object): object {
  if (typeof original !== 'function') return {};
  const { prototype } = original as { prototype?: unknown };
  const target: object & { name?: string; length?: number } = function View() {};
  Object.defineProperty(target, 'prototype', { __proto__: null, value: prototype } as PropertyDescriptor);
  delete target.name;
  delete target.length;
  return target;
}

/** Whether somebody has defined this on the view; a proxy target for a class has its `prototype` from the beginning. */
export function isDefinedOn(target: object, key: PropertyKey): boolean {
  return Object.hasOwn(target, key) && !(key === 'prototype' && typeof target === 'function');
}
