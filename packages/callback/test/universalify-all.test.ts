import * as fs from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { thrownBy, turns } from '../../core/test/support.js';
import { promise } from '../../promise/src/index.js';
import { promisifyAll, universalifyAll } from '../src/index.js';

type Done<T = any> = (error?: any, value?: T) => void;
const all = (object: object, options?: object): any => universalifyAll(object as any, options as any);

class Client {
  #secret = 'secret';
  read(key: string, done: Done): void {
    done(null, `${key} ${this.#secret}`);
  }
  isOpen(): boolean {
    return true;
  }
}

describe('universalifyAll', () => {
  it('shows both faces beside the original methods', async () => {
    const view = all(new Client());
    expect(await view.readAsync('a')).toBe('a secret');
    const done = vi.fn();
    expect(view.readAsync('a', done)).toBeUndefined();
    await turns();
    expect(done).toHaveBeenCalledExactlyOnceWith(null, 'a secret');
    expect([view.isOpen(), view.read.length]).toEqual([true, 2]);
  });

  it('in place of them, as fs-extra does', async () => {
    const view = all(fs, { suffix: '', pick: ['stat'] });
    expect((await view.stat('package.json')).isFile()).toBe(true);
    const stats: any = await new Promise((resolve) =>
      view.stat('package.json', (_: unknown, s: unknown) => resolve(s)),
    );
    expect(stats.isFile()).toBe(true);
    expect(view.existsSync('package.json')).toBe(true);
    expect(thrownBy(() => all(fs, { suffix: '' }))).toMatchObject({ argument: 'suffix' });
  });

  it('of promise methods, and with a callback that is not last', async () => {
    const store = { get: async (key: string) => key.length };
    const view = all(store, { from: promise });
    expect(await view.getAsync('abc')).toBe(3);
    expect(await new Promise((resolve) => view.getAsync('abc', (_: unknown, n: number) => resolve(n)))).toBe(
      3,
    );
    const first = all(store, { from: promise, callback: 0, suffix: 'Both', deep: true });
    expect(await new Promise((resolve) => first.getBoth((_: unknown, n: number) => resolve(n), 'ab'))).toBe(
      2,
    );
  });

  it('wrong calls name universalifyAll, and options that it has not are refused', () => {
    expect(thrownBy(() => all(null as never))).toMatchObject({
      argument: 'object',
      message: expect.stringContaining('universalifyAll()'),
    });
    expect(thrownBy(() => all({}, { timeout: 5 }))).toMatchObject({
      argument: 'options',
      received: 'timeout',
    });
    expect(thrownBy(() => all({}, { callback: -1 }))).toMatchObject({ argument: 'callback' });
    expect(thrownBy(() => all({}, { from: 5 }))).toMatchObject({ argument: 'from' });
    expect(thrownBy(() => promisifyAll(5 as never))).toMatchObject({
      message: expect.stringContaining('promisifyAll()'),
    });
  });
});
