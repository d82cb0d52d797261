import * as fs from 'node:fs';
import { promisifyAll } from '@anyasync/callback';
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

// A view: methods with a callback are replaced, every other member stays
{
  const client = promisifyAll(new Client());
  overloads<typeof client.get, [[unknown, [key: string], Promise<string>]]>();
  overloads<typeof client.mget, [[unknown, [keys: string[]], Promise<string[]>]]>();
  overloads<typeof client.listen, [[unknown, [port: number], Promise<void>]]>();
  const some: Promise<string> = client.get.with({ timeout: 5 })('key');
  const bound: Promise<string[]> = client.mget(['a']);
  is<Equal<typeof client.name, string>>();
  is<Equal<typeof client.getSync, (key: string) => string>>();
  is<Equal<typeof client.readSync, (key: string, done: Done<string>) => void>>();
  // @ts-expect-error it takes no callback, and would be a promise that never settles: name those to convert in { pick }
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

// With a suffix: both stand side by side, and only what has a callback gets one
{
  const client = promisifyAll(new Client(), { suffix: 'Async' });
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
  const client = promisifyAll(new Client(), { pick: ['get', 'readSync'], timeout: 5 });
  overloads<typeof client.get, [[unknown, [key: string], Promise<string>]]>();
  overloads<typeof client.readSync, [[unknown, [key: string], Promise<string>]]>();
  is<Equal<typeof client.mget, Client['mget']>>();
  const suffixed = promisifyAll(new Client(), { pick: ['get'], suffix: 'P' });
  is<Equal<Exclude<keyof typeof suffixed, keyof Client>, 'getP'>>();
  // @ts-expect-error no such method
  promisifyAll(new Client(), { pick: ['none'] });
}

// A name that the object has already is not touched
{
  class Both {
    get(done: Done<string>): void {}
    getAsync(): number {
      return 1;
    }
  }
  const both = promisifyAll(new Both(), { suffix: 'Async' });
  is<Equal<typeof both.getAsync, () => number>>();
}

// A module
{
  const files = promisifyAll(fs, { suffix: 'Async' });
  const text: Promise<string> = files.readFileAsync('x', 'utf8');
  const stats: Promise<fs.Stats> = files.statAsync('x');
  files.readFileSync('x');
  // @ts-expect-error a method that ends with Sync
  files.readFileSyncAsync;
  // @ts-expect-error a class
  files.StatsAsync;
  // @ts-expect-error returns a stream, takes no callback
  files.createReadStreamAsync;
  const view = promisifyAll(fs);
  const bytes: Promise<Buffer> = view.readFile('x');
  const sync: Buffer = view.readFileSync('x');
}
