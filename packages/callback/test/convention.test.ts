import { CancelledError, convert, first, isCancelled, operationOf, outcome, toArray } from '@anyasync/core';
import { describe, expect, it, vi } from 'vitest';
import { brief, strays, thrownBy, turns, uncaught } from '../../core/test/support.js';
import { promise } from '../../promise/src/index.js';
import {
  callback,
  callbackOptions,
  callbackPair,
  chromeCallback,
  convention,
  handler,
  valueCallback,
} from '../src/index.js';

/** A function of the convention, read as one that returns a promise. */
const read = (fn: (...args: any[]) => unknown, style: any, options?: object): any =>
  convert(fn as any, style, promise, options as any);
/** A function that returns a promise, written in the convention. */
const write = (fn: (...args: any[]) => unknown, style: any): any => convert(fn as any, promise, style);
const fails = async (): Promise<never> => Promise.reject(error);
const error = new Error('no');

/** A mock that resolves `called` when it is called. */
function ear(): { (...args: unknown[]): void; called: Promise<unknown[]>; times: number } {
  let resolve!: (args: unknown[]) => void;
  const called = new Promise<unknown[]>((done) => (resolve = done));
  const hear: any = (...args: unknown[]): void => {
    hear.times++;
    resolve(args);
  };
  return Object.assign(hear, { called, times: 0 });
}

describe('position', () => {
  const fn =
    (at: number) =>
    (...args: any[]): void => {
      const [done] = args.splice(at, 1);
      done(null, args);
    };

  it.each([
    ['last', 2],
    ['first', 0],
    [0, 0],
    [1, 1],
    [2, 2],
  ])('%j, read', async (position, at) => {
    expect(await read(fn(at), convention({ position } as any))('a', 'b')).toEqual(['a', 'b']);
  });

  it.each([
    ['last', 2],
    ['first', 0],
    [0, 0],
    [1, 1],
    [2, 2],
  ])('%j, written', async (position, at) => {
    const hear = ear();
    const args: unknown[] = ['a', 'b'];
    args.splice(at, 0, hear);
    write(async (...given: unknown[]) => given, convention({ position } as any))(...args);
    expect(await hear.called).toEqual([null, ['a', 'b']]);
  });

  it('read, an index beyond the arguments given is reached with undefined', async () => {
    expect(await read(fn(2), convention({ position: 2 }))('a')).toEqual(['a', undefined]);
  });

  it('read, arguments may come after the callback', async () => {
    expect(await read(fn(0), convention({ position: 'first' }))('a', 'b', 'c')).toEqual(['a', 'b', 'c']);
  });
});

describe('style error-first', () => {
  it('read', async () => {
    expect(await read((done) => done(null, 1), convention({}))()).toBe(1);
    await expect(read((done) => done(error), convention({}))()).rejects.toBe(error);
  });

  it('written', async () => {
    const [ok, failed] = [ear(), ear()];
    write(async () => 1, convention({}))(ok);
    write(fails, convention({}))(failed);
    expect(await ok.called).toEqual([null, 1]);
    expect(await failed.called).toEqual([error]);
  });
});

describe('style value-only', () => {
  it('read: every call is a value, also null', async () => {
    for (const value of [1, null, undefined, error]) {
      expect(await read((done) => done(value), valueCallback)()).toBe(value);
    }
  });

  it('written: the value; an error has no place and is a stray', async () => {
    const heard = strays();
    const [ok, failed] = [ear(), ear()];
    write(async () => 1, valueCallback)(ok);
    write(fails, valueCallback)(failed);
    expect(await ok.called).toEqual([1]);
    await turns();
    expect(failed.times).toBe(0);
    expect(brief(heard)).toEqual([['unheard', error]]);
  });
});

