/** The code in every README and in every doc comment compiles, runs, and gives what its `//=>` lines say. */
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { codeBlocks, prepare } from './code-blocks.js';
import { root } from './workspace.js';

const blocks = codeBlocks();

describe('code in the documentation', () => {
  test('there is some', () => {
    expect(blocks.length).toBeGreaterThan(0);
  });

  test.each(blocks.map((block) => [block.title, block] as const))('%s', async (_title, block) => {
    const { body, claims } = prepare(block);
    const reached = new Set<number>();
    const same = (index: number, is: unknown, expected: unknown): void => {
      reached.add(index);
      expect(is, claims[index]).toEqual(expected);
    };
    const throws = async (index: number, call: () => Promise<unknown>, name: string): Promise<void> => {
      reached.add(index);
      await expect(call(), claims[index]).rejects.toMatchObject({ name });
    };
    const load = (specifier: string): Promise<unknown> => import(/* @vite-ignore */ specifier);
    await new Function('load', 'same', 'throws', body)(load, same, throws);
    expect(claims.filter((_, index) => !reached.has(index))).toEqual([]);
  });

  test('compiles', { timeout: 30_000 }, () => {
    const folder = join(root, 'test');
    const config = ts.readConfigFile(join(folder, 'tsconfig.json'), ts.sys.readFile).config;
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, folder);
    const files = new Map(blocks.map((block, index) => [join(folder, `code-block-${index}.ts`), block]));
    const host = ts.createCompilerHost(options);
    const { fileExists, readFile } = host;
    host.fileExists = (name) => files.has(name) || fileExists(name);
    host.readFile = (name) => {
      const block = files.get(name);
      return block ? `${block.code}\nexport {};\n` : readFile(name);
    };
    const program = ts.createProgram([...files.keys()], options, host);
    const problems = [...files].flatMap(([name, { title }]) =>
      ts.getPreEmitDiagnostics(program, program.getSourceFile(name)).map(({ messageText, start = 0 }) => {
        const line = program.getSourceFile(name)?.getLineAndCharacterOfPosition(start).line ?? 0;
        return `${title.replace(/\d+$/, (first) => String(Number(first) + line))}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
      }),
    );
    expect(problems).toEqual([]);
  });
});
