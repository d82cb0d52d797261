import {
  type ConventionOptions,
  callback,
  convention,
  handler,
  promisify,
  valueCallback,
} from '@anyasync/callback';
import { convert, first, toArray } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { type Equal, is, overloads } from './equal.js';

declare const some: <F>() => F;

// ---- Several values

{
  type Read = (fd: number, done: (error: Error | null, bytesRead: number, buffer: Buffer) => void) => void;
  const all = promisify(some<Read>(), { values: 'all' });
  overloads<typeof all, [[unknown, [fd: number], Promise<[bytesRead: number, buffer: Buffer]>]]>();
  const named = promisify(some<Read>(), { values: ['bytesRead', 'buffer'] });
  overloads<typeof named, [[unknown, [fd: number], Promise<{ bytesRead: number; buffer: Buffer }>]]>();
  const one = promisify(some<Read>(), { values: 'one' });
  overloads<typeof one, [[unknown, [fd: number], Promise<number>]]>();

  const writtenAll = convert(
    async () => [1, 'a'] as [bytes: number, text: string],
    promise,
    convention({ values: 'all' }),
  );
  writtenAll((error, bytes, text) => {
    if (error === null) is<Equal<[typeof bytes, typeof text], [number, string]>>();
    else is<Equal<[typeof bytes, typeof text], [undefined, undefined]>>();
  });
  const byName = convention({ values: ['bytesRead', 'text'] });
  const writtenNamed = convert(async () => ({ text: 'a', bytesRead: 1, more: true }), promise, byName);
  writtenNamed((error, bytesRead, text) => {
    if (error === null) is<Equal<[typeof bytesRead, typeof text], [number, string]>>();
  });
}

// ---- Value only

{
  type Exists = (path: string, done: (exists: boolean) => void) => void;
  const exists = promisify(some<Exists>(), { from: convention({ style: 'value-only' }) });
  overloads<typeof exists, [[unknown, [path: string], Promise<boolean>]]>();
  const same = convert(some<Exists>(), valueCallback, promise);
  overloads<typeof same, [[unknown, [path: string], Promise<boolean>]]>();
  const all = promisify(some<(done: (a: number, b?: string) => void) => void>(), {
    from: convention({
      style: 'value-only',
      values: 'all',
    }),
  });
  overloads<typeof all, [[unknown, [], Promise<[a: number, b: string]>]]>();
  const back = convert(async (path: string) => true, promise, valueCallback);
  overloads<typeof back, [[unknown, [path: string, callback: (value: boolean) => void], void]]>();
}

// ---- Position

{
  type First = (done: (error: Error | null, v: number) => void, a: string, b?: Date) => void;
  const atFirst = promisify(some<First>(), { from: convention({ position: 'first' }) });
  overloads<typeof atFirst, [[unknown, [a: string, b?: Date | undefined], Promise<number>]]>();
  const atZero = promisify(some<First>(), { from: convention({ position: 0 }) });
  overloads<typeof atZero, [[unknown, [a: string, b?: Date | undefined], Promise<number>]]>();
  type Middle = (a: string, done: (error: Error | null, v: number) => void, options?: { c: 1 }) => void;
  const atOne = promisify(some<Middle>(), { from: convention({ position: 1 }) });
  overloads<typeof atOne, [[unknown, [a: string, options?: { c: 1 } | undefined], Promise<number>]]>();
  // @ts-expect-error no callback at that index
  promisify(some<Middle>(), { from: convention({ position: 2 }) });
  // @ts-expect-error no callback in last position
  promisify(some<Middle>());

  const written = convert(
    async (a: string, b: number) => 1,
    promise,
    convention({ position: 1, style: 'value-only' }),
  );
  overloads<typeof written, [[unknown, [a: string, callback: (value: number) => void, b: number], void]]>();
  const writtenFirst = convert(
    async (a: string, b?: number) => 1,
    promise,
    convention({ position: 'first', style: 'value-only' }),
  );
  overloads<
    typeof writtenFirst,
    [[unknown, [callback: (value: number) => void, a: string, b?: number | undefined], void]]
  >();
}

// ---- Pair

