/** Streams, events and iterables of a browser: fetch bodies, DOM events, its ReadableStream, its Observable. */
import { callback } from '@anyasync/callback';
import { convert, first, operation, type Receiver, toArray } from '@anyasync/core';
import {
  fromEvent,
  fromIterable,
  fromStream,
  iterable,
  readableStream,
  toIterable,
  toReadable,
  toReadableStream,
} from '@anyasync/iterable';
import { fromObservable, toObservable } from '@anyasync/observable';
import { toPromise } from '@anyasync/promise';
import type {} from '@rxjs/observable-polyfill';
import { assert } from 'chai';
import { type Tests, turn } from './recording.js';

const error = new Error('an error');
const reason = { reason: true };
const caught = (rejected: unknown): unknown => rejected;

/** Asks the server of this page. */
const told = async (path: string): Promise<string> => (await fetch(path)).text();
const bodyOf = async (path: string): Promise<ReadableStream<Uint8Array>> =>
  (await fetch(path)).body as ReadableStream<Uint8Array>;
const text = (chunk: unknown): string => new TextDecoder().decode(chunk as Uint8Array);

/** How a `next()` has settled, as a line of a log. */
const shown = (promise: Promise<IteratorResult<unknown>>): Promise<string> =>
  promise.then(
    ({ done, value }) => (done ? 'done' : String(value)),
    (rejected) => `error ${rejected instanceof Error ? rejected.message : rejected}`,
  );

/** A stream whose source counts how often it is asked, and writes down why it is cancelled. */
function counting(to = Number.POSITIVE_INFINITY) {
  const log: unknown[] = [];
  const source = { made: 0 };
  const stream = new ReadableStream<number>(
    {
      pull: (controller) => (source.made < to ? controller.enqueue(++source.made) : controller.close()),
      cancel: (why) => void log.push(why),
    },
    { highWaterMark: 0 },
  );
  return { log, source, stream };
}

/** An operation that has not ended, its receiver, and a log of what happens to it. */
function pending() {
  const log: unknown[] = [];
  const given: { receiver?: Receiver<void, unknown> } = {};
  const source = operation<void, unknown>((receiver) => {
    given.receiver = receiver;
    log.push('started');
    receiver.onCancel((why) => log.push('cancelled', why));
  });
  return { log, source, given };
}

