import { describe, expect, it, vi } from 'vitest';
import { thrownBy, turns, uncaught } from '../../core/test/support.js';
import { promise } from '../../promise/src/index.js';
import { callback, universalify } from '../src/index.js';

type Done<T = any> = (error?: any, value?: T) => void;
const any = (fn: unknown, options?: object): any => universalify(fn as any, options as any);
const half = (n: number, done: Done<number>): void =>
  void setImmediate(() => (n % 2 === 0 ? done(null, n / 2) : done(new Error('odd'))));
const halfAsync = async (n: number): Promise<number> => {
  if (n % 2 !== 0) throw new Error('odd');
  return n / 2;
};

describe.each([
  ['a callback function', () => any(half)],
  ['a callback function, with its style named', () => any(half, { from: callback })],
  ['a promise function', () => any(halfAsync, { from: promise })],
])('%s has both faces', (_name, make) => {
  it('without a callback it returns a promise', async () => {
    expect(await make()(4)).toBe(2);
    await expect(make()(3)).rejects.toThrow('odd');
  });

  it('with a callback it calls it, once and later, and returns undefined', async () => {
    const done = vi.fn();
    expect(make()(4, done)).toBeUndefined();
    expect(done).not.toHaveBeenCalled();
    await turns();
    expect(done).toHaveBeenCalledExactlyOnceWith(null, 2);
    const failed = vi.fn();
    make()(3, failed);
    await turns();
    expect(failed.mock.calls[0]?.[0]).toMatchObject({ message: 'odd' });
  });

  it('keeps this and the arguments in both', async () => {
    const seen: unknown[] = [];
    const self = {};
    const fromCallback = any(function (this: unknown, ...args: any[]) {
      seen.push(this, args.slice(0, -1));
      args.at(-1)(null);
    });
    await fromCallback.call(self, 1, 2);
    fromCallback.call(self, 1, 2, () => {});
    expect(seen).toEqual([self, [1, 2], self, [1, 2]]);
    expect(seen[2]).toBe(self);
  });

  it('has the name of the original', () => {
    expect(['half', 'halfAsync']).toContain(make().name);
  });
});

describe('where the callback is', () => {
  const each = (by: (n: number) => number, list: number[], done: Done): void => done(null, list.map(by));

  it('data that is a function, before the callback', async () => {
    const fn = any(each, { callback: 2 });
    expect(await fn((n: number) => n + 1, [1])).toEqual([2]);
    const done = vi.fn();
    fn((n: number) => n + 1, [1], done);
    await turns();
    expect(done).toHaveBeenCalledExactlyOnceWith(null, [2]);
  });

  it('a predicate over the arguments', async () => {
    const fn = any((by: () => number, done: Done) => done(null, by()), {
      callback: (args: readonly unknown[]) => args.length > 1,
    });
    expect(await fn(() => 5)).toBe(5);
  });
});

describe('bad input', () => {
  it('no function, no style', () => {
    expect(thrownBy(() => any(5))).toMatchObject({ name: 'ArgumentError', argument: 'fn', received: 5 });
    const error = thrownBy(() => any(half, { from: {} }));
    expect(error).toMatchObject({ name: 'ArgumentError', argument: 'from' });
    expect((error as Error).message).toMatch(/shadowed/);
  });

  it('a callback option that is no index and no predicate', () => {
    for (const where of ['last', -1, 1.5, {}, null]) {
      expect(
        thrownBy(() => any(half, { callback: where })),
        String(where),
      ).toMatchObject({
        name: 'ArgumentError',
        argument: 'callback',
      });
    }
  });
});

it('a callback that throws is an uncaught exception, and no promise rejects', async () => {
  for (const fn of [any(half), any(halfAsync, { from: promise })]) {
    const heard = await uncaught(async () => {
      fn(4, () => {
        throw 'in the callback';
      });
      await turns();
    });
    expect(heard).toEqual(['in the callback']);
  }
});
