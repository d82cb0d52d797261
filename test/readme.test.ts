/** The READMEs say what is so: their generated parts are up to date, and what they name exists. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { publicExports } from './exports.js';
import { blockOf, forWriters, readmes } from './readme.js';
import { packages, published, root, typescriptFiles } from './workspace.js';

const generated = await readmes();
const files = [root, ...packages.map(({ path }) => path)].map((folder) => join(folder, 'README.md'));
const named = files.map((file) => [relative(root, file), file] as const);
const read = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '');
const found = (text: string, what: RegExp): string[] => [
  ...new Set([...text.matchAll(what)].map(([, name]) => name as string)),
];
const exportsOf = new Map(
  published.map((each) => [each.manifest.name, publicExports(each).map(({ name }) => name)] as const),
);

const size = /\d+\.\d(?= kB)/g;

/** Sizes to the nearest tenth: another compressor may round the other way. */
function sizesOf(text: string): { readonly text: string; readonly sizes: readonly number[] } {
  return { text: text.replace(size, ''), sizes: (text.match(size) ?? []).map(Number) };
}

describe.each(generated.map((readme) => [relative(root, readme.file), readme] as const))(
  '%s',
  (_title, { file, blocks }) => {
    test.each(Object.entries(blocks))('%s: the generated part is up to date', (name, block) => {
      const old = blockOf(read(file), name);
      const message = `<!-- ${name} --> is out of date. Run: npm run readme`;
      if (name === 'sizes') {
        const is = sizesOf(old ?? '');
        const wanted = sizesOf(block);
        expect(is.text, message).toBe(wanted.text);
        const apart = is.sizes.map((each, index) => Math.abs(each - (wanted.sizes[index] ?? 0)));
        expect(Math.max(...apart), message).toBeLessThan(0.15);
      } else expect(old, message).toBe(block);
    });
  },
);

test('README.md: anyasync does all that the table of peers compares', () => {
  const rows = found(generated[0]?.blocks.peers ?? '', /^\| ([^|]+) \| – \|/gm);
  expect(rows).toEqual([]);
});

describe.each(named)('%s: exists and names only what exists:', (_title, file) => {
  const text = read(file);

  test('itself', () => {
    expect(text).toMatch(/^# .+\n\n.+/);
  });

  test('packages', () => {
    const names = packages.map(({ manifest }) => manifest.name);
    expect(found(text, /(@anyasync\/[\w-]+)/g).filter((name) => !names.includes(name))).toEqual([]);
  });

  test('files that are linked', () => {
    const links = found(text, /\]\((?!\w+:)([^)#\s]+)/g);
    expect(links.filter((link) => !existsSync(join(dirname(file), link)))).toEqual([]);
  });

  test('files in the text', () => {
    const paths = found(text, /`((?:packages|test|src)\/[\w./-]+)`/g);
    const folders = [root, dirname(file)];
    expect(paths.filter((path) => !folders.some((folder) => existsSync(join(folder, path))))).toEqual([]);
  });

  test('sections that are linked', () => {
    const slug = (title: string): string =>
      title
        .toLowerCase()
        .replace(/[^\w -]/g, '')
        .replaceAll(' ', '-');
    const links = [...text.matchAll(/\]\((?!\w+:)([^)#\s]*)#([\w-]+)\)/g)];
    const missing = links.filter(([, path = '', section]) => {
      const target = path === '' ? file : join(dirname(file), path, path.endsWith('.md') ? '' : 'README.md');
      return !found(read(target), /^#+ (.+)$/gm)
        .map(slug)
        .includes(section as string);
    });
    expect(missing.map(([link]) => link)).toEqual([]);
  });

  test('scripts', () => {
    const { scripts } = JSON.parse(read(join(root, 'package.json'))) as { scripts: Record<string, string> };
    const names = found(text, /npm (?:run )?((?<=run )[\w:]+|start|test)\b/g);
    expect(names.filter((name) => !(name in scripts))).toEqual([]);
  });

  test('imports', () => {
    const imports = [...text.matchAll(/^import \{([^}]*)\} from '((?:@anyasync\/)?[\w-]+)';$/gm)];
    const missing = imports.flatMap(([, names = '', from = '']) => {
      const exported = exportsOf.get(from);
      if (exported === undefined) return from.includes('anyasync') ? [from] : [];
      return names
        .split(',')
        .map(
          (name) =>
            name
              .trim()
              .replace(/^type /, '')
              .split(' as ')[0] as string,
        )
        .filter((name) => name !== '' && !exported.includes(name));
    });
    expect(missing).toEqual([]);
  });
});

test('README.md: the table of packages has every package, and names only what they export', () => {
  const rows = new Map(
    [...read(join(root, 'README.md')).matchAll(/^\| \[([\w@/-]+)\]\(packages\/[\w-]+\) \| (.+) \|$/gm)].map(
      ([, name, has]) => [name as string, has as string],
    ),
  );
  expect([...rows.keys()].sort()).toEqual(published.map(({ manifest }) => manifest.name).sort());
  const missing = [...rows].flatMap(([name, has]) =>
    found(has, /`([\w ]+)`/g)
      .flatMap((names) => names.split(' '))
      .filter((each) => !exportsOf.get(name)?.includes(each)),
  );
  expect(missing).toEqual([]);
});

test.each(published.map((each) => [each.manifest.name, each] as const))(
  '%s: the README begins with its name and how to install it',
  (name, { path }) => {
    const text = read(join(path, 'README.md'));
    expect(text.split('\n')[0]).toBe(`# ${name}`);
    expect(found(text, /```sh\nnpm install ([\w@/-]+)\n```/g)).toEqual([name]);
  },
);

test('what is listed as for writers of styles is exported', () => {
  const exported = [...exportsOf.values()].flat();
  expect(forWriters.filter((name) => !exported.includes(name))).toEqual([]);
});

test('packages/examples/README.md: the table names every source file', () => {
  const folder = join(root, 'packages/examples');
  const listed = found(read(join(folder, 'README.md')), /^\| `([\w./-]+)` \|/gm);
  const sources = typescriptFiles(join(folder, 'src')).map((file) => relative(folder, file));
  expect(listed.sort()).toEqual(sources.sort());
});
