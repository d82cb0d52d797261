import {
  type ConventionTypes,
  callback,
  callbackPair,
  convention,
  type NodeCallback,
  valueCallback,
} from '@anyasync/callback';
import {
  type Arguments,
  convert,
  count,
  type FunctionOf,
  first,
  last,
  type Style,
  type StyleTypes,
  sync,
  toArray,
} from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { type Equal, is, overloads } from './equal.js';

declare const some: <F>() => F;

/** A style outside this project: nothing here is known to `convert`. */
interface Stream<T> {
  subscribe(next: (item: T) => void): void;
}
interface StreamTypes extends StyleTypes {
  readonly items: true;
  readonly promiseVersion: false;
  readonly read: this['returns'] extends Stream<infer T> ? [this['args'], void, T] : never;
  readonly write: FunctionOf<
    this['this'],
    Arguments<this['args']>,
    Stream<[this['value']] extends [void] ? this['item'] : this['item'] | this['value']>
  >;
}
const stream = some<Style<StreamTypes>>();
const repeated = some<Style<ConventionTypes<{ style: 'value-only'; position: 'first'; multiple: true }>>>();

// One function in each style, with the same arguments and value
type Callback = (path: string, mode: number, done: (error: Error | null, size: Date) => void) => void;
type Promised = (path: string, mode: number) => Promise<Date>;
type Plain = (path: string, mode: number) => Date;
type ValueOnly = (path: string, mode: number, done: (size: Date) => void) => void;
type Pair = (path: string, mode: number, done: (size: Date) => void, failed: (e: Error) => void) => void;
type Items = (path: string, mode: number) => Stream<Date>;
type Repeated = (next: (item: Date) => void, path: string, mode: number) => number;

// What they are in each style, once read
type InCallback = [unknown, [path: string, mode: number, callback: NodeCallback<Date>], void];
type InPromise = [unknown, [path: string, mode: number], Promise<Date>];
type InSync = [unknown, [path: string, mode: number], Date];
type InValueOnly = [unknown, [path: string, mode: number, callback: (value: Date) => void], void];
type InPair = [
  unknown,
  [path: string, mode: number, success: (value: Date) => void, failure?: ((error: any) => void) | undefined],
  void,
];
type InStream = [unknown, [path: string, mode: number], Stream<Date>];

// From each style to each
{
  const toPromise = convert(some<Callback>(), callback, promise);
  overloads<typeof toPromise, [InPromise]>();
  const toSync = convert(some<Callback>(), callback, sync);
  overloads<typeof toSync, [InSync]>();
  const toValueOnly = convert(some<Callback>(), callback, valueCallback);
  overloads<typeof toValueOnly, [InValueOnly]>();
  const toPair = convert(some<Callback>(), callback, callbackPair);
  overloads<typeof toPair, [InPair]>();
  const toStream = convert(some<Callback>(), callback, stream);
  overloads<typeof toStream, [InStream]>();
}
{
  const toCallback = convert(some<Promised>(), promise, callback);
  overloads<typeof toCallback, [InCallback]>();
  const toSync = convert(some<Promised>(), promise, sync);
  overloads<typeof toSync, [InSync]>();
  const toValueOnly = convert(some<Promised>(), promise, valueCallback);
  overloads<typeof toValueOnly, [InValueOnly]>();
  const toPair = convert(some<Promised>(), promise, callbackPair);
  overloads<typeof toPair, [InPair]>();
  const toStream = convert(some<Promised>(), promise, stream);
  overloads<typeof toStream, [InStream]>();
}
{
  const toCallback = convert(some<Plain>(), sync, callback);
  overloads<typeof toCallback, [InCallback]>();
  const toPromise = convert(some<Plain>(), sync, promise);
  overloads<typeof toPromise, [InPromise]>();
  const toValueOnly = convert(some<Plain>(), sync, valueCallback);
  overloads<typeof toValueOnly, [InValueOnly]>();
  const toPair = convert(some<Plain>(), sync, callbackPair);
  overloads<typeof toPair, [InPair]>();
  const toStream = convert(some<Plain>(), sync, stream);
  overloads<typeof toStream, [InStream]>();
}
{
  const toCallback = convert(some<ValueOnly>(), valueCallback, callback);
  overloads<typeof toCallback, [InCallback]>();
  const toPromise = convert(some<ValueOnly>(), valueCallback, promise);
  overloads<typeof toPromise, [InPromise]>();
  const toSync = convert(some<ValueOnly>(), valueCallback, sync);
  overloads<typeof toSync, [InSync]>();
  const toPair = convert(some<ValueOnly>(), valueCallback, callbackPair);
  overloads<typeof toPair, [InPair]>();
  const toStream = convert(some<ValueOnly>(), valueCallback, stream);
  overloads<typeof toStream, [InStream]>();
}
{
  const toCallback = convert(some<Pair>(), callbackPair, callback);
  overloads<typeof toCallback, [InCallback]>();
  const toPromise = convert(some<Pair>(), callbackPair, promise);
  overloads<typeof toPromise, [InPromise]>();
  const toSync = convert(some<Pair>(), callbackPair, sync);
  overloads<typeof toSync, [InSync]>();
  const toValueOnly = convert(some<Pair>(), callbackPair, valueCallback);
  overloads<typeof toValueOnly, [InValueOnly]>();
  const toStream = convert(some<Pair>(), callbackPair, stream);
  overloads<typeof toStream, [InStream]>();
}

