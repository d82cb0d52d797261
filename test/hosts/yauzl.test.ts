import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fromEvent, fromStream, toIterable } from '@anyasync/iterable';
import { promisify, promisifyAll, toArray, toPromise } from 'anyasync';
import { expect, test } from 'vitest';
import yauzl, { type Entry, type ZipFile } from 'yauzl';
import { testHost } from './host.js';
import { folder, until } from './loopback.js';

/** a.txt and b.txt, not compressed, each of them says: it works. */
const zip =
  'UEsDBBQAAAAAAAAAIQCpYMqFCAAAAAgAAAAFAAAAYS50eHRpdCB3b3Jrc1BLAwQUAAAAAAAAACEAqWDKhQgAAAAIAAAABQAAAGIudHh0aXQgd29ya3NQSwECFAMUAAAAAAAAACEAqWDKhQgAAAAIAAAABQAAAAAAAAAAAAAAgAEAAAAAYS50eHRQSwECFAMUAAAAAAAAACEAqWDKhQgAAAAIAAAABQAAAAAAAAAAAAAAgAErAAAAYi50eHRQSwUGAAAAAAIAAgBmAAAAVgAAAAAA';
const { path, remove } = folder('yauzl');
const file = join(path, 'it.zip');
writeFileSync(file, Buffer.from(zip, 'base64'));

type Open = (path: string, options: yauzl.Options, done: (error: Error | null, zip: ZipFile) => void) => void;
const open = promisify(yauzl.open as Open);
const lazy = { lazyEntries: true, autoClose: false };

async function texts(archive: ZipFile): Promise<string[]> {
  const view = promisifyAll(archive);
  const found: string[] = [];
  const entries = toIterable(fromEvent<Entry>(archive, 'entry', { end: 'end' }));
  const first = entries.next(); // listens from here on
  view.readEntry();
  for (let next = await first; !next.done; next = await entries.next()) {
    const stream = await view.openReadStreamAsync(next.value);
    found.push(String(Buffer.concat(await toPromise(fromStream(stream), { fold: toArray() }))));
    view.readEntry();
  }
  return found;
}

let opened = 0;
testHost<null>({
  name: 'yauzl 3.4.0',
  converted: 'promisify(yauzl.open), promisifyAll(zip).openReadStreamAsync(entry)',
  open: () => null,
  close: remove,
  same: [
    [
      'an archive',
      async () => (await open(file, lazy)).entryCount,
      async () => (await yauzl.openPromise(file, lazy)).entryCount,
    ],
    [
      'no archive',
      () => open(import.meta.filename, lazy),
      () => yauzl.openPromise(import.meta.filename, lazy),
    ],
    ['no file', () => open(join(path, 'none'), lazy), () => yauzl.openPromise(join(path, 'none'), lazy)],
  ],
  fast: true,
  slow(_, options) {
    opened++;
    const dispose = (late: ZipFile) => {
      opened--;
      late.close();
    };
    return open.with({ ...options, dispose })(file, lazy);
  },
  async works() {
    const archive = await open(file, lazy);
    expect(await texts(archive)).toEqual(['it works', 'it works']);
    expect(archive.eventNames().filter((name) => name !== 'error')).toEqual([]);
    archive.close();
  },
  more() {
    test('every archive that was opened too late was closed', async () => {
      await until(() => opened === 0);
      if (process.platform === 'linux') await until(() => readdirSync('/proc/self/fd').length < 500);
    });
  },
});
