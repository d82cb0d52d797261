/** The types of @anyasync/rxjs are those of the RxJS that is installed: the same program, compiled with each in its place. */
import { realpathSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { root } from './workspace.js';

const bound = `
  import { bindCallback, bindNodeCallback, firstValueFrom, fromObservable, type RxObservable, toObservable } from '@anyasync/rxjs';
  declare const read: {
    (path: string, done: (error: Error | null, value: Date) => void): void;
    (path: string, encoding: 'utf8', done: (error: Error | null, value: string) => void): void;
  };
  declare const ask: { (n: number, done: (value: Date) => void): void; (s: string, done: (value: URL) => void): void };
  const bind = bindNodeCallback(read);
  export const dates: RxObservable<Date> = bind('a');
  export const texts: RxObservable<string> = bind('a', 'utf8');
  // @ts-expect-error a date
  export const wrong: RxObservable<string> = bind('a');
  const asked = bindCallback(ask);
  export const when: RxObservable<Date> = asked(1);
  export const where: RxObservable<URL> = asked('a');
  // @ts-expect-error a date
  export const nowhere: RxObservable<URL> = asked(1);
  export const date: Promise<Date> = firstValueFrom(dates);
  export const again: RxObservable<Date> = toObservable(fromObservable(dates));
  dates.subscribe((value) => value.getTime());
`;
/** RxJS 9 has no class of its own: it is the platform's. */
const own = `
  import type { Observable } from 'rxjs';
  const own: Observable<Date> = dates;
`;
const platform = `
  import type {} from '@rxjs/observable-polyfill';
  const own: Observable<Date> = dates;
`;

test.each([
  ['RxJS 6', 'rxjs6/index.d.ts', own],
  ['RxJS 7', 'rxjs/dist/types/index.d.ts', own],
  ['RxJS 8', 'rxjs8/dist/types/index.d.ts', own],
  ['RxJS 9', 'rxjs9/dist/esm/index.d.ts', platform],
])('%s', (_name, types, more) => {
  const base = ts.readConfigFile(join(root, 'tsconfig.base.json'), ts.sys.readFile).config;
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...base.compilerOptions, lib: ['ES2022', 'DOM'], moduleResolution: 'Bundler', module: 'ESNext' },
    root,
  );
  const installed = realpathSync(join(root, 'node_modules', types));
  const paths = { rxjs: [installed] };
  const file = join(root, 'test', 'rxjs-types-program.ts');
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, bound + more, rest[0]) : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], { ...options, paths }, host);
  const found = ts.getPreEmitDiagnostics(program).filter((each) => each.file?.fileName === file);
  expect(found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))).toEqual([]);
  const read = program.getSourceFiles().map(({ fileName }) => fileName);
  expect(read.filter((name) => /rxjs@[^/]*\/node_modules\/rxjs\/.*index\.d\.ts$/.test(name))).toContain(
    installed,
  );
});
