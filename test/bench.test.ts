/** The benchmark runs, and prints a row for every implementation. What it measures is no matter of a test. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { classes } from './bench/classes.js';
import { type Conversion, guarded } from './bench/conversion.js';
import { conversions } from './bench/conversions.js';
import { drains } from './bench/drains.js';
import { guaranteesOf } from './bench/guarantees.js';
import { drainGuarantees } from './bench/guarantees-drains.js';
import { hotStyles } from './bench/hot-styles.js';
import { root } from './workspace.js';

/** Both ours and the one by hand must hold everything that is tried. */
const isHot = ({ source, writes }: Conversion): boolean => source in hotStyles || writes in hotStyles;

test('the benchmark prints a row for every implementation of every conversion', {
  timeout: 240_000,
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
  for (const { title, implementations, ...described } of conversions.filter(isHot)) {
    const rows = tables.find((each) => each.startsWith(`${title} `))!;
    const own = implementations.filter(({ name }) => name.startsWith('anyasync') || name === guarded);
    const marks = tables[tables.indexOf(rows) + 1]!.split('\n').filter((row) =>
      own.some(({ name }) => row.startsWith(`${name} `)),
    );
    expect(marks).toHaveLength(own.length);
    const all = guaranteesOf(described).map(() => 'x');
    expect(marks.map((row) => [title, row.split(/ {2,}/).slice(1, all.length + 1)])).toEqual(
      marks.map(() => [title, all]),
    );
  }
  const classRows =
    tables
      .find((each) => each.startsWith('classes '))
      ?.split('\n')
      .slice(1) ?? [];
  expect(classRows.map((row) => row.split(/ {2,}/)[0])).toEqual(Object.keys(classes));
  for (const { title, drains: all } of drains) {
    const rows = tables.find((each) => each.startsWith(`${title} `))!;
    expect(
      rows
        .split('\n')
        .slice(1)
        .map((row) => row.split(/ {2,}/)[0]),
    ).toEqual(all.map(({ name }) => name));
    const [, ours] = tables[tables.indexOf(rows) + 1]!.split('\n');
    expect(ours!.split(/ {2,}/).slice(1, drainGuarantees.length + 1)).toEqual(drainGuarantees.map(() => 'x'));
  }
  const guaranteed = [...stdout.matchAll(/^(anyasync (?:promisify|callbackify)) +([x-](?: +[x-])+)$/gm)];
  expect(guaranteed.map(([, name]) => name)).toEqual(['anyasync promisify', 'anyasync callbackify']);
  for (const [, , marks] of guaranteed) expect(marks).not.toContain('-');
  expect(stdout.match(/^bundled size/m)).not.toBeNull();
});
