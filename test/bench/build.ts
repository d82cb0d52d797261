/** Builds what is measured, as it is shipped: our packages as JavaScript modules, the peers as installed; and weighs both. */
import { mkdirSync, mkdtempSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { type Weight, weigh } from '../weigh.js';
import { adapters, packages, root } from '../workspace.js';

const folder = join(root, 'test/bench');
const peers = ['pify', 'es6-promisify', 'universalify', 'bluebird', 'rxjs', 'rxjs-for-await'];

/** Makes a folder with everything a measuring process loads; returns it. */
export async function buildBench(): Promise<string> {
  const out = mkdtempSync(join(tmpdir(), 'anyasync-bench-'));
  const modules = join(out, 'node_modules');
  mkdirSync(join(modules, '@anyasync'), { recursive: true });
  writeFileSync(join(out, 'package.json'), '{ "type": "module" }');
  for (const name of peers)
    symlinkSync(join(root, 'test/node_modules', name), join(modules, name), 'junction');
  for (const name of ['jquery', 'jsdom', 'rxjs6', 'rxjs8', 'rxjs9'])
    symlinkSync(join(root, 'node_modules', name), join(modules, name), 'junction');
  const common = { format: 'esm', target: 'es2022', platform: 'node', logLevel: 'warning' } as const;
  for (const { folder: name, path, manifest } of packages) {
    if (!adapters.includes(name)) continue;
    const outdir = join(modules, manifest.name);
    const entryPoints = [join(path, 'src/index.ts')];
    await build({ ...common, entryPoints, outdir, bundle: true, packages: 'external' });
    writeFileSync(join(outdir, 'package.json'), '{ "type": "module", "exports": "./index.js" }');
  }
  // Each file by itself: a process loads only what it measures.
  const own = readdirSync(folder).filter((name) => !['bench.ts', 'build.ts'].includes(name));
  await build({ ...common, entryPoints: own.map((name) => join(folder, name)), outdir: out });
  return out;
}

/** What is weighed: a title, and the module that an application would import. */
const weighed: readonly (readonly [string, string])[] = [
  ['anyasync promisify', "export { promisify } from '@anyasync/callback'"],
  ['anyasync callbackify', "export { callbackify } from '@anyasync/callback'"],
  [
    'anyasync convention + convert',
    "export { convention } from '@anyasync/callback'; export { convert } from '@anyasync/core'",
  ],
  ['anyasync fromPromise + toPromise', "export { fromPromise, toPromise } from '@anyasync/promise'"],
  [
    'anyasync core + promise + callback, everything',
    "export * from '@anyasync/core'; export * from '@anyasync/promise'; export * from '@anyasync/callback'",
  ],
  ['pify', "export { default } from 'pify'"],
  ['es6-promisify', "export { promisify } from 'es6-promisify'"],
  ['universalify', "export { fromCallback, fromPromise } from 'universalify'"],
  // With what it needs of RxJS, which its users have already.
  [
    'anyasync bindNodeCallback + firstValueFrom',
    "export { bindNodeCallback, firstValueFrom } from '@anyasync/rxjs'",
  ],
  ['rxjs bindNodeCallback + firstValueFrom', "export { bindNodeCallback, firstValueFrom } from 'rxjs'"],
  ['bluebird', "export { default } from 'bluebird'"],
];

export interface Weighed extends Weight {
  readonly title: string;
}

/** The size of each, bundled with what it needs, minified, and compressed. */
export function weighAll(): Promise<Weighed[]> {
  return Promise.all(weighed.map(async ([title, code]) => ({ title, ...(await weigh(code)) })));
}
