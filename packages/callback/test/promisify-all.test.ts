import * as child from 'node:child_process';
import * as fs from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { promisifyAll } from '../src/index.js';

type Done<T = any> = (error?: any, value?: T) => void;
const all = (object: object, options?: object): any => promisifyAll(object as any, options as any);
/** Every method, in place of the original one. */
const inPlace = (object: object, options?: object): any =>
  all(object, { suffix: '', exclude: [], ...options });

class Base {
  inherited(done: Done): void {
    done(null, 'inherited');
  }
}

class Client extends Base {
  static count = 0;
  static connect(url: string, done: Done): void {
    Client.count++;
    done(null, `connected to ${url}`);
  }
  #secret = 'secret';
  own = (done: Done): void => done(null, `own ${this.#secret}`);
  read(key: string, done: Done): void {
    done(null, `${key} ${this.#secret}`);
  }
  readSync(key: string): string {
    return key;
  }
  fail(done: Done): void {
    done(new Error('failed'));
  }
  nested(done: Done): void {
    this.read('nested', (error, value) => done(error, value));
  }
  get lazy(): unknown {
    gets();
    return 'lazy';
  }
  set lazy(value: unknown) {
    sets(value);
  }
}
const gets = vi.fn();
const sets = vi.fn();

describe('an instance of a class', () => {
  it('in place of the original methods: #private, inherited, own and nested ones', async () => {
    const view = inPlace(new Client());
    expect(await view.read('a')).toBe('a secret');
    expect(await view.inherited()).toBe('inherited');
    expect(await view.own()).toBe('own secret');
    expect(await view.nested()).toBe('nested secret');
    await expect(view.fail()).rejects.toThrow('failed');
    expect(view.readSync('a')).toBe('a');
  });

  it('beside them with a suffix', async () => {
    const view = all(new Client());
    expect(await view.readAsync('a')).toBe('a secret');
    expect(await view.inheritedAsync()).toBe('inherited');
    expect(view.readSyncAsync).toBeUndefined();
    const done = vi.fn();
    view.read('a', done);
    expect(done).toHaveBeenCalledExactlyOnceWith(null, 'a secret');
  });

  it('runs no getter before it is read, and passes a set on', () => {
    const view = all(new Client());
    Object.keys(view);
    'lazy' in view;
    Object.getOwnPropertyNames(view);
    expect(gets).not.toHaveBeenCalled();
    expect(view.lazy).toBe('lazy');
    expect(gets).toHaveBeenCalledOnce();
    view.lazy = 5;
    expect(sets).toHaveBeenCalledExactlyOnceWith(5);
  });

  it('only what is picked', async () => {
    const view = inPlace(new Client(), { pick: ['read'] });
    expect(await view.read('a')).toBe('a secret');
    const done = vi.fn();
    view.inherited(done);
    expect(done).toHaveBeenCalledOnce();
  });

  it('leaves the instance and its class as they are', async () => {
    const client = new Client();
    const before = [
      Reflect.ownKeys(client),
      Reflect.ownKeys(Client.prototype),
      Reflect.ownKeys(Base.prototype),
    ];
    const { read } = client;
    await all(client).readAsync('a');
    await inPlace(client).read('a');
    expect([
      Reflect.ownKeys(client),
      Reflect.ownKeys(Client.prototype),
      Reflect.ownKeys(Base.prototype),
    ]).toEqual(before);
    expect(client.read).toBe(read);
  });

  it('is an instance of its class, and two views of it are apart', async () => {
    const client = new Client();
    expect(inPlace(client)).toBeInstanceOf(Client);
    const [one, two] = [inPlace(client, { pick: ['read'] }), inPlace(client, { pick: ['inherited'] })];
    expect(await one.read('a')).toBe('a secret');
    expect(await two.inherited()).toBe('inherited');
    const done = vi.fn();
    two.read('a', done);
    expect(done).toHaveBeenCalledOnce();
  });

  it('its methods have names, lengths and with()', async () => {
    const { read } = inPlace(new Client());
    expect([read.name, read.length]).toEqual(['read', 1]);
    await expect(read.with({ signal: AbortSignal.abort('before') })('a')).rejects.toBe('before');
  });
});