// Items need a fold where the other style has no place for them
{
  const toCallback = convert(some<Items>(), stream, callback, { fold: first() });
  overloads<typeof toCallback, [InCallback]>();
  const toPromise = convert(some<Items>(), stream, promise, { fold: last() });
  overloads<typeof toPromise, [InPromise]>();
  const toSync = convert(some<Repeated>(), repeated, sync, { fold: first(), timeout: 5 });
  overloads<typeof toSync, [InSync]>();
  const toValueOnly = convert(some<Repeated>(), repeated, valueCallback, { fold: first() });
  overloads<typeof toValueOnly, [InValueOnly]>();
  const toPair = convert(some<Repeated>(), repeated, callbackPair, { fold: first() });
  overloads<typeof toPair, [InPair]>();

  const all = convert(some<Items>(), stream, promise, { fold: toArray() });
  is<Equal<ReturnType<typeof all>, Promise<Date[]>>>();
  const number = convert(some<Repeated>(), repeated, promise, { fold: count() });
  is<Equal<ReturnType<typeof number>, Promise<number>>>();
  const orNull = convert(some<Items>(), stream, promise, { fold: first(null) });
  is<Equal<ReturnType<typeof orNull>, Promise<Date | null>>>();
  const again: Promise<Date[]> = all.with({ timeout: 5, next: (item) => void item.getTime() })('x', 1);

  // @ts-expect-error items would be lost
  convert(some<Items>(), stream, promise);
  // @ts-expect-error items would be lost
  convert(some<Items>(), stream, callback, { timeout: 5 });
  // @ts-expect-error items would be lost
  convert(some<Repeated>(), repeated, sync);
  // @ts-expect-error a fold of other items
  convert(some<Items>(), stream, promise, { fold: first<string>() });
  // @ts-expect-error nothing to fold
  convert(some<Callback>(), callback, promise, { fold: first() });
}

// Or `next` takes them; or the other style carries them
{
  const taken = convert(some<Items>(), stream, promise, { next: (item) => void item.getTime() });
  overloads<typeof taken, [[unknown, [path: string, mode: number], Promise<void>]]>();
  // @ts-expect-error the items are dates
  convert(some<Items>(), stream, promise, { next: (item: string) => {} });
  const toStream = convert(some<Repeated>(), repeated, stream);
  overloads<typeof toStream, [InStream]>();
  const toRepeated = convert(some<Items>(), stream, repeated);
  overloads<
    typeof toRepeated,
    [[unknown, [callback: (value: Date) => void, path: string, mode: number], void]]
  >();
  const folded = convert(some<Items>(), stream, stream, { fold: count() });
  is<Equal<ReturnType<typeof folded>, Stream<number>>>();
}

