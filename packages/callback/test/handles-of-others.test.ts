// What may not be stopped, and what must be: a cancelled call ends its own work, and nobody else's.
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { convert, first, onStray, operation, race, toArray } from '@anyasync/core';
import { fromPromise, promise, toPromise } from '@anyasync/promise';
import { describe, expect, it, vi } from 'vitest';
import {
  callback,
  convention,
  fromCallback,
  promisify,
  promisifyAll,
  toCallback,
  universalify,
  valueCallback,
} from '../src/index.js';

const turns = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

class Database {
  closed = false;
  get(_query: string, _done: (error: Error | null, row: string) => void): this {
    return this; // for chaining, as many drivers do
  }
  close(): void {
    this.closed = true;
  }
}

describe('a handle', () => {
  it('is not the object that a method returns for chaining: cancelling a query does not close the database', async () => {
    const database = new Database();
    const view = promisifyAll(database, { suffix: '', pick: ['get'] });
    await expect(view.get.with({ timeout: 1 })('q')).rejects.toMatchObject({ name: 'TimeoutError' });
    const { get } = promisifyAll(database, { suffix: '', pick: ['get'] });
    await expect(get.with({ timeout: 1 })('q')).rejects.toMatchObject({ name: 'TimeoutError' });
    const plain = promisify(database.get).with({ timeout: 1 });
    await expect(plain.call(database, 'q')).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(database.closed).toBe(false);
  });

  it('is not any object that hangs on a thenable: cancelling a query does not end its pool', async () => {
    const destroy = vi.fn();
    const query = () => Object.assign(new Promise<number>(() => {}), { client: { destroy } });
    await expect(convert(query, promise, promise, { timeout: 1 })()).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    expect(destroy).not.toHaveBeenCalled();
  });

  it('may be a request that is a thenable as well', async () => {
    const abort = vi.fn();
    const request = (_url: string, _done: (error: Error | null, body: string) => void) => ({
      abort,
      then: vi.fn(),
    });
    const given: unknown[] = [];
    const run = promisify(request).with({ timeout: 1, onHandle: (handle) => given.push(handle) });
    await expect(run('u')).rejects.toMatchObject({ name: 'TimeoutError' });
    expect(abort).toHaveBeenCalledOnce();
    expect(given).toHaveLength(1);
  });

  it('stopped by name may be missing', async () => {
    const heard: unknown[] = [];
    const off = onStray((stray) => {
      stray.preventDefault();
      heard.push(stray.value);
    });
    const style = convention({ stop: 'close' });
    const fn = (_done: (error: Error | null, n: number) => void): void => {};
    await expect(convert(fn, style, promise, { timeout: 1 })()).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    off();
    expect(heard).toEqual([]);
  });
});

describe('a multi-shot source', () => {
  const every = (tick: (n: number) => void) => {
    let n = 0;
    return setInterval(() => tick(n++), 1);
  };
  it('is stopped when until tells the last call', async () => {
    const stop = vi.fn((timer: NodeJS.Timeout) => clearInterval(timer));
    const style = convention({ style: 'value-only', multiple: { until: (n: number) => n === 2 }, stop });
    expect(await convert(every, style, promise, { fold: toArray() })()).toEqual([0, 1, 2]);
    expect(stop).toHaveBeenCalledOnce();
  });
  it('is stopped by until in a handler and in an options object, too', async () => {
    for (const style of ['handler', 'options'] as const) {
      const stop = vi.fn((timer: NodeJS.Timeout) => clearInterval(timer));
      const name = style === 'handler' ? 'onNext' : 'success';
      const ticking = (on: any) => every((n) => on[name](n));
      const convened: any = convention({ style, multiple: { until: (n: number) => n === 2 }, stop });
      const all: any = convert(ticking as any, convened, promise, { fold: toArray() } as any);
      expect(await all()).toEqual([0, 1, 2]);
      expect(stop).toHaveBeenCalledOnce();
    }
  });
  it('is stopped when until throws, and the error is the result', async () => {
    const stop = vi.fn((timer: NodeJS.Timeout) => clearInterval(timer));
    const until = (): boolean => {
      throw new Error('until');
    };
    const style = convention({ style: 'value-only', multiple: { until }, stop });
    await expect(convert(every, style, promise, { fold: first() })()).rejects.toThrow('until');
    expect(stop).toHaveBeenCalledOnce();
  });
});

