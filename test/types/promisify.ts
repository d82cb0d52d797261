import {
  callback,
  convention,
  fromCallback,
  type Promisified,
  promisify,
  promisifyAll,
  universalify,
  valueCallback,
} from '@anyasync/callback';
import { convert } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { type Equal, is, overloads } from './equal.js';

type Done<T> = (error: Error | null, value: T) => void;
declare const some: <F>() => F;

// One signature: arguments with their labels, and the value
{
  const read = promisify(some<(path: string, done: Done<number>) => void>());
  overloads<typeof read, [[unknown, [path: string], Promise<number>]]>();
  is<Equal<ReturnType<typeof read>, Promise<number>>>();
  // @ts-expect-error the callback is no argument of the promise version
  read('x', () => {});
  // @ts-expect-error wrong argument
  read(1);
}

// The same function with options for one call, and `dispose` knows the value
{
  const read = promisify(some<(path: string, done: Done<number>) => void>());
  const once = read.with({
    signal: AbortSignal.timeout(1),
    timeout: 5,
    dispose: (value) => void value.toFixed(),
  });
  overloads<typeof once, [[unknown, [path: string], Promise<number>]]>();
  // @ts-expect-error no such option
  read.with({ sgnal: AbortSignal.timeout(1) });
  // @ts-expect-error the value is a number
  read.with({ dispose: (value: string) => {} });
}

// Overloads are kept in their order; one that takes no callback is left out
{
  type Get = {
    (key: string, done: Done<string>): void;
    (key: string): string | undefined;
    (keys: string[], done: Done<string[]>): void;
  };
  const get = promisify(some<Get>());
  overloads<
    typeof get,
    [[unknown, [key: string], Promise<string>], [unknown, [keys: string[]], Promise<string[]>]]
  >();
  is<Equal<ReturnType<typeof get>, Promise<string[]>>>();
  const one: Promise<string> = get('a');
  const many: Promise<string[]> = get.with({ timeout: 5 })(['a']);
}

// Type parameters are kept
{
  const same = promisify(<T>(value: T, done: Done<T>) => {});
  const result: Promise<Date> = same(new Date());
  const kept: <T>(value: T) => Promise<T> = same;
  const maybe = promisify(<T extends object>(value: T, done?: Done<T[]>) => {});
  is<Equal<ReturnType<typeof maybe<Date>>, Promise<Date[]>>>();
  // @ts-expect-error outside the constraint
  maybe(1);
}

// `this` is enforced
{
  class Client {
    url = '';
  }
  const get = promisify(function (this: Client, key: string, done: Done<number>) {});
  overloads<typeof get, [[Client, [key: string], Promise<number>]]>();
  const result: Promise<number> = get.call(new Client(), 'key');
  // @ts-expect-error without its `this`
  get('key');
}

// Optional callbacks, optional and rest arguments before them, many arguments
{
  const optional = promisify(some<(a: string, done?: Done<number>) => void>());
  overloads<typeof optional, [[unknown, [a: string], Promise<number>]]>();
  const orUndefined = promisify(some<(a: string, done: Done<number> | undefined) => void>());
  overloads<typeof orUndefined, [[unknown, [a: string], Promise<number>]]>();
  const before = promisify(some<(a: string, b?: number, done?: Done<number>) => void>());
  overloads<typeof before, [[unknown, [a: string, b?: number | undefined], Promise<number>]]>();
  const rest = promisify(some<(...all: [...numbers: number[], done: Done<string>]) => void>());
  overloads<typeof rest, [[unknown, number[], Promise<string>]]>();
  const afterRest = promisify(some<(...all: [a: Date, ...b: number[], done: Done<string>]) => void>());
  overloads<typeof afterRest, [[unknown, [a: Date, ...b: number[]], Promise<string>]]>();
  const seven = promisify(some<(a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7, done: Done<string>) => void>());
  overloads<typeof seven, [[unknown, [a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7], Promise<string>]]>();
  const optionsOrCallback = promisify(some<(a: string, b: string | Done<number>) => void>());
  overloads<typeof optionsOrCallback, [[unknown, [a: string], Promise<number>]]>();
}

// What the callback gets
{
  const union = promisify(some<(done: (...r: [error: Error] | [error: null, v: Date]) => void) => void>());
  is<Equal<ReturnType<typeof union>, Promise<Date>>>();
  const orNull = promisify(some<(done: Done<string | null>) => void>());
  is<Equal<ReturnType<typeof orNull>, Promise<string | null>>>();
  const orUndefined = promisify(some<(done: Done<string | undefined>) => void>());
  is<Equal<ReturnType<typeof orUndefined>, Promise<string | undefined>>>();
  const left = promisify(some<(done: (error?: Error | null, value?: string) => void) => void>());
  is<Equal<ReturnType<typeof left>, Promise<string>>>();
  const errorOnly = promisify(some<(done: (error: Error | null) => void) => void>());
  is<Equal<ReturnType<typeof errorOnly>, Promise<void>>>();
  const errorMaybe = promisify(some<(done: (error?: Error) => void) => void>());
  is<Equal<ReturnType<typeof errorMaybe>, Promise<void>>>();
  const nothing = promisify(some<(done: () => void) => void>());
  is<Equal<ReturnType<typeof nothing>, Promise<void>>>();
  const notNullable = promisify(some<(done: (error: Error, value: string) => void) => void>());
  is<Equal<ReturnType<typeof notNullable>, Promise<string>>>();
  const unknownError = promisify(some<(done: (error: unknown, value: string) => void) => void>());
  is<Equal<ReturnType<typeof unknownError>, Promise<string>>>();
  const anyError = promisify(some<(done: (error: any, value: any) => void) => void>());
  is<Equal<ReturnType<typeof anyError>, Promise<any>>>();
  const several = promisify(some<(done: (error: Error | null, a: string, b: number) => void) => void>());
  is<Equal<ReturnType<typeof several>, Promise<string>>>();
  const open = promisify(some<(done: (error: Error | null, ...values: string[]) => void) => void>());
  is<Equal<ReturnType<typeof open>, Promise<string | undefined>>>();
  const untyped = promisify(some<(a: string, done: Function) => void>());
  overloads<typeof untyped, [[unknown, [a: string], Promise<unknown>]]>();
  const thenable = promisify(some<(done: Done<Promise<string>>) => void>());
  is<Equal<ReturnType<typeof thenable>, Promise<string>>>();
}

