import { all, first, operation, toPromise } from 'anyasync';
import { fromEvent, toIterable } from 'anyasync/iterable';
import { IDBFactory } from 'fake-indexeddb';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';

// The types of the DOM are not there in a program for Node: this much is used of them.
interface Asked<T> extends EventTarget {
  readonly result: T;
  readonly error: Error | null;
  onsuccess: (() => void) | null;
  onerror: ((event: Event) => void) | null;
}
interface Store {
  readonly transaction: EventTarget & { abort(): void; objectStore(name: string): Store };
  get(key: string): Asked<unknown>;
  put(value: unknown, key: string): Asked<unknown>;
  add(value: unknown, key: string): Asked<unknown>;
  count(): Asked<number>;
}
interface Db {
  transaction(name: string, mode: 'readonly' | 'readwrite'): Store['transaction'];
  createObjectStore(name: string): Store;
  close(): void;
}

/** A request answers by an event, and its value is a property of it. */
const request = <T>(make: () => Asked<T>) =>
  operation<T>((receiver) => {
    const asked = make();
    const done = (): void => receiver.resolve(asked.result);
    const failed = (event: Event): void => {
      event.preventDefault(); // or the whole transaction is aborted
      receiver.reject(asked.error);
    };
    asked.addEventListener('success', done, { once: true });
    asked.addEventListener('error', failed, { once: true });
    receiver.onCancel(() => {
      asked.removeEventListener('success', done);
      asked.removeEventListener('error', failed);
    });
  });

const store = (db: Db, mode: 'readonly' | 'readwrite'): Store =>
  db.transaction('notes', mode).objectStore('notes');
const get = (db: Db, key: string) => request(() => store(db, 'readonly').get(key));
const put = (db: Db, key: string, text: string) => request(() => store(db, 'readwrite').put(text, key));

/** The library has no promises; this is what a user writes by hand. */
const byHand = <T>(asked: Asked<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = (event) => {
      event.preventDefault();
      reject(asked.error);
    };
  });

testHost<Db>({
  name: 'fake-indexeddb 6.2.8',
  converted: 'operation over an IDBRequest',
  async open() {
    const opening = new IDBFactory().open('test', 1) as unknown as Asked<Db>;
    const upgrade = toPromise(fromEvent(opening, 'upgradeneeded'), { fold: first() });
    const db = toPromise(request(() => opening));
    await upgrade;
    opening.result.createObjectStore('notes');
    await toPromise(put(await db, 'a', 'text'));
    return await db;
  },
  close: (db) => db.close(),
  same: [
    ['a value', (db) => toPromise(get(db, 'a')), (db) => byHand(store(db, 'readonly').get('a'))],
    [
      'a key that is there already',
      (db) => toPromise(request(() => store(db, 'readwrite').add('again', 'a'))),
      (db) => byHand(store(db, 'readwrite').add('again', 'a')),
    ],
  ],
  slow: (db, options) => toPromise(get(db, 'a'), options),
  fast: true,
  works: async (db) => expect(await toPromise(get(db, 'a'))).toBe('text'),
  more: (db) => {
    test('two requests in one transaction', async () => {
      const inOne = store(db(), 'readonly');
      const two = all([request(() => inOne.get('a')), request(() => inOne.count())]);
      expect(await toPromise(two)).toEqual(['text', 1]);
    });

    test('a loop over the events of a transaction that is left leaves no listener', async () => {
      const { transaction } = store(db(), 'readonly');
      const { listeners } = transaction as unknown as { listeners: { type: string }[] };
      const completes = (): number => listeners.filter(({ type }) => type === 'complete').length;
      const own = completes();
      const ends = toIterable(fromEvent(transaction, 'complete'), { eager: true });
      expect(completes()).toBe(own + 1);
      await ends.return?.();
      expect(completes()).toBe(own);
    });

    test('what is aborted by its transaction is an error', async () => {
      const writing = store(db(), 'readwrite');
      const ended = ending(() => toPromise(request(() => writing.put('lost', 'b'))));
      writing.transaction.abort();
      expect(await ended).toMatchObject({ name: 'AbortError' });
    });
  },
});
