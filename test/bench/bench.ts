/**
 * `npm run bench`: what a conversion through anyasync costs, beside the same conversion by hand and by other libraries.
 * `npm run bench -- quick` runs fewer rounds; `tiny` only proves that everything runs; any other word chooses conversions by title.
 *
 * One implementation per process: what a process has run before changes how the next one is compiled, by up to twice the time.
 * The order is random, the numbers are medians over all rounds.
 */
import { execFile } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { buildBench, weighAll } from './build.js';
import { conversions } from './conversions.js';
import { guaranteesOf } from './guarantees.js';
import type { Mode } from './measure.js';
import { guaranteeTable, type Row, sizeTable, timeTable, tooMuch } from './tables.js';

const sizes = {
  full: { rounds: 7, calls: 20_000, units: 9 },
  quick: { rounds: 3, calls: 20_000, units: 7 },
  tiny: { rounds: 1, calls: 50, units: 1 },
} as const;

const words = process.argv.slice(2);
const size = words.find((word): word is 'quick' | 'tiny' => word === 'quick' || word === 'tiny') ?? 'full';
const titles = words.filter((word) => word !== size);
const { rounds, calls, units } = sizes[size];

interface Job {
  readonly conversion: number;
  readonly implementation: number;
  readonly modes: readonly (Mode | 'guarantees')[];
}

/** One job for each implementation and each of the lists of modes. */
function jobsFor(...lists: Job['modes'][]): Job[] {
  return conversions.flatMap(({ title, implementations }, conversion) => {
    if (titles.length > 0 && !titles.some((word) => title.includes(word))) return [];
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
const run = promisify(execFile);

async function measure({ conversion, implementation, modes }: Job): Promise<void> {
  const args = [conversion, implementation, modes, calls, units].map(String);
  // A young generation of a fixed size: while it grows, times are twice what they are later.
  const node = ['--expose-gc', '--min-semi-space-size=16', '--no-warnings', join(folder, 'measure.js')];
  const env = { ...process.env, NODE_OPTIONS: '' };
  const { stdout } = await run(process.execPath, [...node, ...args], { cwd: folder, env });
  const { guarantees, ...measured } = JSON.parse(stdout);
  const of = results[conversion]![implementation]!;
  if (guarantees) of.guarantees = guarantees;
  for (const [mode, number] of Object.entries(measured)) of[mode as Mode].push(number as number);
}

const inRandomOrder = (jobs: readonly Job[]): Job[] =>
  jobs
    .map((job) => [Math.random(), job] as const)
    .sort(([a], [b]) => a - b)
    .map(([, job]) => job);

try {
  if (size === 'tiny') {
    const jobs = jobsFor(['concurrent', 'sequential', 'bytes', 'guarantees']);
    const half = jobs.length >> 1;
    const inTurn = async (some: readonly Job[]): Promise<void> => {
      for (const job of some) await measure(job);
    };
    await Promise.all([inTurn(jobs.slice(0, half)), inTurn(jobs.slice(half))]);
  } else {
    for (const job of jobsFor(['guarantees'])) await measure(job);
    for (let round = 1; round <= rounds; round++) {
      if (process.stderr.isTTY) process.stderr.write(`round ${round} of ${rounds}\n`);
      for (const job of inRandomOrder(jobsFor(['concurrent'], ['sequential'], ['bytes']))) await measure(job);
    }
  }
  print();
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
  for (const [index, { title, implementations, ...described }] of conversions.entries()) {
    const rows = implementations.map(({ name }, implementation): Row => {
      const { concurrent, sequential, bytes } = results[index]![implementation]!;
      return { name, concurrent: median(concurrent), sequential: median(sequential), bytes: median(bytes) };
    });
    if (Number.isNaN(rows[0]!.bytes)) continue; // not chosen
    console.log(timeTable(title, rows));
    const guarantees = guaranteesOf(described);
    const held = results[index]!.map((each) => each.guarantees);
    if (guarantees.length > 0) console.log(guaranteeTable(guarantees, held, rows));
    above.push(...tooMuch(title, rows));
  }
  console.log(`Above 1.10 of the same by hand: ${above.length > 0 ? above.join('; ') : 'none'}.\n`);
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
