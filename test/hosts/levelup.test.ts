import type { Readable } from 'node:stream';
import { fromStream, toIterable } from '@anyasync/iterable';
import { promisify, promisifyAll, toArray, toPromise } from 'anyasync';
import levelup, { type LevelUp } from 'levelup';
import memdown from 'memdown';
import { expect, test } from 'vitest';
import { testHost } from './host.js';

type Get = (key: string, done: (error: Error | undefined, value: Buffer) => void) => void;
/** memdown, but that the key `slow` is never answered. */
class Store extends memdown {
  override _get(key: Buffer, options: object, done: (error?: Error, value?: Buffer) => void): void {
    if (String(key) !== 'slow') super._get(key, options, done);
  }
}
const get = (db: LevelUp) => promisify(db.get.bind(db) as Get);

testHost<LevelUp>({
  name: 'levelup 5.1.1',
  converted: 'promisify(db.get.bind(db))',
  async open() {
    const db = levelup(new Store() as unknown as Parameters<typeof levelup>[0]);
    await promisify(db.put.bind(db) as (key: string, value: string, done: (error?: Error) => void) => void)(
      'key',
      'it works',
    );
    return db;
  },
  close: (db) => promisifyAll(db).closeAsync(),
  emitters: (db) => [db],
  same: [
    ['a value', (db) => get(db)('key'), (db) => db.get('key')],
    ['an error', (db) => get(db)('none'), (db) => db.get('none')],
  ],
  slow: (db, options) => get(db).with(options)('slow'),
  works: async (db) => expect([String(await get(db)('key')), db.isOpen()]).toEqual(['it works', true]),
  more(db) {
    test('a view: isOpen() and streams as they are, a chain that writes', async () => {
      const view = promisifyAll(db());
      expect([view.isOpen(), view.isClosed()]).toEqual([true, false]);
      const batch = view.batch().put('a', '1').put('b', '2');
      await promisifyAll(batch).writeAsync();
      expect(String(await view.getAsync('b'))).toBe('2');
      const keys = await toPromise(fromStream(view.createKeyStream() as Readable), { fold: toArray() });
      expect(keys.map(String)).toEqual(['a', 'b', 'key']);
    });

    test('a read stream that is left half way does not close the store', async () => {
      const values = toIterable(fromStream(db().createValueStream() as Readable));
      for await (const value of values) {
        expect(String(value)).toBe('1');
        break;
      }
      expect(db().isOpen()).toBe(true);
    });

    test('iterators, by their callbacks', async () => {
      const iterator = db().iterator({ gte: 'key' });
      const next = promisify(
        iterator.next.bind(iterator) as (
          done: (error: Error | undefined, key: Buffer, value: Buffer) => void,
        ) => void,
        { values: ['key', 'value'] },
      );
      expect(String((await next()).value)).toBe('it works');
      expect((await next()).key).toBeUndefined();
      await promisify(iterator.end.bind(iterator) as (done: (error?: Error) => void) => void)();
    });
  },
});
