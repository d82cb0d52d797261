import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { build } from 'esbuild';
import { expect, onTestFinished, test } from 'vitest';
import { namesRead } from './pollution/names.js';
import { root } from './workspace.js';

const names = namesRead();

test(`hostile 4: none of the ${names.length} names that the sources read is read from Object.prototype`, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'anyasync-pollution-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const outfile = join(folder, 'program.mjs');
  // A file of its own: what runs TypeScript directly defines the names of functions, with plain descriptors.
  const entry = join(root, 'test/pollution/program.ts');
  await build({
    entryPoints: [entry],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
  });
  const result = join(folder, 'result.json');
  await promisify(execFile)(process.execPath, [outfile, JSON.stringify(names), result], { cwd: root });
  const { changed, others }: Record<string, string[]> = JSON.parse(readFileSync(result, 'utf8'));
  console.log(`what they change without us, and so is not told of us: ${others?.join(', ')}`);
  expect(changed).toEqual([]);
}, 300_000);
