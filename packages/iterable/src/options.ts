import { ArgumentError, assertArgument } from '@anyasync/core';
import { copyOf } from './lenient.js';

/** A function, its options, and what other libraries call them. */
export interface Known<Name extends string> {
  readonly whose: string;
  readonly names: readonly Name[];
  /** The name that others use, and what is meant here. */
  readonly others: readonly (readonly [name: string, here: string])[];
}

/** A copy of the options: own and inherited ones, but nothing of Object.prototype. Throws for others, and for arguments after them. */
export function optionsOf<Name extends string>(
  { whose, names, others }: Known<Name>,
  given: unknown,
  more: readonly unknown[],
): { [N in Name]?: any } {
  const what = `[iterable] ${whose}() takes an object of options last: ${names.join(', ')}.`;
  assertArgument(typeof given === 'object' && given !== null, 'options', given, what);
  if (more.length > 0) throw new ArgumentError('options', more[0], what);
  const options = copyOf(given as { [N in Name]?: any });
  for (const name in options) {
    if (names.includes(name)) continue;
    const here = others.find(([other]) => other === name)?.[1] ?? `Its options are: ${names.join(', ')}`;
    const shown = JSON.stringify(String(name).slice(0, 25));
    throw new ArgumentError('options', name, `[iterable] ${whose}() has no option ${shown}. ${here}.`);
  }
  return options;
}

/** Throws unless it is the name of an event. */
export function assertName(name: unknown, argument: string): void {
  const what = "[iterable] the name of an event is a string or a symbol, as 'data'.";
  assertArgument(typeof name === 'string' || typeof name === 'symbol', argument, name, what);
}
