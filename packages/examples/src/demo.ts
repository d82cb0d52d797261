// The main job, on real input: callback APIs of Node and of older libraries, each called in the style it is converted to.
// `npm start` runs it. It makes its own temporary file, and asks nothing of the network beyond the name localhost.

import { execFile } from 'node:child_process';
import { scrypt } from 'node:crypto';
import { lookup } from 'node:dns';
import { close, open, promises, read, readFile, watch, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzip } from 'node:zlib';
import {
  all,
  callback,
  callbackify,
  callbackPair,
  convention,
  convert,
  convertAll,
  first,
  fromCallback,
  fromPromise,
  handler,
  promise,
  promisify,
  sync,
  toArray,
  toPromise,
  universalify,
} from 'anyasync';
import { adopt, beginEnd } from 'anyasync/begin-end';
import { deferred } from 'anyasync/deferred';
import { future, wait } from 'anyasync/future';
import { jquery } from 'anyasync/jquery';
import { fromObservable, toObservable } from 'anyasync/observable';
import { bindNodeCallback, firstValueFrom, rxjs } from 'anyasync/rxjs';
import { filter, interval, map, take } from 'rxjs';
import { ColdObservable } from 'rxjs9';
import { FileReader, findPort } from './legacy.js';
import { File } from './legacy-file.js';
import { printTable, type Row } from './table.js';

const readme = fileURLToPath(new URL('../../../README.md', import.meta.url));
const rows: Row[] = [];

/** Runs one call and notes what came of it. */
async function show(api: string, styles: string, call: string, run: () => unknown): Promise<void> {
  const begun = performance.now();
  let result: unknown;
  try {
    result = await run();
  } catch (error) {
    result = error instanceof Error ? `${error.name}: ${error.message}` : error;
  }
  rows.push({ api, styles, call, result, ms: performance.now() - begun });
}

/** What a callback was called with. */
const heard = <A extends unknown[]>(start: (done: (...args: A) => void) => void): Promise<A> =>
  new Promise((resolve) => start((...args) => resolve(args)));

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
        (child as NodeJS.EventEmitter).once('spawn', () => controller.abort(new Error('cancelled half way'))),
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

await show('fs.watch', 'many callbacks -> promise', 'convert(watch, events, promise, { fold })', async () => {
  const path = join(tmpdir(), `anyasync-demo-${process.pid}.txt`);
  writeFileSync(path, '');
  const events = convention({ style: 'value-only', multiple: true, values: ['type', 'file'], stop: 'close' });
  const watchFile = (path: string, hear: (type: string, file: string | null) => void) => watch(path, hear);
  const changed = convert(watchFile, events, promise, { fold: first() })(path);
  writeFileSync(path, 'changed');
  const { type, file } = await changed;
  await promises.rm(path);
  return `${type} of a file ending in ${file?.slice(-4)}, watcher closed`;
});

// And back: one promise function in every style that there is so far

const size = async (path: string): Promise<number> => (await promises.stat(path)).size;

await show('size', 'promise -> callback', 'callbackify(size)(path, (error, n) => {})', () =>
  heard((done) => callbackify(size)(readme, done)),
);

await show('size', 'promise -> both', 'universalify(size, { from: promise })', async () => {
  const either = universalify(size, { from: promise });
  const [, called] = await heard<[unknown, unknown]>((done) => either(readme, done));
  return (await either(readme)) === called ? 'callback and promise agree' : 'they differ';
});

await show('size', 'promise -> success/failure', 'convert(size, promise, callbackPair)', () =>
  heard((done) => convert(size, promise, callbackPair)(readme, done, done)),
);

await show('size', 'promise -> handler', 'convert(size, promise, handler)', () =>
  heard((done) => convert(size, promise, handler)(readme, { onSuccess: done, onError: done })),
);

await show('size', 'promise -> sync', 'convert(size, promise, sync)(path)', () =>
  convert(size, promise, sync)(readme),
);

await show('half', 'callback -> sync', 'convert(half, callback, sync)(8)', () => {
  const half = (n: number, done: (error: Error | null, half: number) => void) => done(null, n / 2);
  return convert(half, callback, sync)(8);
});

// The same legacy call in every style that keeps a state

await show('fs.readFile', 'callback -> future', 'convert(readFile, callback, future)(path)', async () => {
  const text = convert(readFile, callback, future)(readme, 'utf8');
  const before = text.state;
  await wait([text]);
  return `${before}, then ${text.state}: ${text.result().split('\n')[0]}`;
});

await show('fs.readFile', 'callback -> begin/end', 'convert(readFile, callback, beginEnd)', async () => {
  const { begin, end } = convert(readFile, callback, beginEnd);
  const text = await heard((done) => begin(readme, 'utf8', (result) => done(end(result))));
  return String(text).split('\n')[0];
});

await show('fs.readFile', 'callback -> Deferred', 'convert(readFile, callback, deferred)', async () => {
  const text = convert(readFile, callback, deferred)('no such file', 'utf8');
  return text.addCallback((found) => found.length).addErrback((failure) => `recovered from ${failure}`);
});

await show('fs.readFile', 'callback -> jQuery', 'convert(readFile, callback, jquery)', () =>
  heard((done) => convert(readFile, callback, jquery)(readme, 'utf8').done((text) => done(text.length))),
);

await show('File', 'object -> promises', 'adopt(file).read(0, 10)', async () => {
  const file = adopt(new File());
  await file.open(readme, 'r');
  const text = await file.read(0, 10);
  await file.close();
  return { text, 'not ended': file.begun };
});

// Observables of RxJS, 7 and 9

await show('fs.readFile', 'callback -> RxJS', 'bindNodeCallback(readFile)(path)', () => {
  const text = bindNodeCallback(readFile)(readme, 'utf8').pipe(map((all) => all.split('\n')[0]));
  return firstValueFrom(text, { timeout: 1000 });
});

await show('FileReader.read', 'handler -> RxJS', 'convert(read, lines, rxjs)(path)', async () => {
  const reader = new FileReader();
  const lines = convention({ style: 'handler', multiple: true });
  const headings = convert(
    reader.read.bind(reader),
    lines,
    rxjs,
  )(readme).pipe(
    filter((line) => line.startsWith('# ')),
    take(1),
  );
  return `${await firstValueFrom(headings)}, and the file is closed again`;
});

await show('interval', 'RxJS 7 -> RxJS 9', 'toObservable(fromObservable(ticks))', async () => {
  const ticks = interval(1).pipe(take(3));
  const there = toObservable(fromObservable(ticks), { Observable: ColdObservable<number> });
  return `a ${there.constructor.name} of ${await toPromise(fromObservable(there), { fold: toArray() })}`;
});

// Whole objects, and several operations at once

await show('FileReader', 'object -> promises', 'convertAll(reader, lines, promise, ...)', async () => {
  const reader = new FileReader();
  const lines = convention({ style: 'handler', multiple: true });
  const view = convertAll(reader, lines, promise, { suffix: 'Async', fold: toArray() });
  return `readAsync: ${(await view.readAsync(readme)).length} lines, original unchanged: ${!('readAsync' in reader)}`;
});

await show('all()', 'mixed', 'all([fromCallback(...), fromPromise(...)])', async () => {
  const [text, bytes] = await toPromise(
    all([fromCallback(readFile, readme, 'utf8'), fromPromise(size(readme))]),
  );
  return Buffer.byteLength(text) === bytes ? `both say ${bytes} bytes` : 'they differ';
});

printTable(rows);
