/**
 * What would be published, as its users get it: every package is packed, checked, installed with npm into an empty folder, run by
 * `import` and by `require`, type-checked with several versions of TypeScript, and weighed. Needs `npm run build` before.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { consumer, installPackages, succeed, tarball, tool } from './install.js';
import { weigh } from './weigh.js';
import { published } from './workspace.js';

/**
 * The most that each may weigh, minified and gzipped, in bytes: what it weighs now, so that nothing grows unseen. The aim is 1,500 and
 * 4,000, and never at the price of readable code. What came with the promise to do no harm to a host weighs 2,600 of promisify's: one listener
 * for a signal 315, signals for Node's own functions 375, what may be stopped 200, options read once 430, values that may throw 190, promises
 * that let go of who left 165.
 */
const limits: [what: string, bytes: number, code: string][] = [
  ['promisify alone', 7600, `export { promisify } from '@anyasync/callback'`],
  ['core, promise and callback together', 19400, `export * from 'anyasync'`],
];
/** The versions of TypeScript that must accept the declarations, and where they are installed. */
const compilers = {
  '5.4': 'test/node_modules/typescript54',
  '5.9': 'node_modules/typescript',
  '6.0': 'test/node_modules/typescript6',
  '7.0': 'test/node_modules/typescript7',
};

installPackages();

describe.each(published.map(({ manifest }) => [manifest.name, manifest.version]))('%s', (name, version) => {
  const installed = (): string => join(consumer, 'node_modules', name);

  test('publint finds nothing, not even a suggestion', () => {
    const publint = 'test/node_modules/publint/src/cli.js';
    expect(tool(publint, 'run', tarball(name, version), '--strict')).not.toMatch(
      /Suggestions:|Warnings:|Errors:/,
    );
  });

  test('the types fit the code, for ESM and for CommonJS', () => {
    const attw = 'test/node_modules/@arethetypeswrong/cli/dist/index.js';
    tool(attw, tarball(name, version), '--profile', 'node16');
  });

  test('contains what it should and nothing else', () => {
    expect(readdirSync(installed()).sort()).toEqual(['LICENSE', 'README.md', 'dist', 'package.json', 'src']);
    expect(readFileSync(join(installed(), 'package.json'), 'utf8')).not.toMatch(/workspace:|src\/index/);
  });

  test('every map leads to a shipped source', () => {
    const maps = readdirSync(join(installed(), 'dist')).filter((file) => file.endsWith('.map'));
    expect(maps).toEqual(
      expect.arrayContaining(['index.js.map', 'index.cjs.map', 'index.d.ts.map', 'index.d.cts.map']),
    );
    for (const map of maps) {
      const { sources } = JSON.parse(readFileSync(join(installed(), 'dist', map), 'utf8'));
      for (const source of sources)
        expect(existsSync(join(installed(), 'dist', source)), `${map}: ${source}`).toBe(true);
    }
  });

  test('every relative import in its declarations has a file', () => {
    const dist = join(installed(), 'dist');
    for (const file of readdirSync(dist).filter((each) => /\.d\.c?ts$/.test(each))) {
      const text = readFileSync(join(dist, file), 'utf8');
      for (const [, specifier = ''] of text.matchAll(/(?:from |import\()['"](\.[^'"]+)['"]/g)) {
        const target = specifier.replace(/js$/, 'ts').replace(/\.(c?)ts$/, '.d.$1ts');
        expect(existsSync(join(dist, target)), `${file}: ${specifier}`).toBe(true);
      }
    }
  });
});

describe('an installed copy', () => {
  test('works by import', () => {
    expect(succeed(consumer, process.execPath, 'import.mjs')).toBe('consumer\n');
  });
  test('works by require', () => {
    expect(succeed(consumer, process.execPath, 'require.cjs')).toBe('consumer\n');
  });
  test('is one for import and require where Node can require ESM, and works beside another copy', () => {
    expect(succeed(consumer, process.execPath, 'both.mjs')).toBe('ok\n');
  });
});

describe.each(Object.entries(compilers))('TypeScript %s accepts the declarations', (_version, folder) => {
  const compile = (...args: string[]): string => tool(`${folder}/bin/tsc`, '-p', ...args);

  test.each(['node16', 'nodenext'])('under module %s', (module) => {
    compile('tsconfig.json', '--module', module);
  });
  test('for a bundler, without Node types', () => {
    compile('tsconfig.browser.json');
  });
});

describe('size', () => {
  test.each(limits)('%s: at most %i bytes', async (_what, bytes, code) => {
    expect((await weigh(code, consumer)).gzipped).toBeLessThanOrEqual(bytes);
  });
});
