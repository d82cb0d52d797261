/** A suite of tests, bundled with everything that it imports as a browser would get it: for one page. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** Whose Observable the page has: the browser's, or one from before there were any, with RxJS 9's polyfill in its place. */
export type Platform = 'native' | 'polyfilled';

const folder = fileURLToPath(new URL('page', import.meta.url));
const polyfill = ["import './no-observable.js';", "import '@rxjs/observable-polyfill';"];

/** Code that leaves the tests of a suite in the variable `suite`. Fails if anything of it needs Node. */
export async function bundle(name: string, platform: Platform = 'native'): Promise<string> {
  const lines = [...(platform === 'polyfilled' ? polyfill : []), `export * from './${name}.js';`];
  const { outputFiles } = await build({
    stdin: { contents: lines.join('\n'), resolveDir: folder, loader: 'ts' },
    bundle: true,
    format: 'iife',
    globalName: 'suite',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'silent', // what fails is thrown
    write: false,
  });
  return outputFiles[0]?.text ?? '';
}