// `any`, and functions of any arguments
{
  const untyped = promisify(some<any>());
  overloads<typeof untyped, [[unknown, any[], Promise<any>]]>();
  const open = promisify(some<(...args: any[]) => any>());
  overloads<typeof open, [[unknown, any[], Promise<any>]]>();
}

// Written in place, as an expression with the keyword
{
  const read = promisify(function read(path: string, done: Done<number>) {});
  overloads<typeof read, [[unknown, [path: string], Promise<number>]]>();
  const same = promisify(function same<T>(value: T, done: Done<T>) {});
  const date: Promise<Date> = same(new Date());
}

// Methods of a class, also through a subclass
{
  class Store {
    get(key: string, done: Done<number>): void {}
    all(done: Done<number[]>): void;
    all(filter: string, done: Done<number[]>): void;
    all(...args: unknown[]): void {}
  }
  class Cache extends Store {}
  const get = promisify(new Cache().get);
  overloads<typeof get, [[unknown, [key: string], Promise<number>]]>();
  const all = promisify(new Store().all);
  overloads<typeof all, [[unknown, [], Promise<number[]>], [unknown, [filter: string], Promise<number[]>]]>();
}

// A promise version that the function brings along
{
  const custom: unique symbol = Symbol('nodejs.util.promisify.custom');
  type Own = { (path: string, done: Function): void; [custom]: <T>(path: T) => Promise<T> };
  const own = promisify(some<Own>());
  const result: Promise<Date> = own(new Date());
  const again: Promise<Date> = own.with({ timeout: 1 })(new Date());
}

// Functions that take no callback: these calls could never settle
{
  // @ts-expect-error no arguments
  promisify(() => 1);
  // @ts-expect-error no callback among the arguments
  promisify((a: number, b: string) => 1);
  // @ts-expect-error an async function
  promisify(async () => 1);
  // @ts-expect-error an async function with arguments
  promisify(async (a: number) => 1);
  // @ts-expect-error a generic function
  promisify(<T>(a: T) => a);
  // @ts-expect-error no overload
  promisify(some<{ (a: string): void; (a: number): void }>());
  // @ts-expect-error only a rest of strings
  promisify((...all: string[]) => {});
  // @ts-expect-error no function
  promisify('x');
}

// A callback whose first argument cannot be an error: its value would be taken for one
{
  type Exists = (path: string, done: (there: boolean) => void) => void;
  // @ts-expect-error written in place
  promisify((path: string, done: (there: boolean) => void) => {});
  // @ts-expect-error a function that exists
  promisify(some<Exists>());
  // @ts-expect-error with options
  promisify(some<Exists>(), { timeout: 5 });
  // @ts-expect-error with values
  promisify(some<Exists>(), { values: 'all' });
  // @ts-expect-error convert
  convert(some<Exists>(), callback, promise);
  // @ts-expect-error fromCallback
  fromCallback(some<Exists>(), 'a');
  // @ts-expect-error universalify
  universalify(some<Exists>());
  // @ts-expect-error an object that is no error
  promisify(some<(done: (position: { lat: number }) => void) => void>());
  // @ts-expect-error a function
  promisify(some<(done: (next: () => void) => void) => void>());
  // @ts-expect-error generic, too
  promisify(<T extends number>(value: T, done: (same: number) => void) => {});
  class Door {
    isOpen(done: (open: boolean) => void): void {}
    open(done: (error?: Error) => void): void {}
  }
  const door = promisifyAll(new Door(), { suffix: 'Async' });
  const opened: Promise<void> = door.openAsync();
  // @ts-expect-error it gets no promise version
  door.isOpenAsync();
  const there = promisify(some<Exists>(), { from: valueCallback });
  overloads<typeof there, [[unknown, [path: string], Promise<boolean>]]>();

  // The overload that has an error is taken
  const both = promisify(some<{ (done: (there: boolean) => void): void; (a: 1, done: Done<Date>): void }>());
  overloads<typeof both, [[unknown, [a: 1], Promise<Date>]]>();
}

// All these can be errors
{
  type Fails<E> = (done: (error: E, value: number) => void) => void;
  type Failure =
    | Fails<string | null>
    | Fails<string | undefined>
    | Fails<NodeJS.ErrnoException>
    | Fails<{ message: string; code: number }>
    | Fails<{ name: string }>
    | Fails<object>
    | Fails<{}>
    | Fails<{ message?: string }>
    | Fails<null>
    | Fails<never>
    | Fails<unknown>
    | Fails<any>
    | Fails<number | Error>;
  type Each<F> = F extends unknown ? Promisified<F> : never;
  is<Equal<Each<Failure>, () => Promise<number>>>();
  const generic = promisify(<E, T>(value: T, done: (error: E | null, value: T) => void) => {});
  const date: Promise<Date> = generic(new Date());
  const codes = convention({ isError: (code) => code !== 0 });
  const coded = promisify(some<Fails<number>>(), { from: codes });
  overloads<typeof coded, [[unknown, [], Promise<number>]]>();
}
