import {
  callbackify,
  callbackPair,
  convention,
  type NodeCallback,
  promisify,
  universalify,
} from '@anyasync/callback';
import { promise } from '@anyasync/promise';
import { type Equal, is, overloads } from './equal.js';

declare const some: <F>() => F;

// Inline callbacks: the error tells whether there is a value
{
  const size = callbackify(async (path: string) => 1);
  overloads<typeof size, [[unknown, [path: string, callback: NodeCallback<number>], void]]>();
  size('x', (error, value) => {
    if (error === null) is<Equal<typeof value, number>>();
    else is<Equal<typeof value, undefined>>();
  });
  size('x', (error, value) => {
    if (error) return;
    value.toFixed();
  });
  size('x', (error) => {});
  size('x', () => {});
  // @ts-expect-error the value may be missing
  size('x', (error, value) => value.toFixed());
  // @ts-expect-error the callback is missing
  size('x');
  // @ts-expect-error wrong argument
  size(1, () => {});
  size.with({ timeout: 5, dispose: (value) => void value.toFixed() })('x', (error, value) => {});
}

// Callbacks that exist already, with their values typed as if they always were
{
  const size = callbackify(async (path: string) => 1);
  const usual = (error: Error | null, value: number): void => {};
  const nodes = (error: (Error & { code?: string }) | null, value: number): void => {};
  const optional = (error?: Error | null, value?: number): void => {};
  const wider = (error: unknown, value: unknown): void => {};
  const errorOnly = (error: Error | null): void => {};
  const wrong = (error: Error | null, value: string): void => {};
  size('x', usual);
  size('x', nodes);
  size('x', optional);
  size('x', wider);
  size('x', errorOnly);
  // @ts-expect-error the value is a number
  size('x', wrong);
}

// Optional arguments before the callback may be left out, one after the other
{
  const copy = callbackify(async (from: string, to?: string, mode?: number) => 1);
  overloads<
    typeof copy,
    [
      [
        unknown,
        (
          | [from: string, callback: NodeCallback<number>]
          | [from: string, to: string | undefined, callback: NodeCallback<number>]
          | [from: string, to: string | undefined, mode: number | undefined, callback: NodeCallback<number>]
        ),
        void,
      ],
    ]
  >();
  copy('a', (error, value) => {
    if (!error) value.toFixed();
  });
  copy('a', 'b', (error, value) => {
    if (!error) value.toFixed();
  });
  copy('a', undefined, 1, (error, value) => {
    if (!error) value.toFixed();
  });
  const rest = callbackify(async (...all: number[]) => 'x');
  rest(1, 2, 3, (error, value) => {
    if (!error) value.length;
  });
}

// void, any, overloads, `this`
{
  const nothing = callbackify(async () => {});
  overloads<typeof nothing, [[unknown, [callback: (error: Error | null) => void], void]]>();
  const untyped = callbackify(async () => some<any>());
  untyped((error, value) => {
    if (!error) value.whatever;
  });
  type Get = { (key: string): Promise<string>; (key: string[]): Promise<string[]>; (): number };
  const get = callbackify(some<Get>());
  overloads<
    typeof get,
    [
      [unknown, [key: string, callback: NodeCallback<string>], void],
      [unknown, [key: string[], callback: NodeCallback<string[]>], void],
    ]
  >();
  class Client {
    url = '';
  }
  const withThis = callbackify(async function (this: Client, key: string) {
    return 1;
  });
  overloads<typeof withThis, [[Client, [key: string, callback: NodeCallback<number>], void]]>();
  const thenable = callbackify(some<(key: string) => PromiseLike<number>>());
  overloads<typeof thenable, [[unknown, [key: string, callback: NodeCallback<number>], void]]>();
}

// Functions that return no promise
{
  // @ts-expect-error returns a number
  callbackify((a: string) => 1);
  // @ts-expect-error takes a callback itself
  callbackify((a: string, done: (error: Error | null) => void) => {});
}

// There and back
{
  const there = callbackify(async (path: string, mode: number) => new Date());
  const back = promisify(there);
  overloads<typeof back, [[unknown, [path: string, mode: number], Promise<Date>]]>();
  const nothing = promisify(callbackify(async () => {}));
  overloads<typeof nothing, [[unknown, [], Promise<void>]]>();
}

// Another convention
{
  const pair = callbackify(async (path: string) => 1, { to: callbackPair });
  pair('x', (value) => void value.toFixed());
}

// Both faces
{
  const size = universalify(
    some<(path: string, done: (error: Error | null, size: number) => void) => void>(),
  );
  const promised: Promise<number> = size('x');
  const called: void = size('x', (error, value) => void value.toFixed());
  // @ts-expect-error wrong argument
  size(1);

  const optional = universalify(
    some<(path: string, done?: (error: Error | null, size: number) => void) => void>(),
  );
  const promisedToo: Promise<number> = optional('x');
  const calledToo: void = optional('x', () => {});

  const fromPromise = universalify(async (path: string, mode?: number) => new Date(), { from: promise });
  const date: Promise<Date> = fromPromise('x', 1);
  const none: void = fromPromise('x', (error, value) => {
    if (!error) value.getTime();
  });
  const noneToo: void = fromPromise('x', 1, (error, value) => {});

  // Under a convention the callback face is the function's own
  const many = universalify(
    some<(path: string, done: (error: Error | null, a: number, b: string) => void) => number>(),
    { from: convention({ values: 'all' }) },
  );
  const all: Promise<[number, string]> = many('x');
  const noneOfMany: void = many('x', (error, a, b) => void [a.toFixed(), b.length]);
  const locate = universalify(
    some<(city: string, ok: (place: string) => void, failed: (reason: Error) => void) => void>(),
    { from: callbackPair },
  );
  const place: Promise<string> = locate('Rome');
  locate(
    'Rome',
    (found) => void found.length,
    (reason) => void reason.message,
  );
  // @ts-expect-error a pair is no Node callback
  locate('Rome', (error: Error | null, found: string) => {});

  // @ts-expect-error neither face
  universalify((a: number) => 1);
  // @ts-expect-error returns no promise
  universalify((a: number) => 1, { from: promise });
}