describe('style pair', () => {
  const fn = (n: number, ok: any, failed: any): void => (n > 0 ? ok(n) : failed(error));
  const errorFirst = convention({ style: 'pair', order: 'error-first' });

  it('read, in both orders', async () => {
    expect(await read(fn, callbackPair)(1)).toBe(1);
    await expect(read(fn, callbackPair)(0)).rejects.toBe(error);
    const other = (n: number, failed: any, ok: any): void => fn(n, ok, failed);
    expect(await read(other, errorFirst)(1)).toBe(1);
    await expect(read(other, errorFirst)(0)).rejects.toBe(error);
  });

  it('written, in both orders, and only one of the two is called', async () => {
    for (const style of [callbackPair, errorFirst]) {
      const order = style === errorFirst ? (pair: unknown[]) => pair.reverse() : (pair: unknown[]) => pair;
      const [ok, failed] = [ear(), ear()];
      write(async (...args: unknown[]) => args, style)('a', ...order([ok, failed]));
      expect(await ok.called).toEqual([['a']]);
      const [never, no] = [ear(), ear()];
      write(fails, style)('a', ...order([never, no]));
      expect(await no.called).toEqual([error]);
      await turns();
      expect([failed.times, never.times]).toEqual([0, 0]);
    }
  });

  it('first: both stand at the beginning', async () => {
    const first = convention({ style: 'pair', position: 'first' });
    expect(await read((ok, _failed, ...args) => ok(args), first)('a', 'b')).toEqual(['a', 'b']);
    const [ok, failed] = [ear(), ear()];
    write(async (...args: unknown[]) => args, first)(ok, failed, 'a');
    expect(await ok.called).toEqual([['a']]);
  });

  it('written, without its error callback: an error is a stray', async () => {
    const heard = strays();
    const ok = ear();
    write(fails, callbackPair)(ok);
    await turns();
    expect(brief(heard)).toEqual([['unheard', error]]);
  });
});

describe('style options', () => {
  const fn = (url: string, on: any): void =>
    url === 'bad' ? on.error(error) : on.success([url, on.timeout]);

  it('read: the methods are added to a copy of the options', async () => {
    const given = Object.freeze({ timeout: 5 });
    expect(await read(fn, callbackOptions)('a', given)).toEqual(['a', 5]);
    expect(await read(fn, callbackOptions)('a')).toEqual(['a', undefined]);
    await expect(read(fn, callbackOptions)('bad')).rejects.toBe(error);
    expect(Object.keys(given)).toEqual(['timeout']);
  });

  it('read: an argument that is no plain object is not taken for the options', async () => {
    const takes = (what: unknown, on: any): void => on.success(what);
    for (const argument of [new Date(5), new URL('http://localhost/'), new Map(), ['a'], 'text', null]) {
      expect(await read(takes, callbackOptions)(argument)).toBe(argument);
    }
  });

  it('written: the methods are taken out, the other options go to the original', async () => {
    const [success, failed] = [ear(), ear()];
    const given = Object.freeze({ success, error: failed, timeout: 5 });
    write(async (...args: unknown[]) => args, callbackOptions)('a', given);
    expect(await success.called).toEqual([['a', { timeout: 5 }]]);
    const no = ear();
    write(fails, callbackOptions)('a', { success, error: no });
    expect(await no.called).toEqual([error]);
  });

  it('methods: their names can be given, both ways', async () => {
    const style = convention({ style: 'options', methods: { resolve: 'ok', reject: 'bad' } });
    expect(await read((on) => on.ok(1), style)()).toBe(1);
    await expect(read((on) => on.bad(error), style)()).rejects.toBe(error);
    const ok = ear();
    write(async () => 1, style)({ ok });
    expect(await ok.called).toEqual([1]);
  });

  it('written: the methods are called with their object as this', async () => {
    const seen: unknown[] = [];
    const on = {
      success(this: unknown) {
        seen.push(this);
      },
    };
    write(async () => 1, callbackOptions)(on);
    await turns();
    expect(seen[0]).toBe(on);
  });
});

