/** The suites of `browser/page` in a real Chromium, if one is installed; otherwise each of their tests is skipped. */
import { join } from 'node:path';
import { build } from 'esbuild';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bundle, type Platform } from './browser/bundle.js';
import { executable, launch } from './browser/chromium.js';
import { serve } from './browser/server.js';
import { published } from './workspace.js';

/** The files of `browser/page` that hold tests, and whose Observable their page has. */
const suites: readonly (readonly [file: string, platform: Platform])[] = [
  ['reading', 'native'],
  ['reading', 'polyfilled'],
  ['writing', 'native'],
  ['writing', 'polyfilled'],
  ['realms', 'native'],
  ['realms', 'polyfilled'],
  ['libraries', 'native'],
  ['libraries', 'polyfilled'],
  ['calls', 'native'],
  ['strays', 'native'],
  ['states', 'native'],
  ['jquery', 'native'],
  ['iterables', 'native'],
  ['iterables', 'polyfilled'],
  ['events', 'native'],
];

/** What a file exports, and what its page has in a variable once the bundle is there. */
declare const suite: { readonly tests: Readonly<Record<string, () => unknown>> };

const titlesOf = async (file: string): Promise<string[]> =>
  Object.keys(((await import(`./browser/page/${file}.ts`)) as typeof suite).tests);

const patience = 60_000; // a browser starts slowly on a machine that does other things, too
let browser: Browser;
beforeAll(async () => {
  if (executable !== undefined) browser = await launch();
}, patience);
afterAll(() => browser?.close());

const where =
  executable === undefined ? 'a browser (skipped: no Chromium found; CHROMIUM names one)' : 'Chromium';

describe.skipIf(executable === undefined).each(suites)(
  `%s in ${where}, Observable %s`,
  async (file, platform) => {
    const uncaught: string[] = [];
    let server: Awaited<ReturnType<typeof serve>>; // its own, for it remembers which requests were left
    let page: Page;
    beforeAll(async () => {
      server = await serve();
      page = await browser.newPage();
      page.on('pageerror', (error) => uncaught.push(String(error)));
      await page.goto(server.url);
      await page.addScriptTag({ content: await bundle(file, platform) });
    }, patience);
    afterAll(async () => {
      await page?.close();
      server?.close();
    });

    const titles = await titlesOf(file);
    if (titles.length === 0) test.skip('not written yet', () => {});
    for (const title of titles) {
      test(title, async () => {
        await page.evaluate((name) => suite.tests[name]?.(), title);
        expect(uncaught.splice(0), 'what nobody caught').toEqual([]);
      });
    }
  },
);

test.each(published.map(({ folder, path }) => [folder, path]))(
  'packages/%s is bundled for a browser: it imports nothing of Node',
  async (_folder, path) => {
    const entryPoints = [join(path, 'src/index.ts')];
    const options = { bundle: true, platform: 'browser', logLevel: 'silent', write: false } as const;
    const { warnings } = await build({ entryPoints, ...options });
    expect(warnings).toEqual([]);
  },
);

test('the page that is called native has an Observable of its own', async ({ skip }) => {
  if (executable === undefined) return skip('no Chromium found');
  const page = await browser.newPage();
  expect(await page.evaluate(() => String((globalThis as { Observable?: unknown }).Observable))).toContain(
    'native code',
  );
  await page.close();
});
