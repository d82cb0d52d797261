/** What the reading of items guarantees is tried, as it is of conversions. */
import type { Open } from './drains.js';
import { later } from './probing.js';

const told = { produced(): void {}, stopped(): void {} };

const probes: Readonly<Record<string, (open: Open) => Promise<boolean>>> = {
  'return() settles a next() that waits, and stops the source': async (open) => {
    const log: string[] = [];
    const iterator = open(undefined, { ...told, stopped: () => log.push('stopped') });
    void iterator.next().then(({ done }) => log.push(`next ${done}`));
    await later(); // a stream has begun to read
    void iterator.return().then(() => log.push('return'));
    await later();
    return ['stopped', 'next true', 'return'].every((each) => log.includes(each));
  },
  'work starts at the first next()': async (open) => {
    let produced = 0;
    const iterator = open(10, { ...told, produced: () => produced++ });
    await later();
    const isLazy = produced === 0;
    await iterator.next();
    return isLazy && produced > 0;
  },
  'after return() nothing comes': async (open) => {
    const iterator = open(10, told);
    await iterator.next();
    await iterator.return();
    return (await iterator.next()).done === true;
  },
  'never more waits than was asked for': async (open) => {
    let produced = 0;
    const limit = 100;
    try {
      const iterator = open(10_000, { ...told, produced: () => produced++ }, limit);
      await iterator.next();
      await later();
      const isBounded = produced <= 2 * limit;
      let read = 1;
      while (!(await iterator.next()).done) read++;
      return isBounded && read === 10_000;
    } catch (error) {
      return (error as Error).name === 'OverflowError'; // the source cannot be told to wait: it is said, and nothing is lost in silence
    }
  },
};

export const drainGuarantees: readonly string[] = Object.keys(probes);

/** Runs every probe: which hold. */
export async function probeDrain(open: Open): Promise<string[]> {
  const holds: string[] = [];
  for (const [name, probe] of Object.entries(probes)) {
    if (await probe(open).catch(() => false)) holds.push(name);
  }
  return holds;
}