describe('style handler', () => {
  it('read: one method for each event', async () => {
    const run = (what: string): Promise<unknown> =>
      outcome(
        operationOf(
          handler.lift((on: any) => on[what](what)),
          undefined,
          [],
        ) as any,
      );
    expect(await run('onSuccess')).toEqual({ status: 'fulfilled', value: 'onSuccess' });
    expect(await run('onError')).toEqual({ status: 'rejected', reason: 'onError' });
    expect(await run('onCancel')).toEqual({ status: 'cancelled', reason: 'onCancel' });
    expect(await run('onComplete')).toEqual({ status: 'fulfilled', value: undefined });
  });

  it('written: one method for each event', async () => {
    const names = ['onSuccess', 'onError', 'onCancel'] as const;
    const make = () => Object.fromEntries(names.map((name) => [name, vi.fn()])) as any;
    const heard = async (fn: () => unknown): Promise<unknown> => {
      const on = make();
      write(fn, handler)(on);
      await turns();
      return names
        .map((name) => on[name].mock.calls)
        .flatMap((calls, i) => (calls.length ? [[names[i], ...calls]] : []));
    };
    expect(await heard(async () => 1)).toEqual([['onSuccess', [1]]]);
    expect(await heard(fails)).toEqual([['onError', [error]]]);
    const cancelled = new CancelledError();
    expect(await heard(async () => Promise.reject(cancelled))).toEqual([['onCancel', [cancelled]]]);
  });

  it('written: cancelled is an error for a handler without onCancel', async () => {
    const onError = ear();
    write(async () => Promise.reject(new CancelledError()), handler)({ onSuccess: () => {}, onError });
    expect(isCancelled((await onError.called)[0])).toBe(true);
  });

  it('written: a handler of a class keeps its this', async () => {
    class Handler {
      #values: unknown[] = [];
      onSuccess(value: unknown): void {
        this.#values.push(value);
      }
      get values(): unknown[] {
        return this.#values;
      }
    }
    const on = new Handler();
    write(async () => 1, handler)(on);
    await turns();
    expect(on.values).toEqual([1]);
  });

  it('many items: onNext and onComplete, both ways', async () => {
    const style = convention({ style: 'handler', multiple: true });
    const fn = (on: any): void => {
      on.onNext('a');
      on.onNext('b');
      on.onComplete();
    };
    expect(await read(fn, style, { fold: toArray() })()).toEqual(['a', 'b']);
    const log: unknown[] = [];
    const forwarded: any = convert(fn as any, style as any, { ...(style as any), lift: undefined });
    forwarded({ onNext: (item: unknown) => log.push(item), onComplete: () => log.push('complete') });
    await turns();
    expect(log).toEqual(['a', 'b', 'complete']);
  });
});

describe('items and a value, each with its method', () => {
  const methods = { next: 'onProgress', resolve: 'onDone', reject: 'onFail' } as const;
  const styles = [
    convention({ style: 'handler', methods }),
    convention({ style: 'handler', methods, multiple: true }),
  ];
  const upload = (file: string, on: any): void => {
    on.onProgress(50);
    on.onProgress(100);
    on.onDone(`id of ${file}`);
  };

  it('read: next gets the items, and the value is the result', async () => {
    for (const style of styles) {
      const log: unknown[] = [];
      const made = read(upload, style, { next: (item: unknown) => log.push(item) });
      expect(await made('a')).toBe('id of a');
      expect(log).toEqual([50, 100]);
      expect(style.traits.items).toBe(true);
    }
  });

  it('read: a fold has no place for the value, which is a stray', async () => {
    const heard = strays();
    expect(await read(upload, styles[0], { fold: toArray() })('a')).toEqual([50, 100]);
    expect(brief(heard)).toEqual([['value', 'id of a']]);
  });

  it('written: each is heard by its method, and the end alone too', async () => {
    const log: unknown[] = [];
    const on = Object.fromEntries(
      Object.values(methods).map((name) => [name, (...args: unknown[]) => log.push([name, ...args])]),
    );
    const forwarded: any = convert(upload as any, styles[0] as any, styles[1] as any);
    forwarded('a', on);
    await turns();
    expect(log.splice(0)).toEqual([
      ['onProgress', 50],
      ['onProgress', 100],
      ['onDone', 'id of a'],
    ]);
    const lines = convention({ style: 'handler', multiple: true });
    const ending: any = convert(((each: any) => each.onComplete()) as any, lines as any, styles[0] as any);
    ending(on);
    await turns();
    expect(log).toEqual([['onDone', undefined]]);
    expect(() => forwarded('a', { onProgress: () => {} })).toThrow('onDone');
  });
});

describe('values', () => {
  const fn = (done: any): void => done(null, 1, 2, 3);
  const cases: [any, unknown, unknown[]][] = [
    ['one', 1, [1]],
    ['all', [1, 2, 3], [1, 2, 3]],
    [['a', 'b'], { a: 1, b: 2 }, [1, 2]],
  ];
  it.each(cases)('%j, read', async (values, expected) => {
    expect(await read(fn, convention({ values }))()).toEqual(expected);
  });
  it.each(cases)('%j, written', async (values, value, expected) => {
    const hear = ear();
    write(async () => value, convention({ values }))(hear);
    expect(await hear.called).toEqual([null, ...expected]);
  });
  it('of the other styles, too', async () => {
    expect(await read((done) => done(1, 2), convention({ style: 'value-only', values: 'all' }))()).toEqual([
      1, 2,
    ]);
    expect(await read((ok) => ok(1, 2), convention({ style: 'pair', values: ['a', 'b'] }))()).toEqual({
      a: 1,
      b: 2,
    });
    const ok = ear();
    write(async () => [1, 2], convention({ style: 'pair', values: 'all' }))(ok, ear());
    expect(await ok.called).toEqual([1, 2]);
  });
  it('all, written: what is no array is one value', async () => {
    const hear = ear();
    write(async () => 'text', convention({ values: 'all' }))(hear);
    expect(await hear.called).toEqual([null, 'text']);
  });
  it('names, written: a missing object is no crash', async () => {
    const hear = ear();
    write(async () => undefined, convention({ values: ['a', 'b'] }))(hear);
    expect(await hear.called).toEqual([null, undefined, undefined]);
  });
});

