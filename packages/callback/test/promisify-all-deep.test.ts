/** Members that are objects or classes as views; prototypes; what is done to a view itself. */
import { describe, expect, it } from 'vitest';
import { promisify, promisifyAll } from '../src/index.js';

type Done<T = any> = (error?: any, value?: T) => void;
const all = (object: object, options?: object): any => promisifyAll(object as any, options as any);

/** As a module of classes: redis of the time before promises. */
function redis() {
  class Multi {
    exec(done: Done): void {
      done(null, 'executed');
    }
  }
  class RedisClient {
    static count = 0;
    static connect(done: Done): void {
      done(null, ++RedisClient.count);
    }
    #secret = 'secret';
    readonly options = { host: 'local', check: (done: Done) => done(null, 'checked') };
    readonly list = [1, 2];
    readonly started = new Date(5);
    readonly parent = this;
    get(done: Done): void {
      done(null, this.#secret);
    }
    multi(): Multi {
      return new Multi();
    }
  }
  return { RedisClient, Multi, createClient: () => new RedisClient(), constants: Object.freeze({ max: 5 }) };
}

describe('deep', () => {
  it('a module of classes: statics, instances and their members, and the classes stay as they are', async () => {
    const module = redis();
    const view = all(module, { deep: true });
    expect(await view.RedisClient.connectAsync()).toBe(1);
    const client = new view.RedisClient();
    expect(await client.getAsync()).toBe('secret');
    expect(await client.options.checkAsync()).toBe('checked');
    expect(client).toBeInstanceOf(module.RedisClient);
    expect(client).toBeInstanceOf(view.RedisClient);
    expect(view.RedisClient.prototype).toBe(module.RedisClient.prototype);
    expect(Reflect.ownKeys(module.RedisClient.prototype)).toEqual(['constructor', 'get', 'multi']);
    expect(await all(view.createClient()).getAsync()).toBe('secret');
  });

  it('only the members that are named, at every depth', async () => {
    const item = {
      body: { get: (done: Done) => done(null, 'text'), inner: { get: (done: Done) => done(null, 'inner') } },
      subject: { get: (done: Done) => done(null, 'subject') },
    };
    const view = all({ item }, { deep: ['item', 'body'] });
    expect(await view.item.body.getAsync()).toBe('text');
    expect(view.item.subject).toBe(item.subject);
    expect(view.item.body.inner).toBe(item.body.inner);
    const inPlace = all(item, { suffix: '', pick: ['get'], deep: ['body', 'subject'] });
    expect([await inPlace.body.get(), await inPlace.subject.get()]).toEqual(['text', 'subject']);
  });

  it('a member is one view, also if it is reached in another way, and around a circle', () => {
    const view = all(new (redis().RedisClient)(), { deep: true });
    expect(view.options).toBe(view.options);
    expect(view.parent).toBe(view);
    expect(view.list).toEqual([1, 2]);
    expect(Array.isArray(view.list)).toBe(true);
    expect(view.started.getTime()).toBe(5);
  });

  it('data is data: lists, dates, maps, bytes, errors and promises are shown as they are', () => {
    const data = {
      list: [1],
      date: new Date(),
      map: new Map(),
      bytes: new Uint8Array(1),
      error: new Error('e'),
      promise: Promise.resolve(),
      pattern: /x/,
      nothing: null,
      text: 'x',
    };
    const view = all(data, { deep: true });
    for (const [name, value] of Object.entries(data)) expect(view[name], name).toBe(value);
  });

  it('a class that extends the view of a class is a class of its own', async () => {
    const { RedisClient } = all(redis(), { deep: true });
    class Own extends RedisClient {
      #own = 'own';
      read(): string {
        return this.#own;
      }
    }
    expect((new Own() as any).read()).toBe('own');
  });

  it('runs no getter before it is read', () => {
    let runs = 0;
    const object = {
      get body() {
        runs++;
        return { get: (done: Done) => done() };
      },
    };
    const view = all(object, { deep: true });
    Object.keys(view);
    'bodyAsync' in view;
    expect(runs).toBe(0);
    expect('getAsync' in view.body).toBe(true);
    expect(runs).toBe(1);
  });
});

describe('a prototype', () => {
  it('is changed by an assignment, for all: a view changes no class', async () => {
    const { Multi } = redis();
    const view = all(Multi.prototype);
    expect('execAsync' in view).toBe(true);
    expect('execAsync' in new Multi()).toBe(false);
    const prototype: any = Multi.prototype;
    for (const name of ['exec']) prototype[`${name}Async`] = promisify(prototype[name]);
    expect(await (new Multi() as any).execAsync()).toBe('executed');
  });
  it('or an instance is viewed', async () => {
    expect(await all(new (redis().Multi)()).execAsync()).toBe('executed');
  });
});

describe('hostile 22: views: setPrototypeOf returns false', () => {
  it('and the prototype of the original stays as it is', () => {
    const object = { get: (done: Done) => done() };
    const view = all(object);
    expect(Reflect.setPrototypeOf(view, Map.prototype)).toBe(false);
    expect(() => Object.setPrototypeOf(view, null)).toThrow(TypeError);
    expect(Object.getPrototypeOf(object)).toBe(Object.prototype);
  });
  it('__proto__ and delete are done to the original, as documented', () => {
    const object: any = { n: 1, get: (done: Done) => done() };
    const view = all(object);
    const prototype = { inherited: 5 };
    expect(Reflect.set(view, '__proto__', prototype, view)).toBe(true); // view.__proto__ = prototype
    expect(Object.getPrototypeOf(object)).toBe(prototype);
    expect(view.inherited).toBe(5);
    delete view.n;
    expect('n' in object).toBe(false);
  });
  it('toJSON is not converted by default', () => {
    const object = { toJSON: () => ({ plain: true }) };
    const view = all(object, { suffix: '', exclude: [] });
    expect(JSON.stringify(view)).toBe('{"plain":true}');
    expect('toJSONAsync' in all(object)).toBe(false);
  });
});
