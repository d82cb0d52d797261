// Which operations have been begun and not been ended. Nothing is kept unless somebody asks: a scope, or debug mode.

import { createdAt, reportStray } from '@anyasync/core';
import { NotEndedError } from './errors.js';

const scopes = new Set<Set<object>>();
let registry: FinalizationRegistry<string> | undefined;

/** An operation begins. In debug mode it is reported when it is collected without having been ended. */
export function begun(result: object): void {
  for (const scope of scopes) scope.add(result);
  const created = createdAt(result);
  if (created === undefined) return;
  registry ??= new FinalizationRegistry((begunAt) => reportStray('unended', undefined, false, begunAt));
  registry.register(result, created, result);
}

/** It has been ended. */
export function ended(result: object): void {
  for (const scope of scopes) scope.delete(result);
  registry?.unregister(result);
}

/** What {@link endScope} gives: `using` disposes of it, where the language has that. */
export type EndScope = Disposing & UsingKey;

interface Disposing {
  /** Closes the scope. @throws {NotEndedError} Operations that were begun in it have not been ended. */
  dispose(): void;
}

/** Under `Symbol.dispose`, if the compiler's library knows it. */
type UsingKey = SymbolConstructor extends { readonly dispose: infer Key extends symbol }
  ? { [K in Key]: () => void }
  : unknown;

/**
 * Watches over everything that is begun, by pairs of this package, from now until it is disposed of; then what has not been ended is an
 * error. For tests, and for code that must not leak.
 *
 * @example
 * ```ts
 * import { beginEnd, endScope } from '@anyasync/begin-end';
 * import { convert, sync } from '@anyasync/core';
 *
 * const half = convert((n: number) => n / 2, sync, beginEnd);
 * const scope = endScope(); // or: using scope = endScope();
 * half.begin(8);
 * try {
 *   scope.dispose();
 * } catch (error) {
 *   (error as Error).name; //=> 'NotEndedError'
 * }
 * ```
 */
export function endScope(): EndScope {
  const open = new Set<object>();
  scopes.add(open);
  const dispose = (): void => {
    scopes.delete(open);
    if (open.size > 0) throw new NotEndedError([...open].map(createdAt));
  };
  const { dispose: key } = Symbol as { readonly dispose?: symbol };
  return { dispose, ...(key === undefined ? {} : { [key]: dispose }) } as unknown as EndScope;
}