describe('isError', () => {
  it('read: the test gets the first argument; the error is the same object', async () => {
    const codes = convention({ isError: (code) => code !== 0 });
    expect(await read((done) => done(0, 'ok'), codes)()).toBe('ok');
    await expect(read((done) => done(3, 'ignored'), codes)()).rejects.toBe(3);
  });

  it('read: a test that throws rejects, and does not reach the original', async () => {
    const throwing = convention({
      isError: () => {
        throw error;
      },
    });
    let reached: unknown;
    const fn = (done: any): void => {
      try {
        done(null, 1);
      } catch (thrown) {
        reached = thrown;
      }
    };
    await expect(read(fn, throwing)()).rejects.toBe(error);
    expect(reached).toBeUndefined();
  });

  it('written: an error that the test would not recognise is wrapped, with it as the reason', async () => {
    const hear = ear();
    write(async () => Promise.reject(''), convention({ isError: 'nullish' }))(hear);
    expect(await hear.called).toEqual(['']);
    const wrapped = ear();
    write(async () => Promise.reject(null), convention({ isError: 'nullish' }))(wrapped);
    expect((await wrapped.called)[0]).toMatchObject({ code: 'ERR_FALSY_VALUE_REJECTION', reason: null });
  });
});

describe('lastError', () => {
  const runtime: { lastError?: unknown } = {};
  const style = convention({
    style: 'value-only',
    lastError: {
      read: () => runtime.lastError,
      write: (what) => {
        runtime.lastError = what;
      },
    },
  });

  it('read: the error is kept outside the arguments while the callback runs', async () => {
    const fn = (done: any): void => {
      runtime.lastError = error;
      done();
      runtime.lastError = undefined;
    };
    await expect(read(fn, style)()).rejects.toBe(error);
    expect(await read((done) => done(1), style)()).toBe(1);
  });

  it('written: it is there while the callback runs, and gone afterwards', async () => {
    const seen: unknown[] = [];
    write(fails, style)((...args: unknown[]) => seen.push(runtime.lastError, args));
    await turns();
    expect(seen).toEqual([error, []]);
    expect(runtime.lastError).toBeUndefined();
  });

  it('written: gone afterwards also when the callback throws', async () => {
    strays();
    write(
      fails,
      style,
    )(() => {
      throw new Error('callback');
    });
    await turns();
    expect(runtime.lastError).toBeUndefined();
  });

  it('chromeCallback does it with chrome.runtime, and works without', async () => {
    expect(await read((done) => done(1), chromeCallback)()).toBe(1);
    vi.stubGlobal('chrome', { runtime: {} });
    const { runtime: chrome } = (globalThis as any).chrome;
    const fn = (done: any): void => {
      chrome.lastError = error;
      done();
      delete chrome.lastError;
    };
    await expect(read(fn, chromeCallback)()).rejects.toBe(error);
    const seen: unknown[] = [];
    write(fails, chromeCallback)(() => seen.push(chrome.lastError));
    await turns();
    expect(seen).toEqual([error]);
    expect('lastError' in chrome).toBe(false);
    vi.unstubAllGlobals();
  });
});

