import { ArgumentError } from './errors.js';
import { cut } from './show.js';

/** The options of every conversion. */
const known: readonly string[] = ['signal', 'timeout', 'dispose', 'onHandle', 'cancel', 'next', 'fold'];

/** What other libraries call an option that there is. */
const elsewhere = new Map([
  ['multiArgs', "values: 'all'"],
  ['include', 'pick'],
  ['filter', 'pick'],
  ['errorFirst', 'from: valueCallback'],
  ['context', 'promisifyAll(object), or bind the function'],
]);

/** Options that were read once: what was checked is what is used. Without Object.prototype, which anybody may have written on. */
const bare: object = Object.create(null);

/** Whether the object has it, or a class or object that it was made from, other than Object.prototype. */
function isOwn(object: object, name: string): boolean {
  for (let at: object | null = object; at !== null && at !== Object.prototype; at = Object.getPrototypeOf(at))
    if (Object.hasOwn(at, name)) return true;
  return false;
}

/** Copies the options, own and inherited alike. With `own`, the names of a style, a name that is not known is an error. */
export function copyOptions<O extends object>(given: O, own?: readonly string[]): O {
  const prototype = Object.getPrototypeOf(given);
  if (prototype === bare && own === undefined) return given;
  const options = Object.create(bare) as Record<string, unknown>;
  const take = (name: string): void => {
    if (!(name in Object.prototype) || isOwn(given, name)) options[name] = given[name as keyof O];
  };
  for (const name in given) {
    if (known.includes(name) || own?.includes(name)) take(name);
    else if (own !== undefined && (!(name in Object.prototype) || isOwn(given, name))) refuse(name, own);
  }
  // A getter of a class is not enumerable.
  if (prototype !== Object.prototype && prototype !== null && prototype !== bare)
    for (const name of own === undefined ? known : [...known, ...own]) if (name in given) take(name);
  return options as O;
}

function refuse(name: string, own: readonly string[]): never {
  const here = elsewhere.get(name);
  const what = here === undefined ? `There are ${[...own, ...known].join(', ')}` : `Here it is ${here}`;
  throw new ArgumentError('options', name, `[core] there is no option ${cut(name, 25)}. ${what}.`);
}

/** Options over others, which are the defaults. */
export const mergeOptions = <O extends object>(defaults: O | undefined, given: O): O =>
  defaults === undefined ? given : Object.assign(Object.create(bare), defaults, given);
