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
  return found === (Object.prototype as unknown as Record<string, unknown>)[name] ? undefined : found;
}

/** Whether it has all these methods. Never throws. */
export const hasMethods = (value: unknown, ...names: readonly PropertyKey[]): boolean =>
  look(() => names.every((name) => typeof Object(value)[name] === 'function')) === true;