describe('multiple', () => {
  const fn = (done: any): void => {
    for (const item of [1, 2, null]) done(null, item);
  };
  const until = (_error: unknown, item: unknown): boolean => item === null;

  it('read: each call is an item; the call for which until is true ends it', async () => {
    expect(await read(fn, convention({ multiple: { until } }), { fold: toArray() })()).toEqual([1, 2]);
  });

  it('read: what the last call carries is an item, unless last says that it is the value, or none', async () => {
    interface Chunk {
      done: boolean;
      result?: string;
    }
    const chunks = [{ done: false }, { done: true, result: 'R' }];
    const source = (each: any): void => chunks.forEach(each);
    const many = (last?: 'item' | 'value' | 'none') =>
      convention({ style: 'value-only', multiple: { until: (chunk: Chunk) => chunk.done, last } });
    for (const last of [undefined, 'item'] as const)
      expect(await read(source, many(last), { fold: toArray() })()).toEqual(chunks);
    expect(await read(source, many('none'), { fold: toArray() })()).toEqual([chunks[0]]);
    const items: unknown[] = [];
    expect(await read(source, many('value'), { next: (item: unknown) => items.push(item) })()).toBe(
      chunks[1],
    );
    expect(items).toEqual([chunks[0]]);
  });

  it('read: a last call that carries nothing but null and undefined is no item by default', async () => {
    const end = (...args: unknown[]): boolean => args.at(-1) === true;
    const cases: [any, unknown[], unknown[]][] = [
      ['one', [null, true], []],
      ['one', ['z', true], ['z']],
      ['one', [0, true], [0]],
      ['all', [null, true], [[null, true]]],
      [['a', 'b'], [undefined, null, true], []],
      [['a', 'b'], [undefined, 'z', true], [{ a: undefined, b: 'z' }]],
    ];
    for (const [values, args, items] of cases) {
      const style = convention({ style: 'value-only', values, multiple: { until: end } });
      expect(await read((each) => each(...args), style, { fold: toArray() })()).toEqual(items);
    }
    const item = convention({ style: 'value-only', multiple: { until: end, last: 'item' } });
    expect(await read((each) => each(null, true), item, { fold: toArray() })()).toEqual([null]);
  });

  it('read: a last call that is all its consumer wants is no stray, and stops the source once for each run', async () => {
    const heard = strays();
    const stop = vi.fn();
    const style = convention({ style: 'value-only', multiple: { until: () => true }, stop });
    let tell!: (item: string) => void;
    const later = (each: any): object => {
      tell = each;
      return {};
    };
    const one = read(later, style, { fold: first() })();
    tell('a');
    expect(await one).toBe('a');
    expect(await read((each) => each('b'), style, { fold: first() })()).toBe('b');
    await turns();
    expect(stop).toHaveBeenCalledTimes(2);
    expect(heard).toEqual([]);
  });

  it('read: the source is stopped when the last call is the value, and what comes later is a stray', async () => {
    const heard = strays();
    const stop = vi.fn();
    const style = convention({ style: 'value-only', multiple: { until: () => true, last: 'value' }, stop });
    let tell!: (item: string) => void;
    const later = (each: any): object => {
      tell = each;
      return {};
    };
    const one = read(later, style, { next: () => {} })();
    tell('a');
    expect(stop).toHaveBeenCalledOnce();
    tell('b');
    expect(await one).toBe('a');
    expect(brief(heard)).toEqual([['value', 'b']]);
  });

  it('read: an error ends it', async () => {
    const failing = (done: any): void => {
      done(null, 1);
      done(error);
    };
    await expect(read(failing, convention({ multiple: true }), { fold: toArray() })()).rejects.toBe(error);
  });

  it('written: the callback is called for each item, in order and later', async () => {
    const many = convention({ multiple: { until } });
    const forwarded: any = convert(
      fn as any,
      many as any,
      convention({ multiple: true, name: 'other' }) as any,
    );
    const log: unknown[] = [];
    forwarded((_error: unknown, item: unknown) => log.push(item));
    log.push('returned');
    await turns();
    expect(log).toEqual(['returned', 1, 2]);
  });

  it('with an options object: success is called many times', async () => {
    const style = convention({ style: 'options', multiple: true });
    const positions = (on: any): void => {
      on.success(1);
      on.success(2);
      on.error(error);
    };
    const items: unknown[] = [];
    const watch = read(positions, style, { next: (item: unknown) => items.push(item) });
    await expect(watch()).rejects.toBe(error);
    expect(items).toEqual([1, 2]);
  });
});

describe('arity', () => {
  const style = convention({ arity: 2 });
  it('read: missing arguments are undefined, so that the callback does not move', async () => {
    const fn = (a: unknown, b: unknown, done: any): void => done(null, [a, b]);
    expect(await read(fn, style)()).toEqual([undefined, undefined]);
    expect(await read(fn, style)('a')).toEqual(['a', undefined]);
    expect(await read(fn, style)('a', 'b')).toEqual(['a', 'b']);
  });
  it('written: the callback is the last argument', async () => {
    const hear = ear();
    write(async (...args: unknown[]) => args, style)('a', hear);
    expect(await hear.called).toEqual([null, ['a']]);
  });
});

