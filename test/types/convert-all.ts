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

// A view in another style
declare const picked: () => ConvertedAll<Store, PromiseTypes, CallbackTypes, '', 'get'>;
{
  const view = convertAll(store, promise, callback);
  view.get('key', (error, value) => {
    if (!error) value.toFixed();
  });
  view.set('key', 1, (error) => {});
  // @ts-expect-error a function of another style would be converted as well: name those to convert in { pick }
  view.find;
  is<Equal<ReturnType<typeof picked>['find'], Store['find']>>();
  is<Equal<typeof view.name, string>>();
  view.close?.((error) => {});
  // @ts-expect-error the callback is missing
  view.get('key');
  // @ts-expect-error read-only
  view.name = 'x';
}

// Beside the original methods
{
  const view = convertAll(store, promise, callback, { suffix: 'Cb', pick: ['get', 'find'], timeout: 5 });
  const original: Promise<number> = view.get('key');
  view.getCb('key', (error, value) => {});
  is<Equal<Exclude<keyof typeof view, keyof Store>, 'getCb'>>();
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
  const one = convertAll(source, repeated, promise, { fold: first(), pick: ['lines'] });
  overloads<typeof one.lines, [[unknown, [path: string], Promise<string>]]>();
  is<Equal<typeof one.words, Source['words']>>();
  const taken = convertAll(source, repeated, callback, { next: (line) => void line.length });
  taken.lines('x', (error) => {});
  const kept = convertAll(source, repeated, convention({ style: 'value-only', multiple: true }));
  kept.lines('x', (line) => void line.length);
  // @ts-expect-error items would be lost
  convertAll(source, repeated, promise);
}

// Classes: the methods are bound, private members do not matter
{
  class Client {
    #secret = 1;
    get(this: Client, key: string, done: Done<number>): void {}
  }
  const client = convertAll(new Client(), callback, promise);
  const value: Promise<number> = client.get('key');
  const { get } = client;
  const detached: Promise<number> = get('key');
}
