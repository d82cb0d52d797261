/**
 * The generated parts of every README: the text between `<!-- name -->` and `<!-- /name -->`. `npm run readme` writes them, and
 * `test/readme.test.ts` fails when one of them is out of date.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as callbacks from '@anyasync/callback';
import { losses, type Style, type Traits } from '@anyasync/core';
import ts from 'typescript';
import { type PublicExport, publicExports } from './exports.js';
import { probePeers } from './peers.js';
import { weigh } from './weigh.js';
import { adapters, type Package, packages, published, root } from './workspace.js';

export interface Readme {
  readonly file: string;
  /** The text that belongs between the markers, by their name. */
  readonly blocks: Readonly<Record<string, string>>;
}

/** Every README with generated parts. */
export async function readmes(): Promise<Readme[]> {
  return [
    {
      file: join(root, 'README.md'),
      blocks: {
        styles: stylesTable(),
        losses: lossesTable(),
        peers: peersTable(),
        sizes: await sizesTable(),
      },
    },
    ...published.map((each) => ({
      file: join(each.path, 'README.md'),
      blocks: { api: apiTables(each), ...optionTables(each) },
    })),
  ];
}

const marker = (name: string): RegExp => new RegExp(`(<!-- ${name} -->\n)([^]*?)(<!-- /${name} -->)`);

