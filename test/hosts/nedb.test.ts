import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import nedb from '@seald-io/nedb';
import { promisify } from 'anyasync';
import { testHost } from './host.js';

// Its types say a default export, which CommonJS has not.
const Datastore = nedb as unknown as typeof nedb.default;
type Store = InstanceType<typeof Datastore<Document>>;
type Document = { readonly _id: string; readonly n: number };
type Done<T> = (error: Error | null, result: T) => void;

const find = (db: Store) => promisify(db.find.bind(db) as (query: object, done: Done<Document[]>) => void);
const insert = (db: Store) =>
  promisify(db.insert.bind(db) as (document: object, done: Done<Document>) => void);

const folder = mkdtempSync(join(tmpdir(), 'anyasync-nedb-'));

testHost<Store>({
  name: '@seald-io/nedb 4.1.2',
  converted: 'promisify(db.insert.bind(db))',
  async open() {
    const db = new Datastore<Document>({ filename: join(folder, 'db'), autoload: true });
    await insert(db)({ _id: 'one', n: 1 });
    return db;
  },
  close: () => rmSync(folder, { recursive: true }),
  same: [
    ['find', (db) => find(db)({ n: 1 }), (db) => db.findAsync({ n: 1 })],
    [
      'a second document of one id',
      (db) => insert(db)({ _id: 'one', n: 2 }),
      (db) => db.insertAsync({ _id: 'one', n: 2 }),
    ],
  ],
  fast: true,
  slow: (db, options) => insert(db).with(options)({ n: 3 }), // written to the disk
  works: (db) => find(db)({ n: 1 }),
});
