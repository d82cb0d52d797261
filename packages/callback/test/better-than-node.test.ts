/** Where this library is meant to be better than Node's util: each test shows both sides. */
import child from 'node:child_process';
import { getEventListeners } from 'node:events';
import fs from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import util from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { brief, strays, turns, uncaught, warnings } from '../../core/test/support.js';
import { callbackify, promisify } from '../src/index.js';

type Done<T = any> = (error?: any, value?: T) => void;

describe('a throw after the callback', () => {
  const error = new Error('after the callback');
  const fn: any = (done: Done): void => {
    done(null, 1);
    throw error;
  };

  it('Node swallows it', async () => {
    expect(await uncaught(async () => expect(await util.promisify(fn)()).toBe(1))).toEqual([]);
  });
  it('we report it to the host', async () => {
    expect(await uncaught(async () => expect(await promisify(fn)()).toBe(1))).toEqual([error]);
  });
});

describe('a callback that is called twice', () => {
  const fn: any = (done: Done): void => {
    done(null, 1);
    done(new Error('lost'));
  };

  it('Node says nothing', async () => {
    expect(await warnings(() => util.promisify(fn)())).toEqual([]);
  });
  it('we warn, once for the function', async () => {
    expect(await warnings(async () => [await promisify(fn)(), await promisify(fn)()])).toHaveLength(1);
  });
});

describe('an original that returns a promise', () => {
  const make = (): any =>
    async function both(done: Done): Promise<void> {
      done(null, 1);
    };

  it('Node says nothing, or warns with DEP0174 from Node 21 on', async () => {
    const given = await warnings(() => util.promisify(make())());
    const names = given.map((warning) => (warning as { code?: string }).code);
    expect(names.filter((code) => code !== 'DEP0174')).toEqual([]);
  });
  it('we warn once for the function, on every Node', async () => {
    const fn = make();
    const given = await warnings(async () => [await promisify(fn)(), await promisify(fn)()]);
    expect(given.map((warning) => warning.name)).toEqual(['AnyasyncWarning']);
  });
});

describe('what the original returns', () => {
  it('Node drops it, and so the way to stop the work', async () => {
    const handle = { abort: vi.fn() };
    const made: any = util.promisify(((done: Done) => handle) as any)();
    expect(Object.values(made)).toEqual([]);
  });
  it('we give it to onHandle, and an abort stops it', async () => {
    const handle = { abort: vi.fn() };
    const controller = new AbortController();
    const handles: unknown[] = [];
    const fn = promisify(((_done: Done) => handle) as any).with({
      signal: controller.signal,
      onHandle: (given: unknown) => void handles.push(given),
    });
    const made = fn();
    controller.abort('enough');
    await expect(made).rejects.toBe('enough');
    expect(handles).toEqual([handle]);
    expect(handle.abort).toHaveBeenCalledExactlyOnceWith('enough');
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  });
  it('a request: an abort closes the socket', async () => {
    let closed!: () => void;
    const gone = new Promise<void>((done) => (closed = done));
    const server = http.createServer((request) => void request.on('close', closed));
    await promisify(server.listen as any).call(server, 0, '127.0.0.1');
    const { port } = server.address() as AddressInfo;
    const get = (url: string, done: Done): http.ClientRequest =>
      http.get(url, (response) => done(null, response)).on('error', done);
    const controller = new AbortController();
    const made = promisify(get as any).with({ signal: controller.signal })(`http://127.0.0.1:${port}`);
    server.once('request', () => controller.abort('enough'));
    await expect(made).rejects.toBe('enough');
    await gone;
    server.close();
  });
});

describe('a misbehaving thenable that settles three times', () => {
  const make = (): any => ({ then: (resolve: any, reject: any) => [resolve(1), resolve(2), reject(3)] });

  it('Node calls the callback three times', async () => {
    const callback = vi.fn();
    util.callbackify(make)(callback);
    await turns();
    expect(callback).toHaveBeenCalledTimes(3);
  });
  it('we call it once', async () => {
    const callback = vi.fn();
    (callbackify(make) as any)(callback);
    await turns();
    expect(callback).toHaveBeenCalledExactlyOnceWith(null, 1);
  });
});

describe('a falsy rejection', () => {
  it('Node gives the reason only; we give it as the cause, too', async () => {
    const give = (fn: any): Promise<any> => new Promise((done) => fn(done));
    const theirs = await give(util.callbackify(() => Promise.reject(null)));
    const ours = await give(callbackify(() => Promise.reject(null)));
    expect([theirs.code, theirs.reason, 'cause' in theirs]).toEqual([
      'ERR_FALSY_VALUE_REJECTION',
      null,
      false,
    ]);
    expect([ours.code, ours.reason, 'cause' in ours]).toEqual(['ERR_FALSY_VALUE_REJECTION', null, true]);
    expect(ours.message).toBe(theirs.message);
  });
});

describe('a frozen custom function', () => {
  const fn: any = Object.assign(() => {}, { [util.promisify.custom]: Object.freeze(async () => 1) });

  it('Node throws, because it writes on it', () => {
    expect(() => util.promisify(fn)).toThrow(TypeError);
  });
  it('we take it', async () => {
    expect(await promisify(fn)()).toBe(1);
  });
});

describe('promisify(callbackify(f))', () => {
  const f = async (): Promise<number> => 1;

  it('is another function in Node', () => {
    expect(util.promisify(util.callbackify(f))).not.toBe(f);
  });
  it('is f with us', () => {
    expect(promisify(callbackify(f) as any)).toBe(f);
  });
});

describe('a timeout and a late result', () => {
  it('Node has neither: the descriptor that comes late stays open; ours is closed', async () => {
    const heard = strays();
    const closed: number[] = [];
    const slow = (path: string, done: Done<number>): void =>
      void setTimeout(() => fs.open(path, 'r', done as any), 10);
    let disposed!: (fd: number) => void;
    const done = new Promise<number>((resolve) => (disposed = resolve));
    const open = promisify(slow as any).with({
      timeout: 1,
      dispose: (fd: any) =>
        fs.close(fd, () => {
          closed.push(fd);
          disposed(fd);
        }),
    });
    await expect(open('package.json')).rejects.toMatchObject({ name: 'TimeoutError' });
    const fd = await done;
    expect(closed).toEqual([fd]);
    expect(() => fs.fstatSync(fd)).toThrow('EBADF');
    expect(brief(heard)).toEqual([]);
  });
});

describe('child processes', () => {
  it('Node puts the child on the promise; we give it as the handle, and stop it', async () => {
    const theirs = util.promisify(child.execFile)(process.execPath, ['-e', '']);
    expect(theirs.child).toBeInstanceOf(child.ChildProcess);
    await theirs;
    const handles: child.ChildProcess[] = [];
    await promisify(child.execFile as any).with({
      onHandle: (given: any) => void handles.push(given),
    })(process.execPath, ['-e', '']);
    expect(handles).toHaveLength(1);
    expect(handles[0]).toBeInstanceOf(child.ChildProcess);
  });
});