// Overloads, `this`, optional arguments, options for one call
{
  type Get = {
    (this: Date, key: string, done: (error: Error | null, value: string) => void): void;
    (key: string): number;
    (keys: string[], mode?: 1, done?: (error: Error | null, value: string[]) => void): void;
  };
  const get = convert(some<Get>(), callback, stream);
  overloads<
    typeof get,
    [
      [Date, [key: string], Stream<string>],
      [unknown, [keys: string[], mode?: 1 | undefined], Stream<string[]>],
    ]
  >();
  const many: Stream<string[]> = get.with({ timeout: 5 })(['a']);
  const written = convert(some<Get>(), callback, promise);
  // @ts-expect-error without its `this`
  written('key');
  convert(some<Promised>(), promise, callback, { dispose: (value) => void value.getTime() });
  // @ts-expect-error the value is a date
  convert(some<Promised>(), promise, callback, { dispose: (value: string) => {} });
}

// Functions of another style
{
  // @ts-expect-error takes no callback
  convert(some<Promised>(), callback, promise);
  // @ts-expect-error returns no promise
  convert(some<Plain>(), promise, callback);
  // @ts-expect-error returns a promise
  convert(some<Promised>(), sync, callback);
  // @ts-expect-error returns no stream
  convert(some<Callback>(), stream, promise, { fold: first() });
  // @ts-expect-error no function
  convert('x', callback, promise);
  // @ts-expect-error no style
  convert(some<Callback>(), callback, Promise);
}

// Where the style is only known at run time, nothing is known of the function
{
  const dynamic = convert(some<Callback>(), some<Style>(), some<Style>());
  is<Equal<typeof dynamic extends (...args: any[]) => any ? true : false, true>>();
}

// Functions that return anything, or never
{
  const untyped = convert((path: string) => some<any>(), promise, callback);
  overloads<typeof untyped, [[unknown, [path: string, callback: NodeCallback<any>], void]]>();
  const untypedToo = convert((path: string) => some<any>(), sync, promise);
  overloads<typeof untypedToo, [[unknown, [path: string], Promise<any>]]>();
  const throwing = convert(some<() => never>(), sync, promise);
  overloads<typeof throwing, [[unknown, [], Promise<never>]]>();
  // @ts-expect-error returns no promise
  convert(some<() => never>(), promise, callback);
  // @ts-expect-error may return no promise
  convert(some<() => Promise<number> | undefined>(), promise, callback);
  const either = convert(some<() => Promise<number> | PromiseLike<string>>(), promise, sync);
  overloads<typeof either, [[unknown, [], string | number]]>();
  const maybe = convert(some<() => Promise<number> | Date>(), sync, promise);
  overloads<typeof maybe, [[unknown, [], Promise<number | Date>]]>();
}

// Functions written in place, as an expression with the keyword too
{
  const arrow = convert(async (path: string) => 1, promise, callback);
  const named = convert(
    async function size(path: string) {
      return 1;
    },
    promise,
    callback,
  );
  overloads<typeof named, [[unknown, [path: string, callback: NodeCallback<number>], void]]>();
  const read = convert(
    function read(path: string, done: (error: Error | null, value: number) => void) {},
    callback,
    promise,
  );
  overloads<typeof read, [[unknown, [path: string], Promise<number>]]>();
}

// A description is kept as it is written
{
  const described = convention({ values: ['a', 'b'] });
  type Described = ConventionTypes<{ readonly values: readonly ['a', 'b'] }>;
  is<Equal<typeof described, Style<Described>>>();
}
