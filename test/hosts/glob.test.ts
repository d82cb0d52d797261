import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify as nodePromisify } from 'node:util';
import { fromEvent } from '@anyasync/iterable';
import { bindNodeCallback } from '@anyasync/rxjs';
import { promisify, toArray, toPromise } from 'anyasync';
import glob, { type IGlob } from 'glob';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';
import { folder, until } from './loopback.js';

type Glob = (
  pattern: string,
  options: glob.IOptions,
  done: (error: Error | null, paths: string[]) => void,
) => IGlob;
const find = promisify(glob as Glob);
const own = nodePromisify(glob as unknown as Glob);

const { path: cwd, remove } = folder('glob');
mkdirSync(join(cwd, 'deep'));
for (const name of ['a.txt', 'b.txt', 'deep/c.txt']) writeFileSync(join(cwd, name), '');
const names = ['a.txt', 'b.txt', 'deep/c.txt'];

let last: IGlob;
let searches = 0;
testHost<null>({
  name: 'glob 7.2.3',
  converted: 'promisify(glob)',
  open: () => null,
  close: remove,
  same: [
    ['paths', () => find('**/*.txt', { cwd }), () => own('**/*.txt', { cwd })],
    ['an error', () => find(null as never, {}), () => own(null as never, {})],
  ],
  fast: true,
  // A folder of its own for each: after its own abort(), with us or without, glob 7 never answers another search of the same folder.
  slow: (_, options) =>
    find.with({ ...options, onHandle: (it: unknown) => void (last = it as IGlob) })('**/*', {
      cwd: join(cwd, `${searches++}`),
    }),
  wasStopped: () => last.aborted,
  works: async () => expect(await find('**/*.txt', { cwd })).toEqual(names),
  more() {
    test('its matches are items, and its end is the end', async () => {
      const search = new glob.Glob('**/*.txt', { cwd });
      const matches = fromEvent<string>(search, 'match', { end: ['end', 'abort'] });
      expect((await toPromise(matches, { fold: toArray() })).sort()).toEqual(names);
      expect(
        search.listenerCount('match') + search.listenerCount('abort') + search.listenerCount('error'),
      ).toBe(0);
    });

    test('detached, a search goes on, and its folder can be searched again', async () => {
      const controller = new AbortController();
      const call = ending(() =>
        find.with({ cancel: 'detach', signal: controller.signal })('**/*.txt', { cwd }),
      );
      controller.abort(new Error('left'));
      expect(await call).toMatchObject({ message: 'left' });
      expect(await find('**/*.txt', { cwd })).toEqual(names);
    });

    test('bindNodeCallback: unsubscribing aborts the search', async () => {
      const search = bindNodeCallback(glob as Glob).with({
        onHandle: (it: unknown) => void (last = it as IGlob),
      });
      search('**/*', { cwd: join(cwd, 'unsubscribed') })
        .subscribe()
        .unsubscribe();
      await until(() => last.aborted);
    });
  },
});
