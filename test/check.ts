/**
 * `npm test`: every check of this project, in order; the first that fails ends the run with exit code 1.
 * `npm test -- word`: only the tests whose file or title contains the word, from source, without a build.
 * Either way the last line counts the tests: `123 passed, 0 failed, 4 skipped`.
 */
import { join, relative } from 'node:path';
import { run, runPnpm, runTests } from './run.js';
import { packages, root, typescriptFiles } from './workspace.js';

const count = { passed: 0, failed: 0, skipped: 0 };

function tests(project: 'workspace' | 'packed', ...more: string[]): boolean {
  const { passed, failed, skipped } = runTests(project, more);
  count.passed += passed;
  count.failed += failed;
  count.skipped += skipped;
  return failed === 0;
}

/** Words choose test files by their path; words that no path contains choose tests by their title. */
function selection(words: readonly string[]): readonly string[] {
  if (words.some((word) => word.startsWith('-'))) return words;
  const folders = [join(root, 'test'), ...packages.map(({ path }) => join(path, 'test'))];
  const files = folders.flatMap(typescriptFiles).filter((file) => file.endsWith('.test.ts'));
  const isFile = words.some((word) => files.some((file) => relative(root, file).includes(word)));
  return isFile ? words : ['-t', words.join(' ')];
}

/** Every check in order, the quick ones first. */
const everything: Readonly<Record<string, () => boolean>> = {
  'Format and lint': () =>
    run('biome', ['ci', '--error-on-warnings', `--colors=${process.stdout.isTTY ? 'force' : 'off'}`]),
  'Types of the published sources': () => run('tsc', ['-p', 'packages']),
  'Types of tests, examples and scripts': () => run('tsc', ['-p', 'test']),
  'Types of the tests in a browser': () => run('tsc', ['-p', 'test/browser/page']),
  'Tests from source': () => tests('workspace'),
  Build: () => runPnpm('-r', 'run', 'build'),
  'Tests of the packed packages': () => tests('packed'),
};

const words = process.argv.slice(2);
const selected = { [`Tests: ${words.join(' ')}`]: () => tests('workspace', ...selection(words)) };
const steps = Object.entries(words.length > 0 ? selected : everything);
const times: string[] = [];
let failure = '';

for (const [index, [title, step]] of steps.entries()) {
  console.log(`\n=== ${index + 1}/${steps.length} ${title}`);
  const began = performance.now();
  if (!step()) failure = title;
  times.push(`${title} ${((performance.now() - began) / 1000).toFixed(1)} s`);
  if (failure) break;
}

if (!failure && count.passed === 0) failure = `no test matches ${words.join(' ')}`;
if (failure && count.failed === 0) count.failed = 1; // a check that is no test failed
console.log(`\n=== ${failure ? `FAILED: ${failure}` : 'All checks passed'} (${times.join(', ')})`);
console.log(`${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped`);
process.exitCode = failure ? 1 : 0;
