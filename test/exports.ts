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
const entries = published.map(({ path }) => join(path, 'src/index.ts'));
const program = ts.createProgram(entries, {
  ...ts.parseJsonConfigFileContent(config, ts.sys, folder).options,
  noEmit: false,
  emitDeclarationOnly: true,
  removeComments: true,
});
const checker = program.getTypeChecker();

/** The exports of one package, sorted by name. */
export function publicExports(of: Package): PublicExport[] {
  const source = program.getSourceFile(join(of.path, 'src/index.ts'));
  const module = source && checker.getSymbolAtLocation(source);
  if (!module) throw new Error(`${of.folder}: src/index.ts is missing or exports nothing.`);
  return checker
    .getExportsOfModule(module)
    .map((symbol) => {
      const target = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
      const declarations = target.declarations ?? [];
      const file = declarations[0]?.getSourceFile().fileName ?? '';
      const home = relative(folder, file).split(sep)[0] ?? '';
      return { name: symbol.name, kind: kindOf(target), declarations, home };
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1));
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
