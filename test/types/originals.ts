import {
  callback,
  callbackify,
  callbackPair,
  promisify,
  universalify,
  valueCallback,
} from '@anyasync/callback';
import { convert, sync } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { type Equal, is } from './equal.js';

type Done<T> = (error: Error | null, value: T) => void;
type Stat = { (path: string, done: Done<number>): object; native: true };
type Get = { <T extends object>(key: T): Promise<T[]>; cached: boolean };
declare const stat: Stat;
declare const get: Get;

// What comes back is the original, by type as at run time: `with` is typed where it exists
{
  const there = promisify(stat);
  there.with({ timeout: 5 });
  const back = callbackify(there);
  is<Equal<typeof back, Stat>>();
  // @ts-expect-error the original has none
  back.with;

  const called = callbackify(get);
  called.with({ timeout: 5 });
  const again = promisify(called);
  is<Equal<typeof again, Get>>();
  // @ts-expect-error the original has none
  again.with;
}

// With the style named, and to and fro twice
{
  const pair = callbackify(get, { to: callbackPair });
  const back = promisify(pair, { from: callbackPair });
  is<Equal<typeof back, Get>>();
  const named = promisify(callbackify(get, { to: callback }), { from: callback });
  is<Equal<typeof named, Get>>();
  const twice = callbackify(promisify(callbackify(promisify(stat))));
  is<Equal<typeof twice, Stat>>();
}

// By convert, from and to any style
{
  const there = convert(stat, callback, promise);
  const back = convert(there, promise, callback);
  is<Equal<typeof back, Stat>>();
  const here = convert(get, promise, promise);
  is<Equal<typeof here, Get>>();
  // @ts-expect-error nothing was converted
  here.with;
  const half = (n: number): number => n / 2;
  const now = convert(half, sync, sync);
  is<Equal<typeof now, (n: number) => number>>();
  // Between other styles it is a conversion like others
  const other = convert(there, promise, callbackPair);
  other.with({ timeout: 5 });
  const valueOnly = convert(convert(half, sync, valueCallback), valueCallback, promise);
  valueOnly.with({ timeout: 5 });
  const pure = convert(convert(half, sync, valueCallback), valueCallback, sync);
  is<Equal<typeof pure, (n: number) => number>>();
}

// With options it is another function each time, which has its `with`
{
  const there = promisify(stat, { timeout: 5 });
  const back = callbackify(there);
  back.with({ timeout: 5 });
  const again = callbackify(promisify(stat), { timeout: 5 });
  again.with({ timeout: 5 });
  const perhaps: { timeout?: number } = {};
  convert(get, promise, promise, perhaps).with({});
  callbackify(promisify(stat), perhaps).with({});
}

// universalify has no `with`
{
  // @ts-expect-error it has none
  universalify(stat).with;
  // @ts-expect-error it has none
  universalify(get, { from: promise }).with;
}

// A call of the function is as short in an editor as before: what it was made from stands behind a symbol that nothing completes
{
  const there = promisify(stat);
  is<Equal<Extract<keyof typeof there, string>, 'with'>>();
  const plain: (path: string) => Promise<number> = there;
  const stored: typeof there = Object.assign((path: string) => Promise.resolve(1), { with: () => plain });
}
