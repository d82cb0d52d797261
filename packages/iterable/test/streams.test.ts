/** Streams of Node and of the web: real ones, both ways. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createReadStream, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import {
  ArgumentError,
  CancelledError,
  convert,
  first,
  operation,
  outcome,
  withOptions,
} from '@anyasync/core';
import {
  fromIterable,
  fromStream,
  readable,
  readableStream,
  toIterable,
  toReadable,
  toReadableStream,
} from '@anyasync/iterable';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drain, name, Source, shown, straysOf, turn } from './support.js';

const folder = mkdtempSync(join(tmpdir(), 'anyasync-iterable-'));
const file = join(folder, 'a.txt');
const text = 'line\n'.repeat(200_000);
let server: Server;
beforeAll(async () => {
  writeFileSync(file, text);
  server = createServer((request, response) => {
    if (request.url === '/cut') {
      response.writeHead(200, { 'content-length': 100 }).write('a part');
      setTimeout(() => response.destroy(), 20);
    } else if (request.url === '/never') response.write('a part');
    else createReadStream(file).pipe(response);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
  rmSync(folder, { recursive: true });
});
const request = (path: string): Promise<IncomingMessage> =>
  new Promise((resolve, reject) =>
    get({ host: '127.0.0.1', port: (server.address() as AddressInfo).port, path }, resolve).on(
      'error',
      reject,
    ),
  );

/** All listeners of the events that a reader uses. */
const listeners = (stream: NodeJS.EventEmitter): number =>
  ['readable', 'end', 'error', 'close', 'data'].reduce((sum, each) => sum + stream.listenerCount(each), 0);

async function textOf(items: AsyncIterable<unknown>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of items) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString();
}

