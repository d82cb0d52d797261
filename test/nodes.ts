/**
 * `npm run test:nodes`: the tests and the packed packages under other versions of Node than the one you have.
 * Each comes as an npm package that holds nothing but the binary, in a temporary folder.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Count, run, runPnpm, runTests } from './run.js';

const versions = ['22', '24', '26'];
const binary = `node-${process.platform}-${process.arch}`;
const table: Record<string, Record<string, string>> = {};

const summary = ({ passed, failed, skipped }: Count): string =>
  failed > 0 ? `${failed} FAILED, ${passed} passed` : `${passed} passed, ${skipped} skipped`;

if (!runPnpm('-r', 'run', 'build')) process.exit(1);
const folder = mkdtempSync(join(tmpdir(), 'anyasync-nodes-'));
for (const version of versions) {
  const place = join(folder, version);
  console.log(`\n=== Node ${version}`);
  const install = [
    'install',
    '--prefix',
    place,
    '--no-save',
    '--no-audit',
    '--no-fund',
    `${binary}@${version}`,
  ];
  if (!run('npm', install)) {
    table[`Node ${version}`] = { 'from source': 'FAILED to install' };
    continue;
  }
  const node = join(place, 'node_modules', binary, 'bin/node');
  table[`Node ${version}`] = {
    'from source': summary(runTests('workspace', [], node)),
    packed: summary(runTests('packed', ['-t', 'an installed copy'], node)),
  };
}
rmSync(folder, { recursive: true, force: true });
console.table(table);
process.exitCode = JSON.stringify(table).includes('FAILED') ? 1 : 0;
