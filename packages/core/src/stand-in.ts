/** The target of a view's proxy: empty, but a function's `prototype` cannot be left out. */
export function standInFor(original: object): object {
  if (typeof original !== 'function') return {};
  const { prototype } = original as { prototype?: unknown };
  const standIn: object & { name?: string; length?: number } = function View() {};
  Object.defineProperty(standIn, 'prototype', { __proto__: null, value: prototype } as PropertyDescriptor);
  delete standIn.name;
  delete standIn.length;
  return standIn;
}

/** Whether somebody has defined this on the view; a stand-in for a class has its `prototype` from the beginning. */
export function isDefinedOn(standIn: object, key: PropertyKey): boolean {
  return Object.hasOwn(standIn, key) && !(key === 'prototype' && typeof standIn === 'function');
}
