/**
 * `npm run bench`: what a conversion through anyasync costs, beside the same conversion by hand and by other libraries.
 * `npm run bench -- quick` runs fewer rounds; `tiny` only proves that everything runs; any other word chooses tables by title.
 *
 * One implementation per process: what a process has run before changes how the next one is compiled, by up to twice the time.
 * The order is random, the numbers are medians over all rounds.
 */
import { rmSync } from 'node:fs';
import { buildBench, weighAll } from './build.js';
import { classes } from './classes.js';
import { conversions } from './conversions.js';
import { drains } from './drains.js';
import { guaranteesOf } from './guarantees.js';
import { drainGuarantees } from './guarantees-drains.js';
import type { Mode } from './measure.js';
import { inRandomOrder, runMeasuring } from './processes.js';
import {
  ahead,
  classTable,
  drainTable,
  guaranteeTable,
  median,
  type Row,
  sizeTable,
  timeTable,
  tooMuch,
} from './tables.js';

const sizes = {
  full: { rounds: 7, calls: 20_000, units: 9, items: 200_000 },
  quick: { rounds: 3, calls: 20_000, units: 7, items: 200_000 },
  tiny: { rounds: 1, calls: 50, units: 1, items: 100 },
} as const;

const words = process.argv.slice(2);
const size = words.find((word): word is 'quick' | 'tiny' => word === 'quick' || word === 'tiny') ?? 'full';
const titles = words.filter((word) => word !== size);
const { rounds, calls, units, items } = sizes[size];

const chosen = (title: string): boolean => titles.length === 0 || titles.some((word) => title.includes(word));

interface Job {
  readonly conversion: number;
  readonly implementation: number;
  readonly modes: readonly (Mode | 'guarantees')[];
}

/** One job for each implementation and each of the lists of modes. */
function jobsFor(...lists: Job['modes'][]): Job[] {
  return conversions.flatMap(({ title, implementations }, conversion) => {
    if (!chosen(title)) return [];
    return implementations.flatMap((_, implementation) =>
      lists.map((modes) => ({ conversion, implementation, modes })),
    );
  });
}

type Results = { [mode in Mode]: number[] } & { guarantees: string[] };
const results = conversions.map(({ implementations }) =>
  implementations.map((): Results => ({ concurrent: [], sequential: [], bytes: [], guarantees: [] })),
);
const folder = await buildBench();

async function measure({ conversion, implementation, modes }: Job): Promise<void> {
  const args = [conversion, implementation, modes, calls, units].map(String);
  const { guarantees, ...measured } = await runMeasuring(folder, 'measure.js', args);
  const of = results[conversion]![implementation]!;
  if (guarantees) of.guarantees = guarantees;
  for (const [mode, number] of Object.entries(measured)) of[mode as Mode].push(number as number);
}

const measuredClasses = chosen('classes') ? Object.keys(classes) : [];
const classResults = new Map(
  measuredClasses.map((name) => [
    name,
    { once: [] as number[], link: [] as number[], bytes: [] as number[] },
  ]),
);

async function measureClass(name: string): Promise<void> {
  const milliseconds = size === 'tiny' ? 0 : 300;
  const measured = await runMeasuring(folder, 'measure-class.js', [name, calls, milliseconds].map(String));
  for (const [kind, number] of Object.entries(measured))
    classResults.get(name)![kind as 'once'].push(number as number);
}

/** Each of the tables of drains that is chosen, and each implementation in it. */
const drainJobs = drains.flatMap(({ title, drains: all }, table) =>
  chosen(title) ? all.map((_, implementation) => ({ table, implementation })) : [],
);
const drainResults = drains.map(({ drains: all }) =>
  all.map(() => ({ milliseconds: [] as number[], bytes: [] as number[], guarantees: [] as string[] })),
);

async function measureDrain({ table, implementation }: (typeof drainJobs)[number]): Promise<void> {
  const args = [table, implementation, items].map(String);
  const { milliseconds, bytes, guarantees } = await runMeasuring(folder, 'measure-drain.js', args);
  const of = drainResults[table]![implementation]!;
  of.milliseconds.push(milliseconds);
  of.bytes.push(bytes);
  of.guarantees = guarantees;
}

