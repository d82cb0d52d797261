/** What a module weighs with everything that it imports: bundled, minified, and compressed. */
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { root } from './workspace.js';

export interface Weight {
  /** In bytes. */
  readonly minified: number;
  readonly gzipped: number;
}

/** Weighs the code of a module; its imports are found from the folder. */
export async function weigh(code: string, folder: string = join(root, 'test')): Promise<Weight> {
  const { outputFiles } = await build({
    stdin: { contents: code, resolveDir: folder },
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: 'es2022',
    logLevel: 'error',
    write: false,
  });
  const contents = outputFiles[0]?.contents ?? new Uint8Array();
  return { minified: contents.length, gzipped: gzipSync(contents, { level: 9 }).length };
}
