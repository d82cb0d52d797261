import { AsyncLocalStorage } from 'node:async_hooks';
import { convert, operation } from '@anyasync/core';
import { describe, expect, it } from 'vitest';
import { turns } from '../../core/test/support.js';
import { promise } from '../../promise/src/index.js';
import {
  callback,
  convention,
  fromCallback,
  promisify,
  promisifyAll,
  toCallback,
  universalify,
} from '../src/index.js';

type Done<T = any> = (error?: any, value?: T, ...more: any[]) => void;
const calls =
  (...args: unknown[]): any =>
  (done: Done) =>
    done(...args);

describe('rule 13: fn.length is a hint only; the wrapper looks like the original', () => {
  it('rule 13: it does not place the callback: defaults, rest, and optional callbacks', async () => {
    const withDefault = (a = 5, done?: Done): void => done?.(null, a);
    const withRest = (...args: any[]): void => args.at(-1)(null, args.length);
    expect(await promisify(withDefault as any)(7)).toBe(7);
    expect(await promisify(withRest as any)(1, 2, 3)).toBe(4);
  });

  it('rule 13: length is max(0, length - 1), and the name is kept', () => {
    const named = function load(a: unknown, b: unknown, done: Done): void {};
    const promisified: any = promisify(named as any);
    expect([promisified.length, promisified.name]).toEqual([2, 'load']);
    expect(promisify((() => {}) as any)).toHaveLength(0);
  });

  it('rule 13: own properties are copied, strings and symbols, and the prototype, but not arguments and caller', () => {
    const key = Symbol('key');
    // biome-ignore lint/complexity/useArrowFunction: an arrow has no prototype
    const fn: any = Object.assign(function () {}, { version: '1', [key]: 2 });
    Object.defineProperty(fn, 'hidden', { value: 3, enumerable: false });
    const promisified: any = promisify(fn);
    expect([promisified.version, promisified[key], promisified.hidden]).toEqual(['1', 2, 3]);
    expect(Object.keys(promisified)).toEqual(Object.keys(fn));
    expect(promisified.prototype).toBe(fn.prototype);
  });
});

describe('rule 14: the callback goes after the arguments given', () => {
  it('rule 14: so a missing optional argument shifts it, as for all peers', async () => {
    const fn = (...args: any[]): void => args.at(-1)(null, args.length - 1);
    expect(await promisify(fn as any)()).toBe(0);
    expect(await promisify(fn as any)(1)).toBe(1);
  });

  it('rule 14: { arity: n } pads with undefined', async () => {
    const fn = (a: unknown, b: unknown, done: Done): void => done(null, [a, b]);
    const padded: any = promisify(fn as any, { from: convention({ arity: 2 }) as any });
    expect(await padded()).toEqual([undefined, undefined]);
    expect(await padded(1)).toEqual([1, undefined]);
    expect(await padded(1, 2)).toEqual([1, 2]);
  });
});

describe('rule 15: dual functions: where the callback is can be said', () => {
  const map = (list: number[], by: (n: number) => number, done: Done): void => done(null, list.map(by));

  it('rule 15: by default a function as the last argument is the callback', async () => {
    const both: any = universalify(calls(null, 1));
    expect(await both()).toBe(1);
    const heard: unknown[] = [];
    both((...args: unknown[]) => heard.push(args));
    await turns();
    expect(heard).toEqual([[null, 1]]);
  });

  it('rule 15: an explicit position tells a callback from data', async () => {
    const both: any = universalify(map as any, { callback: 2 });
    expect(await both([1, 2], (n: number) => n * 2)).toEqual([2, 4]);
    const heard: unknown[] = [];
    expect(
      both(
        [1],
        (n: number) => n + 1,
        (_: unknown, list: unknown) => heard.push(list),
      ),
    ).toBeUndefined();
    await turns();
    expect(heard).toEqual([[2]]);
  });

  it('rule 15: a predicate does, too', async () => {
    const both: any = universalify(map as any, { callback: (args) => args.length > 2 });
    expect(await both([1, 2], (n: number) => n * 2)).toEqual([2, 4]);
  });

  it('rule 15: in callback mode it returns undefined', () => {
    const both: any = universalify(((done: Done) => ({ handle: done })) as any);
    expect(both(() => {})).toBeUndefined();
    const fromPromises: any = universalify((async () => 1) as any, { from: promise });
    expect(fromPromises(() => {})).toBeUndefined();
  });
});

