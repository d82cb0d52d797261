import { ArgumentError } from './errors.js';
import { cut } from './show.js';

/** The options of every conversion. */
const known: readonly string[] = [
  'signal',
  'timeout',
  'dispose',
  'onHandle',
  'cancel',
  'stop',
  'next',
  'fold',
];

/** What other libraries call an option that there is. */
const elsewhere: Record<string, string> = {
  __proto__: null as never,
  multiArgs: "values: 'all'",
  include: 'pick',
  filter: 'pick',
  errorFirst: 'from: valueCallback',
  context: 'promisifyAll(object)',
};

/** Options that were read once: what was checked is what is used. Without Object.prototype, which anybody may have written on. */
const bare: object = Object.create(null);

/** Copies the options, own and inherited alike. With `own`, the names of a style, a name that is not known is an error. */
export function copyOptions<O extends object>(given: O, own?: readonly string[]): O {
  const options = Object.create(bare);
  for (let at = given; at !== null && at !== bare && at !== Object.prototype; at = Object.getPrototypeOf(at))
    for (const name of Object.getOwnPropertyNames(at)) {
      if (known.includes(name) || own?.includes(name)) {
        if (!(name in options)) options[name] = given[name as keyof O];
      } else if (own !== undefined && Object.keys(at).includes(name))
        refuse(name, [...own, ...known], '[core] there is', elsewhere[name]);
    }
  return options;
}

/** For an option that there is not, with those that there are. */
export function refuse(name: string, names: readonly string[], where: string, hint?: string): never {
  const what = hint === undefined ? `There are: ${names.join(', ') || 'none'}` : `Here it is ${hint}`;
  throw new ArgumentError('options', name, `${where} no option ${cut(name)}. ${what}.`);
}

/** A copy of options that may be anybody's: what was copied here before is ours. */
export const ownOptions = <O extends object>(given: O): O =>
  Object.getPrototypeOf(given) === bare ? given : copyOptions(given);

/** Options over others, which are the defaults. */
export const mergeOptions = <O extends object>(defaults: O | undefined, given: O): O =>
  defaults === undefined ? given : Object.assign(Object.create(bare), defaults, given);
