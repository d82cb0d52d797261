/** The rules of this repository: its layout, who may import whom, and what every package and every export must have. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { type PublicExport, publicExports } from './exports.js';
import { type Package, packages, published, root, typescriptFiles } from './workspace.js';

/** What one adapter may import of another; every adapter may import core. */
const edges: Readonly<Record<string, readonly string[]>> = {
  callback: ['promise'],
  observable: ['promise'],
  'begin-end': ['promise'],
  deferred: ['promise'],
  rxjs: ['callback', 'observable'],
  executor: ['future'],
};
/** Published packages that are no adapter of a style. */
const others = ['core', 'anyasync', 'conformance'];
/** Packages from elsewhere that a private package of this workspace shows something with. */
const foreign: Readonly<Record<string, readonly string[]>> = {
  examples: ['rxjs', 'rxjs9', 'tsx', 'zen-observable'],
};
/** The only names at the top of the repository that do not begin with a dot. */
const top = [
  'LICENSE',
  'README.md',
  'package.json',
  'packages',
  'pnpm-lock.yaml',
  'pnpm-workspace.yaml',
  'test',
];
const tools = ['node_modules', 'tsconfig.base.json'];

const adapters = published.filter(({ folder }) => !others.includes(folder));
const folderOf = (name: string): string =>
  packages.find(({ manifest }) => manifest.name === name)?.folder ?? '';
const named = (some: readonly Package[]): [string, Package][] => some.map((each) => [each.folder, each]);
const read = (...path: string[]): string => readFileSync(join(root, ...path), 'utf8');
const sources = ({ path }: Package): string[] => typescriptFiles(join(path, 'src'));

/** Every text file of the repository, without what tools create. */
function allFiles(folder = root): string[] {
  const ignored = ['node_modules', 'dist', 'coverage', '.git'];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (ignored.includes(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? allFiles(path) : [path];
  });
}

/** The packages that a package's sources import, subpaths as their package; relative imports are left out. */
function imports(of: Package): string[] {
  const found = sources(of).flatMap((file) => ts.preProcessFile(readFileSync(file, 'utf8')).importedFiles);
  const names = found.map(({ fileName }) => fileName).filter((name) => !name.startsWith('.'));
  return [...new Set(names.map((name) => name.match(/^(?:@[^/]+\/)?[^/]+/)?.[0] ?? name))].sort();
}

/** The folders whose packages this package may import. */
function allowed({ folder }: Package): string[] {
  if (folder === 'core') return [];
  if (adapters.some((adapter) => adapter.folder === folder)) return ['core', ...(edges[folder] ?? [])];
  return packages.map((each) => each.folder).filter((each) => each !== folder && each !== 'examples');
}

describe('the top of the repository', () => {
  test('holds only the entries of the plan', () => {
    const visible = readdirSync(root).filter((name) => !name.startsWith('.'));
    expect(visible.filter((name) => !top.includes(name) && !tools.includes(name))).toEqual([]);
  });

  test('names one version of pnpm', () => {
    const { packageManager, scripts } = JSON.parse(read('package.json'));
    const text = JSON.stringify(scripts) + read('.github/CONTRIBUTING.md');
    const named = text.match(/pnpm@[\d.]+/g);
    expect(new Set(named)).toEqual(new Set([packageManager]));
  });

  test('no file names a registry or a path of one machine', () => {
    const host = /https?:\/\/[\w.-]*(?:registry|npmjs|debian)/;
    const path = /(?<![\w.:/-])\/(?:home|root|Users|work|tmp)\/\w/;
    const named = allFiles().filter((file) => {
      const text = readFileSync(file, 'utf8');
      return host.test(text) || path.test(text);
    });
    expect(named.map((file) => relative(root, file))).toEqual([]);
  });

  test('no test is left empty', () => {
    const empty = /\b(?:it|test|describe)\.todo\b/;
    const files = allFiles().filter(
      (file) => file.endsWith('.test.ts') && empty.test(readFileSync(file, 'utf8')),
    );
    expect(files).toEqual([]);
  });
});