describe('reading streams of Node', () => {
  it('a file, a gzip, a response of http and the output of a child arrive whole', async () => {
    expect(await textOf(toIterable(fromStream(createReadStream(file))))).toBe(text);
    const zipped = createReadStream(file).pipe(createGzip()).pipe(createGunzip());
    expect(await textOf(toIterable(fromStream(zipped)))).toBe(text);
    expect(await textOf(toIterable(fromStream(await request('/'))))).toBe(text);
    const child = spawn(process.execPath, ['-e', 'process.stdout.write("out")']);
    expect(await textOf(toIterable(fromStream(child.stdout)))).toBe('out');
  });

  it('rule 31: cancel destroys the stream, also while a read waits, and leaves no listener', async () => {
    const response = await request('/never');
    const before = listeners(response);
    const iterator = toIterable(fromStream(response));
    expect(String((await iterator.next()).value)).toBe('a part');
    const waiting = shown(iterator.next());
    await turn();
    const closed = once(response, 'close');
    await iterator.return();
    expect([await waiting, response.destroyed]).toEqual(['done', true]);
    await closed;
    expect(listeners(response)).toBe(before);
  });

  it('rule 31: { preventCancel } leaves the stream as it is, for another reader', async () => {
    const stream = new PassThrough({ objectMode: true });
    const before = listeners(stream);
    const iterator = toIterable(fromStream(stream, { preventCancel: true }));
    stream.write('a');
    expect(await shown(iterator.next())).toBe('a');
    const waiting = shown(iterator.next());
    await iterator.return();
    expect([await waiting, stream.destroyed, listeners(stream)]).toEqual(['done', false, before]);
    stream.end('b');
    expect(await stream.toArray()).toEqual(['b']);
  });

  it('a stream that breaks off is an error, after what came before; one that is destroyed is a cancellation', async () => {
    const log = await drain(toIterable(fromStream(await request('/cut'))));
    expect(log).toEqual(['a part', 'error aborted']);
    const stream = new PassThrough({ objectMode: true });
    stream.write('a');
    const iterator = toIterable(fromStream(stream));
    expect(await shown(iterator.next())).toBe('a');
    const next = iterator.next();
    stream.destroy();
    expect(await next.catch((error) => error)).toBeInstanceOf(CancelledError);
  });

  it('what is buffered comes before the error; an error after the end is for its owner', async () => {
    const stream = new Readable({ objectMode: true, read() {} });
    for (const chunk of [1, 2, 3]) stream.push(chunk);
    const iterator = toIterable(fromStream(stream), { timeout: 1000 });
    expect(await shown(iterator.next())).toBe('1');
    stream.destroy(new Error('failed'));
    await turn();
    expect(await drain(iterator)).toEqual(['2', '3', 'error failed']);

    const failed = new Readable({ objectMode: true, read() {} });
    failed.push(1);
    failed.destroy(new Error('just now')); // its error event is still to come
    const once = await straysOf(async () => {
      expect(await drain(toIterable(fromStream(failed)))).toEqual(['1', 'error just now']);
      await turn();
    });
    expect(once).toEqual([]);

    const duplex = new PassThrough({ objectMode: true, autoDestroy: false });
    const strays = await straysOf(async () => {
      duplex.end('a');
      expect(await drain(toIterable(fromStream(duplex)))).toEqual(['a', 'done']);
      expect(listeners(duplex)).toBe(listeners(new PassThrough()));
      const error = new Promise((resolve) => duplex.on('error', resolve));
      duplex.destroy(new Error('late'));
      expect(await error).toEqual(new Error('late'));
    });
    expect(strays).toEqual([]);
  });

  it('a stream that is over already gives its end: ended, failed, destroyed', async () => {
    const ended = Readable.from([1]);
    await ended.toArray();
    const failed = new PassThrough().on('error', () => {});
    failed.destroy(new Error('failed'));
    const destroyed = new PassThrough();
    destroyed.destroy();
    await turn();
    const before = [ended, failed, destroyed].map(listeners);
    const ends = [ended, failed, destroyed].map((stream) => drain(toIterable(fromStream(stream))));
    expect(await Promise.all(ends)).toEqual([['done'], ['error failed'], ['error CancelledError']]);
    expect([ended, failed, destroyed].map(listeners)).toEqual(before);
  });

  it('rule 44: a slow consumer of a fast stream holds no more than the limit', async () => {
    let made = 0;
    let taken = 0;
    let most = 0;
    const fast = new Readable({
      objectMode: true,
      highWaterMark: 4,
      read() {
        made++;
        most = Math.max(most, made - taken);
        this.push(made > 500 ? null : made);
      },
    });
    for await (const _ of toIterable(fromStream(fast), { limit: 3 })) {
      taken++;
      if (taken % 10 === 0) await turn();
    }
    expect(taken).toBe(500);
    expect(most).toBeLessThanOrEqual(4 + 3 + 3); // the stream's own, the limit, and what is on its way
  });
});

describe('reading streams of the web', () => {
  it('a response arrives whole, and is not locked afterwards', async () => {
    const { body } = new Response(text);
    expect(await textOf(toIterable(fromStream(body!)))).toBe(text);
    expect(body?.locked).toBe(false);
  });

  it('rule 31: cancel cancels the reader and releases its lock, also while a read waits', async () => {
    const log: string[] = [];
    const stream = new ReadableStream({ cancel: (reason) => void log.push(name(reason)) });
    const iterator = toIterable(fromStream(stream));
    const waiting = shown(iterator.next());
    await iterator.throw(new Error('why')).catch(name);
    expect([await waiting, log, stream.locked]).toEqual(['error why', ['why'], false]);
  });

  it('rule 31: { preventCancel } releases the lock only, also while a read waits', async () => {
    let controller!: ReadableStreamDefaultController<string>;
    const stream = new ReadableStream<string>({
      start: (given) => {
        controller = given;
      },
    });
    const iterator = toIterable(fromStream(stream, { preventCancel: true }));
    const waiting = shown(iterator.next());
    const strays = await straysOf(() => iterator.return());
    expect([await waiting, stream.locked, strays]).toEqual(['done', false, []]);
    controller.enqueue('b');
    expect((await stream.getReader().read()).value).toBe('b');
  });

  it('errors are the same object, the lock is released on every end, and a locked stream is an error', async () => {
    const reason = { is: 'no Error' };
    const failing = new ReadableStream({ start: (controller) => controller.error(reason) });
    await expect(toIterable(fromStream(failing)).next()).rejects.toBe(reason);
    const ending = new ReadableStream({ start: (controller) => controller.close() });
    expect(await drain(toIterable(fromStream(ending)))).toEqual(['done']);
    expect([failing.locked, ending.locked]).toEqual([false, false]);
    ending.getReader();
    expect(await drain(toIterable(fromStream(ending)))).toEqual(['error TypeError']);
  });

  it('a cancel that is rejected reaches who leaves', async () => {
    const stream = new ReadableStream({ cancel: () => Promise.reject(new Error('in cancel')) });
    const strays = await straysOf(async () => {
      const iterator = toIterable(fromStream(stream));
      void iterator.next();
      await expect(iterator.return()).rejects.toThrow('in cancel');
      await turn();
    });
    expect(strays).toEqual([]);
  });
});

