import { CancelledError } from '@anyasync/core';

const inner = Object.freeze({ is: 'what the thenable resolves to' });

/** The values that scripts use. They are objects, so that the log can tell the same one from an equal one. */
export const values = {
  value: Object.freeze({ is: 'the value' }),
  second: Object.freeze({ is: 'the second value' }),
  item: Object.freeze({ is: 'an item' }),
  error: new Error('the error'),
  /** Not an Error, and nothing can be written on it. */
  oddError: Object.freeze({ is: 'an error' }),
  reason: new Error('the reason'),
  cancelled: new CancelledError('cancelled by the source'),
  consumerError: new Error('thrown by the consumer'),
  inner,
  thenable: Object.freeze({ then: (resolve: (value: unknown) => void) => resolve(inner) }),
  self: Object.freeze({ is: 'the this of the call' }),
} as const;

const names = new Map<unknown, string>(Object.entries(values).map(([name, value]) => [value, name]));

/** A value as the log shows it: by its name if it is the very same object. */
export function show(what: unknown): string {
  const name = names.get(what);
  if (name !== undefined) return name;
  if (Array.isArray(what)) return `[${what.map(show).join(' ')}]`;
  if (what instanceof Error) return 'reason' in what ? `${what.name}(${show(what.reason)})` : what.name;
  return typeof what === 'object' && what !== null ? 'another object' : String(what);
}
