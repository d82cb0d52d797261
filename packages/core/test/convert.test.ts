import { convert, first, originOf, sync, toArray } from '@anyasync/core';
import { describe, expect, it, vi } from 'vitest';
import { callback, convention } from '../../callback/src/index.js';
import { promise } from '../../promise/src/index.js';
import { strays, thrownBy } from './support.js';

type Done<T> = (error: unknown, value?: T) => void;
const later = (n: number, done: Done<number>): void => void setImmediate(done, null, n + 1);
const multiple = convention({ name: 'many', style: 'value-only', multiple: true });

describe('a converted function', () => {
  it('calls the original once for each call, with its this and its arguments', async () => {
    const calls: unknown[] = [];
    const original = function (this: unknown, ...args: any[]): void {
      calls.push([this, args.slice(0, -1)]);
      args.at(-1)(null, 'done');
    };
    const converted: any = convert(original as any, callback, promise);
    expect(calls).toEqual([]);
    const self = {};
    expect(await converted.call(self, 1, undefined, 3)).toBe('done');
    expect(await converted()).toBe('done');
    expect(calls).toEqual([
      [self, [1, undefined, 3]],
      [undefined, []],
    ]);
    expect((calls[0] as unknown[])[0]).toBe(self);
  });

  it('has the name of the original, and its length without and with the callback', () => {
    function load(path: string, encoding: string, done: Done<string>): void {}
    const asPromise = convert(load, callback, promise);
    expect([asPromise.name, asPromise.length]).toEqual(['load', 2]);
    const back = convert(async function save(path: string) {}, promise, callback);
    expect([back.name, back.length]).toEqual(['save', 2]);
    expect(convert((() => {}) as any, callback, promise)).toHaveLength(0);
  });

  it('has the own properties of the original, with symbols, and runs no getter', () => {
    const key = Symbol('key');
    const getter = vi.fn(() => 'got');
    const original: any = Object.defineProperties((done: Done<number>) => done(null, 1), {
      version: { value: '1.0', enumerable: true },
      hidden: { value: 2 },
      [key]: { value: 3 },
      lazy: { get: getter },
    });
    const converted: any = convert(original, callback, promise);
    expect([converted.version, converted.hidden, converted[key]]).toEqual(['1.0', 2, 3]);
    expect(getter).not.toHaveBeenCalled();
    expect(converted.lazy).toBe('got');
  });

  it('leaves the original as it is, also a frozen one', () => {
    const original = Object.freeze((done: Done<number>) => done(null, 1));
    const before = Reflect.ownKeys(original);
    expect(() => convert(original, callback, promise)).not.toThrow();
    expect(Reflect.ownKeys(original)).toEqual(before);
  });
});

describe('round trips', () => {
  const original = (n: number, done: Done<number>): void => done(null, n);

  it('convert(convert(fn, a, b), b, a) is fn, for every pair', () => {
    for (const from of [sync, callback, promise] as any[]) {
      for (const to of [sync, callback, promise] as any[]) {
        expect(convert(convert(original as any, from, to), to, from)).toBe(original);
      }
    }
  });

  it('is a conversion and not the original where something was asked in between', async () => {
    const there = convert(original, callback, promise, { timeout: 1000 });
    const back: any = convert(there, promise, callback);
    expect(back).not.toBe(original);
    expect(await new Promise((done) => back(5, (_: unknown, n: number) => done(n)))).toBe(5);
    const plain = convert(original, callback, promise);
    expect(convert(plain, promise, callback, { timeout: 5 })).not.toBe(original);
    const perhaps: { timeout?: number } = {};
    expect(convert(plain, promise, callback, perhaps).with({})).toBeTypeOf('function');
  });

  it('the same style on both sides is the function itself, unless options ask for something', async () => {
    expect(convert(original, callback, callback)).toBe(original);
    const timed = convert(later, callback, callback, { timeout: 1000 }) as any;
    expect(timed).not.toBe(later);
    expect(await new Promise((done) => timed(1, (_: unknown, n: number) => done(n)))).toBe(2);
  });

  it('a third style is no way back', () => {
    const there = convert(original, callback, promise);
    expect(convert(there, promise, sync as any)).not.toBe(original);
  });

  it('originOf tells what a function was made from', () => {
    const made = convert(original, callback, promise);
    expect(originOf(made)).toMatchObject({ native: original, plain: true });
    expect(originOf(convert(original, callback, promise, { timeout: 5 }))?.plain).toBe(false);
    expect(originOf(original)).toBeUndefined();
  });
});

