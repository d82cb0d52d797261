import { convertAll } from '@anyasync/core';
import { describe, expect, it, vi } from 'vitest';
import { callback } from '../../callback/src/index.js';
import { promise } from '../../promise/src/index.js';
import { thrownBy } from './support.js';

type Done<T> = (error: unknown, value?: T) => void;
const all = (object: object, options?: object): any =>
  convertAll(object as any, callback, promise, options as any);
/** Every method, in place of the original one. */
const inPlace = (object: object, options?: object): any =>
  all(object, { suffix: '', exclude: [], ...options });

const client = () => ({
  prefix: 'p:',
  get(key: string, done: Done<string>): void {
    done(null, this.prefix + key);
  },
  getSync(key: string): string {
    return this.prefix + key;
  },
});

describe('a view', () => {
  it('with an empty suffix shows the converted methods in place of the original ones', async () => {
    const view = inPlace(client());
    expect(await view.get('a')).toBe('p:a');
    expect(view.getSync('a')).toBe('p:a');
    expect(view.prefix).toBe('p:');
  });

  it('shows them beside the original ones otherwise', async () => {
    const view = all(client());
    expect(await view.getAsync('a')).toBe('p:a');
    const heard: unknown[] = [];
    view.get('a', (...args: unknown[]) => heard.push(args));
    expect(heard).toEqual([[null, 'p:a']]);
  });

  it('does not convert *Sync, classes, methods with a symbol for a name, and what every object has', () => {
    const key = Symbol('key');
    class Inner {}
    const view = all({ ...client(), Inner, [key]: () => 'symbol' }, { suffix: 'Async' });
    for (const name of ['getSyncAsync', 'InnerAsync', 'toStringAsync', 'valueOfAsync', 'constructorAsync'])
      expect(view[name], name).toBeUndefined();
    expect(view[key]()).toBe('symbol');
    expect(new view.Inner()).toBeInstanceOf(Inner);
    expect(inPlace({ ...client(), Inner }).Inner).toBe(Inner);
  });

  it('pick converts these methods and no others', async () => {
    const view = inPlace({ ...client(), other: () => 'plain' }, { pick: ['get'] });
    expect(await view.get('a')).toBe('p:a');
    expect(view.other()).toBe('plain');
  });

  it('keeps a member that has the suffixed name already', () => {
    const view = all({ ...client(), getAsync: () => 'mine' }, { suffix: 'Async' });
    expect(view.getAsync()).toBe('mine');
  });

  it('gives the same method each time, and another one when the original changes', async () => {
    const object = client();
    const view = inPlace(object);
    expect(view.get).toBe(view.get);
    const before = view.get;
    object.get = (_key, done) => done(null, 'changed');
    expect(view.get).not.toBe(before);
    expect(await view.get('a')).toBe('changed');
  });

  it('its methods can be taken off it', async () => {
    const { get } = inPlace(client());
    expect(await get('a')).toBe('p:a');
  });

  it('leaves the original as it is', async () => {
    const object = client();
    const before = Object.getOwnPropertyDescriptors(object);
    const view = all(object, { suffix: 'Async' });
    await view.getAsync('a');
    expect(Object.getOwnPropertyDescriptors(object)).toEqual(before);
  });

  it('inside the original, this.other(callback) stays in its own style', async () => {
    const object = {
      inner: (done: Done<number>): void => done(null, 1),
      outer(done: Done<number>): void {
        this.inner((_error, n) => done(null, (n ?? 0) + 1));
      },
    };
    expect(await inPlace(object).outer()).toBe(2);
  });

  it('writes and deletes go to the original', () => {
    const object: any = client();
    const view = inPlace(object);
    view.prefix = 'q:';
    view.extra = 1;
    expect([object.prefix, object.extra]).toEqual(['q:', 1]);
    delete view.extra;
    expect('extra' in object).toBe(false);
  });

  it('run options are the defaults of every method, and with() works', async () => {
    const view = inPlace({ never: (done: Done<number>) => {} }, { timeout: 2 });
    await expect(view.never()).rejects.toMatchObject({ timeout: 2 });
    await expect(view.never.with({ timeout: 1 })()).rejects.toMatchObject({ timeout: 1 });
  });
});

