import { assertArgument } from '@anyasync/core';

/** Throws an ArgumentError for an argument that a function does not take, and would ignore. */
export function assertNoMore(surplus: unknown, takes: string): void {
  assertArgument(surplus === undefined, 'arguments', surplus, `[observable] ${takes}, and no more.`);
}