try {
  if (size === 'tiny') {
    const jobs = jobsFor(['concurrent', 'sequential', 'bytes', 'guarantees']);
    const half = jobs.length >> 1;
    const inTurn = async (some: readonly Job[]): Promise<void> => {
      for (const job of some) await measure(job);
    };
    await Promise.all([inTurn(jobs.slice(0, half)), inTurn(jobs.slice(half))]);
    for (const name of measuredClasses) await measureClass(name);
    for (const job of drainJobs) await measureDrain(job);
  } else {
    for (const job of jobsFor(['guarantees'])) await measure(job);
    for (let round = 1; round <= rounds; round++) {
      if (process.stderr.isTTY) process.stderr.write(`round ${round} of ${rounds}\n`);
      for (const job of inRandomOrder(jobsFor(['concurrent'], ['sequential'], ['bytes']))) await measure(job);
      for (const name of inRandomOrder(measuredClasses)) await measureClass(name);
      for (const job of inRandomOrder(drainJobs)) await measureDrain(job);
    }
  }
  print();
  if (measuredClasses.length > 0) printClasses();
  if (drainJobs.length > 0) printDrains();
  console.log(sizeTable(await weighAll()));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function print(): void {
  console.log(
    `Node ${process.version}, ${rounds} rounds of ${calls} calls, medians. Concurrent: all calls are pending at once.
Sequential: one after the other. Times are nanoseconds of processor time for a call, with the collector's.
Bytes: what a pending call keeps, beside what the original keeps. A ratio is the first row / this row: below 1, ours takes less.\n`,
  );
  const above: string[] = [];
  const peers: string[] = [];
  for (const [index, { title, implementations, ...described }] of conversions.entries()) {
    const rows = implementations.map(({ name }, implementation): Row => {
      const { concurrent, sequential, bytes } = results[index]![implementation]!;
      return { name, concurrent: median(concurrent), sequential: median(sequential), bytes: median(bytes) };
    });
    if (Number.isNaN(rows[0]!.bytes)) continue; // not chosen
    console.log(timeTable(title, rows));
    const guarantees = guaranteesOf(described);
    const held = results[index]!.map((each) => each.guarantees);
    if (guarantees.length > 0) {
      console.log(guaranteeTable(guarantees, held, rows));
      peers.push(...ahead(title, held, rows));
    }
    above.push(...tooMuch(title, rows));
  }
  console.log(`Above 1.10 of the same by hand: ${above.length > 0 ? above.join('; ') : 'none'}.`);
  printPeers(peers);
}

function printClasses(): void {
  const rows = [...classResults].map(([name, { once, link, bytes }]) => ({
    name,
    once: median(once),
    link: median(link),
    bytes: median(bytes),
  }));
  console.log(`Object: made, given one callback, settled and read. Link: of a chain of 100 callbacks. On the clock, because jQuery's \`then\` waits
for a timer. A native promise, and it alone, calls in a turn of its own. A ratio is the row / the first row.\n`);
  console.log(classTable(rows));
}

function printDrains(): void {
  console.log(`Items: ${items}, which a source has at once, read one by one. Milliseconds of processor time for all of them. Bytes: what is held when
all are there and the first has been read; the items are small integers, so it is what holds them. A ratio is the first row / this row.\n`);
  const peers: string[] = [];
  for (const [table, { title, drains: all }] of drains.entries()) {
    if (!chosen(title)) continue;
    const results = drainResults[table]!;
    const rows = all.map(({ name, beside }, index) => {
      const { milliseconds, bytes } = results[index]!;
      return { name, beside, milliseconds: median(milliseconds), bytes: median(bytes) };
    });
    console.log(drainTable(title, rows));
    const held = results.map(({ guarantees }) => guarantees);
    console.log(guaranteeTable(drainGuarantees, held, rows));
    peers.push(...ahead(title, held, rows));
  }
  printPeers(peers);
}

function printPeers(peers: readonly string[]): void {
  const ahead = peers.length > 0 ? peers.join('; ') : 'none';
  console.log(`Peers with all of our guarantees that take less: ${ahead}.\n`);
}