describe('writing streams of Node', () => {
  it('a pipeline takes it, in object mode or in bytes', async () => {
    const bytes = toReadable(fromStream(createReadStream(file)), { objectMode: false });
    const zip = createGzip();
    const out = new PassThrough();
    await Promise.all([
      pipeline(bytes, zip, createGunzip(), out),
      textOf(out).then((got) => expect(got).toBe(text)),
    ]);
    expect(await toReadable(fromIterable([1, undefined, 'a', { is: 'an object' }])).toArray()).toEqual([
      1,
      undefined,
      'a',
      { is: 'an object' },
    ]);
  });

  it('work starts at the first read, and a source that waits is asked for as much as the stream holds', async () => {
    let made = 0;
    function* numbers(): Generator<number, void> {
      for (;;) yield ++made;
    }
    const stream = toReadable(fromIterable(numbers()), { highWaterMark: 3 });
    await turn();
    expect(made).toBe(0);
    stream.read(0);
    await turn();
    expect(made).toBe(3);
    stream.read();
    await turn();
    expect(made).toBe(4);
    stream.destroy();
  });

  it('destroy(reason) stops the work with the reason, destroy() with a CancelledError', async () => {
    for (const [reason, told] of [
      [new Error('why'), 'why'],
      [undefined, 'CancelledError'],
    ] as const) {
      const source = new Source();
      const stream = toReadable(source.operation).on('error', () => {});
      stream.read(0);
      stream.destroy(reason);
      await turn();
      expect(source.log).toEqual(['start', `cancel ${told}`]);
    }
  });

  it('an error comes after the chunks before it', async () => {
    const reason = new Error('failed');
    const source = operation<void, number>((receiver) => {
      for (const n of [1, 2, 3]) receiver.next(n);
      receiver.reject(reason);
    });
    for (const highWaterMark of [1, 2, 16]) {
      const seen: unknown[] = [];
      const stream = toReadable(source, { highWaterMark });
      await expect(
        (async () => {
          for await (const chunk of stream) seen.push(chunk);
        })(),
      ).rejects.toBe(reason);
      const flowing = toReadable(source, { highWaterMark }).on('data', (chunk) => seen.push(chunk));
      await once(flowing, 'close').catch((error) => seen.push(error));
      expect(seen).toEqual([1, 2, 3, 1, 2, 3, reason]);
    }
  });

  it('null, and a falsy error, have an error of their own', async () => {
    const told: string[] = [];
    const nulls = toReadable(
      operation<void, null>((receiver) => {
        receiver.onCancel((reason) => told.push(name(reason)));
        receiver.next(null);
      }),
    );
    expect([await nulls.toArray().catch(name), told]).toEqual(['NullItemError', ['NullItemError']]);
    const last = toReadable(operation<null>((receiver) => receiver.resolve(null)));
    expect(await last.toArray().catch(name)).toBe('NullItemError');
    const falsy = toReadable(operation((receiver) => receiver.reject(0)));
    expect(await falsy.toArray().catch((error) => [error.name, error.reason])).toEqual([
      'FalsyRejectionError',
      0,
    ]);
  });

  it('a bound is for sources that do not wait: what comes while the stream is full', async () => {
    const source = new Source();
    const stream = toReadable(source.operation, { highWaterMark: 1, limit: 2, overflow: 'drop-oldest' });
    stream.read(0);
    for (const n of [1, 2, 3, 4]) source.receiver.next(n);
    source.complete();
    expect(await stream.toArray()).toEqual([1, 3, 4]);
  });

  it('rule 45: toReadable(fromStream(readable)) is that stream', () => {
    const stream = new PassThrough();
    expect(toReadable(fromStream(stream))).toBe(stream);
    expect(toReadable(fromStream(stream), {})).not.toBe(stream);
  });

  it('without node:stream it throws at once and names the ways out; { Readable } is one', async () => {
    const { getBuiltinModule } = process;
    Object.defineProperty(process, 'getBuiltinModule', { value: undefined, configurable: true });
    try {
      const call = (): unknown => toReadable(fromIterable([1]));
      expect(call).toThrow(ArgumentError);
      expect(call).toThrow(/Pass \{ Readable \}, or use toReadableStream\(\)/);
      expect(await toReadable(fromIterable([1]), { Readable }).toArray()).toEqual([1]);
    } finally {
      Object.defineProperty(process, 'getBuiltinModule', { value: getBuiltinModule, configurable: true });
    }
  });

  it.each([
    ['highWaterMark', () => toReadable(fromIterable([]), { highWaterMark: -1 })],
    ['objectMode', () => toReadable(fromIterable([]), { objectMode: 1 as never })],
    ['Readable', () => toReadable(fromIterable([]), { Readable: 'Readable' as never })],
    ['highWaterMark', () => toReadableStream(fromIterable([]), { highWaterMark: '1' as never })],
    ['operation', () => toReadableStream([] as never)],
  ])('bad input is an ArgumentError at once: %s', (argument, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'ArgumentError', argument }));
  });
});

