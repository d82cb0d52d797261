// What a cancelled run may stop: what is the call's own, or what it was told to.
import { fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import { convert, convertAll, toArray } from '@anyasync/core';
import { promise, toPromise } from '@anyasync/promise';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { brief, strays, turns } from '../../core/test/support.js';
import {
  callbackPair,
  convention,
  fromCallback,
  promisify,
  promisifyAll,
  valueCallback,
} from '../src/index.js';

const methods = [
  'cancel',
  'abort',
  'destroy',
  'kill',
  'close',
  'end',
  'unsubscribe',
  'call',
  'apply',
] as const;
type Host = Record<(typeof methods)[number], ReturnType<typeof vi.fn>> & { query: any };
/** A host with every method that could be taken for a way to stop it. */
const hostOf = (names: readonly string[] = methods): Host =>
  Object.fromEntries(names.map((name) => [name, vi.fn()])) as Host;
const called = (host: object): string[] =>
  Object.entries(host)
    .filter(([, member]) => vi.isMockFunction(member) && member.mock.calls.length > 0)
    .map(([name]) => name);
const timedOut = { name: 'TimeoutError' };

describe('a host that was not made by the call is untouched', () => {
  const ways: readonly [string, (host: Host) => Promise<unknown>][] = [
    [
      'its method, called with this, returns this',
      (host) => {
        host.query = function (this: Host) {
          return this;
        };
        return promisify(host.query as any)
          .with({ timeout: 1 })
          .call(host as any);
      },
    ],
    [
      'its method is read through a view',
      (host) => {
        host.query = function (this: Host) {
          return this;
        };
        return (promisifyAll(host as any, { suffix: '', pick: ['query'] as any }) as any).query.with({
          timeout: 1,
        })();
      },
    ],
    [
      'a pair of callbacks, through a view',
      (host) => {
        host.query = function (this: Host) {
          return this;
        };
        const view: any = convertAll(host as any, callbackPair as any, promise, {
          suffix: '',
          pick: ['query'] as any,
        });
        return view.query.with({ timeout: 1 })();
      },
    ],
    [
      'it is an argument, and returned',
      (host) => (promisify((it: any) => it) as any).with({ timeout: 1 })(host),
    ],
    [
      'two calls have returned it, as a bound method does',
      (host) => {
        const bound: any = promisify((() => host) as any);
        bound();
        return bound.with({ timeout: 1 })();
      },
    ],
    [
      'another function has returned it before',
      (host) => {
        void (promisify((() => host) as any) as any)();
        return promisify((() => host) as any, { from: valueCallback as any, timeout: 1 } as any)();
      },
    ],
    [
      'it is returned again while the first call waits',
      (host) => {
        const bound: any = promisify((() => host) as any);
        const first = bound.with({ timeout: 1 })();
        bound();
        return first;
      },
    ],
  ];
  it.each(ways)('%s', async (_how, run) => {
    const host = hostOf();
    await expect(run(host)).rejects.toMatchObject(timedOut);
    expect(called(host)).toEqual([]);
  });

  it.each(['destroy', 'kill', 'close', 'end', 'unsubscribe', 'call', 'apply'])(
    'a bound method or an arrow that returns a host with %s()',
    async (name) => {
      const host = hostOf([name]);
      await expect(promisify((() => host) as any).with({ timeout: 1 })()).rejects.toMatchObject(timedOut);
      expect(called(host)).toEqual([]);
    },
  );

  it('a client whose query returns its own this, bound: one slow query does not close it', async () => {
    class Client extends EventEmitter {
      destroyed = false;
      query(text: string, done: (error: Error | null, rows: string) => void): this {
        if (text !== 'slow') setImmediate(done, null, `rows of ${text}`);
        return this;
      }
      destroy(): void {
        this.destroyed = true;
      }
    }
    const client = new Client();
    const query = promisify(client.query.bind(client)).with({ timeout: 5 });
    await expect(query('slow')).rejects.toMatchObject(timedOut);
    expect(client.destroyed).toBe(false);
    expect(client.eventNames()).toEqual([]);
    expect(await query('fast')).toBe('rows of fast');
  });

  it('a client whose cancel() wants to be told of what is not cancelled', async () => {
    const cancelled: unknown[] = [];
    const client = { cancel: (ofWhom: unknown, query: unknown) => cancelled.push(ofWhom, query) };
    const query = promisify((_done: (error: Error | null) => void) => client);
    await expect(query.with({ timeout: 1 })()).rejects.toMatchObject(timedOut);
    expect(cancelled).toEqual([]);
  });

  it('the next error of a client that was taken for a request is its own affair', async () => {
    const client = Object.assign(new EventEmitter(), { cancel: vi.fn() });
    const query = promisify((_done: (error: Error | null) => void) => client);
    await expect(query.with({ timeout: 1 })()).rejects.toMatchObject(timedOut);
    await new Promise((resolve) => setTimeout(resolve, 2)); // the turn in which a stopped request may fail
    expect(client.eventNames()).toEqual([]);
  });

  it('a socket whose write is given up stays open', async () => {
    const server = net.createServer(() => {});
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    const socket = net.connect((server.address() as AddressInfo).port, '127.0.0.1');
    await new Promise((done) => socket.once('connect', done));
    onTestFinished(() => void socket.destroy());
    const before = socket.eventNames();
    const ask = (_text: string, _done: (error: Error | null) => void): net.Socket => socket;
    await expect(promisify(ask).with({ timeout: 1 })('x')).rejects.toMatchObject(timedOut);
    expect(socket.destroyed).toBe(false);
    expect(socket.eventNames()).toEqual(before);
  });
});

describe('a handle that is the call’s own is stopped without being told', () => {
  it('a child process, told by its structure, and no worker that looks like one', async () => {
    let child: any;
    const run = promisify(((_done: any) => {
      child = fork('none', { execArgv: ['-e', 'setInterval(() => {}, 1000)'] });
      return child;
    }) as any);
    await expect(run.with({ timeout: 1 })()).rejects.toMatchObject(timedOut);
    const signal = await new Promise((done) =>
      child.once('exit', (_code: unknown, signal: unknown) => done(signal)),
    );
    expect(signal).toBe('SIGTERM');
    const worker = { kill: vi.fn(), process: child, id: 1, exitedAfterDisconnect: undefined };
    await expect(promisify((() => worker) as any).with({ timeout: 1 })()).rejects.toMatchObject(timedOut);
    const inherits = Object.create(child, { kill: { value: vi.fn() } });
    await expect(promisify((() => inherits) as any).with({ timeout: 1 })()).rejects.toMatchObject(timedOut);
    expect([worker.kill.mock.calls, inherits.kill.mock.calls]).toEqual([[], []]);
  });

  it('a request of the AWS SDK, superagent, XMLHttpRequest: by its abort()', async () => {
    class Request extends EventEmitter {
      readonly abort = vi.fn();
      readonly destroy = vi.fn();
    }
    const made: Request[] = [];
    const getObject = (_params: object, _done: (error: Error | null, data: string) => void): Request => {
      made.push(new Request());
      return made.at(-1) as Request;
    };
    const run = promisify(getObject).with({ timeout: 1 });
    await Promise.all([1, 2].map(() => expect(run({})).rejects.toMatchObject(timedOut)));
    expect(made.map(called)).toEqual([['abort'], ['abort']]);
  });

  it('http.get: by its abort(), and no listener of ours stays when it has closed', async () => {
    const heard = strays();
    const server = http.createServer(() => {});
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    let request!: http.ClientRequest;
    const load = (done: (response: http.IncomingMessage) => void): http.ClientRequest => {
      request = http.get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }, done);
      return request;
    };
    const before = () => ['error', 'close'].map((name) => request.listenerCount(name));
    await expect(promisify(load, { from: valueCallback }).with({ timeout: 5 })()).rejects.toMatchObject(
      timedOut,
    );
    expect(request.destroyed).toBe(true);
    await new Promise((done) => request.once('close', done));
    expect(before()).toEqual([0, 0]);
    expect(brief(heard).map(([kind]) => kind)).toEqual(['error']);
  });

  it('after our abort its error is expected once; the next is its host’s affair', async () => {
    const heard = strays();
    const handle: any = new EventEmitter();
    handle.abort = vi.fn();
    await expect(promisify((() => handle) as any).with({ timeout: 1 })()).rejects.toMatchObject(timedOut);
    const error = new Error('aborted');
    handle.emit('error', error);
    expect(brief(heard)).toEqual([['error', error]]);
    expect(handle.eventNames()).toEqual([]);
    expect(() => handle.emit('error', new Error('fatal'))).toThrow('fatal');
  });

  it('an abort() that emits the error inside leaves no listener, and one that throws none when it has closed', async () => {
    const heard = strays();
    const handles: any[] = [0, 1].map(() => new EventEmitter());
    const inside = new Error('inside');
    handles[0].abort = () => handles[0].emit('error', inside);
    handles[1].abort = () => {
      throw 'cannot';
    };
    for (const handle of handles) {
      await expect(promisify((() => handle) as any).with({ timeout: 1 })()).rejects.toMatchObject(timedOut);
      handle.emit('close');
      expect(handle.eventNames()).toEqual([]);
    }
    expect(brief(heard)).toEqual([
      ['error', inside],
      ['thrown', 'cannot'],
    ]);
  });

  it('what a rejecting abort() returns is a stray, and no unhandled rejection', async () => {
    const heard = strays();
    const handle = { abort: async () => Promise.reject('late') };
    await expect(promisify((() => handle) as any).with({ timeout: 1 })()).rejects.toMatchObject(timedOut);
    await turns();
    expect(brief(heard)).toEqual([['thrown', 'late']]);
  });

  it('a handle that cannot be asked is left alone, and its call lives', async () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    const traps = new Proxy(
      {},
      {
        get(_target, key) {
          if (key === 'then') return undefined;
          throw new Error(String(key));
        },
      },
    );
    const later = (handle: unknown) => (done: (error: null, n: number) => void) => {
      setImmediate(done, null, 1);
      return handle;
    };
    expect(await promisify(later(traps))()).toBe(1);
    revoke();
    expect(typeof proxy).toBe('object');
  });
});

