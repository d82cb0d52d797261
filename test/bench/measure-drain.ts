/**
 * Runs in a process of its own: reads items by one implementation, and prints milliseconds of processor time for all of them, the bytes that
 * are held when all are there and the first has been read, and what it guarantees, as JSON.
 * `node --expose-gc measure-drain.js <table> <implementation> <items>`.
 */
import { type Drained, drains } from './drains.js';
import { probeDrain } from './guarantees-drains.js';

declare const gc: () => void;

const [table, implementation, count] = process.argv.slice(2);
const { name, load } = drains[Number(table)]!.drains[Number(implementation)]!;
const open = await load();
const items = Number(count);
const told = { produced(): void {}, stopped(): void {} };

/** Milliseconds. */
async function drain(length: number): Promise<number> {
  const began = process.cpuUsage();
  const iterator = open(length, told);
  let sum = 0;
  for (;;) {
    const { done, value } = await iterator.next();
    if (done) break;
    if (typeof value === 'number') sum += value;
    // events.on gives the arguments of each, a batch its items.
    else for (const each of value) sum += each;
  }
  const { user, system } = process.cpuUsage(began);
  if (sum !== (length * (length - 1)) / 2) throw new Error(`${name}: the sum of the items is ${sum}`);
  return (user + system) / 1000;
}

async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  gc();
  gc();
}

async function bytes(): Promise<number> {
  await settled();
  const before = process.memoryUsage().heapUsed;
  const iterator: Drained = open(items, told);
  const first = await iterator.next();
  await settled();
  const held = process.memoryUsage().heapUsed - before;
  if (first.done) throw new Error(`${name}: there is no item`);
  await iterator.return();
  return Math.max(0, held); // where nothing is held the collector finds more than that
}

// Until the compiler has settled; short ones, because some take the square of the length.
for (let i = 0; i < 100; i++) await drain(Math.min(items, 1000));
await settled();
const milliseconds = await drain(items);
console.log(JSON.stringify({ milliseconds, bytes: await bytes(), guarantees: await probeDrain(open) }));
