/** Which of the arguments are the value: the first, all as an array, or all as an object of these names. */
export type JQueryValues = 'one' | 'all' | readonly string[];

/** The value that the arguments make. */
export function packed(values: JQueryValues, args: readonly unknown[]): unknown {
  if (values === 'one') return args[0];
  if (values === 'all') return args;
  return Object.fromEntries(values.map((name, index) => [name, args[index]]));
}

/** The arguments that the value was made of. */
export function unpacked(values: JQueryValues, value: unknown): readonly unknown[] {
  if (values === 'one') return [value];
  if (values === 'all') return Array.isArray(value) ? value : [value];
  return values.map((name) => (Object(value) as Record<string, unknown>)[name]);
}