describe('writing streams of the web', () => {
  it('a Response takes it', async () => {
    const stream = toReadableStream(fromStream(createReadStream(file)));
    expect(await new Response(stream as ReadableStream<Uint8Array>).text()).toBe(text);
  });

  it('work starts at the first read, and a source that waits is asked for one chunk per read, or as much as the stream holds', async () => {
    let made = 0;
    function* numbers(): Generator<number, void> {
      for (;;) yield ++made;
    }
    const reader = toReadableStream(fromIterable(numbers())).getReader();
    await turn();
    expect(made).toBe(0);
    expect(await reader.read()).toEqual({ done: false, value: 1 });
    await turn();
    expect(made).toBe(1);
    await reader.cancel();
    made = 0;
    const ahead = toReadableStream(fromIterable(numbers()), { highWaterMark: 3 });
    await turn();
    expect(made).toBe(3);
    await ahead.cancel();
  });

  it('two reads at the same time have the next two chunks', async () => {
    async function* slow(): AsyncGenerator<number, void> {
      for (const n of [1, 2, 3]) {
        await turn();
        yield n;
      }
    }
    for (const highWaterMark of [0, 1, 2]) {
      const reader = toReadableStream(fromIterable(slow()), { highWaterMark }).getReader();
      const read = await Promise.all([1, 2, 3, 4].map(() => reader.read()));
      expect(read.map(({ value }) => value)).toEqual([1, 2, 3, undefined]);
    }
  });

  it('what comes while there is room in it never meets a policy or a limit', async () => {
    const limits = [{ policy: 'next' }, { policy: 'latest' }, { limit: 1, overflow: 'error' }] as const;
    for (const limit of limits) {
      const source = new Source();
      const reader = toReadableStream(source.operation, { ...limit, highWaterMark: 4 }).getReader();
      await turn();
      for (const n of [1, 2, 3, 4]) source.receiver.next(n);
      await reader.read();
      source.receiver.next(5);
      source.receiver.complete();
      const rest = [];
      for (let each = await reader.read(); !each.done; each = await reader.read()) rest.push(each.value);
      expect(rest).toEqual([2, 3, 4, 5]);
    }
  });

  it('its source is woken when half of what the stream holds has been read, for all that there is room for', async () => {
    let made = 0;
    function* numbers(): Generator<number, void> {
      for (;;) yield ++made;
    }
    const reader = toReadableStream(fromIterable(numbers()), { highWaterMark: 4 }).getReader();
    const seen: number[] = [];
    for (let n = 1; n <= 6; n++) {
      await turn();
      seen.push(made);
      expect(await reader.read()).toEqual({ done: false, value: n });
    }
    expect(seen).toEqual([4, 4, 6, 6, 8, 8]);
    await reader.cancel();
  });

  it('cancel(reason) stops the work with the reason', async () => {
    const source = new Source();
    const stream = toReadableStream(source.operation);
    const reader = stream.getReader();
    void reader.read();
    await turn();
    await reader.cancel('why');
    expect(source.log).toEqual(['start', 'cancel why']);
  });

  it('an error comes after the chunks before it, as the same object', async () => {
    const source = operation<void, number>((receiver) => {
      for (const n of [1, 2, 3]) receiver.next(n);
      receiver.reject(0);
    });
    for (const highWaterMark of [0, 1, 1.5, 16, Number.POSITIVE_INFINITY]) {
      const reader = toReadableStream(source, { highWaterMark }).getReader();
      const log: unknown[] = [];
      for (let n = 0; n < 4; n++)
        log.push(
          await reader.read().then(
            ({ value }) => value,
            (error) => ['error', error],
          ),
        );
      expect(log).toEqual([1, 2, 3, ['error', 0]]);
    }
  });

  it('rule 45: toReadableStream(fromStream(stream)) is that stream', () => {
    const stream = new ReadableStream();
    expect(toReadableStream(fromStream(stream))).toBe(stream);
  });
});

