/** Every style to every other style, times every scenario. */
import { describe, expect, it } from 'vitest';
import { Pair } from './matrix/pair.js';
import { expectedLog, missing, playScenario, requirements } from './matrix/scenario.js';
import { scenarios } from './scenarios.js';
import { styles } from './styles.js';

const pairs = styles.flatMap((from) => styles.filter((to) => to !== from).map((to) => new Pair(from, to)));

const cells = pairs.flatMap((pair) =>
  scenarios.map((scenario) => {
    const name = `${pair.from.name} -> ${pair.to.name}: ${scenario.name}`;
    const lacking = missing(pair, scenario);
    if (lacking === undefined) return { pair, scenario, name, isSkipped: false };
    const { of, why } = requirements[lacking];
    return { pair, scenario, name: `${name} (${pair[of].name} ${why})`, isSkipped: true };
  }),
);

describe('matrix', () => {
  it('has this many cells', () => {
    const skipped = cells.filter(({ isSkipped }) => isSkipped).length;
    expect({ run: cells.length - skipped, skipped }).toEqual({ run: 9104, skipped: 2524 });
  });

  for (const { pair, scenario, name, isSkipped } of cells) {
    (isSkipped ? it.skip : it)(name, async () => {
      expect(await playScenario(pair, scenario)).toEqual(expectedLog(pair, scenario));
    });
  }
});
