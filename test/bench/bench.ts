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
import { buildBench, weigh } from './build.js';
import { conversions } from './conversions.js';
import { guaranteesOf } from './guarantees.js';
import type { Mode } from './measure.js';
import { guaranteeTable, type Row, sizeTable, timeTable } from './tables.js';

const sizes = {
  full: { rounds: 7, calls: 20_000, units: 9 },
  quick: { rounds: 3, calls: 20_000, units: 7 },
  tiny: { rounds: 1, calls: 50, units: 1 },
} as const;

const words = process.argv.slice(2);
const size = words.find((word): word is 'quick' | 'tiny' => word === 'quick' || word === 'tiny') ?? 'full';
const titles = words.filter((word) => word !== size);
const { rounds, calls, units } = sizes[size];
const modes: readonly Mode[] = ['concurrent', 'sequential', 'bytes'];

interface Job {
  readonly conversion: number;
  readonly implementation: number;
  readonly mode: Mode | 'guarantees';
}

const jobs: Job[] = [];
for (const [conversion, { title, implementations }] of conversions.entries()) {
  if (titles.length > 0 && !titles.some((word) => title.includes(word))) continue;
  for (const implementation of implementations.keys()) {
    for (const mode of modes) jobs.push({ conversion, implementation, mode });
  }
}

const folder = await buildBench();
const run = promisify(execFile);

async function measure({ conversion, implementation, mode }: Job): Promise<unknown> {
  const args = [conversion, implementation, mode, calls, units].map(String);
  const node = ['--expose-gc', '--min-semi-space-size=16', '--no-warnings', join(folder, 'measure.js')];
  const { stdout } = await run(process.execPath, [...node, ...args], {
    cwd: folder,
    env: { ...process.env, NODE_OPTIONS: '' },
  });
  return JSON.parse(stdout);
}

const keyOf = ({ conversion, implementation, mode }: Job): string =>
  `${conversion} ${implementation} ${mode}`;
const results = new Map<string, number[]>(jobs.map((job) => [keyOf(job), []]));

try {
  for (let round = 1; round <= rounds; round++) {
    if (process.stderr.isTTY) process.stderr.write(`round ${round} of ${rounds}\n`);
    const order = jobs.map((job) => [Math.random(), job] as const).sort(([a], [b]) => a - b);
    for (const [, job] of order) results.get(keyOf(job))?.push((await measure(job)) as number);
  }
  console.log(
    `Node ${process.version}, ${calls} calls, ${rounds} rounds, medians. Ratios are anyasync / the row:`,
  );
  console.log(
    'below 1.00 anyasync takes less. bytes: what a pending call keeps, beside what the original keeps.\n',
  );
  for (const [conversion, described] of conversions.entries()) {
    if (!jobs.some((job) => job.conversion === conversion)) continue;
    const rows = described.implementations.map(({ name }, implementation): Row => {
      const of = (mode: Mode): number =>
        median(results.get(keyOf({ conversion, implementation, mode })) ?? []);
      return { name, concurrent: of('concurrent'), sequential: of('sequential'), bytes: of('bytes') };
    });
    console.log(timeTable(described.title, rows));
    const guarantees = Object.keys(guaranteesOf(described) ?? {});
    if (guarantees.length === 0) continue;
    const held: (readonly [string, readonly string[]])[] = [];
    for (const [implementation, { name }] of described.implementations.entries()) {
      held.push([name, (await measure({ conversion, implementation, mode: 'guarantees' })) as string[]]);
    }
    console.log(guaranteeTable(guarantees, held, rows));
  }
  console.log(sizeTable(await weigh()));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
