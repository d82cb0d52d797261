/** What mocking libraries put on a view's method is what the view shows, and it is taken away again; the original is left untouched. */
import { mock as nodeMock } from 'node:test';
import { callback, promisifyAll } from '@anyasync/callback';
import { convertAll } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { ModuleMocker } from 'jest-mock';
import sinon from 'sinon';
import { describe, expect, it, vi } from 'vitest';

type Done<T = any> = (error?: any, value?: T) => void;
const jest = new ModuleMocker(globalThis);

/** Puts a function that gives 5 in place of a method, and how to take it away. */
const libraries: Readonly<Record<string, (view: any, name: string) => () => void>> = {
  jest(view, name) {
    const spy = jest.spyOn(view, name as never).mockResolvedValue(5 as never);
    return () => spy.mockRestore();
  },
  'an assignment': (view, name) => {
    const before = view[name];
    view[name] = async () => 5;
    return () => {
      view[name] = before;
    };
  },
  'an assignment that is deleted': (view, name) => {
    view[name] = async () => 5;
    return () => delete view[name];
  },
  vitest(view, name) {
    const spy = vi.spyOn(view, name).mockResolvedValue(5);
    return () => spy.mockRestore();
  },
  sinon(view, name) {
    const stub = sinon.stub(view, name).resolves(5);
    return () => stub.restore();
  },
  'sinon.replace': (view, name) => {
    const sandbox = sinon.createSandbox();
    sandbox.replace(view, name, async () => 5);
    return () => sandbox.restore();
  },
  'node:test'(view, name) {
    const { mock } = nodeMock.method(view, name, async () => 5);
    return () => mock.restore();
  },
};

class Client {
  static load(done: Done): void {
    done(null, 'loaded');
  }
  read(done: Done): void {
    done(null, 'read');
  }
}
const objects: Readonly<Record<string, () => [object, method: string]>> = {
  'an object': () => [{ read: (done: Done) => done(null, 'read') }, 'read'],
  'a class instance': () => [new Client(), 'read'],
  'a frozen object': () => [Object.freeze({ read: (done: Done) => done(null, 'read') }), 'read'],
  'a class': () => [class extends Client {}, 'load'],
};
const views: Readonly<Record<string, (object: any, method: string) => [any, name: string]>> = {
  beside: (object, method) => [promisifyAll(object), `${method}Async`],
  'in place': (object, method) => [
    convertAll(object, callback, promise, { suffix: '', pick: [method] } as object),
    method,
  ],
};

const properties = (object: object | null): object[] =>
  object === null || object === Object.prototype || object === Function.prototype
    ? []
    : [Object.getOwnPropertyDescriptors(object), ...properties(Object.getPrototypeOf(object))];

describe.each(Object.entries(libraries))('%s', (_library, put) => {
  describe.each(Object.entries(views))('%s', (_place, viewOf) => {
    it.each(Object.entries(objects))('%s', async (_kind, make) => {
      const [object, method] = make();
      const before = properties(object);
      const [view, name] = viewOf(object, method);
      const shown = view[name];
      const value = await shown();
      for (let turn = 0; turn < 2; turn++) {
        const restore = put(view, name);
        expect(await view[name]()).toBe(5);
        expect(view[name]).not.toBe(shown);
        expect(properties(object)).toEqual(before);
        restore();
        expect(view[name]).toBe(shown);
        expect(await view[name]()).toBe(value);
      }
      expect(properties(object)).toEqual(before);
      expect(Object.getPrototypeOf(view)).toBe(Object.getPrototypeOf(object));
    });
  });
});

describe('a spy without an answer', () => {
  it.each([
    ['jest', (view: any) => jest.spyOn(view, 'readAsync')],
    ['vitest', (view: any) => vi.spyOn(view, 'readAsync')],
    ['sinon', (view: any) => sinon.spy(view, 'readAsync')],
    ['node:test', (view: any) => nodeMock.method(view, 'readAsync')],
  ])('%s: calls the promise version', async (_library, spyOn) => {
    const view: any = promisifyAll(new Client());
    spyOn(view);
    expect(await view.readAsync()).toBe('read');
  });
});

it('after it is restored, a method that the original gets is shown', async () => {
  const object = { read: (done: Done) => done(null, 1) };
  const view: any = promisifyAll(object);
  const spy = jest.spyOn(view, 'readAsync').mockResolvedValue(5 as never);
  spy.mockRestore();
  object.read = (done: Done) => done(null, 2);
  expect(await view.readAsync()).toBe(2);
});

it('a method that is not converted is mocked on the original, and gets back what it was', () => {
  const isOpen = (): boolean => true;
  const database: any = { isOpen, onmessage: null };
  const view: any = promisifyAll(database, { exclude: ['isOpen'] });
  const spy = jest.spyOn(view, 'isOpen').mockReturnValue(false as never);
  expect([view.isOpen(), database.isOpen()]).toEqual([false, false]);
  spy.mockRestore();
  expect(database.isOpen).toBe(isOpen);
  const listener = (): void => {};
  view.onmessage = listener;
  expect(database.onmessage).toBe(listener);
});

it('what only one view shows mocked, another does not', async () => {
  const client = new Client();
  const [one, two]: any[] = [promisifyAll(client), promisifyAll(client)];
  jest.spyOn(one, 'readAsync').mockResolvedValue(5 as never);
  expect([await one.readAsync(), await two.readAsync()]).toEqual([5, 'read']);
});
