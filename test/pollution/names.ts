/** Every name that the published sources read from an object, or declare as one that is read. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { published, typescriptFiles } from '../workspace.js';

export function namesRead(): string[] {
  const names = new Set<string>();
  const add = (node: ts.Node | undefined): void => {
    if (node !== undefined && (ts.isIdentifier(node) || ts.isStringLiteral(node))) names.add(node.text);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAccessExpression(node)) add(node.name);
    else if (ts.isElementAccessExpression(node)) add(node.argumentExpression);
    else if (ts.isBindingElement(node)) add(node.propertyName ?? node.name);
    else if (ts.isPropertySignature(node) || ts.isPropertyDeclaration(node) || ts.isMethodSignature(node))
      add(node.name);
    else if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) add(node.name);
    ts.forEachChild(node, visit);
  };
  for (const { path } of published)
    for (const file of typescriptFiles(join(path, 'src')))
      visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest));
  return [...names].filter((name) => !(name in Object.prototype)).sort();
}
