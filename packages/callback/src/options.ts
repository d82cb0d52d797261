import { assertArgument } from '@anyasync/core';

/** A member of an object, its own or that of its class: what every object has from Object.prototype is none. */
export function memberOf(object: unknown, name: string): unknown {
  const member = (object as Record<string, unknown> | null | undefined)?.[name];
  const isCommon = member !== undefined && member === (Object.prototype as Record<string, unknown>)[name];
  return isCommon && !Object.hasOwn(Object(object), name) ? undefined : member;
}

/** The options as they are now, read once, in an object that inherits nothing. Those of a class are options, too. */
export function optionsOf(options: object | undefined): Record<string, unknown> {
  const read = Object.create(null);
  if (options === undefined) return read;
  const isObject = typeof options === 'object' && options !== null;
  assertArgument(isObject, 'options', options, '[callback] the options are an object.');
  for (let owner = options; owner !== null; owner = Object.getPrototypeOf(owner)) {
    if (owner !== options && Object.getPrototypeOf(owner) === null) break; // Object.prototype, of whichever realm
    for (const name of Object.getOwnPropertyNames(owner))
      if (!(name in read) && (owner === options || name !== 'constructor'))
        read[name] = options[name as never];
  }
  return read;
}

/** Throws an ArgumentError for arguments that a function does not take. */
export function assertNoMore(surplus: readonly unknown[], takes: string): void {
  assertArgument(surplus.length === 0, 'arguments', surplus[0], `[callback] ${takes}, and no more.`);
}
