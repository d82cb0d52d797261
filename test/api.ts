/**
 * The public API of every package as text, in `packages/<folder>/api.txt`, so that a change of it shows in the diff.
 * `npm run api` writes the files; `test/api.test.ts` fails when one of them is out of date.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { declarationText, publicExports } from './exports.js';
import { type Package, published } from './workspace.js';

/** One block for each export: its name, its kind and its declaration without comments and bodies. */
export function describeApi(of: Package): string {
  const blocks = publicExports(of).map(({ name, kind, declarations, home }) => {
    if (home !== of.folder) return `${name} (${kind}) from packages/${home}`;
    const texts = declarations.flatMap((declaration) => declared(declaration, name));
    return [`${name} (${kind})`, ...new Set(texts)].join('\n').replace(/\n/g, '\n  ');
  });
  return `${of.manifest.name}: the public API. Written by \`npm run api\`.\n\n${blocks.join('\n\n')}\n`;
}

const declarationFiles = new Map<ts.SourceFile, ts.SourceFile>();

/** The statements of the declaration file that declare what this declaration declares. */
function declared(declaration: ts.Declaration, exportedAs: string): string[] {
  const source = declaration.getSourceFile();
  let file = declarationFiles.get(source);
  if (!file) {
    file = ts.createSourceFile(source.fileName, declarationText(source), ts.ScriptTarget.ES2022, true);
    declarationFiles.set(source, file);
  }
  const name = ts.getNameOfDeclaration(declaration)?.getText() ?? exportedAs;
  return file.statements
    .filter((statement) => names(statement).includes(name))
    .map((statement) => statement.getText());
}

function names(statement: ts.Statement): string[] {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map((declaration) => declaration.name.getText());
  }
  const name = ts.getNameOfDeclaration(statement as ts.Node as ts.Declaration);
  return name ? [name.getText()] : [];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const each of published) writeFileSync(join(each.path, 'api.txt'), describeApi(each));
}
