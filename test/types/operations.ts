import * as fs from 'node:fs';
import { fromCallback, toCallback } from '@anyasync/callback';
import { first, type Itemless, type Operation } from '@anyasync/core';
import { toPromise } from '@anyasync/promise';
import { type Equal, is } from './equal.js';

declare const some: <F>() => F;
type Done<T> = (error: Error | null, value: T) => void;

// The arguments of the call choose the overload
{
  const text = fromCallback(fs.readFile, 'x', 'utf8');
  is<Equal<typeof text, Operation<string>>>();
  const bytes: Operation<Buffer> = fromCallback(fs.readFile, 'x');
  const withOptions = fromCallback(fs.readFile, 'x', { encoding: 'utf8' });
  is<Equal<typeof withOptions, Operation<string>>>();
  const nothing = fromCallback(fs.unlink, 'x');
  is<Equal<typeof nothing, Operation<void>>>();
  // @ts-expect-error bytes
  const wrong: Operation<string> = fromCallback(fs.readFile, 'x');
  // @ts-expect-error no overload takes a Date
  fromCallback(fs.readFile, new Date());
  // @ts-expect-error the path is missing
  fromCallback(fs.readFile);

  type Get = { (key: string, done: Done<number>): void; (keys: string[], done: Done<number[]>): void };
  const one = fromCallback(some<Get>(), 'a');
  is<Equal<typeof one, Operation<number>>>();
  const many = fromCallback(some<Get>(), ['a', 'b']);
  is<Equal<typeof many, Operation<number[]>>>();
  const optional = fromCallback(some<(a: string, b?: number, done?: Done<Date>) => void>(), 'a');
  is<Equal<typeof optional, Operation<Date>>>();
  const rest = fromCallback(some<(...all: [...numbers: number[], done: Done<Date>]) => void>(), 1, 2, 3);
  is<Equal<typeof rest, Operation<Date>>>();
  const list = fromCallback(some<(a: { all: string[]; mode: 'a' | 'b' }, done: Done<Date>) => void>(), {
    all: ['a'],
    mode: 'a',
  });
  is<Equal<typeof list, Operation<Date>>>();
  const untyped = fromCallback(some<any>(), 1, 'x');
  is<Equal<typeof untyped, Operation<any>>>();
  // @ts-expect-error takes no callback
  fromCallback((a: number) => 1, 1);
}

// An operation that ends with one value
{
  toCallback(some<Operation<number>>(), (error, value) => {
    if (!error) value.toFixed();
  });
  toCallback(some<Operation<void>>(), (error) => {});
  toCallback(some<Operation<number>>(), some<Done<number>>(), { timeout: 5 });
  // @ts-expect-error the value is a number
  toCallback(some<Operation<number>>(), some<Done<string>>());
  // @ts-expect-error items would be lost
  toCallback(some<Operation<void, number>>(), () => {});
}

// Items need a place, and the error says what to pass
{
  const hint: Itemless<number> =
    'this operation emits items; pass { fold: first() } or another fold, or { next } to take them';
  is<Equal<[Itemless<never>, Itemless<any>], [unknown, unknown]>>();
  // @ts-expect-error items would be lost
  toPromise(some<Operation<void, number>>());
  // @ts-expect-error items would be lost
  toPromise(some<Operation<void, number>>(), { timeout: 5 });
  const folded: Promise<number> = toPromise(some<Operation<void, number>>(), { fold: first() });
  const loose: Promise<number> = toPromise(some<Operation<number, any>>());
  const untyped: Promise<any> = toPromise(some<any>());
  const generic = <T>(operation: Operation<T>): Promise<T> => toPromise(operation);
  const all: Promise<string>[] = some<Operation<string>[]>().map((operation) => toPromise(operation));
}