describe('{ stop }', () => {
  const none = { timeout: 1 };
  const ways: readonly [string, (fn: any, stop: any) => Promise<unknown>][] = [
    ['for one call', (fn, stop) => promisify(fn).with({ stop, ...none } as any)()],
    ['for a function', (fn, stop) => promisify(fn, { stop } as any).with(none)()],
    ['in a convention', (fn, stop) => convert(fn, convention({ stop }) as any, promise, none as any)()],
    ['of an operation', (fn, stop) => toPromise(fromCallback(fn) as any, { stop, ...none } as any)],
    [
      'of all methods of a view',
      (query, stop) =>
        (promisifyAll({ query } as any, { stop, suffix: '', pick: ['query'] } as any) as any).query.with(
          none,
        )(),
    ],
  ];
  describe.each(ways)('%s', (_where, run) => {
    it.each(['destroy', 'kill', 'close', 'end'])('by the name %s', async (name) => {
      const handle = hostOf();
      await expect(run(() => handle, name)).rejects.toMatchObject(timedOut);
      expect(called(handle)).toEqual([name]);
      expect((handle as any)[name]).toHaveBeenCalledExactlyOnceWith();
    });
    it('by a function, which gets the handle and the reason', async () => {
      const handle = hostOf();
      const stop = vi.fn();
      await expect(run(() => handle, stop)).rejects.toMatchObject(timedOut);
      expect(stop.mock.calls).toEqual([[handle, expect.objectContaining(timedOut)]]);
      expect(called(handle)).toEqual([]);
    });
    it('a name that the handle does not have is an error at once', async () => {
      const handle = { destroy: vi.fn() };
      await expect(run(() => handle, 'destory')).rejects.toMatchObject({
        name: 'ArgumentError',
        argument: 'stop',
        message: expect.stringContaining('has no destory()'),
      });
    });
    it('is silent where nothing was returned', async () => {
      const heard = strays();
      for (const nothing of [undefined, null, 0, false, 'id'])
        await expect(run(() => nothing, 'destroy')).rejects.toMatchObject(timedOut);
      expect(heard).toEqual([]);
    });
    it('also stops an object that other calls return', async () => {
      const handle = hostOf();
      for (let i = 0; i < 2; i++) await expect(run(() => handle, 'destroy')).rejects.toMatchObject(timedOut);
      expect(handle.destroy).toHaveBeenCalledTimes(2);
      expect(called(handle)).toEqual(['destroy']);
    });
  });

  it('of one call is before that of the function, and that before the convention’s', async () => {
    const handle = hostOf();
    const fn: any = promisify(
      (() => handle) as any,
      { from: convention({ stop: 'close' }) as any, stop: 'end' } as any,
    );
    await expect(fn.with(none)()).rejects.toMatchObject(timedOut);
    await expect(fn.with({ stop: 'kill', ...none })()).rejects.toMatchObject(timedOut);
    expect(called(handle)).toEqual(['kill', 'end']);
  });

  it('also stops the own this, with no listener on it', async () => {
    class Client extends EventEmitter {
      destroy = vi.fn();
      query(_done: any): this {
        return this;
      }
    }
    const client = new Client();
    const heard: unknown[] = [];
    const plain: any = promisify(client.query as any).with({
      stop: 'destroy',
      onHandle: (it: any) => heard.push(it),
      ...none,
    } as any);
    await expect(plain.call(client)).rejects.toMatchObject(timedOut);
    const view: any = promisifyAll(client as any, { suffix: '', pick: ['query'] } as any);
    await expect(view.query.with({ stop: 'destroy', ...none })()).rejects.toMatchObject(timedOut);
    expect(client.destroy).toHaveBeenCalledTimes(2);
    expect(client.eventNames()).toEqual([]);
    expect(heard).toEqual([]); // it is no handle
  });

  it('takes a handle that is no object: the id of a timer in a browser', async () => {
    const clear = vi.fn();
    await expect(promisify((() => 7) as any).with({ stop: clear, ...none } as any)()).rejects.toMatchObject(
      timedOut,
    );
    expect(clear).toHaveBeenCalledExactlyOnceWith(7, expect.objectContaining(timedOut));
  });

  it('a stream is destroyed only so', async () => {
    const streams: fs.ReadStream[] = [];
    const open = (_done: (error: Error | null) => void): fs.ReadStream => {
      streams.push(fs.createReadStream('package.json'));
      return streams.at(-1) as fs.ReadStream;
    };
    await expect(promisify(open).with(none)()).rejects.toMatchObject(timedOut);
    await expect(promisify(open).with({ stop: 'destroy', ...none })()).rejects.toMatchObject(timedOut);
    expect(streams.map((stream) => stream.destroyed)).toEqual([false, true]);
    streams[0]?.destroy();
  });

  it('of a promise’s function', async () => {
    const destroy = vi.fn();
    const make = () => Object.assign(new Promise<number>(() => {}), { destroy });
    await expect(convert(make, promise, promise, { stop: 'destroy', ...none })()).rejects.toMatchObject(
      timedOut,
    );
    expect(destroy).toHaveBeenCalledOnce();
    // a promise without it is a promise, and no handle
    const plain = convert(async () => new Promise<number>(() => {}), promise, promise, {
      stop: 'destroy',
      ...none,
    });
    await expect(plain()).rejects.toMatchObject(timedOut);
  });

  it('through a fold', async () => {
    const stop = vi.fn(clearInterval);
    const every = convention({ style: 'value-only', position: 'first', multiple: true });
    const ticks: any = convert(setInterval as any, every as any, promise, {
      fold: toArray(),
      stop,
      timeout: 3,
    } as any);
    await expect(ticks(1)).rejects.toMatchObject(timedOut);
    expect(stop).toHaveBeenCalledOnce();
  });

  it.each([0, 1, true, {}, null, Symbol('s')])('refuses %s', (stop) => {
    const refused = expect.objectContaining({ name: 'ArgumentError', argument: 'stop' });
    expect(() => promisify(fs.readFile, { stop } as any)).toThrow(refused);
    expect(() => (promisify(fs.readFile) as any).with({ stop })).toThrow(refused);
  });
});

it('told how, a call that returned nothing is stopped too', async () => {
  const stopped: unknown[] = [];
  const never = (_: (error: Error | null) => void): void => {};
  const stop = (handle: unknown) => stopped.push(handle);
  for (const call of [promisify(never).with({ stop, timeout: 1 }), promisify(never, { stop, timeout: 1 })])
    await expect(call()).rejects.toMatchObject(timedOut);
  expect(stopped).toEqual([undefined, undefined]);
});
