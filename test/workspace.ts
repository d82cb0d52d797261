/** Where things are in this workspace: its top folder and its packages. Scripts and repo rules share it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly private?: boolean;
  readonly exports?: Readonly<Record<string, string>>;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly peerDependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

export interface Package {
  /** The folder's name: `core`. */
  readonly folder: string;
  /** The folder's absolute path. */
  readonly path: string;
  readonly manifest: Manifest;
}

/** The top folder of the repository. */
export const root: string = fileURLToPath(new URL('..', import.meta.url));

/** The pnpm that this repository names, as `npx` takes it: `pnpm@1.2.3`. */
export const { packageManager }: { packageManager: string } = JSON.parse(
  readFileSync(join(root, 'package.json'), 'utf8'),
);

/** All packages under `packages/`, in alphabetical order. */
export const packages: readonly Package[] = readdirSync(join(root, 'packages'))
  .sort()
  .map((folder) => ({ folder, path: join(root, 'packages', folder) }))
  .filter(({ path }) => existsSync(join(path, 'package.json')))
  .map((found) => ({
    ...found,
    manifest: JSON.parse(readFileSync(join(found.path, 'package.json'), 'utf8')),
  }));

/** The packages that are published. */
export const published: readonly Package[] = packages.filter(({ manifest }) => !manifest.private);

/** The folders of core and the adapters, in the order in which they build on each other. */
export const adapters: readonly string[] = [
  'core',
  'promise',
  'callback',
  'future',
  'begin-end',
  'deferred',
  'jquery',
  'observable',
  'rxjs',
  'iterable',
];

/** The TypeScript files under a folder, sub-folders included; none if the folder is missing. */
export function typescriptFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !name.includes('node_modules'))
    .sort()
    .map((name) => join(folder, name));
}
