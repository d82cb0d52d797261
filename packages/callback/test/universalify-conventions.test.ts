import { describe, expect, it } from 'vitest';
import { turns } from '../../core/test/support.js';
import { promise } from '../../promise/src/index.js';
import {
  callbackOptions,
  callbackPair,
  convention,
  handler,
  universalify,
  valueCallback,
} from '../src/index.js';

const any = (fn: unknown, options: object): any => universalify(fn as any, options as any);

describe('universalify under a convention: the callback face is the function itself', () => {
  it('its callback gets all the values, and those beside an error', async () => {
    const stat = (ok: boolean, done: (...given: unknown[]) => void): void =>
      ok ? done(null, 1, 2) : done('no', 3, 4);
    const fn = any(stat, { from: convention({ values: 'all' }) });
    const heard: unknown[][] = [];
    expect(fn(true, (...given: unknown[]) => heard.push(given))).toBeUndefined();
    fn(false, (...given: unknown[]) => heard.push(given));
    expect(heard).toEqual([
      [null, 1, 2],
      ['no', 3, 4],
    ]);
    expect(await fn(true)).toEqual([1, 2]);
    await expect(fn(false)).rejects.toBe('no');
  });

  it('an error that is 0, where the convention says that it is one', async () => {
    const fn = any((done: (error: unknown) => void) => done(0), { from: convention({ isError: 'nullish' }) });
    const heard: unknown[] = [];
    fn((error: unknown) => heard.push(error));
    expect(heard).toEqual([0]);
    await expect(fn()).rejects.toBe(0);
  });

  it('two callbacks, an options object, a handler, a callback that stands first, a value without an error', async () => {
    const heard: unknown[] = [];
    const hear = (...given: unknown[]): void => void heard.push(given);
    const pair = any((n: number, ok: any, failed: any) => (n > 0 ? ok(n) : failed('no')), {
      from: callbackPair,
    });
    pair(1, hear, hear);
    pair(0, hear, hear);
    expect(await pair(2)).toBe(2);
    await expect(pair(0)).rejects.toBe('no');

    const ajax = any((o: any) => o.success(o.url ?? 'none'), { from: callbackOptions });
    ajax({ success: hear, url: 'u' });
    expect([await ajax({ url: 'v' }), await ajax()]).toEqual(['v', 'none']);

    const read = any((n: number, on: any) => on.onSuccess(n), { from: handler });
    read(3, { onSuccess: hear });
    expect(await read(4)).toBe(4);

    const first = any((done: any, n: number) => done(null, n), { from: convention({ position: 'first' }) });
    first(hear, 5);
    expect(await first(6)).toBe(6);

    const exists = any((path: string, done: any) => done(path === 'x'), { from: valueCallback });
    exists('x', hear);
    expect(await exists('y')).toBe(false);
    await turns();
    expect(heard).toEqual([[1], ['no'], ['u'], [3], [null, 5], [true]]);
  });

  it('a style without callbacks gets Node’s, with an error that can be told', async () => {
    const fn = any(() => Promise.reject(0), { from: promise });
    const heard: any[] = [];
    fn((error: unknown) => heard.push(error));
    await turns();
    expect(heard[0]).toMatchObject({ code: 'ERR_FALSY_VALUE_REJECTION', reason: 0 });
  });

  it('a test for the arguments comes before what the convention says', async () => {
    const each = (list: number[], by: (n: number) => number, done: any): void => done(null, list.map(by));
    const fn = any(each, {
      from: convention({ name: 'each' }),
      callback: (args: unknown[]) => args.length > 2,
    });
    expect(await fn([1], (n: number) => n + 1)).toEqual([2]);
  });
});
