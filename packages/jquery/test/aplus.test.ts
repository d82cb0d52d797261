/** Promises/A+, by its own 872 tests. */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

import { expect, test } from 'vitest';

test('J17: its then passes the 872 tests of Promises/A+', { timeout: 120_000 }, async () => {
  const script = fileURLToPath(new URL('promises-aplus.ts', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', script]);
  expect(stdout).toContain('872 passing');
});
