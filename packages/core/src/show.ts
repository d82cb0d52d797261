// What is not ours in a message: escaped, at most so long, and nothing that it does can throw.

/** A text on one line, cut. */
export function cut(text: string, length: number): string {
  const short = text.length > length ? `${text.slice(0, length)}...` : text;
  return JSON.stringify(short).slice(1, -1);
}

/** The name of a function; nothing for anything else. */
export function nameOf(fn: unknown): string {
  try {
    const name = typeof fn === 'function' ? fn.name : '';
    return typeof name === 'string' ? cut(name, 40) : '';
  } catch {
    return '';
  }
}

/** What a value is, and no more of it than a few characters: it may be a secret. */
export function describe(value: unknown): string {
  try {
    if (typeof value === 'function') return `function ${nameOf(value) || '(anonymous)'}`;
    if (typeof value === 'string') return `"${cut(value, 25)}"`;
    if (value === null || typeof value !== 'object') return cut(String(value), 25);
    return `an instance of ${nameOf(value.constructor) || 'Object'}`;
  } catch {
    return 'an object';
  }
}

/** Defines a hidden property. A plain descriptor would read what somebody has put on Object.prototype. */
export function hide(object: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(object, key, {
    __proto__: null,
    value,
    configurable: true,
    writable: true,
  } as PropertyDescriptor);
}