describe('what the view shows of itself', () => {
  it('in, Object.keys and hasOwn agree with what can be read', () => {
    const view = all({ ...client(), n: 1 }, { suffix: 'Async' });
    expect('getAsync' in view).toBe(true);
    expect('get' in view).toBe(true);
    expect('nAsync' in view).toBe(false);
    expect('getSyncAsync' in view).toBe(false);
    expect(Object.keys(view).sort()).toEqual(['get', 'getAsync', 'getSync', 'n', 'prefix']);
    for (const name of ['getAsync', 'get', 'n']) expect(Object.hasOwn(view, name), name).toBe(true);
    for (const name of ['nAsync', 'getSyncAsync', 'nothing'])
      expect(Object.hasOwn(view, name), name).toBe(false);
  });

  it('can be spread, inspected, printed and awaited', async () => {
    const view = all(client(), { suffix: 'Async' });
    expect(await { ...view }.getAsync('a')).toBe('p:a');
    expect(`${view}`).toBe('[object Object]');
    expect(await view).toBe(view);
    expect(JSON.stringify(view)).toBe('{"prefix":"p:"}');
  });

  it('is an instance of the class of the original', () => {
    expect(inPlace(new Map())).toBeInstanceOf(Map);
  });
});

describe('kinds of objects', () => {
  class Base {
    inherited(done: Done<string>): void {
      done(null, 'inherited');
    }
  }
  class Client extends Base {
    #secret = 'secret';
    static made = 0;
    static create(name: string, done: Done<string>): void {
      done(null, `created ${name} ${++Client.made}`);
    }
    read(done: Done<string>): void {
      done(null, this.#secret);
    }
    get lazy(): (done: Done<string>) => void {
      getter();
      return (done) => done(null, 'lazy');
    }
  }
  const getter = vi.fn();

  it('an instance: #private and inherited methods, and no getter runs early', async () => {
    const view = all(new Client(), { suffix: 'Async' });
    expect(await view.readAsync()).toBe('secret');
    expect(await view.inheritedAsync()).toBe('inherited');
    Object.keys(view);
    expect('lazyAsync' in view).toBe(false);
    expect(getter).not.toHaveBeenCalled();
    expect(view).toBeInstanceOf(Client);
  });

  it('a class: static methods, and new gives an instance as before', async () => {
    const View = all(Client, { suffix: 'Async' });
    expect(await View.createAsync('a')).toBe('created a 1');
    expect(Client.made).toBe(1);
    const instance = new View();
    expect(instance).toBeInstanceOf(Client);
    expect(View.prototype).toBe(Client.prototype);
    expect(View.name).toBe('Client');
  });

  it('a Map and a Date: their methods reach the internal slots', () => {
    const map = all(new Map([['a', 1]]), { suffix: 'Async' });
    expect(map.get('a')).toBe(1);
    expect(map.size).toBe(1);
    expect([...map]).toEqual([['a', 1]]);
    const date = all(new Date(5), { suffix: 'Async' });
    expect(date.getTime()).toBe(5);
    expect(`${date}`).toBe(String(new Date(5)));
    expect(+date).toBe(5);
  });

  it('a frozen object', async () => {
    const frozen = Object.freeze(client());
    expect(await inPlace(frozen).get('a')).toBe('p:a');
    expect(await all(frozen, { suffix: 'Async' }).getAsync('a')).toBe('p:a');
    expect(Object.keys(inPlace(frozen)).sort()).toEqual(['get', 'getSync', 'prefix']);
  });

  it('a module namespace', async () => {
    const fs = await import('node:fs');
    const view = all(fs, { suffix: 'Async' });
    expect((await view.statAsync('.')).isDirectory()).toBe(true);
    expect(view.existsSync('.')).toBe(true);
    expect('existsSyncAsync' in view).toBe(false);
    expect(await inPlace(fs, { pick: ['access'] }).access('.')).toBeUndefined();
  });

  it('a function: it can still be called', () => {
    const fn = Object.assign((n: number) => n + 1, client());
    expect(all(fn, { suffix: 'Async' })(1)).toBe(2);
  });

  it('an object with a prototype of null', async () => {
    const object = Object.assign(Object.create(null), { get: (done: Done<number>) => done(null, 1) });
    expect(await inPlace(object).get()).toBe(1);
  });
});

describe('what is done to the view', () => {
  it('a property that is defined on it can be read from it', () => {
    const view = inPlace(client());
    Object.defineProperty(view, 'extra', { value: 1, configurable: true, enumerable: true });
    expect(view.extra).toBe(1);
    expect(Object.keys(view)).toContain('extra');
  });

  it('its methods can be mocked', async () => {
    const view = inPlace(client());
    const spy = vi.spyOn(view, 'get').mockResolvedValue('mocked');
    expect(await view.get('a')).toBe('mocked');
    spy.mockRestore();
    expect(await view.get('a')).toBe('p:a');
  });

  it('freezing it is refused or works, and the view is usable afterwards', async () => {
    const view = all(client(), { suffix: 'Async' });
    try {
      Object.freeze(view);
    } catch (error) {
      expect(error).toBeInstanceOf(TypeError);
    }
    expect(Object.keys(view).sort()).toEqual(['get', 'getAsync', 'getSync', 'prefix']);
    expect(await view.getAsync('a')).toBe('p:a');
  });

  it('a class that extends the view of a class has its own members', async () => {
    class Base {
      static load(done: Done<number>): void {
        done(null, 1);
      }
      read(done: Done<string>): void {
        done(null, 'read');
      }
    }
    const View = inPlace(Base);
    class Sub extends View {
      own = 'own';
      hello(): string {
        return 'hello';
      }
    }
    const made: any = new Sub();
    expect(made).toBeInstanceOf(Base);
    expect([made.own, made.hello?.()]).toEqual(['own', 'hello']);
    expect(await (Sub as any).load()).toBe(1);
  });

  it('an object that inherits from it keeps its own properties to itself', () => {
    const object: any = client();
    const heir = Object.create(inPlace(object));
    heir.prefix = 'mine';
    expect(heir.prefix).toBe('mine');
    expect(object.prefix).toBe('p:');
  });
});

describe('bad input', () => {
  it('no object, no style, a suffix or a pick that is none', () => {
    const bad = { name: 'ArgumentError', code: 'ERR_INVALID_ARG_TYPE' };
    for (const object of [undefined, null, 5, 'fs'])
      expect(thrownBy(() => all(object as any))).toMatchObject({
        ...bad,
        argument: 'object',
        received: object,
      });
    expect(thrownBy(() => convertAll({}, {} as any, promise))).toMatchObject({ ...bad, argument: 'from' });
    expect(thrownBy(() => convertAll({}, callback, 5 as any))).toMatchObject({ ...bad, argument: 'to' });
    expect(thrownBy(() => all({}, { suffix: 5 }))).toMatchObject({ ...bad, argument: 'suffix' });
    expect(thrownBy(() => all({}, { pick: 'get' }))).toMatchObject({ ...bad, argument: 'pick' });
    expect(thrownBy(() => all({}, { pick: ['gte'] }))).toMatchObject({
      ...bad,
      argument: 'pick',
      received: 'gte',
    });
  });

  it('run options that cannot be meant, when the view is made', () => {
    expect(thrownBy(() => all(client(), { timeout: -1 }))).toMatchObject({ argument: 'timeout' });
    expect(thrownBy(() => all(client(), { signal: 5 }))).toMatchObject({ argument: 'signal' });
  });

  it('options that are no object', () => {
    for (const options of [null, 5, 'Async'])
      expect(thrownBy(() => all(client(), options as any))).toMatchObject({ name: 'ArgumentError' });
  });
});
