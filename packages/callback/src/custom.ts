import { assertArgument } from '@anyasync/core';

/** Node's hook for a promise face of one's own; registered, so that it is the same in browsers. */
export const custom: unique symbol = Symbol.for('nodejs.util.promisify.custom') as never;

type Custom = (...args: unknown[]) => unknown;

/** A function's own promise face, if it declares one. */
export function customOf(fn: object): Custom | undefined {
  const declared = (fn as { [custom]?: unknown })[custom];
  if (declared === undefined || declared === null) return undefined;
  assertArgument(
    typeof declared === 'function',
    'fn[util.promisify.custom]',
    declared,
    '[callback] it is a function that returns a promise.',
  );
  return declared as Custom;
}

/** The names Node gives to the several values of its own functions (`bytesRead buffer` of fs.read), under a symbol it does not export. */
export function nodeNamesOf(fn: object): readonly string[] | undefined {
  for (const symbol of Object.getOwnPropertySymbols(fn)) {
    if (symbol.description === 'customPromisifyArgs')
      return (fn as Record<symbol, readonly string[]>)[symbol];
  }
}

const faces = new WeakSet<object>();

/** Remembers a declared promise face, so that promisifying the face itself gives it back. Nothing is written on it: it may be frozen. */
export function rememberFace(face: object): void {
  faces.add(face);
}

/** Whether a function is a promise face already. */
export function isFace(fn: object): boolean {
  return faces.has(fn) || (fn as { [custom]?: unknown })[custom] === fn;
}