/** What stands between the markers; undefined if they are missing. */
export function blockOf(text: string, name: string): string | undefined {
  return marker(name).exec(text)?.[2];
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string =>
    `|${cells.map((cell) => cell && ` ${cell}`).join(' |')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Text in lines that a reader of the source can read. */
const wrapped = (text: string): string => text.replace(/(.{1,139})(?: |$)/g, '$1\n').trimEnd();

/** Tables and paragraphs as the text between two markers. */
const block = (...parts: readonly string[]): string => `\n${parts.join('\n\n')}\n\n`;

const code = (text: string): string => `\`${text}\``;
const codes = (names: readonly string[]): string => names.map(code).join(' ');

// Styles and losses

/** A style as the tables show it. */
interface Shown {
  readonly name: string;
  readonly style: Style;
  readonly of: Package;
  readonly what: string;
}

/** Styles that are not written yet, as they will be named. */
const toCome: Readonly<Record<string, string>> = {
  iterable: 'Async iterables, streams of Node and of the web, event sources.',
  executor: 'PEP 3148 executors: work on other threads.',
};

const isStyle = (value: unknown): value is Style =>
  typeof value === 'object' && value !== null && 'lift' in value && 'lower' in value;

/** In the order in which they are declared, so that the most common one of a package comes first. */
const presets: readonly Shown[] = (await Promise.all(adapters.map(stylesOf))).flat();

async function stylesOf(folder: string): Promise<Shown[]> {
  const of = packageOf(folder);
  const exported: Record<string, unknown> = await import(of.manifest.name);
  const start = ({ declarations }: PublicExport): number => declarations[0]?.getStart() ?? 0;
  return ownExports(of)
    .sort((a, b) => start(a) - start(b))
    .flatMap((own) => {
      const style = exported[own.name];
      return isStyle(style) ? [{ name: own.name, style, of, what: sentenceOf(own) }] : [];
    });
}

function packageOf(folder: string): Package {
  return published.find((each) => each.folder === folder) as Package;
}

const described: Shown = {
  name: 'convention({ multiple: true })',
  style: callbacks.convention({ multiple: true }),
  of: packageOf('callback'),
  what: 'A callback of your own description; here one that is called many times.',
};

const all: readonly Shown[] = [...presets, described];

/** What each trait is called, as a sentence that follows the table. */
const traitNames: Readonly<Record<keyof Traits, string>> = {
  items: 'it can carry items before its end',
  lazy: 'work starts when the consumer asks, each time anew',
  replay: 'who comes after the end still gets the result',
  delivery: 'whether a result that is there inside the call arrives inside it (sync)',
  cancel: "what the consumer's cancel does: stop the work, only stop listening (detach), or there is none",
  cancelled: 'cancelled is a state of its own, neither value nor error',
  errors: 'which errors it can tell from success: any, some (a falsy one is replaced), or none',
  thenables: 'a thenable can be a value, and is not awaited',
  arguments: 'how many values an end can carry',
  beside: 'values can come beside an error',
  this: 'the function is called with a `this`',
  backpressure: 'the consumer can slow the source down',
  context: 'in whose async context the consumer runs: its own, or that of whoever settles',
  nulls: 'null can be an item or a value',
  shared: 'consumers at the same time share one run, although it is lazy',
};

function stylesTable(): string {
  const traits = (Object.keys(traitNames) as (keyof Traits)[]).filter(
    (trait) => new Set(all.flatMap(({ style }) => [style.traits[trait], written(style)[trait]])).size > 1,
  );
  const rows = all.map(({ name, style, of, what }) => [
    code(name),
    `[${of.manifest.name}](packages/${of.folder})`,
    ['lift' in style && 'read', 'lower' in style && 'written'].filter(Boolean).join(', '),
    what,
    ...traits.map((trait) => traitCell(style, trait)),
  ]);
  const existing = new Set(packages.map(({ folder }) => folder));
  const missing = Object.entries(toCome).filter(([folder]) => !existing.has(folder));
  const later = missing.map(([folder, what]) => [code(folder), '', 'to come', what, ...traits.map(() => '')]);
  const legend = traits.map((trait) => `*${trait}*: ${traitNames[trait]}`).join('; ');
  return block(
    table(['style', 'package', '', 'what it is', ...traits], [...rows, ...later]),
    wrapped(`Two words in a cell: as it is read / as it is written. ${legend}.`),
  );
}

const written = (style: Style): Traits => ({ ...style.traits, ...style.written });

function traitCell(style: Style, trait: keyof Traits): string {
  const byDefault = trait === 'nulls'; // the others can be left out where they are false
  const show = (value: Traits[keyof Traits] = byDefault): string => (value === true ? 'yes' : value || '');
  return [...new Set([show(style.traits[trait]), show(written(style)[trait])])].join(' / ');
}

/** From and to: styles whose losses are all the same share a row or a column. */
function lossesTable(): string {
  const lost = (from: Shown, to: Shown): string =>
    losses(from.style, to.style)
      .map(({ trait }) => trait)
      .join(', ') || 'nothing';
  const sources = groups((from) => all.map((to) => lost(from, to)).join(';'));
  const targets = groups((to) => all.map((from) => lost(from, to)).join(';'));
  const names = (group: readonly Shown[]): string => codes(group.map(({ name }) => name));
  const rows = sources.map((from) => [names(from), ...targets.map((to) => lost(from[0], to[0]))]);
  const sentences = new Map(
    all.flatMap((from) =>
      all.flatMap((to) => losses(from.style, to.style).map(({ trait, what }) => [trait, what] as const)),
    ),
  );
  return block(
    table(['from \\ to', ...targets.map(names)], rows),
    'A function that is converted to the style it has is returned as it is.',
    [...sentences].map(([trait, what]) => `- *${trait}*: ${what}`).join('\n'),
  );
}

function groups(keyOf: (style: Shown) => string): (readonly [Shown, ...Shown[]])[] {
  const byKey = new Map<string, [Shown, ...Shown[]]>();
  for (const style of all) {
    const group = byKey.get(keyOf(style));
    if (group) group.push(style);
    else byKey.set(keyOf(style), [style]);
  }
  return [...byKey.values()];
}

// Peers and sizes

/** What `util` has learnt since the first Node that we support, so that the table is the same under each. */
const newInUtil: Readonly<Record<string, number>> = { 'a function that returns a promise warns': 22 };

function peersTable(): string {
  const { libraries, sections } = probePeers();
  const node = Number(process.versions.node.split('.')[0]);
  const cell = (holds: boolean | null, what: string, library: string | undefined): string => {
    const since = library === 'util' ? newInUtil[what] : undefined;
    if (since !== undefined && holds === node >= since) return `from Node ${since}`;
    return holds === null ? '' : holds ? 'yes' : '–';
  };
  const rows = sections.flatMap(({ title, rows }) => [
    [`**${title}**`, ...libraries.map(() => '')],
    ...rows.map(({ what, cells }) => [
      what,
      ...cells.map((holds, column) => cell(holds, what, libraries[column]?.name)),
    ]),
  ]);
  return block(
    table(['', ...libraries.map(({ name, version }) => `${name} ${version}`)], rows),
    wrapped(
      '`–`: it does not, or has no way to ask for it. Empty: it does not convert in that direction, or no objects. RxJS means ' +
        '`firstValueFrom(bindNodeCallback(fn)())`; Bluebird runs with `cancellation` and `asyncHooks` on, and its way to a callback ' +
        'is `asCallback`.',
    ),
  );
}

/** What is weighed: as the table names it, and the module that imports it. */
const weighed: Readonly<Record<string, string>> = {
  '**anyasync**: `promisify` alone': "export { promisify } from 'anyasync'",
  '**anyasync**: `callbackify` alone': "export { callbackify } from 'anyasync'",
  '**anyasync**: all of the core': "export * from '@anyasync/core'",
  '**anyasync**: everything': "export * from 'anyasync'",
  pify: "export { default } from 'pify'",
  'es6-promisify': "export { promisify } from 'es6-promisify'",
  universalify: "export { fromCallback, fromPromise } from 'universalify'",
  'rxjs: `bindNodeCallback`, `firstValueFrom`': "export { bindNodeCallback, firstValueFrom } from 'rxjs'",
  'bluebird: `promisify` cannot be had alone': "export { default } from 'bluebird'",
};

async function sizesTable(): Promise<string> {
  const kilobytes = (bytes: number): string => `${(bytes / 1000).toFixed(1)} kB`;
  const rows = Object.entries(weighed).map(async ([what, contents]) => {
    const { minified, gzipped } = await weigh(contents);
    return [what, kilobytes(minified), kilobytes(gzipped)];
  });
  return block(table(['', 'minified', 'and gzipped'], await Promise.all(rows)));
}

// What a package exports

/** Exports that only writers of styles and adapters need, beside those whose doc comment says so. */
export const forWriters: readonly string[] = [
  'Run',
  'Through',
  'assertArgument',
  'assertConvertOptions',
  'assertOperation',
  'assertStyle',
  'attribute',
  'giveHandle',
  'isOperation',
  'operationOf',
  'originOf',
  'reportStray',
  'run',
  'runOrThrow',
  'startSelf',
  'warn',
  'withOptions',
];

function isForWriters({ name, declarations }: PublicExport): boolean {
  return forWriters.includes(name) || declarations.some((each) => docOf(each).includes('For writers of '));
}

function ownExports(of: Package): PublicExport[] {
  return publicExports(of).filter(({ home }) => home === of.folder);
}

function apiTables(of: Package): string {
  const own = ownExports(of);
  if (own.length === 0) return umbrellaTable(of);
  const values = own.filter(({ kind }) => kind === 'function' || kind === 'const' || kind === 'class');
  const types = own.filter((each) => !values.includes(each)).map(({ name }) => name);
  const styles = presets.map(({ name }) => name);
  const kindOf = (each: PublicExport): string => {
    const { name } = each;
    if (isForWriters(each)) return 'for writers of styles';
    if (styles.includes(name)) return 'style';
    return name.endsWith('Error') ? 'error' : 'function';
  };
  const tables = ['function', 'style', 'error', 'for writers of styles'].flatMap((kind) => {
    const rows = values
      .filter((each) => kindOf(each) === kind)
      .map((each) => [code(each.name), sentenceOf(each)]);
    return rows.length > 0 ? [table([kind, 'what it does'], rows)] : [];
  });
  return block(...tables, ...(types.length > 0 ? [wrapped(`Types: ${codes(types)}`)] : []));
}

/** The members of an options interface, with all that their doc comments say: a README asks for it by the interface's name. */
const optionInterfaces: Readonly<Record<string, readonly string[]>> = {
  core: ['RunOptions'],
  callback: ['ConventionOptions'],
  iterable: ['BufferOptions', 'IterableOptions'],
};

function optionTables(of: Package): Record<string, string> {
  const tables = (optionInterfaces[of.folder] ?? []).map((name) => {
    const [declaration] = ownExports(of).find((own) => own.name === name)?.declarations ?? [];
    if (!declaration || !ts.isInterfaceDeclaration(declaration)) throw new Error(`${name} is no interface.`);
    const rows = declaration.members.map((member) => [
      code((member.name as ts.PropertyName).getText()),
      tableText(docOf(member)),
    ]);
    return [name, block(table(['option', 'what it does'], rows))];
  });
  return Object.fromEntries(tables);
}

/** A package without exports of its own passes on those of others. */
function umbrellaTable(of: Package): string {
  const homes = [...new Set(publicExports(of).map(({ home }) => home))]
    .filter((home) => home !== of.folder)
    .sort();
  const rows = homes.map((home) => {
    const from = packages.find(({ folder }) => folder === home) as Package;
    const values = ownExports(from).filter(({ kind }) => kind !== 'type' && kind !== 'interface');
    const names = values.filter((each) => !isForWriters(each)).map(({ name }) => name);
    return [`[${from.manifest.name}](../${home})`, codes(names)];
  });
  const subpaths = Object.keys(of.manifest.exports ?? {}).filter((subpath) => subpath !== '.');
  const others = subpaths.map((subpath) => {
    const name = subpath.slice(2);
    const own = ownExports(of).find((each) => each.name === name);
    if (own !== undefined) return [code(`${of.manifest.name}/${name}`), sentenceOf(own)];
    return [code(`${of.manifest.name}/${name}`), `all of [@anyasync/${name}](../${name})`];
  });
  return block(table(['from', 'what it exports, beside types'], rows), table(['subpath', ''], others));
}

/** The first sentence of an export's doc comment. */
function sentenceOf(of: PublicExport | undefined): string {
  const doc = of?.declarations.map(docOf).find((text) => text !== '') ?? '';
  const [paragraph = ''] = doc.split(/\n\s*\n|\n\s*- /);
  return tableText(paragraph).split(/(?<=\.)\s+(?=[A-Z])/)[0] ?? '';
}

function docOf(declaration: ts.Node): string {
  const comments = ts.getJSDocCommentsAndTags(declaration).filter(ts.isJSDoc);
  return ts.getTextOfJSDocComment(comments.at(-1)?.comment) ?? '';
}

/** A comment's text, for a cell of a table. */
function tableText(text: string): string {
  return text
    .replace(/\s+/g, ' ')
    .replace(/\{@link\s+([\w.]+)\s*\}/g, '`$1`')
    .replaceAll('|', '\\|')
    .trim();
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const { file, blocks } of await readmes()) {
    let text = readFileSync(file, 'utf8');
    for (const [name, block] of Object.entries(blocks)) {
      if (blockOf(text, name) === undefined)
        throw new Error(`${file} has no <!-- ${name} --> ... <!-- /${name} -->.`);
      text = text.replace(marker(name), (_, open, _old, close) => `${open}${block}${close}`);
    }
    writeFileSync(file, text);
  }
}
