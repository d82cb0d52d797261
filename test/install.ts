/** The packages as their users get them: packed, and installed with npm into an empty folder. Needs `npm run build` before. */
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { packageManager, published, root } from './workspace.js';

/** What the consumers and the type tests import beside the packages, from this workspace: no network is needed. */
const foreign = [
  '@types/node',
  '@types/zen-observable',
  'rxjs',
  'rxjs6',
  'rxjs8',
  'rxjs9',
  'xstream',
  'zen-observable',
];

const temporary = realpathSync(mkdtempSync(join(tmpdir(), 'anyasync-packed-')));
/** The folder that they are installed in, with the programs of test/consumer. */
export const consumer: string = join(temporary, 'consumer');
export const tarball = (name: string, version: string): string =>
  join(temporary, `${name.replace('@', '').replace('/', '-')}-${version}.tgz`);

/** Runs a program and gives what it printed; fails the test with all of its output if it did not succeed. */
export function succeed(cwd: string, command: string, ...args: string[]): string {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0) throw error ?? new Error(`${command} ${args.join(' ')}\n${stdout}\n${stderr}`);
  return stdout;
}

/** Runs a tool that belongs to this workspace. */
export const tool = (script: string, ...args: string[]): string =>
  succeed(consumer, process.execPath, join(root, script), ...args);

/** For a test file: installs before its tests, and removes all of it after them. */
export function installPackages(): void {
  beforeAll(install);
  afterAll(() => rmSync(temporary, { recursive: true, force: true }));
}

function install(): void {
  const unbuilt = published.filter(({ path }) => !existsSync(join(path, 'dist/index.d.cts')));
  if (unbuilt.length > 0) throw new Error('packages/*/dist is missing. Run: npm run build');
  const filters = published.flatMap(({ manifest }) => ['--filter', manifest.name]);
  succeed(root, 'npx', '-y', packageManager, ...filters, 'pack', '--pack-destination', temporary);
  const dependencies = Object.fromEntries(
    published.map(({ manifest }) => [manifest.name, `file:${tarball(manifest.name, manifest.version)}`]),
  );
  cpSync(join(root, 'test/consumer'), consumer, { recursive: true });
  cpSync(join(root, 'test/types'), join(consumer, 'types'), { recursive: true });
  const overrides = Object.fromEntries(Object.keys(dependencies).map((name) => [name, `$${name}`]));
  const manifest = { name: 'consumer', private: true, type: 'module', dependencies, overrides };
  writeFileSync(join(consumer, 'package.json'), JSON.stringify(manifest));
  const quietly = ['--no-audit', '--no-fund', '--ignore-scripts', '--no-package-lock', '--legacy-peer-deps'];
  succeed(consumer, 'npm', 'install', '--offline', ...quietly);
  mkdirSync(join(consumer, 'node_modules/@types'));
  for (const name of foreign)
    symlinkSync(realpathSync(join(root, 'node_modules', name)), join(consumer, 'node_modules', name));
  // A second copy of all packages, as another version is.
  for (const name of ['anyasync', '@anyasync', 'rxjs'])
    cpSync(join(consumer, 'node_modules', name), join(consumer, 'other/node_modules', name), {
      recursive: true,
    });
}