describe('from stream to stream', () => {
  it('rule 44: Node to web to Node keeps demand: a slow consumer never makes a fast stream run ahead', async () => {
    let made = 0;
    const fast = (): Readable =>
      new Readable({
        objectMode: true,
        highWaterMark: 1,
        read() {
          this.push(++made);
        },
      });
    const toWeb = convert(fast, readable, readableStream);
    const toNode = convert(toWeb, readableStream, readable, { timeout: 10_000 });
    const stream = toNode();
    stream.read(0);
    for (let n = 0; n < 20; n++) await turn();
    expect(made).toBeLessThanOrEqual(stream.readableHighWaterMark + 4);
    stream.destroy();
  });

  it('10,000 conversions of streams that are destroyed leave no listener and no lock', async () => {
    const streams: PassThrough[] = [];
    for (let n = 0; n < 10_000; n++) {
      const stream = new PassThrough();
      streams.push(stream);
      const iterator = toIterable(fromStream(stream));
      void iterator.next();
      void iterator.return();
    }
    await turn();
    const clean = listeners(new PassThrough());
    expect(streams.filter((stream) => !stream.destroyed || listeners(stream) > clean)).toEqual([]);
    for (let n = 0; n < 10_000; n++) {
      const stream = new ReadableStream();
      const iterator = toIterable(fromStream(stream));
      void iterator.next();
      void iterator.return();
      if (stream.locked) throw new Error('locked');
    }
  });

  it('a run that ends by its fold destroys the stream', async () => {
    const stream = createReadStream(file);
    const start = withOptions((receiver) => fromStream(stream)['~anyasync'].start(receiver), {
      fold: first(),
    });
    const got = await outcome(operation<unknown>((receiver) => start(receiver, undefined, [])));
    expect([got.status, stream.destroyed]).toEqual(['fulfilled', true]);
  });
});
