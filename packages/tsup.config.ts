/**
 * How every package is built: `tsup` in a package's folder finds this file.
 * Its entries are the package's exports. Code comes from esbuild, one file per format. Declarations come from TypeScript, one per source file and format, with
 * maps that lead an editor to the shipped sources.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { defineConfig } from 'tsup';
import ts from 'typescript';

const { exports } = JSON.parse(readFileSync('package.json', 'utf8')) as { exports: Record<string, string> };
const entry = Object.values(exports);

export default defineConfig({
  entry,
  format: ['esm', 'cjs'],
  target: 'es2022',
  sourcemap: true,
  clean: true,
  silent: true,
  onSuccess: async () => {
    const base = ts.readConfigFile('../tsconfig.json', ts.sys.readFile).config;
    const { options } = ts.parseJsonConfigFileContent(base, ts.sys, resolve('..'));
    const program = ts.createProgram(entry, {
      ...options,
      noEmit: false,
      emitDeclarationOnly: true,
      declarationMap: true,
    });
    // The packages that this one imports are in the program as sources: each package writes its own only.
    const own = program.getSourceFiles().filter((file) => resolve(file.fileName).startsWith(resolve('src')));
    for (const file of own) {
      const { diagnostics, emitSkipped } = program.emit(file, writeTwice, undefined, true);
      if (emitSkipped) throw new Error(ts.formatDiagnostics(diagnostics, host));
    }
  },
});

const host: ts.FormatDiagnosticsHost = {
  getCanonicalFileName: (name) => name,
  getCurrentDirectory: () => resolve('.'),
  getNewLine: () => '\n',
};

/** Writes one declaration file, or the map of one, for ESM and for CommonJS. */
function writeTwice(path: string, text: string): void {
  const name = basename(path).replace(/\.d\.ts(\.map)?$/, '');
  for (const [extension, js] of [
    ['.d.ts', '.js'],
    ['.d.cts', '.cjs'],
  ] as const) {
    const file = `${name}${extension}`;
    if (path.endsWith('.map')) {
      const map = { ...JSON.parse(text), file, sources: [`../src/${name}.ts`] };
      writeFileSync(join('dist', `${file}.map`), JSON.stringify(map));
    } else {
      const code = text
        .replace(/((?:from|import\()\s*['"]\.[^'"]*)\.js(['"])/g, `$1${js}$2`)
        .replace(/sourceMappingURL=.*/, `sourceMappingURL=${file}.map`);
      writeFileSync(join('dist', file), code);
    }
  }
}