it('dispose and onHandle may be asynchronous: a rejection is a stray, and no unhandled rejection', async () => {
  const heard: unknown[] = [];
  const off = onStray((stray) => {
    stray.preventDefault();
    heard.push((stray.value as Error).message);
  });
  let answer: (n: number) => void = () => {};
  const op = operation<number>((receiver) => {
    answer = (n) => receiver.resolve(n);
  });
  const controller = new AbortController();
  const dispose = async (): Promise<never> => {
    throw new Error('dispose');
  };
  const ended = toPromise(op, { signal: controller.signal, dispose });
  controller.abort('no');
  await expect(ended).rejects.toBe('no');
  answer(1);
  await turns();
  off();
  expect(heard).toEqual(['dispose']);
});

it('a function that was converted to another style is refused, since its call would never end', () => {
  const read = convert((done: (error: null, n: number) => void) => done(null, 1), callback, promise);
  expect(() => convert(read as never, callback, promise)).toThrow(
    expect.objectContaining({ name: 'ArgumentError', argument: 'from' }),
  );
});

it('universalify takes the callback from where it says', async () => {
  const add = (a: number, b: number, done: (error: null, sum: number) => void): void => done(null, a + b);
  const either: any = universalify(add, { callback: 0 });
  expect(await either(1, 2)).toBe(3);
  expect(await new Promise((done) => either((_: null, sum: number) => done(sum), 1, 2))).toBe(3);
});

it('toCallback calls the callback without a this', async () => {
  const self = await new Promise((resolve) =>
    toCallback(fromPromise(Promise.resolve(1)), function (this: unknown) {
      resolve(this);
    }),
  );
  expect(self).toBeUndefined();
});

describe('a handle that tells of failure by an event', () => {
  it('errorEvent reads it: http.get of a port where nobody listens rejects', async () => {
    const server = createServer();
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    await new Promise((done) => server.close(done));
    const httpCallback = convention({ style: 'value-only', errorEvent: 'error' });
    const load = (url: string, done: (response: IncomingMessage) => void) => get(url, done);
    await expect(convert(load, httpCallback, promise)(`http://127.0.0.1:${port}`)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    });
  });

  it('is no uncaught exception when a cancel makes it fail: http.get with a timeout', async () => {
    const server = createServer(() => {}); // never answers
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    const { port } = server.address() as AddressInfo;
    const heard: unknown[] = [];
    const off = onStray((stray) => {
      stray.preventDefault();
      heard.push([stray.kind, stray.cancelled]);
    });
    const load = (url: string, done: (response: IncomingMessage) => void) => get(url, done);
    const run = promisify(load, { from: valueCallback }).with({ timeout: 20 });
    await expect(run(`http://127.0.0.1:${port}`)).rejects.toMatchObject({ name: 'TimeoutError' });
    await turns();
    server.closeAllConnections();
    await new Promise((done) => server.close(done));
    off();
    expect(heard).toEqual([['error', true]]);
  });
});

it('an async function that takes a callback and rejects instead of calling it, rejects', async () => {
  const warned = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
  const fails = async (_n: number, _done: (error: Error | null, n: number) => void): Promise<void> => {
    throw new Error('boom');
  };
  await expect(promisify(fails)(1)).rejects.toThrow('boom');
  expect(warned).toHaveBeenCalledOnce();
  warned.mockRestore();
});

it('a misspelt option of a convention is refused', () => {
  expect(() => convention({ style: 'value-only', posiiton: 'first' } as never)).toThrow(/no option posiiton/);
});

it('a loser that comes too late is disposed of, like every value that nobody waits for', async () => {
  const after = (ms: number, value: string) =>
    fromCallback((done: (error: null, value: string) => void) => void setTimeout(done, ms, null, value));
  const freed: unknown[] = [];
  const dispose = (value: unknown): void => void freed.push(value);
  expect(await toPromise(race([after(1, 'soon'), after(8, 'late')]), { dispose })).toBe('soon');
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(freed).toEqual(['late']);
});
