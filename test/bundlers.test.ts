/** What bundlers and Jest make of the installed packages: they are hosts, too. Needs `npm run build` before. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { consumer, installPackages, succeed } from './install.js';
import { root } from './workspace.js';

installPackages();

const hosts = createRequire(join(root, 'test/hosts/package.json'));
const load = (name: string): Promise<any> => import(hosts.resolve(name));
const entry = join(consumer, 'bundled/app.mjs');
const out = (name: string): string => join(consumer, 'bundled', `${name}.mjs`);
const all = '[4,3,"AbortError",2,2,true,1,"future",true,"deferred",true,"1,2"]\n';

const bundlers: Readonly<Record<string, (file: string) => Promise<unknown>>> = {
  esbuild: async (outfile) => {
    const { build } = await load('esbuild');
    return build({
      entryPoints: [entry],
      outfile,
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'node',
      logLevel: 'error',
    });
  },
  rollup: async (file) => {
    const { rollup } = await load('rollup');
    const { nodeResolve } = await load('@rollup/plugin-node-resolve');
    const { default: commonjs } = await load('@rollup/plugin-commonjs');
    const bundle = await rollup({ input: entry, plugins: [nodeResolve(), commonjs()], onwarn: () => {} });
    return bundle.write({ file, format: 'es', inlineDynamicImports: true });
  },
  vite: async (file) => {
    const { build } = await load('vite');
    const output = { entryFileNames: file.split('/').at(-1) };
    const lib = { entry, formats: ['es'] };
    return build({
      root: consumer,
      logLevel: 'error',
      build: {
        ssr: true,
        lib,
        outDir: join(consumer, 'bundled'),
        emptyOutDir: false,
        rollupOptions: { output },
      },
      ssr: { noExternal: true },
    });
  },
  webpack: async (file) => {
    const { default: webpack } = await load('webpack');
    const output = {
      path: join(consumer, 'bundled'),
      filename: file.split('/').at(-1),
      module: true,
      chunkFormat: 'module',
    };
    const options = {
      entry,
      output,
      target: 'node20',
      mode: 'production',
      experiments: { outputModule: true },
    };
    return new Promise((resolve, reject) =>
      webpack(options, (error: Error | null, stats: any) =>
        error || stats.hasErrors() ? reject(error ?? new Error(stats.toString())) : resolve(stats),
      ),
    );
  },
};

test.each(Object.entries(bundlers))(
  '%s: one file, also of a module that requires them',
  async (name, bundle) => {
    await bundle(out(name));
    expect(succeed(consumer, process.execPath, out(name))).toBe(all);
  },
  120_000,
);

test('no bundler: import beside require', () => {
  expect(succeed(consumer, process.execPath, entry)).toBe(all);
});

test('Jest: CommonJS in a context of its own, fake timers, spies', () => {
  const jest = join(hosts.resolve('jest/package.json'), '../bin/jest.js');
  const config = JSON.stringify({ testMatch: ['**/jest/*.test.cjs'], transform: {} });
  succeed(consumer, process.execPath, jest, '--config', config, '--rootDir', consumer, '--ci');
}, 120_000);
