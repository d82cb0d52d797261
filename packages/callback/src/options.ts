import { assertArgument } from '@anyasync/core';

/** A member of an object, its own or that of its class: what every object has from Object.prototype is none. */
export function memberOf(object: unknown, name: string): unknown {
  const member = (object as Record<string, unknown> | null | undefined)?.[name];
  const isCommon = member !== undefined && member === (Object.prototype as Record<string, unknown>)[name];
  return isCommon && !Object.hasOwn(Object(object), name) ? undefined : member;
}

/** Throws an ArgumentError for arguments that a function does not take. */
export function assertNoMore(surplus: readonly unknown[], takes: string): void {
  assertArgument(surplus.length === 0, 'arguments', surplus[0], `[callback] ${takes}, and no more.`);
}
