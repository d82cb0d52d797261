// A function with a `call` of its own, such as a dry run, is run itself.
import { convert } from '@anyasync/core';
import { fromPromise, promise } from '@anyasync/promise';
import { expect, it } from 'vitest';
import { beginEnd, toAsyncResult } from '../src/index.js';

it('a begin and an end with a call and an apply of their own are run themselves', async () => {
  const no = (): never => {
    throw new Error('a dry run');
  };
  const begin = Object.assign(
    (n: number, callback: any, state: unknown) =>
      toAsyncResult(fromPromise(Promise.resolve(n)), callback, state as never),
    { call: no, apply: no },
  );
  const end = Object.assign((result: any) => result.result ?? 7, { call: no, apply: no });
  expect(await (convert as any)({ begin, end }, beginEnd, promise)(1)).toBe(7);
});