describe('options', () => {
  it('are the defaults of each call, and fn.with gives others for one', async () => {
    const never = (done: Done<number>): void => {};
    const short = convert(never, callback, promise, { timeout: 5 });
    await expect(short()).rejects.toMatchObject({ name: 'TimeoutError', timeout: 5 });
    await expect(short.with({ timeout: 1 })()).rejects.toMatchObject({ timeout: 1 });
    const signal = AbortSignal.abort('before');
    await expect(short.with({ signal })()).rejects.toBe('before');
  });

  it('fn.with keeps the defaults that it does not name', async () => {
    const never = (done: Done<number>): void => {};
    const handles: unknown[] = [];
    const converted = convert(never, callback, promise, { timeout: 3 });
    await expect(
      converted.with({ onHandle: (handle: unknown) => handles.push(handle) })(),
    ).rejects.toMatchObject({
      timeout: 3,
    });
  });

  it('fn.with gives a function that takes this and the arguments', async () => {
    function load(this: unknown, n: number, done: Done<unknown>): void {
      done(null, this);
    }
    const run = convert(load, callback, promise).with({ timeout: 1000 });
    const self = {};
    expect(await (run as any).call(self, 1)).toBe(self);
  });

  it('a fold makes one value of many items', async () => {
    const items = (...rest: any[]): void => {
      for (const item of ['a', 'b']) rest.at(-1)(item);
    };
    expect(await (convert(items as any, multiple as any, promise, { fold: first() }) as any)()).toBe('a');
  });

  it('next takes the items, where the style has no place for them', async () => {
    const seen: string[] = [];
    const source = {
      ...multiple,
      lift: () => (to: any) => [to.next('a'), to.next('b'), to.resolve('end')],
    } as any;
    const converted: any = convert(() => {}, source, promise, { next: (item: any) => void seen.push(item) });
    expect(await converted()).toBe('end');
    expect(seen).toEqual(['a', 'b']);
  });
});

describe('bad input, at wrap time', () => {
  const bad = { name: 'ArgumentError', code: 'ERR_INVALID_ARG_TYPE' };

  it('no function', () => {
    for (const fn of [undefined, null, 5, 'readFile', {}]) {
      const error = thrownBy(() => convert(fn as any, callback, promise));
      expect(error).toBeInstanceOf(TypeError);
      expect(error).toMatchObject({ ...bad, argument: 'fn', received: fn });
    }
  });

  it('a style that is none: the message asks whether the import is shadowed', () => {
    for (const style of [undefined, null, 5, () => {}, {}, Promise]) {
      const from = thrownBy(() => convert(later, style as any, promise));
      expect(from).toMatchObject({ ...bad, argument: 'from', received: style });
      expect((from as Error).message).toMatch(/shadowed/);
      const to = thrownBy(() => convert(later, callback, style as any));
      expect(to).toMatchObject({ ...bad, argument: 'to', received: style });
      expect((to as Error).message).toMatch(/shadowed/);
    }
  });

  it('options that are none, and options that cannot be meant', () => {
    const cases: [string, unknown][] = [
      ['options', 5],
      ['options', null],
      ['signal', { signal: {} }],
      ['signal', { signal: new AbortController() }],
      ['signal', { signal: null }],
      ['timeout', { timeout: -1 }],
      ['timeout', { timeout: '5' }],
      ['cancel', { cancel: 'abort' }],
      ['dispose', { dispose: 'close' }],
      ['onHandle', { onHandle: 1 }],
      ['next', { next: {} }],
      ['fold', { fold: 'first' }],
    ];
    const wrong = cases.filter(([argument, options]) => {
      try {
        convert(later, callback, promise, options as any);
        return true;
      } catch (error: any) {
        return !(error.name === 'ArgumentError' && error.argument === argument);
      }
    });
    expect(wrong).toEqual([]);
  });

  it('the same for fn.with', () => {
    const converted = convert(later, callback, promise);
    expect(thrownBy(() => converted.with({ signal: 5 as any }))).toMatchObject({
      ...bad,
      argument: 'signal',
    });
    expect(thrownBy(() => converted.with(null as any))).toMatchObject(bad);
  });

  it('a fold that was not called, and one for a style without items', () => {
    expect(thrownBy(() => convert(later, callback, promise, { fold: first() } as any))).toMatchObject({
      ...bad,
      argument: 'fold',
    });
  });

  it('items without a place need a fold', () => {
    const error = thrownBy(() => convert(later as any, multiple as any, promise));
    expect(error).toMatchObject({ ...bad, argument: 'fold' });
    expect((error as Error).message).toMatch(/first\(\)/);
    expect(() => convert(later as any, multiple as any, promise, { fold: toArray() })).not.toThrow();
  });

  it('the message ends with what was received', () => {
    const message = (received: unknown): string =>
      (thrownBy(() => convert(received as any, callback, promise)) as Error).message;
    expect(message(undefined)).toMatch(/Received undefined\.$/);
    expect(message('readFile')).toMatch(/Received .readFile.\.$/);
    expect(message(5n)).toMatch(/Received .*5.*\.$/);
    for (const received of [new Map(), Object.create(null), Symbol('s'), new Proxy({}, {}), [[]]])
      expect(message(received)).toMatch(/^\[core\] .*\. Received .+\.$/);
  });
});

it('calls do not share anything: a thousand at a time each get their own answer', async () => {
  strays();
  const converted = convert(later, callback, promise);
  const answers = await Promise.all(Array.from({ length: 1000 }, (_, n) => converted(n)));
  expect(answers).toEqual(Array.from({ length: 1000 }, (_, n) => n + 1));
});