export const tests: Tests = {
  'a fetch body arrives whole, and is not locked afterwards': async () => {
    const body = await bodyOf('/ok');
    const chunks: string[] = [];
    for await (const chunk of toIterable(fromStream(body))) chunks.push(text(chunk));
    assert.deepEqual([chunks.join(''), body.locked], ['data', false]);
  },

  '31: leaving a loop over a fetch body reaches the server: it sees the connection close': async () => {
    const body = await bodyOf('/part?loop');
    for await (const chunk of toIterable(fromStream(body))) {
      assert.strictEqual(text(chunk), 'a part');
      break;
    }
    assert.isFalse(body.locked);
    assert.strictEqual(await told('/closed?loop'), 'yes');
  },

  '31, 40: return() while a read is pending settles both, reaches the server, and leaves no locked stream':
    async () => {
      const body = await bodyOf('/part?pending');
      const items = toIterable(fromStream(body));
      await items.next();
      const waiting = shown(items.next());
      const returned = shown(items.return());
      assert.isFalse(body.locked);
      assert.deepEqual([await waiting, await returned], ['done', 'done']);
      assert.strictEqual(await told('/closed?pending'), 'yes');
    },

  '31: aborting a signal does the same, and next() rejects with its reason': async () => {
    const controller = new AbortController();
    const body = await bodyOf('/part?signal');
    const items = toIterable(fromStream(body), { signal: controller.signal });
    await items.next();
    const waiting = items.next().catch(caught);
    controller.abort(reason);
    assert.strictEqual(await waiting, reason);
    assert.isFalse(body.locked);
    assert.strictEqual(await told('/closed?signal'), 'yes');
  },

  'a function that fetches, as an iterable: each run is a request, which leaving stops, also before there is a body':
    async () => {
      const bodies = convert(
        async (path: string) => (await fetch(path)).body as ReadableStream<Uint8Array>,
        iterable,
        iterable,
        { timeout: 60_000 },
      );
      for await (const chunk of bodies('/ok')) assert.strictEqual(text(chunk), 'data');
      const part = fromIterable((signal) =>
        fetch('/part?made', { signal }).then(({ body }) => body as ReadableStream<Uint8Array>),
      );
      for await (const chunk of toIterable(part)) {
        assert.strictEqual(text(chunk), 'a part');
        break;
      }
      assert.strictEqual(await told('/closed?made'), 'yes');
      const never = fromIterable((signal) =>
        fetch('/never?made2', { signal }).then(({ body }) => body as ReadableStream<Uint8Array>),
      );
      const items = toIterable(never);
      const waiting = shown(items.next());
      assert.strictEqual(await told('/arrived?made2'), 'yes');
      await items.return();
      assert.deepEqual([await waiting, await told('/closed?made2')], ['done', 'yes']);
    },

  '31: { preventCancel } releases the lock only: another reader has what comes next': async () => {
    const body = await bodyOf('/part?prevented');
    const items = toIterable(fromStream(body, { preventCancel: true }));
    assert.strictEqual(text((await items.next()).value), 'a part');
    const waiting = shown(items.next());
    await items.return();
    assert.deepEqual([await waiting, body.locked], ['done', false]);
    const reader = body.getReader();
    await reader.cancel(); // it was open still
    assert.strictEqual(await told('/closed?prevented'), 'yes');
  },

  '31: what a run of the stream is cancelled with is what its source hears; with { preventCancel } nothing':
    async () => {
      for (const preventCancel of [false, true]) {
        const { log, stream } = counting();
        const items = toIterable(fromStream(stream, { preventCancel }));
        assert.strictEqual(await shown(items.next()), '1');
        await items.throw(reason).catch(caught);
        assert.deepEqual([log, stream.locked], [preventCancel ? [] : [reason], false]);
        if (preventCancel) assert.strictEqual((await stream.getReader().read()).value, 2);
      }
    },

  '31: 10,000 streams that are left while a read is pending are not locked': async () => {
    for (let n = 0; n < 10_000; n++) {
      const stream = new ReadableStream();
      const items = toIterable(fromStream(stream));
      void items.next();
      void items.return();
      assert.isFalse(stream.locked);
    }
  },

  '44: a slow consumer holds the server back': async () => {
    const items = toIterable(fromStream(await bodyOf('/flood?slow')));
    let bytes = ((await items.next()).value as Uint8Array).length;
    let sent = 0;
    for (let before = -1; before !== sent; ) {
      before = sent;
      await turn();
      sent = Number(await told('/sent?slow'));
    }
    assert.isBelow(sent, 2 ** 28); // of 1 GiB
    while (bytes <= sent) bytes += ((await items.next()).value as Uint8Array).length;
    assert.isAbove(Number(await told('/sent?slow')), sent);
    await items.return();
  },

  '37, 44: a stream is not read ahead, or up to the limit; written again it keeps demand': async () => {
    const one = counting();
    const items = toIterable(fromStream(one.stream), { timeout: 60_000 });
    assert.strictEqual(await shown(items.next()), '1');
    await turn();
    assert.strictEqual(one.source.made, 1);
    await items.return();

    const ahead = counting();
    const bounded = toIterable(fromStream(ahead.stream), { limit: 3 });
    await bounded.next();
    await turn();
    assert.strictEqual(ahead.source.made, 4);
    await bounded.return();

    const through = counting();
    const reader = toReadableStream(fromStream(through.stream), { timeout: 60_000 }).getReader();
    for (let n = 1; n <= 3; n++) assert.strictEqual((await reader.read()).value, n);
    await turn();
    assert.strictEqual(through.source.made, 3);
    await reader.cancel(reason);
    assert.deepEqual([through.log, through.stream.locked], [[reason], false]);
  },

  'a stream that is written is one of the browser: a Response takes it, and its transforms': async () => {
    const words = toReadableStream(fromIterable(['some ', 'words'])) as ReadableStream<string>;
    const zipped = words.pipeThrough(new TextEncoderStream()).pipeThrough(new CompressionStream('gzip'));
    const back = zipped.pipeThrough(new DecompressionStream('gzip'));
    assert.strictEqual(await new Response(back).text(), 'some words');
  },

  'a stream that is written can be given to another thread: cancelling there stops the work here':
    async () => {
      const { log, source, given } = pending();
      const stream = toReadableStream(source);
      const { port1, port2 } = new MessageChannel();
      const arrived = toIterable(fromEvent<MessageEvent>(port2, 'message'), { eager: true });
      port2.start();
      port1.postMessage(stream, [stream as never]);
      const reader = ((await arrived.next()).value as MessageEvent<ReadableStream>).data.getReader();
      const read = reader.read();
      while (given.receiver === undefined) await turn();
      given.receiver.next('an item');
      assert.strictEqual((await read).value, 'an item');
      await reader.cancel('enough');
      while (log.length < 3) await turn();
      assert.deepEqual(log, ['started', 'cancelled', 'enough']);
      await arrived.return();
      port1.close();
    },

  'an error of a stream is the same object both ways, after the chunks before it': async () => {
    const source = operation<void, number>((receiver) => {
      receiver.next(1);
      receiver.reject(reason);
    });
    const there = toReadableStream(source);
    const items = toIterable(fromStream(there));
    assert.strictEqual(await shown(items.next()), '1');
    assert.strictEqual(await items.next().catch(caught), reason);
    assert.isFalse(there.locked);
  },

  '45: the way there and back is the same stream': () => {
    const stream = new ReadableStream();
    assert.strictEqual(toReadableStream(fromStream(stream)), stream as unknown);
  },

  'where there is no Node, toReadable names the ways out': () => {
    assert.throws(() => toReadable(fromIterable([1])), /Pass \{ Readable \}, or use toReadableStream\(\)/);
  },

  'a converted function: of callbacks to a stream, of streams to an iterator': async () => {
    const half = (n: number, done: (error: null, half: number) => void): void => done(null, n / 2);
    const reader = convert(half, callback, readableStream)(8).getReader();
    assert.deepEqual([(await reader.read()).value, (await reader.read()).done], [4, true]);
    const open = convert(() => counting(2).stream, readableStream, iterable);
    const seen: number[] = [];
    for await (const n of open()) seen.push(n);
    assert.deepEqual(seen, [1, 2]);
  },

  "the platform's Observable and an async generator: its operators, its end, and finally when it is left":
    async () => {
      const log: string[] = [];
      const numbers = fromIterable(async function* () {
        try {
          for (let n = 1; ; n++) yield n;
        } finally {
          log.push('finally');
        }
      });
      const made = toObservable(numbers) as Observable<number>;
      assert.deepEqual(
        await made
          .map((n) => n * 2)
          .take(2)
          .toArray(),
        [2, 4],
      );
      await turn();
      assert.deepEqual(log, ['finally']);
      const back = toIterable(fromObservable(Observable.from([1, 2])));
      assert.deepEqual([await shown(back.next()), await shown(back.next())], ['1', '2']);
      assert.strictEqual(await shown(back.next()), 'done');
      assert.deepEqual(await toPromise(fromObservable(made), { fold: first() }), 1);
      assert.deepEqual(await toPromise(fromIterable([1, 2]), { fold: toArray() }), [1, 2]);
    },

  'an error of a source is the same object through an iterator': async () => {
    const failing = operation<void, number>((receiver) => receiver.reject(error));
    assert.strictEqual(await toIterable(failing).next().catch(caught), error);
  },
};