{
  type Locate = (
    city: string,
    found: (lat: number, lng: number) => void,
    failed?: (e: Error) => void,
  ) => void;
  const locate = promisify(some<Locate>(), { from: convention({ style: 'pair' }) });
  overloads<typeof locate, [[unknown, [city: string], Promise<number>]]>();
  const all = promisify(some<Locate>(), { from: convention({ style: 'pair', values: 'all' }) });
  overloads<typeof all, [[unknown, [city: string], Promise<[lat: number, lng: number]>]]>();
  type Position = (
    found: (place: string) => void,
    failed: (e: Error) => void,
    options?: { high: boolean },
  ) => void;
  const position = promisify(some<Position>(), { from: convention({ style: 'pair', position: 'first' }) });
  overloads<typeof position, [[unknown, [options?: { high: boolean } | undefined], Promise<string>]]>();
  type Cordova = (name: string, failed: (e: Error) => void, found: (place: Date) => void) => void;
  const cordova = promisify(some<Cordova>(), {
    from: convention({ style: 'pair', order: 'error-first', position: 1 }),
  });
  overloads<typeof cordova, [[unknown, [name: string], Promise<Date>]]>();
  // @ts-expect-error only one callback
  promisify(some<(a: string, found: () => void) => void>(), { from: convention({ style: 'pair' }) });

  const written = convert(async (city: string) => 1, promise, convention({ style: 'pair' }));
  written('Rome', (value) => void value.toFixed());
  written(
    'Rome',
    (value) => {},
    (error) => {},
  );
  // @ts-expect-error the value is a number
  written('Rome', (value: string) => {});
  const reversed = convert(
    async (city: string) => 1,
    promise,
    convention({ style: 'pair', order: 'error-first' }),
  );
  reversed(
    'Rome',
    (error) => {},
    (value) => void value.toFixed(),
  );
}

// ---- Options object

{
  type Request = (options: {
    url: string;
    method?: 'GET' | undefined;
    success: (body: string) => void;
    error?: (e: Error) => void;
  }) => object;
  const request = promisify(some<Request>(), { from: convention({ style: 'options' }) });
  const body: Promise<string> = request({ url: 'a', method: 'GET' });
  // @ts-expect-error the url is missing
  request({ method: 'GET' });
  // @ts-expect-error the callbacks are no arguments of the promise version
  request({ url: 'a', success: () => {} });

  type Save = (id: number, handlers: { success(id: number): void; error(e: Error): void }) => void;
  const save = promisify(some<Save>(), { from: convention({ style: 'options' }) });
  overloads<typeof save, [[unknown, [id: number], Promise<number>]]>();
  type Weixin = (options: { data?: string; success?: (r: Date) => void; fail?: (e: object) => void }) => void;
  const weixin = promisify(some<Weixin>(), {
    from: convention({
      style: 'options',
      methods: { resolve: 'success', reject: 'fail' },
    }),
  });
  const withData: Promise<Date> = weixin({ data: 'x' });
  const withoutData: Promise<Date> = weixin();
  // @ts-expect-error the method is called success
  promisify(some<Weixin>(), {
    from: convention({ style: 'options', methods: { resolve: 'done', reject: 'fail' } }),
  });

  const written = convert(async (options: { url: string }) => 1, promise, convention({ style: 'options' }));
  written({ url: 'a', success: (value) => void value.toFixed(), error: (e) => {} });
  written({ url: 'a', success: () => {} });
  // @ts-expect-error nobody hears the value
  written({ url: 'a' });
  const appended = convert(async (id: number) => 'x', promise, convention({ style: 'options' }));
  appended(1, { success: (value) => void value.length });
}

// ---- Handler object

{
  type Read = (file: string, on: { onSuccess(text: string): void; onError(e: Error): void }) => void;
  const read = convert(some<Read>(), handler, promise);
  overloads<typeof read, [[unknown, [file: string], Promise<string>]]>();
  type Quiet = (file: string, on: { onDone?: () => void; onFail?: (e: Error) => void }) => void;
  const quiet = promisify(some<Quiet>(), {
    from: convention({ style: 'handler', methods: { complete: 'onDone', reject: 'onFail' } }),
  });
  overloads<typeof quiet, [[unknown, [file: string], Promise<void>]]>();
  type Lines = (
    file: string,
    on: { onNext(line: string): void; onComplete(): void; onError(e: Error): void },
  ) => void;
  const lines = convention({ style: 'handler', multiple: true });
  const collected = convert(some<Lines>(), lines, promise, { fold: toArray() });
  overloads<typeof collected, [[unknown, [file: string], Promise<string[]>]]>();

  const written = convert(async (file: string) => 1, promise, handler);
  written('a', { onSuccess: (value) => void value.toFixed(), onError: (e) => {}, onCancel: () => {} });
  // @ts-expect-error nobody hears the value
  written('a', { onError: () => {} });
}

