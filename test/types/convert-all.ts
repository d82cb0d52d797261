import { type CallbackTypes, callback, convention } from '@anyasync/callback';
import { type ConvertedAll, convertAll, first, type PromiseTypes, toArray } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { type Equal, is, overloads } from './equal.js';

type Done<T> = (error: Error | null, value: T) => void;

interface Store {
  readonly name: string;
  get(key: string): Promise<number>;
  set(key: string, value: number): Promise<void>;
  find(filter: (n: number) => boolean): number;
  close?(): Promise<void>;
}
declare const store: Store;

// In place of the original methods
declare const picked: () => ConvertedAll<Store, PromiseTypes, CallbackTypes, '', readonly ['get']>;
{
  const view = convertAll(store, promise, callback, { suffix: '', exclude: ['name'] });
  view.get('key', (error, value) => {
    if (!error) value.toFixed();
  });
  view.set('key', 1, (error) => {});
  // @ts-expect-error a function of another style would be converted as well: name it in { exclude }
  view.find;
  is<Equal<ReturnType<typeof picked>['find'], Store['find']>>();
  is<Equal<typeof view.name, string>>();
  view.close?.((error) => {});
  // @ts-expect-error the callback is missing
  view.get('key');
  // @ts-expect-error read-only
  view.name = 'x';
  const without = convertAll(store, promise, callback, { suffix: '', exclude: ['find'] });
  is<Equal<typeof without.find, Store['find']>>();
  without.set('key', 1, (error) => {});
  // @ts-expect-error nobody says which
  convertAll(store, promise, callback, { suffix: '' });
  // @ts-expect-error no such method
  convertAll(store, promise, callback, { exclude: ['none'] });
}

// Beside the original methods
{
  const view = convertAll(store, promise, callback, { suffix: 'Cb', pick: ['get', 'find'], timeout: 5 });
  const original: Promise<number> = view.get('key');
  view.getCb('key', (error, value) => {});
  is<Equal<Exclude<keyof typeof view, keyof Store>, 'getCb'>>();
  const beside = convertAll(store, promise, callback);
  is<Equal<Exclude<keyof typeof beside, keyof Store>, 'getAsync' | 'setAsync' | 'closeAsync'>>();
  beside.closeAsync?.((error) => {});
}

// Which methods: what only the run can know is optional, and in place it is either
{
  const some = convertAll(store, promise, callback, { pick: /et$/ });
  some.getAsync?.('key', (error, value) => {});
  // @ts-expect-error perhaps it is not picked
  some.getAsync('key', (error, value) => {});
  const inPlace = convertAll(store, promise, callback, { suffix: '', exclude: (name) => name.length > 3 });
  // @ts-expect-error perhaps it takes a callback
  inPlace.get('key');
  const guarded = convertAll(store, promise, callback, {
    suffix: '',
    pick: (name: string): name is 'get' | 'find' => /get/.test(name),
  });
  guarded.get('key', (error, value) => {});
  is<Equal<typeof guarded.set, Store['set']>>();
  const others = convertAll(store, promise, callback, {
    exclude: (name: string): name is 'get' => name === 'get',
  });
  is<Equal<Exclude<keyof typeof others, keyof Store>, 'setAsync' | 'closeAsync'>>();
}

// Items
interface Source {
  lines(next: (line: string) => void, path: string): void;
  words(next: (word: string) => void): void;
  name: string;
}
declare const source: Source;
const repeated = convention({ style: 'value-only', position: 'first', multiple: true });
{
  const all = convertAll(source, repeated, promise, { fold: toArray(), suffix: 'All' });
  overloads<typeof all.linesAll, [[unknown, [path: string], Promise<string[]>]]>();
  overloads<typeof all.wordsAll, [[unknown, [], Promise<string[]>]]>();
  const one = convertAll(source, repeated, promise, { fold: first(), suffix: '', pick: ['lines'] });
  overloads<typeof one.lines, [[unknown, [path: string], Promise<string>]]>();
  is<Equal<typeof one.words, Source['words']>>();
  const taken = convertAll(source, repeated, callback, { next: (line) => void line.length });
  taken.linesAsync('x', (error) => {});
  const kept = convertAll(source, repeated, convention({ style: 'value-only', multiple: true }));
  kept.linesAsync('x', (line) => void line.length);
  // @ts-expect-error items would be lost
  convertAll(source, repeated, promise);
}

// Classes: the methods are bound, private members do not matter
{
  class Client {
    #secret = 1;
    get(this: Client, key: string, done: Done<number>): void {}
  }
  const client = convertAll(new Client(), callback, promise, { suffix: '', pick: ['get'] });
  const value: Promise<number> = client.get('key');
  const { get } = client;
  const detached: Promise<number> = get('key');
}