describe('other objects', () => {
  it('static members of a class; new gives an ordinary instance', async () => {
    const View = all(Client);
    expect(await View.connectAsync('db')).toBe('connected to db');
    expect(View.count).toBe(1);
    expect(new View().readSync('a')).toBe('a');
    expect(await inPlace(Client).connect('db')).toBe('connected to db');
  });

  it('a Map, a Date and a typed array', async () => {
    const map = all(new Map([['a', 1]]));
    expect([map.get('a'), map.size, [...map.keys()], map.has('b')]).toEqual([1, 1, ['a'], false]);
    expect(map.set('b', 2).size).toBe(2);
    const date = all(new Date(0));
    expect([date.getTime(), date.toISOString(), Number(date)]).toEqual([0, '1970-01-01T00:00:00.000Z', 0]);
    const bytes = all(new Uint8Array([1, 2]));
    expect([bytes.length, bytes[1], [...bytes]]).toEqual([2, 2, [1, 2]]);
  });

  it('a frozen object', async () => {
    const frozen = Object.freeze({ read: (done: Done) => done(null, 1), n: 5 });
    expect(await inPlace(frozen).read()).toBe(1);
    expect(await all(frozen).readAsync()).toBe(1);
    expect(inPlace(frozen).n).toBe(5);
    expect(Object.keys(all(frozen, { suffix: 'P' })).sort()).toEqual(['n', 'read', 'readP']);
  });

  it('a module namespace, with and without a suffix', async () => {
    const view = all(fs);
    expect(await view.readFileAsync('package.json', 'utf8')).toBe(fs.readFileSync('package.json', 'utf8'));
    expect(view.readFileSync('package.json', 'utf8')).toContain('{');
    expect((await inPlace(fs).stat('.')).isDirectory()).toBe(true);
    expect(view.constants).toBe(fs.constants);
  });

  it('a method that has its own promise version, or names for its values, keeps them: fs.exists, fs.read, exec', async () => {
    const view = all(fs);
    expect(await view.existsAsync('package.json')).toBe(true);
    expect(await inPlace(fs).exists('no such file')).toBe(false);
    const fd = fs.openSync('package.json', 'r');
    const expected = { bytesRead: 1, buffer: Buffer.from('{') };
    expect(await view.readAsync(fd, Buffer.alloc(1), 0, 1, 0)).toEqual(expected);
    fs.closeSync(fd);
    expect(await inPlace(child).exec('echo hi')).toEqual({ stdout: 'hi\n', stderr: '' });
  });

  it("a method's own promise version runs on the original, too: readline's question, #private", async () => {
    let depth = 0;
    class Asking {
      #answer = 'answer';
      ask(done: Done): void {
        done(null, this.#answer);
      }
    }
    Object.assign(Asking.prototype.ask, {
      [Symbol.for('nodejs.util.promisify.custom')](this: Asking) {
        if (++depth > 5) throw new Error('the promise version met itself in place of the original');
        return new Promise((resolve, reject) =>
          this.ask((error, value) => (error ? reject(error) : resolve(`custom ${value}`))),
        );
      },
    });
    expect(await all(new Asking()).askAsync()).toBe('custom answer');
    expect(await inPlace(new Asking()).ask()).toBe('custom answer');
    const { ask } = inPlace(new Asking());
    expect(await ask()).toBe('custom answer');
    expect(depth).toBe(3);
  });

  it('a constructor function from before class stays one', () => {
    function Old(this: any): void {
      this.made = true;
    }
    Old.prototype.read = (done: Done) => done(null, 1);
    const view = inPlace({ Old });
    expect(new view.Old()).toMatchObject({ made: true });
    expect(new view.Old()).toBeInstanceOf(Old);
  });

  it('what is not there is undefined, in and hasOwn say so', () => {
    const view = all({ n: 5, read: (done: Done) => done() });
    for (const name of ['nothing', 'nothingAsync', 'nAsync', 'Async']) {
      expect([name, view[name], name in view, Object.hasOwn(view, name)]).toEqual([
        name,
        undefined,
        false,
        false,
      ]);
    }
  });
});
