/** A stream in the hand is owned from the moment it is given: read, or let go of. */
import type { EventEmitter } from 'node:events';
import { createReadStream } from 'node:fs';
import { createRequire } from 'node:module';
import { PassThrough, Readable } from 'node:stream';
import { fromIterable, fromStream, toIterable, toReadable, toReadableStream } from '@anyasync/iterable';
import { describe, expect, it } from 'vitest';
import { counted, drain, name, Source, shown, straysOf, turn } from './support.js';

const require = createRequire(import.meta.url);
/** All listeners on it. */
const count = (emitter: EventEmitter): number =>
  emitter.eventNames().reduce((sum, each) => sum + emitter.listenerCount(each), 0);
const closed = (stream: EventEmitter) => new Promise((resolve) => stream.on('close', resolve));
/** A stream of the web that tells whether it was cancelled. */
const web = (log: string[]) =>
  new ReadableStream({ cancel: (reason) => void log.push(`cancel ${name(reason)}`) });

describe('a stream that nobody has read yet', () => {
  it('is destroyed by cancel() of the stream of the web that was written', async () => {
    const file = createReadStream(import.meta.filename ?? new URL(import.meta.url).pathname);
    const before = count(file);
    await toReadableStream(fromStream(file)).cancel('why');
    expect(file.destroyed).toBe(true);
    await closed(file);
    expect(count(file)).toBe(before + 1); // the test's own
  });

  it('is cancelled by destroy() of the stream of Node that was written, before it closes', async () => {
    const log: string[] = [];
    const stream = toReadable(fromStream(web(log))).on('error', () => {});
    stream.destroy(new Error('why'));
    await closed(stream);
    expect(log).toEqual(['cancel why']);
  });

  it('is destroyed, or cancelled, by return(), throw(), and by await using', async () => {
    const log: string[] = [];
    const node = new PassThrough();
    await toIterable(fromStream(node)).return();
    const thrown = web(log);
    await toIterable(fromStream(thrown)).throw(new Error('why')).catch(name);
    await (toIterable(fromIterable(web(log))) as any)[Symbol.asyncDispose]();
    expect([node.destroyed, log]).toEqual([true, ['cancel why', 'cancel CancelledError']]);
  });

  it('a cancel that is rejected, and a return() of a generator that is, reach who leaves', async () => {
    const failing = () => new ReadableStream({ cancel: () => Promise.reject(new Error('in cancel')) });
    await expect(toIterable(fromStream(failing())).return()).rejects.toThrow('in cancel');
    await expect(toReadableStream(fromStream(failing()), {}).cancel()).rejects.toThrow('in cancel');
  });

  it('of a generator in the hand return() is called, which has run already; an array and a locked stream stay', async () => {
    const log: string[] = [];
    const generator = counted(log);
    await generator.next();
    await toReadableStream(fromIterable(generator)).cancel();
    expect(log).toEqual(['made 1', 'finally']);
    await toReadableStream(fromIterable([1])).cancel();
    const stream = web(log);
    const reader = stream.getReader();
    await toIterable(fromStream(stream)).return();
    expect([log.length, stream.locked]).toEqual([2, true]);
    reader.releaseLock();
  });

  it('with { preventCancel } it is left as it is, without a listener', async () => {
    const [node, log] = [new PassThrough(), [] as string[]];
    const before = count(node);
    await toIterable(fromStream(node, { preventCancel: true })).return();
    await toIterable(fromStream(web(log), { preventCancel: true })).return();
    expect([node.destroyed, count(node), log]).toEqual([false, before, []]);
  });

  it('what another run reads is left to that one', async () => {
    const node = new PassThrough({ objectMode: true });
    const operation = fromStream(node);
    const read = shown(toIterable(operation).next());
    await toReadableStream(operation).cancel();
    node.write('a');
    expect([await read, node.destroyed]).toEqual(['a', false]);
    node.destroy();
  });

  it('a function is not called, and nothing is discarded', async () => {
    const log: string[] = [];
    await toIterable(fromIterable(() => counted(log))).return();
    await toReadableStream(new Source().operation).cancel();
    expect(log).toEqual([]);
  });

  it('its error is no uncaught exception, and is what the first reader hears', async () => {
    for (const options of [undefined, { preventCancel: true }]) {
      const stream = new PassThrough();
      const before = count(stream);
      const operation = fromStream(stream, options);
      stream.destroy(new Error('failed'));
      await closed(stream);
      expect(await drain(toIterable(operation))).toEqual(['error failed']);
      expect(count(stream)).toBe(before + 1); // the test's own
    }
    const left = new PassThrough();
    const iterator = toIterable(fromStream(left));
    left.destroy(new Error('failed'));
    await turn();
    await iterator.return();
    await turn();
    expect(count(left)).toBe(count(new PassThrough()));
  });

  it('an error that waits when it is given back with { preventCancel } is a stray', async () => {
    const strays = await straysOf(async () => {
      const stream = new PassThrough();
      const items = toIterable(fromStream(stream, { preventCancel: true }));
      stream.emit('error', new Error('failed'));
      await items.return();
    });
    expect(strays).toEqual(['error failed']);
  });
});

