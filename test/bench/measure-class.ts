/**
 * Runs in a process of its own: measures one class, and prints nanoseconds for an object, nanoseconds for a link of a chain, and bytes for
 * a pending object, as JSON. `node --expose-gc measure-class.js <name> <objects> <milliseconds>`.
 */
import { classes } from './classes.js';

declare const gc: () => void;

const [name, objects, milliseconds] = process.argv.slice(2);
const { once, chain, pending } = await (classes[name as string] as NonNullable<(typeof classes)[string]>)();
const n = Number(objects);
const links = 100;

/** Nanoseconds for each of what `work` does `times` of: again and again until so many milliseconds have passed, after a third of that. */
async function time(times: number, work: () => Promise<number>): Promise<number> {
  const round = async (length: number): Promise<number> => {
    const began = performance.now();
    let rounds = 0;
    do {
      const result = await work();
      if (result !== times) throw new Error(`${name}: the result is ${result} instead of ${times}`);
      rounds++;
    } while (performance.now() - began < length);
    return ((performance.now() - began) * 1e6) / rounds / times;
  };
  await round(Number(milliseconds) / 3);
  return round(Number(milliseconds));
}

/** Bytes that one pending object keeps, after all that could be collected has been. */
function bytes(): number {
  const kept: unknown[] = new Array(n).fill(undefined);
  gc();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < n; i++) kept[i] = pending();
  gc();
  const after = process.memoryUsage().heapUsed;
  if (kept.length !== n) throw new Error('unreachable: it keeps them alive');
  return (after - before) / n;
}

console.log(
  JSON.stringify({
    once: await time(n, () => once(n)),
    link: chain === undefined ? undefined : await time(links, () => chain(links)),
    bytes: bytes(),
  }),
);
