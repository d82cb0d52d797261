/** Runs the tools of this workspace and counts tests: for `npm test` and `npm run test:nodes`. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { packageManager, root } from './workspace.js';

export interface Count {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

// Who counts tests in a file of output should not meet colour codes.
const colours = process.stdout.isTTY ? {} : { NO_COLOR: '1', FORCE_COLOR: undefined };

/** Runs a command, under the given Node, and tells whether it succeeded. */
export function run(command: string, args: readonly string[], node = process.execPath): boolean {
  const path = [dirname(node), process.env.PATH].join(delimiter);
  const env = { ...process.env, ...colours, PATH: node === process.execPath ? process.env.PATH : path };
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env });
  if (error) console.error(error);
  return status === 0;
}

/** Runs pnpm, at the version that this repository names, whether or not it is installed. */
export function runPnpm(...args: string[]): boolean {
  return run('npx', ['-y', packageManager, ...args]);
}

/** Runs one of vitest's two projects. A file that could not be loaded, or an error outside any test, counts as one failed test. */
export function runTests(
  project: 'workspace' | 'packed',
  more: readonly string[],
  node = process.execPath,
): Count {
  const folder = mkdtempSync(join(tmpdir(), 'anyasync-tests-'));
  const file = join(folder, 'result.json');
  const vitest = join(root, 'node_modules/vitest/vitest.mjs');
  const config = ['run', '--config', 'test/vitest.config.ts', '--project', project];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
  const succeeded = run(node, [vitest, ...config, ...reporters, ...more], node);
  const result = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  rmSync(folder, { recursive: true, force: true });
  return {
    passed: result.numPassedTests ?? 0,
    failed: succeeded ? 0 : result.numFailedTests || 1,
    skipped: (result.numPendingTests ?? 0) + (result.numTodoTests ?? 0),
  };
}
