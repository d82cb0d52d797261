/**
 * The code blocks of the documentation: of every README, and of the `@example` of every doc comment.
 * A line that ends with `//=> value` claims what its expression, or the variable it declares, is equal to. A line that ends with
 * `//=> throws Name` claims the name of the error. `prepare` turns claims into calls, so that a block can be run.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { packages, root, typescriptFiles } from './workspace.js';

export interface CodeBlock {
  /** `packages/core/src/errors.ts:9`: where the code begins. */
  readonly title: string;
  readonly code: string;
}

/** Every block that begins with three backquotes and `ts`, in the order of files and lines. */
export function codeBlocks(): CodeBlock[] {
  const readmes = [root, ...packages.map(({ path }) => path)].map((folder) => join(folder, 'README.md'));
  const sources = packages.flatMap(({ path }) => typescriptFiles(join(path, 'src')));
  return [...readmes.filter(existsSync), ...sources].flatMap((file) => {
    const blocks: CodeBlock[] = [];
    const lines = readFileSync(file, 'utf8').split('\n');
    const text = file.endsWith('.md') ? lines : lines.map((line) => line.replace(/^\s*\* ?/, ''));
    for (let start = text.indexOf('```ts'); start >= 0; start = text.indexOf('```ts', start + 1)) {
      const code = text.slice(start + 1, text.indexOf('```', start + 1)).join('\n');
      blocks.push({ title: `${relative(root, file)}:${start + 2}`, code });
    }
    return blocks;
  });
}

export interface Prepared {
  /** The body of an async function of `load`, `same` and `throws`. */
  readonly body: string;
  /** The text of each claim; the calls name a claim by its index. */
  readonly claims: readonly string[];
}

/** Turns imports into calls of `load(specifier)`, and claims into calls of `same(index, is, expected)` or `throws(index, call, name)`. */
export function prepare({ title, code }: CodeBlock): Prepared {
  const file = ts.createSourceFile(title, code, ts.ScriptTarget.ES2022, true);
  const claims: string[] = [];
  const edits: { start: number; end: number; text: string }[] = [];
  const replace = (start: number, end: number, text: string): void => void edits.push({ start, end, text });

  const claim = (node: ts.Statement): string | undefined => {
    const comments = ts.getTrailingCommentRanges(code, node.end) ?? [];
    const text = comments.map(({ pos, end }) => code.slice(pos, end)).find((each) => each.startsWith('//=>'));
    if (text) claims.push(`${node.getText()} ${text}`);
    return text?.slice('//=>'.length).trim();
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      return replace(node.getStart(), node.end, load(node));
    }
    if (node.kind === ts.SyntaxKind.ExportKeyword) replace(node.getStart(), node.end, '');
    const index = claims.length;
    if (ts.isExpressionStatement(node)) {
      const is = node.expression.getText();
      const expected = claim(node);
      const [, error] = /^throws (\w+)$/.exec(expected ?? '') ?? [];
      if (error)
        return replace(node.getStart(), node.end, `await throws(${index}, async () => ${is}, '${error}');`);
      if (expected) return replace(node.getStart(), node.end, `same(${index}, ${is}, (${expected}));`);
    } else if (ts.isVariableStatement(node)) {
      const is = node.declarationList.declarations[0]?.name.getText();
      const expected = claim(node);
      if (expected) replace(node.end, node.end, ` same(${index}, ${is}, (${expected}));`);
    }
    ts.forEachChild(node, visit);
  };
  ts.forEachChild(file, visit);

  const written = (code.match(/\/\/=>/g) ?? []).length;
  if (written !== claims.length)
    throw new Error(`${title}: a //=> belongs to no statement; it stands after the semicolon`);
  edits.sort((a, b) => a.start - b.start);
  const edited = edits.reduceRight(
    (text, { start, end, text: put }) => text.slice(0, start) + put + text.slice(end),
    code,
  );
  // Inside a function, so that the compiler lets a top-level await and a missing import be.
  const wrapped = `async () => {\n${edited}\n}`;
  const compilerOptions = { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext };
  const { outputText } = ts.transpileModule(wrapped, { compilerOptions });
  return { body: `return (${outputText.trim().replace(/;$/, '')})()`, claims };
}

function load({ importClause: clause, moduleSpecifier }: ts.ImportDeclaration): string {
  const from = `await load(${moduleSpecifier.getText()});`;
  if (!clause) return from;
  if (clause.isTypeOnly) return '';
  const names = clause.name ? [`default: ${clause.name.text}`] : [];
  const bindings = clause.namedBindings;
  if (bindings && ts.isNamespaceImport(bindings)) return `const ${bindings.name.text} = ${from}`;
  for (const { isTypeOnly, propertyName, name } of bindings?.elements ?? []) {
    if (!isTypeOnly) names.push(propertyName ? `${propertyName.text}: ${name.text}` : name.text);
  }
  return `const { ${names.join(', ')} } = ${from}`;
}