// ---- Multi-shot

{
  type Watch = (path: string, listener: (error: Error | null, event: string, size: number) => void) => void;
  const watched = convention({ multiple: true });
  const one = convert(some<Watch>(), watched, promise, { fold: first() });
  overloads<typeof one, [[unknown, [path: string], Promise<string>]]>();
  const ended = convention({ multiple: { until: (error, event) => event === 'end' }, values: 'all' });
  const all = convert(some<Watch>(), ended, promise, { fold: toArray() });
  overloads<typeof all, [[unknown, [path: string], Promise<[event: string, size: number][]>]]>();
  // @ts-expect-error items would be lost
  promisify(some<Watch>(), { from: convention({ multiple: true }) });
  const inOne = promisify(some<Watch>(), { from: watched, fold: toArray() });
  overloads<typeof inOne, [[unknown, [path: string], Promise<string[]>]]>();
  const taken = promisify(some<Watch>(), { from: watched, next: (event) => void event.length });
  overloads<typeof taken, [[unknown, [path: string], Promise<void>]]>();
  // @ts-expect-error items would be lost
  convert(some<Watch>(), watched, promise);
  const once = convert(some<Watch>(), watched, callback, { fold: first() });
  once('x', (error, event) => {
    if (error === null) is<Equal<typeof event, string>>();
  });
  const each = convert(some<Watch>(), ended, convention({ multiple: true, style: 'value-only' }));
  overloads<
    typeof each,
    [[unknown, [path: string, callback: (value: [event: string, size: number]) => void], void]]
  >();
}

// ---- Misspelt names

{
  // @ts-expect-error it is called position
  convention({ style: 'pair', positon: 'first' });
  // @ts-expect-error it is called reject
  convention({ style: 'handler', methods: { resolve: 'onDone', error: 'onFail' } });
  // @ts-expect-error it is called last
  convention({ style: 'value-only', multiple: { until: () => true, lst: 'none' } });
  // @ts-expect-error it is called isError
  convention({ isErr: (code: unknown) => code !== 0 });
  convention({ isError: (code) => code !== 0, lastError: undefined, methods: undefined });
  convention(some<ConventionOptions>());
}

// ---- Items and a value

{
  type Chunks = (done: (chunk: Uint8Array) => void) => void;
  const until = (chunk: Uint8Array): boolean => chunk.length === 0;
  const last = convention({ style: 'value-only', multiple: { until, last: 'value' } });
  const read = convert(some<Chunks>(), last, promise, { next: (chunk) => void chunk.length });
  overloads<typeof read, [[unknown, [], Promise<Uint8Array>]]>();
  const marked = convention({ style: 'value-only', multiple: { until, last: 'none' } });
  const taken = convert(some<Chunks>(), marked, promise, { next: (chunk) => void chunk.length });
  overloads<typeof taken, [[unknown, [], Promise<void>]]>();

  type Upload = (
    file: string,
    on: { onProgress(percent: number): void; onDone(id: string): void; onFail(error: Error): void },
  ) => void;
  const methods = { next: 'onProgress', resolve: 'onDone', reject: 'onFail' } as const;
  for (const style of [
    convention({ style: 'handler', multiple: true, methods }),
    convention({ style: 'handler', methods }),
  ] as const) {
    const upload = convert(some<Upload>(), style, promise, { next: (percent) => void percent.toFixed() });
    overloads<typeof upload, [[unknown, [file: string], Promise<string>]]>();
    // @ts-expect-error items would be lost
    convert(some<Upload>(), style, promise);
    const there = convert(some<Upload>(), style, style);
    there('a', { onProgress: (percent) => void percent.toFixed(), onDone: (id) => void id.length });
    // @ts-expect-error nobody hears the value
    there('a', { onProgress: () => {} });
  }
}
