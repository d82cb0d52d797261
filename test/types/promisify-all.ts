import { EventEmitter } from 'node:events';
import * as fs from 'node:fs';
import { Duplex } from 'node:stream';
import { promisifyAll, universalifyAll, valueCallback } from '@anyasync/callback';
import { type Equal, is, overloads } from './equal.js';

type Done<T> = (error: Error | null, value: T) => void;

class Client {
  name = 'client';
  readonly size = 1;
  #secret = 1;
  get(key: string, done: Done<string>): void {}
  mget(this: Client, keys: string[], done: Done<string[]>): void {}
  getSync(key: string): string {
    return key;
  }
  readSync(key: string, done: Done<string>): void {}
  count(): number {
    return 1;
  }
  async ready(): Promise<void> {}
  scan?(done: Done<number>): void;
  untyped: any;
  listen(port: number): void;
  listen(port: number, done: () => void): void;
  listen(...args: unknown[]): void {}
  toString(): string {
    return '';
  }
}

// In place: methods with a callback are replaced, every other member stays
{
  const client = promisifyAll(new Client(), { suffix: '', exclude: ['name'] });
  overloads<typeof client.get, [[unknown, [key: string], Promise<string>]]>();
  overloads<typeof client.mget, [[unknown, [keys: string[]], Promise<string[]>]]>();
  overloads<typeof client.listen, [[unknown, [port: number], Promise<void>]]>();
  const some: Promise<string> = client.get.with({ timeout: 5 })('key');
  const bound: Promise<string[]> = client.mget(['a']);
  is<Equal<typeof client.name, string>>();
  is<Equal<typeof client.getSync, (key: string) => string>>();
  is<Equal<typeof client.readSync, (key: string, done: Done<string>) => void>>();
  // @ts-expect-error it takes no callback, and would be a promise that never settles: name it in { exclude }
  client.count;
  // @ts-expect-error the same
  client.ready;
  is<Equal<typeof client.toString, () => string>>();
  is<Equal<typeof client.untyped, any>>();
  const scanned: Promise<number> | undefined = client.scan?.();
  // @ts-expect-error an optional method may be missing
  client.scan();
  // @ts-expect-error read-only
  client.size = 2;
}

// Both stand side by side, and only what has a callback gets a promise version
{
  const client = promisifyAll(new Client());
  overloads<typeof client.getAsync, [[unknown, [key: string], Promise<string>]]>();
  client.get('key', (error, value) => {});
  const original: Client = client;
  const scanned: Promise<number> | undefined = client.scanAsync?.();
  is<
    Equal<Exclude<keyof typeof client, keyof Client>, 'getAsync' | 'mgetAsync' | 'scanAsync' | 'listenAsync'>
  >();
  // @ts-expect-error a method that ends with Sync
  client.readSyncAsync;
  // @ts-expect-error a method without a callback
  client.countAsync;
}

// Only some of the methods
{
  const client = promisifyAll(new Client(), { suffix: '', pick: ['get', 'readSync'], timeout: 5 });
  overloads<typeof client.get, [[unknown, [key: string], Promise<string>]]>();
  overloads<typeof client.readSync, [[unknown, [key: string], Promise<string>]]>();
  is<Equal<typeof client.mget, Client['mget']>>();
  const suffixed = promisifyAll(new Client(), { pick: ['get'], suffix: 'P' });
  is<Equal<Exclude<keyof typeof suffixed, keyof Client>, 'getP'>>();
  // @ts-expect-error no such method
  promisifyAll(new Client(), { pick: ['none'] });
  // @ts-expect-error nobody says which
  promisifyAll(new Client(), { suffix: '' });
}

// A name that the object has already is not touched
{
  class Both {
    get(done: Done<string>): void {}
    getAsync(): number {
      return 1;
    }
  }
  const both = promisifyAll(new Both());
  is<Equal<typeof both.getAsync, () => number>>();
}

