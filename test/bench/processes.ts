/** One implementation per process, in random order: what a process has run before changes how the next one is compiled. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** Runs one of the built scripts, and gives what it has measured. */
export async function runMeasuring(folder: string, script: string, args: readonly string[]): Promise<any> {
  // A young generation of a fixed size: while it grows, times are twice what they are later.
  const node = ['--expose-gc', '--min-semi-space-size=16', '--no-warnings', join(folder, script)];
  const env = { ...process.env, NODE_OPTIONS: '' };
  const { stdout } = await promisify(execFile)(process.execPath, [...node, ...args], { cwd: folder, env });
  return JSON.parse(stdout);
}

export function inRandomOrder<Job>(jobs: readonly Job[]): Job[] {
  return jobs
    .map((job) => [Math.random(), job] as const)
    .sort(([a], [b]) => a - b)
    .map(([, job]) => job);
}
