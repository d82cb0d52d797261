import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { namesRead } from './pollution/names.js';
import { root } from './workspace.js';

const tsx = createRequire(import.meta.url).resolve('tsx/cli');
const names = namesRead();

test(`hostile 4: none of the ${names.length} names that the sources read is read from Object.prototype`, async () => {
  const program = join(root, 'test/pollution/program.ts');
  const options = { cwd: root, maxBuffer: 2 ** 26 };
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [tsx, program, JSON.stringify(names)],
    options,
  );
  const { changed, others } = JSON.parse(stdout) as { changed: string[]; others: string[] };
  console.log(`what they change without us, and so is not told of us: ${others.join(', ')}`);
  expect(changed).toEqual([]);
}, 300_000);