// A module
{
  const files = promisifyAll(fs);
  const text: Promise<string> = files.readFileAsync('x', 'utf8');
  const stats: Promise<fs.Stats> = files.statAsync('x');
  files.readFileSync('x');
  // @ts-expect-error a method that ends with Sync
  files.readFileSyncAsync;
  // @ts-expect-error a class
  files.StatsAsync;
  // @ts-expect-error returns a stream, takes no callback
  files.createReadStreamAsync;
  const view = promisifyAll(fs, { suffix: '', pick: ['readFile'] });
  const stream: fs.ReadStream = view.createReadStream('x');
  const bytes: Promise<Buffer> = view.readFile('x');
  const sync: Buffer = view.readFileSync('x');
}

// What makes an emitter or a stream is shown as it is, and so is what was converted before
{
  class Database extends EventEmitter {
    read(key: string, done: Done<string>): void {}
    readAsync(key: string): Promise<string> {
      return Promise.resolve(key);
    }
    close(done: Done<void>): void {}
    closeAsync(done: Done<void>): void {}
  }
  const database = promisifyAll(new Database());
  is<Equal<Exclude<keyof typeof database, keyof Database>, never>>();
  database.on('open', () => {}).once('close', () => {});
  class Line extends Duplex {
    ask(question: string, done: Done<string>): void {}
  }
  const line = promisifyAll(new Line());
  is<Equal<Exclude<keyof typeof line, keyof Line>, 'askAsync'>>();
  const inPlace = promisifyAll(new Line(), { suffix: '', pick: ['ask', 'write', 'on'] });
  const answer: Promise<string> = inPlace.ask('?');
  is<Equal<typeof inPlace.write, Line['write']>>();
  is<Equal<typeof inPlace.on, Line['on']>>();
}

// Everything that promisify takes
{
  interface Store {
    size(done: (value: number) => void): void;
    pair(key: string, done: (error: Error | null, a: string, b: number) => void): void;
  }
  const store = {} as Store;
  const sized = promisifyAll(store, { from: valueCallback, pick: ['size'] });
  const size: Promise<number> = sized.sizeAsync();
  const all = promisifyAll(store, { values: 'all' });
  const both: Promise<[string, number]> = all.pairAsync('key');
  const named = promisifyAll(store, { values: ['a', 'b'], suffix: '', pick: ['pair'] });
  const pair: Promise<{ a: string; b: number }> = named.pair('key');
}

// Members that are objects or classes
{
  class Item {
    readonly body = {
      type: 'text',
      get(kind: string, done: Done<string>): void {},
    };
    readonly subject = { get(done: Done<string>): void {} };
    readonly parts: string[] = [];
    load(done: Done<number>): void {}
  }
  const item = promisifyAll(new Item(), { deep: ['body'] });
  const text: Promise<string> = item.body.getAsync('text');
  item.body.get('text', (error, value) => {});
  const loaded: Promise<number> = item.loadAsync();
  // @ts-expect-error not named
  item.subject.getAsync;
  const all = promisifyAll({ Item, item: new Item() }, { deep: true });
  const subject: Promise<string> = all.item.subject.getAsync();
  const made: Promise<string> = new all.Item().body.getAsync('text');
  is<Equal<typeof all.item.parts, string[]>>();
  const Deep = promisifyAll(Item, { deep: true });
  const number: Promise<number> = new Deep().loadAsync();
}

// Both faces
{
  const both = universalifyAll(new Client());
  const text: Promise<string> = both.getAsync('key');
  const nothing: void = both.getAsync('key', (error, value) => value.length);
  // @ts-expect-error what has both faces has no options of a run
  both.getAsync.with;
  const files = universalifyAll(fs, { suffix: '', pick: ['stat'] });
  const stats: Promise<fs.Stats> = files.stat('x');
  files.stat('x', (error, value) => value.size);
  // @ts-expect-error nobody says which
  universalifyAll(fs, { suffix: '' });
}
