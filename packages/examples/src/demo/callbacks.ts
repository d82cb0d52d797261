import { execFile } from 'node:child_process';
import { scrypt } from 'node:crypto';
import { lookup } from 'node:dns';
import { close, open, promises, read, readFile, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzip } from 'node:zlib';
import { convention, convert, first, promise, promisify, toArray } from 'anyasync';
import { FileReader, findPort } from '../legacy.js';
import { readme, type Show } from './show.js';

/** Callbacks of Node and of older libraries, as promises. */
export async function callbacks(show: Show): Promise<void> {
  // Node's convention

  await show('fs.readFile', 'callback -> promise', "promisify(readFile)(path, 'utf8')", async () => {
    const text = await promisify(readFile)(readme, 'utf8');
    return text.split('\n')[0];
  });

  await show('fs.open, fs.read', 'callback -> promise', 'promisify(read)(fd, buffer, 0, 10, 0)', async () => {
    const fd = await promisify(open)(readme, 'r');
    const { bytesRead, buffer } = await promisify(read)(fd, Buffer.alloc(10), 0, 10, 0);
    await promisify(close)(fd);
    return { bytesRead, text: buffer.toString() };
  });

  await show('dns.lookup', 'callback -> promise', "promisify(lookup)('localhost')", () =>
    promisify(lookup)('localhost'),
  );

  await show('zlib.gzip', 'callback -> promise', 'promisify(gzip)(text)', async () => {
    const text = 'a'.repeat(10_000);
    return `${text.length} bytes became ${(await promisify(gzip)(text)).length}`;
  });

  await show('crypto.scrypt', 'callback -> promise', "promisify(scrypt)('secret', 'salt', 8)", async () => {
    const key = await promisify(scrypt)('secret', 'salt', 8);
    return key.toString('hex');
  });

  // The handle, cancelling, and time limits

  await show(
    'child_process.execFile',
    'callback -> promise',
    '.with({ onHandle })(node, [-p ...])',
    async () => {
      let pid: number | undefined;
      const run = promisify(execFile).with({
        onHandle: (child) => {
          pid = (child as { pid?: number }).pid;
        },
      });
      const { stdout } = await run(process.execPath, ['-p', 'process.pid']);
      return Number(stdout) === pid ? 'the child is the handle' : `child ${stdout}, handle ${pid}`;
    },
  );

  await show(
    'child_process.execFile',
    'callback -> promise',
    '.with({ signal })(node, [never ends])',
    async () => {
      const controller = new AbortController();
      const run = promisify(execFile).with({
        signal: controller.signal,
        onHandle: (child) =>
          (child as NodeJS.EventEmitter).once('spawn', () =>
            controller.abort(new Error('cancelled half way')),
          ),
      });
      return run(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
    },
  );

  await show(
    'child_process.execFile',
    'callback -> promise',
    '.with({ timeout: 50 })(node, [never ends])',
    () => promisify(execFile).with({ timeout: 50 })(process.execPath, ['-e', 'setInterval(() => {}, 1000)']),
  );

  await show('fs.open', 'callback -> promise', '.with({ signal, dispose: close })(path)', async () => {
    const controller = new AbortController();
    const closed = new Promise<number>((resolve) => {
      const run = promisify(open).with({
        signal: controller.signal,
        dispose: (fd) => close(fd, () => resolve(fd)),
      });
      run(readme, 'r').catch(() => {}); // fs.open cannot be stopped: the file is opened after all
      controller.abort();
    });
    return `cancelled, opened too late as ${await closed}, closed again`;
  });

  // Other conventions

  await show(
    'findPort',
    'success/failure -> promise',
    'convert(findPort, pairInFront, promise)()',
    async () => {
      const pairInFront = convention({ style: 'pair', position: 'first' });
      return `port ${await convert(findPort, pairInFront, promise)()} is free`;
    },
  );

  await show('FileReader.read', 'handler -> promise', 'convert(read, lines, promise, { fold })', async () => {
    const reader = new FileReader();
    const lines = convention({ style: 'handler', multiple: true });
    const readLines = convert(reader.read.bind(reader), lines, promise, { fold: toArray() });
    return `${(await readLines(readme)).length} lines`;
  });

  await show(
    'fs.watch',
    'many callbacks -> promise',
    'convert(watch, events, promise, { fold })',
    async () => {
      const path = join(tmpdir(), `anyasync-demo-${process.pid}.txt`);
      writeFileSync(path, '');
      const events = convention({
        style: 'value-only',
        multiple: true,
        values: ['type', 'file'],
        stop: 'close',
      });
      const watchFile = (path: string, hear: (type: string, file: string | null) => void) =>
        watch(path, hear);
      const changed = convert(watchFile, events, promise, { fold: first() })(path);
      writeFileSync(path, 'changed');
      const { type, file } = await changed;
      await promises.rm(path);
      return `${type} of a file ending in ${file?.slice(-4)}, watcher closed`;
    },
  );
}