describe.each(named(packages))('packages/%s', (_folder, each) => {
  const { path, manifest } = each;
  const isPublished = published.includes(each);

  test('package.json has the keys that all have', () => {
    const common = ['name', 'version', 'description', 'license', 'type', 'engines', 'dependencies'];
    const publishing = ['keywords', 'sideEffects', 'exports', 'publishConfig', 'files', 'scripts'];
    const optional = ['peerDependencies', 'peerDependenciesMeta'];
    const keys = Object.keys(manifest).filter((key) => !optional.includes(key));
    expect(keys.sort()).toEqual([...common, ...(isPublished ? publishing : ['private'])].sort());
    expect(manifest.version).toBe(packages[0]?.manifest.version);
  });

  test('depends on and imports only what its place in the house allows', () => {
    const declared = Object.keys(manifest.dependencies ?? {});
    const peers = Object.keys(manifest.peerDependencies ?? {});
    const imported = imports(each).filter((name) => isPublished || !name.startsWith('node:'));
    expect({
      'dependency that is not allowed': declared.filter(
        (name) => !allowed(each).includes(folderOf(name)) && !foreign[each.folder]?.includes(name),
      ),
      'import that is no dependency': imported.filter((name) => ![...declared, ...peers].includes(name)),
      'dependency without an import': isPublished ? declared.filter((name) => !imported.includes(name)) : [],
    }).toEqual({
      'dependency that is not allowed': [],
      'import that is no dependency': [],
      'dependency without an import': [],
    });
  });

  test('no source file has more than 250 lines', () => {
    const long = sources(each).filter((file) => readFileSync(file, 'utf8').split('\n').length > 251);
    expect(long.map((file) => relative(path, file))).toEqual([]);
  });
});

describe.each(named(published))('packages/%s, published,', (folder, each) => {
  test('has README.md, LICENSE and api.txt', () => {
    const files = ['README.md', 'LICENSE', 'api.txt'];
    expect(files.filter((name) => !existsSync(join(each.path, name)))).toEqual([]);
    expect(read('packages', folder, 'LICENSE')).toBe(read('LICENSE'));
  });

  test('has a doc comment on every export, and an example on every value', () => {
    const own = publicExports(each).filter(({ home }) => home === folder);
    const values = own.filter(({ kind }) => ['function', 'const', 'class'].includes(kind));
    const without = (
      what: readonly PublicExport[],
      has: (declaration: ts.Declaration) => boolean,
    ): string[] => what.filter(({ declarations }) => !declarations.some(has)).map(({ name }) => name);
    const isExample = ({ tagName }: ts.JSDocTag): boolean => tagName.text === 'example';
    expect({
      'no doc comment': without(own, (declaration) => ts.getJSDocCommentsAndTags(declaration).length > 0),
      'no @example': without(values, (declaration) => ts.getJSDocTags(declaration).some(isExample)),
    }).toEqual({ 'no doc comment': [], 'no @example': [] });
  });
});

describe('adapters', () => {
  test.each(named(adapters))('packages/%s begins with the same four files', (_folder, { path }) => {
    const files = ['index.ts', 'from.ts', 'to.ts', 'style.ts'];
    expect(files.filter((name) => !existsSync(join(path, 'src', name)))).toEqual([]);
  });

  const list = join(root, 'test/styles.ts');
  test.runIf(existsSync(list))('every adapter is in the list of styles that the matrix runs', async () => {
    const { styles } = (await import(list)) as { styles: readonly { name: string; package: string }[] };
    const listed = new Set(styles.map((style) => style.package));
    expect(adapters.map(({ manifest }) => manifest.name).filter((name) => !listed.has(name))).toEqual([]);
    expect([...listed].filter((name) => folderOf(name) === '')).toEqual([]);
  });
});

test('the umbrella exports everything of its packages, no name twice, and has every other adapter as a subpath', () => {
  const umbrella = published.find(({ folder }) => folder === 'anyasync') as Package;
  const index = ts.preProcessFile(read('packages/anyasync/src/index.ts')).importedFiles;
  const names = index.map(({ fileName }) => fileName);
  const inside = published.filter(({ manifest }) => names.includes(manifest.name));
  const subpaths = adapters.filter((each) => !inside.includes(each)).map(({ folder }) => `./${folder}`);
  expect(Object.keys(umbrella.manifest.exports ?? {}).sort()).toEqual(['.', './from', ...subpaths].sort());
  const own = inside.flatMap((each) => publicExports(each).filter(({ home }) => home === each.folder));
  const exported = own.map(({ name }) => name).sort();
  expect(exported.filter((name, index) => exported.indexOf(name) !== index)).toEqual([]);
  const passedOn = publicExports(umbrella).filter(({ home }) => home !== umbrella.folder);
  expect(passedOn.map(({ name }) => name)).toEqual(exported);
});
