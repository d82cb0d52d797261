/** What a look finds; a look that throws, at a revoked proxy or into a getter, finds nothing. */
export function look<T>(looks: () => T): T | undefined {
  try {
    return looks();
  } catch {
    return undefined;
  }
}

/** A property that an object may lack, and never what somebody has put on Object.prototype. */
export function own(object: unknown, name: string): unknown {
  const found = (object as Record<string, unknown> | null | undefined)?.[name];
  if (found === undefined || found !== (Object.prototype as unknown as Record<string, unknown>)[name])
    return found;
  return Object.hasOwn(object as object, name) ? found : undefined;
}

/** An object that inherits nothing, for who reads its fields: a stream's constructor, defineProperty. */
export const bare = <T extends object>(fields: T): T => Object.assign(Object.create(null), fields);

/** A copy of options, own and inherited ones, that nothing is read from but them. */
export function copyOf<T extends object>(options: T): T {
  if (typeof options !== 'object' || options === null) return options; // an error, for who looks at it
  const copy = Object.create(null);
  for (const name in options) {
    const value = own(options, name);
    if (value !== undefined) copy[name] = value;
  }
  return copy;
}

/** Whether it has all these methods. Never throws. */
export const hasMethods = (value: unknown, ...names: readonly PropertyKey[]): boolean =>
  look(() => names.every((name) => typeof Object(value)[name] === 'function')) === true;
