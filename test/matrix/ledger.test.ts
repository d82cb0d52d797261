/** The ledger, `losses(from, to)`, against what the conversions show: each claimed loss is one, and nothing else is lost. */
import { losses, type Traits } from '@anyasync/core';
import { describe, expect, it } from 'vitest';
import { styles } from '../styles.js';
import { observations } from './ledger.js';
import { Pair } from './pair.js';

const pairs = styles.flatMap((from) => styles.filter((to) => to !== from).map((to) => new Pair(from, to)));
const traits = Object.keys(observations) as (keyof Traits)[];

describe('matrix, the ledger', () => {
  it('knows exactly the traits that the matrix observes', () => {
    const known = new Set(styles.flatMap(({ style }) => Object.keys({ ...style.traits, ...style.written })));
    expect([...known].sort()).toEqual([...traits].sort());
  });

  for (const pair of pairs) {
    const { from, to } = pair;
    const claimed = losses(from.style, to.style).map(({ trait }) => trait);
    const had = traits.filter((trait) => observations[trait].has(from.style.traits));

    it(`${from.name} -> ${to.name}: loses nothing that ${from.name} never had`, () => {
      expect(claimed.filter((trait) => !had.includes(trait))).toEqual([]);
    });

    for (const trait of had) {
      const outcome = claimed.includes(trait) ? 'lost' : 'kept';
      const { isKept, isHeard, hidden } = observations[trait];
      const why = hidden?.(pair);
      const title = `${from.name} -> ${to.name}: ${trait} is ${outcome}`;
      if (why !== undefined) it.skip(`${title} (${why})`);
      else if (isHeard && pair.reads.delivery === 'async' && !pair.writes.later)
        it.skip(`${title} (${to.name} gives up before it can be seen)`);
      else it(title, async () => expect((await isKept(pair)) ? 'kept' : 'lost').toBe(outcome));
    }
  }
});
