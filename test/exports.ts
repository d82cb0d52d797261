/** What each package exports, read from its `src/index.ts` with TypeScript: for the API dumps and the repo rules. */
import { join, relative, sep } from 'node:path';
import ts from 'typescript';
import { type Package, published, root } from './workspace.js';

export interface PublicExport {
  readonly name: string;
  readonly kind: 'class' | 'const' | 'function' | 'interface' | 'type';
  /** The declarations, in source order; several for overloads and for a name that is both a type and a value. */
  readonly declarations: readonly ts.Declaration[];
  /** The folder of the package that declares it. */
  readonly home: string;
}

const folder = join(root, 'packages');
const config = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile).config;
/** The files that a package's entries are made from; the first is its root. */
const entriesOf = ({ path, manifest }: Package): string[] =>
  Object.values((manifest.exports ?? {}) as Record<string, string>).map((file) => join(path, file));
const entries = published.flatMap(entriesOf);
const program = ts.createProgram(entries, {
  ...ts.parseJsonConfigFileContent(config, ts.sys, folder).options,
  noEmit: false,
  emitDeclarationOnly: true,
  removeComments: true,
});
const checker = program.getTypeChecker();

/** The exports of one package, sorted by name: those of its root, and what a subpath has that is not another package's. */
export function publicExports(of: Package): PublicExport[] {
  const [index = '', ...subpaths] = entriesOf(of);
  const own = subpaths.flatMap((file) => exportsOf(file).filter(({ home }) => home === of.folder));
  return [...exportsOf(index), ...own].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function exportsOf(file: string): PublicExport[] {
  const source = program.getSourceFile(file);
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${relative(root, file)} is missing or exports nothing.`);
  return checker.getExportsOfModule(module).map((symbol) => {
    const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const declarations = target.declarations ?? [];
    const file = declarations[0]?.getSourceFile().fileName ?? '';
    const home = relative(folder, file).split(sep)[0] ?? '';
    return { name: symbol.name, kind: kindOf(target), declarations, home };
  });
}

function kindOf({ flags }: ts.Symbol): PublicExport['kind'] {
  if (flags & ts.SymbolFlags.Class) return 'class';
  if (flags & ts.SymbolFlags.Function) return 'function';
  if (flags & ts.SymbolFlags.Variable) return 'const';
  return flags & ts.SymbolFlags.Interface ? 'interface' : 'type';
}

/** The text of the declaration file of one source file, without comments. */
export function declarationText(source: ts.SourceFile): string {
  let text = '';
  const write = (_path: string, written: string): void => {
    text = written;
  };
  program.emit(source, write, undefined, true);
  return text;
}
