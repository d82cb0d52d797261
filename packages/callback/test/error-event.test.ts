// `errorEvent`: the listener is there while the run waits, and no longer.
import { EventEmitter } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { convert, convertAll, first, toArray } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { brief, strays } from '../../core/test/support.js';
import { convention } from '../src/index.js';

type Done = (error?: unknown, value?: unknown) => void;

/** Its methods return it, and it tells of a fatal failure by an event. */
class Client extends EventEmitter {
  done: Done[] = [];
  query(_text: string, done: Done): this {
    this.done.push(done);
    return this;
  }
  now(_text: string, done: Done): this {
    done(null, 'now');
    return this;
  }
  throwing(_text: string, _done: Done): this {
    throw new Error('thrown');
  }
}
const style: any = convention({ errorEvent: 'error' });
const viewOf = (client: object): any =>
  convertAll(client as any, style, promise, { suffix: '', pick: ['query', 'now', 'throwing'] as any });
const bind = (client: any): any => ({
  query: convert(client.query.bind(client), style, promise),
  now: convert(client.now.bind(client), style, promise),
  throwing: convert(client.throwing.bind(client), style, promise),
});

describe.each([
  ['bound', bind],
  ['through a view', viewOf],
])('the listener of errorEvent is removed at the end, %s', (_how, methodsOf) => {
  const quiet = (run: Promise<unknown>) => run.catch(() => {});
  const ends: readonly [string, (client: Client, methods: any) => Promise<unknown>][] = [
    [
      'a value',
      (client, { query }) => {
        const run = query('q');
        client.done.at(-1)?.(null, 1);
        return run;
      },
    ],
    [
      'an error',
      (client, { query }) => {
        const run = query('q');
        client.done.at(-1)?.('no');
        return quiet(run);
      },
    ],
    ['a value inside the call', (_client, { now }) => now('q')],
    ['a throw', (_client, { throwing }) => quiet(throwing('q'))],
    ['a timeout', (_client, { query }) => quiet(query.with({ timeout: 0 })('q'))],
    [
      'a timeout that leaves the work alone',
      (_client, { query }) => quiet(query.with({ timeout: 0, cancel: 'detach' })('q')),
    ],
    [
      'an abort',
      (_client, { query }) => {
        const controller = new AbortController();
        const run = query.with({ signal: controller.signal })('q');
        controller.abort();
        return quiet(run);
      },
    ],
    [
      'an abort that leaves the work alone',
      (_client, { query }) => {
        const controller = new AbortController();
        const run = query.with({ signal: controller.signal, cancel: 'detach' })('q');
        controller.abort();
        return quiet(run);
      },
    ],
    [
      'the event',
      (client, { query }) => {
        const run = query('q');
        client.emit('error', 'fatal');
        return quiet(run);
      },
    ],
  ];
  it.each(ends)('%s: 12 calls leave none', async (_end, run) => {
    strays();
    const client = new Client();
    const methods = methodsOf(client);
    for (let i = 0; i < 12; i++) await run(client, methods);
    expect(client.eventNames()).toEqual([]);
    expect(() => client.emit('error', new Error('fatal'))).toThrow('fatal'); // its host's own affair again
  });

  it('the event rejects what waits, each run, and a later one is uncaught', async () => {
    const client = new Client();
    const { query } = methodsOf(client);
    const runs = [query('a'), query('b')];
    expect(client.listenerCount('error')).toBe(2);
    client.emit('error', 'fatal');
    expect(await Promise.allSettled(runs)).toMatchObject([{ reason: 'fatal' }, { reason: 'fatal' }]);
    expect(client.eventNames()).toEqual([]);
  });
});

describe('every kind of host', () => {
  const emitters: readonly [
    string,
    () => { host: any; fail: (error: unknown) => void; left: () => number },
  ][] = [
    [
      'off only',
      () => {
        const all = new Set<any>();
        const host = {
          on: (_: string, fn: any) => void all.add(fn),
          off: (_: string, fn: any) => void all.delete(fn),
        };
        return { host, fail: (error) => [...all].map((fn) => fn(error)), left: () => all.size };
      },
    ],
    [
      'on() gives the way to leave',
      () => {
        const all = new Set<any>();
        const on = (_: string, fn: any) => {
          all.add(fn);
          return () => void all.delete(fn);
        };
        const host = { on };
        return { host, fail: (error) => [...all].map((fn) => fn(error)), left: () => all.size };
      },
    ],
    [
      'an event target',
      () => {
        const target = new EventTarget();
        const added = vi.spyOn(target, 'addEventListener');
        const removed = vi.spyOn(target, 'removeEventListener');
        return {
          host: target,
          fail: () => void target.dispatchEvent(new Event('error')),
          left: () => added.mock.calls.length - removed.mock.calls.length,
        };
      },
    ],
  ];
  it.each(emitters)('%s', async (_kind, make) => {
    const { host, fail, left } = make();
    const run = convert((() => host) as any, style, promise)();
    expect(left()).toBe(1);
    fail('gone');
    await expect(run).rejects.toBeDefined();
    expect(left()).toBe(0);
    await expect(convert((() => host) as any, style, promise, { timeout: 1 } as any)()).rejects.toMatchObject(
      { name: 'TimeoutError' },
    );
    expect(left()).toBe(0);
  });

  it.each([undefined, null, 5, {}, { on: 5 }])(
    'a handle without events, %s, changes nothing',
    async (handle) => {
      const fn = (done: Done) => {
        setImmediate(done, null, 1);
        return handle;
      };
      expect(await convert(fn as any, style, promise)()).toBe(1);
    },
  );

  it('a request that we abort: its error is ours, and when it has closed no listener is left', async () => {
    const heard = strays();
    const server = http.createServer(() => {});
    await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
    onTestFinished(() => void server.close());
    let request!: http.ClientRequest;
    const load = (done: (response: http.IncomingMessage) => void) =>
      (request = http.get({ port: (server.address() as AddressInfo).port, host: '127.0.0.1' }, done));
    const loading = convention({ style: 'value-only', errorEvent: 'error' });
    await expect(convert(load, loading, promise, { timeout: 5 })()).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    await new Promise((done) => request.once('close', done));
    expect(request.listenerCount('error')).toBe(0);
    expect(brief(heard).map(([kind]) => kind)).toEqual(['error']);
  });

  it('with items, the listener stays until the end, and the event stops the source', async () => {
    const emitter = new EventEmitter() as EventEmitter & { abort: () => void };
    emitter.abort = vi.fn();
    let tick!: (n: number) => void;
    const ticking: any = convention({ style: 'value-only', multiple: true, errorEvent: 'error' });
    const fn = (done: (n: number) => void) => {
      tick = done;
      return emitter;
    };
    const run: any = convert(fn as any, ticking, promise, { fold: toArray() } as any);
    const made = run();
    tick(1);
    expect(emitter.listenerCount('error')).toBe(1);
    emitter.emit('error', 'gone');
    await expect(made).rejects.toBe('gone');
    expect(emitter.abort).toHaveBeenCalledOnce();
    const one = convert(fn as any, ticking, promise, { fold: first() } as any)() as Promise<unknown>;
    tick(1);
    expect(await one).toBe(1);
    emitter.emit('close');
    expect(emitter.eventNames()).toEqual([]);
  });
});
