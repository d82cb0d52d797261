// The installed RxJS, here version 7: what its functions become.
import * as childProcess from 'node:child_process';
import * as dns from 'node:dns';
import * as fs from 'node:fs';
import { callback } from '@anyasync/callback';
import { convert, convertAll, first, type Operation } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import {
  bindCallback,
  bindNodeCallback,
  firstValueFrom,
  fromObservable,
  type RxObservable,
  rxjs,
  toObservable,
} from '@anyasync/rxjs';
import { map, type Observable, retry } from 'rxjs';
import Zen from 'zen-observable';
import { type Equal, is, overloads } from './equal.js';

declare const some: <F>() => F;
type Done<T> = (error: Error | null, value: T) => void;

is<Equal<RxObservable<Date>, Observable<Date>>>();

// convert() keeps all overloads, and the type of the Observable
{
  const read = convert(fs.readFile, callback, rxjs);
  const text: Observable<string> = read('x', 'utf8');
  const bytes: Observable<Buffer> = read('x');
  const size: Observable<number> = read('x', { encoding: 'utf8' }).pipe(
    retry(2),
    map((all) => all.length),
  );
  // @ts-expect-error without an encoding it is a buffer
  const wrong: Observable<string> = read('x');
  const back = convert((id: string) => some<Observable<number>>(), rxjs, promise, { fold: first() });
  overloads<typeof back, [[unknown, [id: string], Promise<number>]]>();
  // @ts-expect-error items would be lost
  convert((id: string) => some<Observable<number>>(), rxjs, promise);
  const view = convertAll({ get: async (key: string) => key.length }, promise, rxjs);
  const got: Observable<number> = view.get$('a');
  const kept: Promise<number> = view.get('a');
}

// bindNodeCallback: Node's functions
{
  const read = bindNodeCallback(fs.readFile);
  const text: Observable<string> = read('x', 'utf8');
  const bytes: Observable<Buffer> = read('x');
  const limited: Observable<Buffer> = read.with({ signal: AbortSignal.timeout(1) })('x');
  const stats: Observable<fs.Stats> = bindNodeCallback(fs.stat)('x');
  const big: Observable<fs.BigIntStats> = bindNodeCallback(fs.stat)('x', { bigint: true });
  const names: Observable<string[]> = bindNodeCallback(fs.readdir)('x');
  const entries: Observable<fs.Dirent[]> = bindNodeCallback(fs.readdir)('x', { withFileTypes: true });
  const out: Observable<{ stdout: string; stderr: string }> = bindNodeCallback(childProcess.exec)('ls');
  const address: Observable<dns.LookupAddress> = bindNodeCallback(dns.lookup)('example.org');
  const exists: Observable<boolean> = bindNodeCallback(fs.exists)('x');
  const nothing: Observable<void> = bindNodeCallback(fs.unlink)('x');
  // @ts-expect-error wrong argument
  read(new Date());
  // @ts-expect-error takes no callback
  bindNodeCallback((n: number) => n);
}

// bindNodeCallback: functions of your own
{
  const one = bindNodeCallback(some<(path: string, mode: number, done: Done<Date>) => void>());
  overloads<typeof one, [[unknown, [path: string, mode: number], Observable<Date>]]>();
  const optional = bindNodeCallback(some<(path: string, done?: Done<Date>) => void>());
  overloads<typeof optional, [[unknown, [path: string], Observable<Date>]]>();
  const generic = bindNodeCallback(<T>(value: T, done: Done<T>) => done(null, value));
  const kept: Observable<'a'> = generic('a' as const);
  const method = bindNodeCallback(some<(this: Map<string, Date>, key: string, done: Done<Date>) => void>());
  overloads<typeof method, [[Map<string, Date>, [key: string], Observable<Date>]]>();
  type Get = { (key: string, done: Done<string>): void; (keys: string[], done: Done<string[]>): void };
  const get = bindNodeCallback(some<Get>());
  const single: Observable<string> = get('a');
  const several: Observable<string[]> = get(['a']);

  const two = some<(id: string, done: (error: Error | null, a: Date, b: number) => void) => void>();
  const firstOfTwo: Observable<Date> = bindNodeCallback(two)('a');
  const shared: Observable<Date> = bindNodeCallback(two, { share: 'replay', timeout: 5 })('a');
  const all: Observable<[a: Date, b: number]> = bindNodeCallback(two, { values: 'all' })('a');
  const named = bindNodeCallback(two, { values: ['when', 'size'] });
  const object: Observable<{ when: Date; size: number }> = named('a');
  // @ts-expect-error only replay
  bindNodeCallback(two, { share: 'once' });
  // @ts-expect-error no such option
  bindNodeCallback(two, { timeuot: 5 });
  // @ts-expect-error a result selector is map()
  bindNodeCallback(two, (a: Date) => a);
}

// bindCallback
{
  const one = bindCallback(some<(path: string, done: (value: Date) => void) => void>());
  overloads<typeof one, [[unknown, [path: string], Observable<Date>]]>();
  const nothing: Observable<void> = bindCallback(some<(path: string, done: () => void) => void>())('x');
  const generic = bindCallback(<T>(value: T, done: (value: T) => void) => done(value));
  const kept: Observable<'a'> = generic('a' as const);
  const two = some<(id: string, done: (a: Date, b: number) => void) => void>();
  const all: Observable<[a: Date, b: number]> = bindCallback(two, { values: 'all' })('a');
  // @ts-expect-error a date
  const wrong: Observable<string> = one('x');
}

// Operations and values
{
  const items: Observable<Date> = toObservable(some<Operation<void, Date>>());
  const here: Observable<number> = toObservable(fromObservable(Zen.of(1)));
  const value: Promise<number> = firstValueFrom(here);
  const orNull: Promise<number | null> = firstValueFrom(here, { defaultValue: null });
  // @ts-expect-error a date
  const wrong: Observable<string> = toObservable(some<Operation<Date>>());
}

// A callback whose first argument cannot be an error is bindCallback's
{
  // @ts-expect-error bindNodeCallback would take the value for an error
  bindNodeCallback((path: string, done: (there: boolean) => void) => {});
  const exists = bindCallback((path: string, done: (there: boolean) => void) => {});
}
