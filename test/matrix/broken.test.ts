/** No scenario is vacuous: a style with a flaw makes the scenarios red that are about it, and a sound one none. */
import { describe, expect, it } from 'vitest';
import { scenarios } from '../scenarios.js';
import { styles } from '../styles.js';
import { broken, type Flaw, flaws } from './broken.js';
import { Pair } from './pair.js';
import { expectedLog, missing, playScenario } from './scenario.js';

const names = scenarios.map(({ name }) => name);
const allBut = (...some: string[]): string[] => names.filter((name) => !some.includes(name));

/** The scenarios that each flaw makes red. */
const red: Readonly<Record<Flaw, readonly string[]>> = {
  none: [],
  'settles twice': allBut(
    'throw now',
    'never',
    'cancel by the consumer',
    'consumer throws',
    'late consumer',
    'round trip',
  ),
  'never settles': allBut(
    'throw now',
    'falsy error',
    'undefined as error',
    'never',
    'empty',
    'many',
    'many, and an error',
    'the first of many',
    'infinite synchronous source',
    'cancelled by the source',
    'cancel before',
    'cancel while',
    'cancel by the consumer',
    'round trip',
  ),
  'settles by itself': [
    'value later',
    'error later',
    'never',
    'cancel while',
    'cancel while, and a result after it',
    'cancel by the consumer',
    'async context',
  ],
  'swallows a throw': ['throw now', 'value then throw'],
  'swallows what comes late': [
    'settle twice',
    'value then error',
    'cancel inside',
    'cancel while, and a result after it',
  ],
  'ignores cancel': [
    'cancel inside',
    'cancel while',
    'cancel while, and a result after it',
    'cancel by the consumer',
  ],
  'does not know cancelled': ['cancelled by the source'],
  'loses undefined': ['undefined'],
  'awaits a thenable': ['a thenable as value'],
  'wraps errors': ['error now', 'error later', 'same error object', 'value then error'],
  'takes a falsy error for none': ['falsy error', 'undefined as error'],
  'drops this': ['this and arguments'],
  'drops arguments': ['this and arguments'],
  'calls back inside the call': allBut(
    'value later',
    'throw now',
    'error later',
    'never',
    'the first of many',
    'cancel while',
    'cancel while, and a result after it',
    'cancel by the consumer',
    'late consumer',
    'round trip',
    'value there and back',
  ),
  'loses the async context': ['async context'],
  'is another style each time': ['round trip'],
};

const partners = styles.filter(({ name }) => ['promise', 'handler', 'operation'].includes(name));

/** The scenarios in which a flawed style shows something else than its traits promise. */
async function redOf(flaw: Flaw): Promise<string[]> {
  const flawed = broken(flaw);
  const pairs = partners.flatMap((partner) => [new Pair(flawed, partner), new Pair(partner, flawed)]);
  const found = new Set<string>();
  for (const scenario of scenarios) {
    for (const pair of pairs) {
      if (missing(pair, scenario) !== undefined) continue;
      const log = await playScenario(pair, scenario).catch((error: unknown) => [String(error)]);
      if (log.join() !== expectedLog(pair, scenario).join()) found.add(scenario.name);
    }
  }
  return [...found];
}

describe('matrix, red for a style with the flaw', () => {
  it.each(Object.keys(flaws) as Flaw[])('%s', async (flaw) => {
    expect(await redOf(flaw)).toEqual(red[flaw]);
  });

  it('each scenario is red for some flaw', () => {
    const ever = new Set(Object.values(red).flat());
    expect(names.filter((name) => !ever.has(name))).toEqual([]);
  });
});