const copies: [string, any][] = [
  ['Node', { Readable, PassThrough }],
  ...['readable-stream2', 'readable-stream3', 'readable-stream4', 'streamx'].map(
    (each) => [each, require(each)] as [string, any],
  ),
];

describe.each(copies)('streams of %s', (_name, { Readable }) => {
  const numbers = (...chunks: number[]) => {
    const waiting = [...chunks, null];
    return new Readable({
      objectMode: true,
      read(this: any, done?: () => void) {
        this.push(waiting.shift());
        if (typeof done === 'function') done();
      },
    });
  };

  it('are read', async () => {
    expect(await drain(toIterable(fromStream(numbers(1, 2))))).toEqual(['1', '2', 'done']);
  });

  it('that ended before they are read end at once, and keep no listener', async () => {
    const stream = numbers(1);
    stream.on('data', () => {});
    await new Promise((resolve) => stream.on('end', resolve));
    await turn();
    const before = count(stream);
    expect(await drain(toIterable(fromStream(stream), { timeout: 1000 }))).toEqual(['done']);
    await turn();
    expect(count(stream)).toBe(before);
  });

  it('that end while they are read keep no listener', async () => {
    const stream = numbers(1);
    const before = count(stream);
    await drain(toIterable(fromStream(stream)));
    await turn();
    expect(count(stream)).toBe(before);
  });

  it('that fail before they are read tell it to the first reader', async () => {
    const stream = new Readable({ read() {} });
    const operation = fromStream(stream);
    stream.destroy(new Error('failed'));
    await turn();
    expect(await drain(toIterable(operation, { timeout: 1000 }))).toEqual(['error failed']);
  });

  it('that are destroyed are a cancellation', async () => {
    for (const wait of [async () => {}, turn]) {
      const stream = new Readable({ read() {} });
      stream.destroy();
      await wait();
      expect(await drain(toIterable(fromStream(stream), { timeout: 1000 }))).toEqual([
        'error CancelledError',
      ]);
    }
  });
});

describe('a stream that is over, or nearly', () => {
  it('a destroyed but not yet closed stream that fails later gives its error', async () => {
    let close!: (error: Error) => void;
    const stream = new Readable({
      read() {},
      destroy: (_, done) => {
        close = done;
      },
    });
    const before = count(stream);
    stream.destroy();
    const end = drain(toIterable(fromStream(stream)));
    await turn();
    close(new Error('while it closed'));
    expect(await end).toEqual(['error while it closed']);
    await turn();
    expect(count(stream)).toBe(before);
  });

  it('one without an event at its end is a cancellation at once', async () => {
    const stream = new Readable({ emitClose: false, read() {}, destroy() {} });
    stream.destroy();
    expect(await drain(toIterable(fromStream(stream), { timeout: 1000 }))).toEqual(['error CancelledError']);
  });

  it('an error of a half that is written still is its owner’s after the reading has ended', async () => {
    const socket = new PassThrough({ allowHalfOpen: true, autoDestroy: false });
    const before = count(socket);
    socket.push(null);
    expect(await drain(toIterable(fromStream(socket)))).toEqual(['done']);
    expect(count(socket)).toBe(before);
  });
});
