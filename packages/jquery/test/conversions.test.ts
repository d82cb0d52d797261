/** From and to jQuery's promises: ours, and those of jQuery 4 and 3, `$.ajax` included. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { type Operation, onStray, operation, outcome, Run, type Stray } from '@anyasync/core';
import { Deferred, fromJQuery, jquery, jqueryConvention, toJQuery } from '@anyasync/jquery';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const require = createRequire(import.meta.url);
const { JSDOM } = require('jsdom');

let server: Server;
let url: string;
beforeAll(async () => {
  server = createServer((request, response) => {
    if (request.url === '/ok') response.end('data');
    else if (request.url === '/bad') response.writeHead(500).end('no');
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const versions = [
  ['4.0.0', () => require('jquery/factory').jQueryFactory(new JSDOM('', { url }).window)],
  ['3.7.1', () => require('jquery3')(new JSDOM('', { url }).window)],
] as const;

describe.each(versions)("jQuery %s's own promises", (version, load) => {
  test('the value is the first argument, all of them, or an object', async () => {
    const $ = load();
    expect($.fn.jquery).toBe(version);
    const promise = $.Deferred().resolve('a', 'b').promise();
    const value = async (options?: object) =>
      ((await outcome(fromJQuery(promise, options as never) as Operation<unknown>)) as { value: unknown })
        .value;
    expect([await value(), await value({ values: 'all' }), await value({ values: ['x', 'y'] })]).toEqual([
      'a',
      ['a', 'b'],
      { x: 'a', y: 'b' },
    ]);
    expect(toJQuery(fromJQuery(promise))).toBe(promise);
  });

  test('an $.ajax: success, failure and timeout', async () => {
    const $ = load();
    const names = ['data', 'textStatus', 'jqXHR'] as const;
    const good = await outcome(fromJQuery($.ajax(`${url}/ok`), { values: names }));
    expect(good).toMatchObject({ status: 'fulfilled', value: { data: 'data', textStatus: 'success' } });
    expect(await outcome(fromJQuery($.ajax(`${url}/bad`)))).toMatchObject({
      status: 'rejected',
      reason: { status: 500 },
    });
    const late = await outcome(fromJQuery($.ajax(`${url}/never`, { timeout: 20 })));
    expect(late).toMatchObject({ status: 'rejected', reason: { statusText: 'timeout' } });
  });

  test('an $.ajax: abort is cancel, both ways, whatever text is given', async () => {
    const $ = load();
    for (const text of [undefined, 'because']) {
      const request = $.ajax(`${url}/never`);
      setTimeout(() => request.abort(text), 10);
      expect((await outcome(fromJQuery(request))).status).toBe('cancelled');
    }
    const request = $.ajax(`${url}/never`);
    const controller = new AbortController();
    const promise = toJQuery(fromJQuery(request), { signal: controller.signal });
    controller.abort('enough');
    expect([request.statusText, promise.state()]).toEqual(['abort', 'rejected']);
  });
});

class Heard extends Run<unknown, unknown> {
  readonly log: unknown[] = [];
  override next(item: unknown): void {
    this.log.push(item);
  }
  protected override fulfilled(value: unknown): void {
    this.log.push('end', value);
  }
}

describe('ours', () => {
  test('progress is read as items, and items are written as progress', () => {
    const deferred = Deferred<string, unknown, number>();
    const heard = new Heard();
    (fromJQuery(deferred, { progress: true }) as Operation<unknown, unknown>)['~anyasync'].start(heard);
    deferred.notify(1).notify(2).resolve('value');
    expect(heard.log).toEqual([1, 2, 'end', 'value']);
    const log: unknown[] = [];
    let source!: { next(item: number): unknown; resolve(value: string): void };
    const written = toJQuery(
      operation<string, number>((receiver) => {
        source = receiver;
      }),
      { progress: true },
    );
    written.progress((item) => log.push(item)).done((value) => log.push(value));
    source.next(1);
    source.resolve('end');
    expect(log).toEqual([1, 'end']);
  });

  test('abort stops the work, rejects with the reason, and is read back as cancelled', async () => {
    const log: unknown[] = [];
    const promise = toJQuery(
      operation<number>((receiver) => receiver.onCancel((reason) => log.push(reason))),
    );
    promise.fail((reason) => log.push(reason));
    promise.abort('enough');
    promise.abort('again');
    expect(log).toEqual(['enough', 'enough']);
    expect(await outcome(fromJQuery(promise))).toEqual({ status: 'cancelled', reason: 'enough' });
  });

  test('a promise without abort is only not listened to any more', () => {
    const deferred = Deferred<number>();
    const promise = toJQuery(fromJQuery(deferred), { timeout: Number.POSITIVE_INFINITY });
    const other = toJQuery(fromJQuery(deferred, { values: 'all' }), { dispose: () => {} });
    other.abort();
    expect([deferred.state(), other.state(), promise.state()]).toEqual(['pending', 'rejected', 'pending']);
    deferred.resolve(1);
    expect(other.state()).toBe('rejected');
  });

  test('what a callback throws is reported, and the others run', () => {
    const strays: Stray[] = [];
    const removeListener = onStray((stray) => {
      stray.preventDefault();
      strays.push(stray);
    });
    const log: unknown[] = [];
    toJQuery(operation<number>((receiver) => receiver.resolve(1)))
      .done(() => {
        throw new Error('thrown');
      })
      .done((value) => log.push(value));
    removeListener();
    expect([strays.map(({ kind }) => kind), log]).toEqual([['thrown'], [1]]);
  });

  test('what cannot be meant is an ArgumentError', () => {
    const bad = (argument: string) => expect.objectContaining({ name: 'ArgumentError', argument });
    expect(() => fromJQuery({} as never)).toThrow(bad('promise'));
    expect(() => fromJQuery(Deferred(), { values: ['a', 'a'] })).toThrow(bad('values'));
    expect(() => jqueryConvention({ values: 'some' as never })).toThrow(bad('values'));
    expect(() => jqueryConvention({ progress: 1 as never })).toThrow(bad('progress'));
    expect(() => Deferred('no' as never)).toThrow(bad('beforeStart'));
    expect(() => toJQuery({} as never)).toThrow(bad('operation'));
  });

  test('a style of all arguments writes them as it reads them', () => {
    const start = jqueryConvention({ values: 'all' }).lift(() => Deferred<number>().resolve(1, 2));
    const log: unknown[] = [];
    jqueryConvention({ values: 'all' })
      .lower(start, jquery.traits)()
      .done((...values: unknown[]) => log.push(...values));
    expect(log).toEqual([1, 2]);
  });
});
