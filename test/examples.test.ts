/** Each story of the examples runs, as a reader would run it, and prints what it says. */
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from './workspace.js';

const tsx = createRequire(import.meta.url).resolve('tsx/cli');

const stories: Readonly<Record<string, readonly string[]>> = {
  'adopt-gradually': [
    '13 bytes written, the file has 13',
    'read by a callback: begin (state: as ever)',
    'read again: begin, operations not ended: 0',
    'FOR THE OLD CALLER',
  ],
  'legacy-to-rxjs': [
    'read "one\\ntwo\\nthree\\n" after 1 retry',
    'the child got SIGTERM',
    'line ONE',
    'line TWO',
  ],
  'rxjs-7-beside-9': [
    'without a bridge: TypeError',
    'through RxJS 9 and back: 0, 20, 40; stopped 1 time',
    'back where it came from: true',
  ],
  'node-to-web-stream': [
    'through RxJS, limit 3, drop-oldest: 1, 62, 63, 64; the whole file was read',
    'through RxJS, limit 3, drop-newest: 1, 2, 3, 4; the whole file was read',
    'through RxJS, limit 3, error: 1, 2, 3, 4, OverflowError; the file was left',
    'without RxJS: 1 KiB taken, 1 KiB ahead',
    'without RxJS: 2 KiB taken, 1 KiB ahead',
    'without RxJS: 3 KiB taken, 1 KiB ahead',
    'the reader leaves: the file is closed',
  ],
};

test.each(Object.entries(stories))(
  '%s',
  (story, lines) => {
    const file = join(root, 'packages/examples/src', `${story}.ts`);
    const { stdout, stderr } = spawnSync(process.execPath, [tsx, file], { cwd: root, encoding: 'utf8' });
    expect({ lines: stdout.trim().split('\n'), stderr }).toEqual({ lines: [...lines], stderr: '' });
  },
  30_000,
);