describe('capture and omitUndefined, written', () => {
  const throwing = (): never => {
    throw error;
  };
  it('without capture what the original throws is thrown', () => {
    expect(thrownBy(() => write(throwing, convention({}))(() => {}))).toBe(error);
  });
  it('with capture it goes to the callback, later', async () => {
    const hear = ear();
    write(throwing, convention({ capture: true }))(hear);
    expect(hear.times).toBe(0);
    expect(await hear.called).toEqual([error]);
    const failed = ear();
    write(throwing, convention({ style: 'pair', capture: true }))(ear(), failed);
    expect(await failed.called).toEqual([error]);
  });
  it('omitUndefined leaves undefined out, and nothing else', async () => {
    for (const [value, expected] of [
      [undefined, [null]],
      [null, [null, null]],
      [0, [null, 0]],
    ]) {
      const hear = ear();
      write(async () => value, convention({ omitUndefined: true }))(hear);
      expect(await hear.called).toEqual(expected);
    }
  });
});

describe('name', () => {
  it('is in the messages', () => {
    const style = convention({ name: 'geolocation', style: 'pair' });
    expect(style.name).toBe('geolocation');
    expect((thrownBy(() => write(async () => 1, style)()) as Error).message).toContain('geolocation');
    expect(callback.name).toBe('callback');
  });
});

describe('every convention', () => {
  const styles = {
    'error-first': [convention({}), (done: any) => done(null, 1)],
    'value-only': [valueCallback, (done: any) => done(1)],
    pair: [callbackPair, (ok: any) => ok(1)],
    options: [callbackOptions, (on: any) => on.success(1)],
    handler: [handler, (on: any) => on.onSuccess(1)],
  } as const;

  it.each(Object.entries(styles))('%s: there and back is the original', (_name, [style, fn]) => {
    expect(convert(read(fn as any, style), promise, style as any)).toBe(fn);
  });

  it.each(Object.entries(styles))(
    '%s: a throw after the callback is reported, and a second call too',
    async (_name, [style, fn]) => {
      const heard = strays();
      const twice = (...args: any[]): void => {
        (fn as any)(...args);
        (fn as any)(...args);
        throw error;
      };
      expect(await read(twice, style)()).toBe(1);
      expect(brief(heard)).toEqual([
        ['value', 1],
        ['thrown', error],
      ]);
      expect(heard[0]?.source).toBe(twice);
    },
  );

  it.each(Object.entries(styles))('%s: a throw before is a rejection', async (_name, [style]) => {
    const throwing = (): never => {
      throw error;
    };
    await expect(read(throwing, style)()).rejects.toBe(error);
  });

  it.each(Object.entries(styles))(
    '%s: an error branded as cancelled is a cancellation',
    async (name, [style]) => {
      if (name === 'value-only') return;
      const reason = new CancelledError();
      const gone = (...args: any[]): void => {
        if (name === 'error-first') args[0](reason);
        else if (name === 'pair') args[1](reason);
        else (args[0].error ?? args[0].onError)(reason);
      };
      const answer = await outcome(operationOf((style as any).lift(gone), undefined, []));
      expect(answer).toEqual({ status: 'cancelled', reason });
    },
  );

  it('a callback that throws is an uncaught exception of the host', async () => {
    const heard = await uncaught(async () => {
      for (const [style] of Object.values(styles)) {
        const throwing = (): never => {
          throw error;
        };
        const on = { success: throwing, onSuccess: throwing };
        const isObject = style === callbackOptions || style === handler;
        write(
          async () => 1,
          style,
        )(...(style === callbackPair ? [throwing, throwing] : isObject ? [on] : [throwing]));
      }
      await turns();
    });
    expect(heard).toEqual([error, error, error, error, error]);
  });

  it('a test in the convention that throws while it writes goes to the host, not to the source', async () => {
    const heard = strays();
    const style = convention({
      isError: () => {
        throw new Error('test');
      },
    });
    const source = vi.fn();
    const fn = (done: any): void => {
      try {
        done(error);
      } catch (thrown) {
        source(thrown);
      }
    };
    const forwarded: any = convert(fn as any, callback, style as any);
    forwarded(() => {});
    await turns();
    expect(source).not.toHaveBeenCalled();
    expect(heard.map((stray) => stray.kind)).toEqual(['thrown']);
  });
});
