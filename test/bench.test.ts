/** The benchmark runs, and prints a row for every implementation. What it measures is no matter of a test. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { conversions } from './bench/conversions.js';
import { root } from './workspace.js';

test('the benchmark prints a row for every implementation of every conversion', {
  timeout: 120_000,
}, async () => {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const { stdout } = await promisify(execFile)(process.execPath, [tsx, 'test/bench/bench.ts', 'tiny'], {
    cwd: root,
  });
  const [, ...tables] = stdout.split('\n\n');
  for (const { title, implementations } of conversions) {
    const table = tables.find((each) => each.startsWith(`${title} `))?.split('\n') ?? [];
    expect(table.slice(1).map((row) => row.split(/ {2,}/)[0])).toEqual(
      implementations.map(({ name }) => name),
    );
    for (const row of table.slice(1)) expect(row).not.toContain('NaN');
  }
  const guaranteed = [...stdout.matchAll(/^(anyasync (?:promisify|callbackify)) +([x-](?: +[x-])+)$/gm)];
  expect(guaranteed.map(([, name]) => name)).toEqual(['anyasync promisify', 'anyasync callbackify']);
  for (const [, , marks] of guaranteed) expect(marks).not.toContain('-');
  expect(stdout.match(/^bundled size/m)).not.toBeNull();
});