describe('rule 16: the async context is kept', () => {
  const context = new AsyncLocalStorage<string>();
  /** A pool, whose callbacks run in the context of whoever made it. */
  const waiting: (() => void)[] = [];
  const pooled = (done: Done): void => void waiting.push(() => done(null, context.getStore()));
  const serve = (): void =>
    context.run('pool', () => {
      for (const each of waiting.splice(0)) each();
    });

  it('rule 16: with a promise, in then and after await', async () => {
    const seen = context.run('caller', async () => {
      const made = promisify(pooled as any)();
      await Promise.resolve();
      const inThen = made.then(() => context.getStore());
      await made;
      return [await inThen, context.getStore()];
    });
    serve();
    expect(await seen).toEqual(['caller', 'caller']);
  });

  it('rule 16: in a callback that is handed on, by toCallback, convert and universalify', async () => {
    const seen: unknown[] = [];
    const note = (): void => void seen.push(context.getStore());
    context.run('caller', () => {
      toCallback(fromCallback(pooled as any), note);
      (convert(pooled as any, callback, callback, { timeout: 1000 }) as any)(note);
      (convert(convert(pooled as any, callback, promise, { timeout: 1000 }), promise, callback) as any)(note);
      toCallback(
        operation((receiver) => pooled(() => receiver.resolve(1 as never))),
        note,
      );
    });
    serve();
    await turns(5);
    expect(seen).toEqual(['caller', 'caller', 'caller', 'caller']);
  });
});

describe('rule 17: methods keep their this, and a whole object can be bound', () => {
  class Store {
    #items = new Map([['a', 1]]);
    get(key: string, done: Done): void {
      done(null, this.#items.get(key));
    }
  }

  it('rule 17: this is taken at call time', async () => {
    const get = promisify(Store.prototype.get as any);
    expect(await get.call(new Store(), 'a')).toBe(1);
    const borrowed: any = {
      get: promisify(function (this: any, done: Done) {
        done(null, this.n);
      } as any),
      n: 5,
    };
    expect(await borrowed.get()).toBe(5);
  });

  it('rule 17: promisifyAll is the bound form: the raw target is called, for #private and internal slots', async () => {
    const { get }: any = promisifyAll(new Store(), { suffix: '', pick: ['get'] });
    expect(await get('a')).toBe(1);
    const map: any = promisifyAll(new Map([['a', 1]]));
    expect([map.get('a'), map.size]).toEqual([1, 1]);
    expect((promisifyAll(new Date(5)) as any).getTime()).toBe(5);
  });

  it('rule 17: toString, valueOf, Symbol.toPrimitive and then are never promisified', async () => {
    const object = {
      toString: () => 'text',
      valueOf: () => 5,
      then: undefined as any,
      read: (done: Done) => done(null, 1),
    };
    const view: any = promisifyAll(object, { suffix: '', exclude: [] });
    expect(`${view}`).toBe('text');
    expect(view * 2).toBe(10);
    expect(
      `${promisifyAll({ [Symbol.toPrimitive]: () => 'primitive' }, { suffix: '', exclude: [] }) as any}`,
    ).toBe('primitive');
    expect(`${promisifyAll(new Date(5), { suffix: '', exclude: [] }) as any}`).toBe(String(new Date(5)));
    object.then = (resolve: (value: string) => void) => resolve('awaited');
    expect(await view).toBe('awaited');
  });

  it('rule 17: a member that is not writable and not configurable does not break the view', async () => {
    const fixed = Object.freeze({ read: (done: Done) => done(null, 1), list: Object.freeze([1]) });
    const view: any = promisifyAll(fixed, { suffix: '', pick: ['read'] });
    expect(view.list).toBe(fixed.list);
    expect(await view.read()).toBe(1);
    expect(() => Object.getOwnPropertyDescriptors(view)).not.toThrow();
  });
});
