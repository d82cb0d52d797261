/** Hostile and unlucky input, by the numbers of its rules. */
import { EventEmitter, getEventListeners } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { inspect } from 'node:util';
import { count as counting, type Operation, operation, timeout } from '@anyasync/core';
import {
  fromEvent,
  fromIterable,
  fromStream,
  iterableConvention,
  NullItemError,
  OverflowError,
  once,
  toIterable,
  toReadable,
  toReadableStream,
} from '@anyasync/iterable';
import { describe, expect, it } from 'vitest';
import { inChild } from '../../core/test/support.js';
import { toPromise } from '../../promise/src/index.js';
import { drain, name, shown, straysOf, turn } from './support.js';

const count = (emitter: EventEmitter): number =>
  emitter.eventNames().reduce((sum, each) => sum + emitter.listenerCount(each), 0);

function* endless(): Generator<number, void> {
  for (let n = 0; ; n++) yield n;
}
async function* endlessly(): AsyncGenerator<number, void> {
  yield* endless();
}
const alwaysReady: Record<string, () => Operation<void, any>> = {
  'a generator': () => fromIterable(endless()),
  'an async generator': () => fromIterable(endlessly()),
  'a stream of Node': () =>
    fromStream(
      new Readable({
        objectMode: true,
        read() {
          this.push(1);
        },
      }),
    ),
  'a stream of the web': () =>
    fromStream(new ReadableStream({ pull: (controller) => controller.enqueue(1) })),
  'a loop that asks whether it is active': () =>
    operation<void, number>((receiver) => {
      while (receiver.active) receiver.next(1);
    }),
};
const loop = async (source: Operation<void, any>, options: object): Promise<unknown> => {
  for await (const _ of toIterable(source, options));
  return 'ended';
};

describe('a source that is always ready', () => {
  it.each(Object.entries(alwaysReady))('hostile 13: a timeout ends it: %s', async (_name, make) => {
    const promise = toPromise(make(), { timeout: 20, fold: counting() });
    expect(await promise.catch((error) => error.name)).toBe('TimeoutError');
  });

  it.each(Object.entries(alwaysReady).slice(0, 4))(
    'hostile 13: a timeout and a signal end a loop over it: %s',
    async (_name, make) => {
      expect(await loop(make(), { timeout: 20 }).catch(name)).toBe('TimeoutError');
      expect(await loop(make(), { signal: AbortSignal.timeout(20) }).catch(name)).toBe('TimeoutError');
      const controller = new AbortController();
      setTimeout(() => controller.abort(new Error('stop')), 20);
      expect(await loop(make(), { signal: controller.signal }).catch(name)).toBe('stop');
    },
  );

  it.each(Object.entries(alwaysReady).slice(1, 4))(
    'hostile 13: a signal ends it, for a consumer that never waits: %s',
    async (_name, make) => {
      const promise = toPromise(make(), { signal: AbortSignal.timeout(20), fold: counting() });
      expect(await promise.catch(name)).toBe('TimeoutError');
    },
  );

  it('hostile 13: it gives up the turn now and then, without a timeout too', async () => {
    const log: string[] = [];
    setTimeout(() => log.push('timer'), 1);
    for await (const _ of toIterable(fromIterable(() => endlessly()))) if (log.length > 0) break;
    expect(log).toEqual(['timer']);
  });
});

describe('a consumer that has left', () => {
  it("hostile 12: it is forgotten by its source at once, with { cancel: 'detach' } through two timeouts too", async () => {
    const emitter = new EventEmitter();
    const target = new EventTarget();
    const within = (source: Operation<void, unknown>) =>
      toIterable(timeout(source, 1, { cancel: 'detach' }), {
        eager: true,
        timeout: 10_000,
        cancel: 'detach',
      });
    const items = [within(fromEvent(emitter, 'data')), within(fromEvent(target, 'data'))];
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect([count(emitter), getEventListeners(target, 'data')]).toEqual([0, []]);
    expect(await Promise.all(items.map((each) => shown(each.next())))).toEqual([
      'error TimeoutError',
      'error TimeoutError',
    ]);
  });

  it("hostile 12: 2,000 that gave up waiting leave no listener: the error of a stream is its owner's again", async () => {
    const emitter = new EventEmitter().setMaxListeners(0);
    const stream = new PassThrough();
    const before = count(stream);
    const options = { eager: true, timeout: 0, cancel: 'detach' } as const;
    for (let n = 0; n < 2000; n++) void toIterable(fromEvent(emitter, 'data'), options);
    void toIterable(fromStream(stream), options);
    const web = new ReadableStream();
    void toIterable(fromStream(web), options);
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect([count(emitter), stream.destroyed, web.locked]).toEqual([0, false, false]);
    expect(count(stream)).toBe(before);
    const heard: unknown[] = [];
    stream.on('error', (error) => heard.push(error.message));
    stream.destroy(new Error('late'));
    await turn();
    expect(heard).toEqual(['late']);
  });
});

describe('listeners', () => {
  const ends: [string, (emitter: EventEmitter) => object, (emitter: EventEmitter) => unknown][] = [
    ['value', () => ({ end: 'end' }), (emitter) => emitter.emit('end')],
    ['error', () => ({}), (emitter) => emitter.emit('error', new Error('failed'))],
  ];
  it.each(ends)('fromEvent: none of ours is left after %s', async (_how, options, end) => {
    const emitter = new EventEmitter();
    const items = toIterable(fromEvent(emitter, 'data', options(emitter)), { eager: true });
    emitter.emit('data', 1);
    end(emitter);
    await drain(items);
    expect(count(emitter)).toBe(0);
  });

  it('fromEvent, once and fromStream: none is left after an abort, a timeout, a throw, on the source and on the signal', async () => {
    for (const cancel of ['stop', 'detach'] as const) {
      const emitter = new EventEmitter();
      const controller = new AbortController();
      const { signal } = controller;
      const stream = new PassThrough();
      const before = count(stream);
      const waiting = [
        toIterable(fromEvent(emitter, 'data'), { signal, cancel }).next(),
        toIterable(fromEvent(emitter, 'data'), { timeout: 1, cancel }).next(),
        once(emitter, 'data', { signal }),
        once(emitter, 'data', { timeout: 1 }),
        toIterable(fromStream(stream), { signal, cancel }).next(),
      ].map((each) => (each as Promise<unknown>).catch(name));
      await new Promise((resolve) => setTimeout(resolve, 10));
      controller.abort(new Error('aborted'));
      expect(await Promise.all(waiting)).toEqual([
        'aborted',
        'TimeoutError',
        'aborted',
        'TimeoutError',
        'aborted',
      ]);
      stream.destroy();
      await turn();
      expect([count(emitter), count(stream), getEventListeners(signal, 'abort')]).toEqual([0, before, []]);
    }
  });

  it('fromEvent: none is left when a listener cannot be added, and the others when one cannot be removed', async () => {
    class Broken extends EventEmitter {
      override on(event: string, listener: () => void): this {
        if (event === 'error') throw new Error('not here');
        return super.on(event, listener);
      }
    }
    const broken = new Broken();
    expect(await shown(toIterable(fromEvent(broken, 'data')).next())).toBe('error not here');
    expect(count(broken)).toBe(0);

    const stubborn = new EventEmitter();
    const remove = stubborn.removeListener.bind(stubborn);
    stubborn.removeListener = (event, listener) => {
      if (event === 'data') throw new Error('stays');
      return remove(event, listener);
    };
    const strays = await straysOf(async () => {
      const items = toIterable(fromEvent(stubborn, 'data', { end: 'end' }), { eager: true });
      await items.return();
    });
    expect([count(stubborn), strays]).toEqual([1, ['thrown stays']]);
  });

  it('toReadable and toReadableStream: none is left on the signal after any end', async () => {
    const { signal } = new AbortController();
    const source = () => fromIterable([1, 2]);
    await toReadable(source(), { signal }).toArray();
    await new Response(
      toReadableStream(fromIterable(['a']), { signal }).pipeThrough(new TextEncoderStream() as never),
    ).text();
    const left = toReadable(source(), { signal });
    left.read(0);
    left.destroy();
    await toReadableStream(source(), { signal }).cancel();
    await turn();
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });
});

describe('errors', () => {
  it('hostile 10: an item is in no log of the error that has it', async () => {
    const error = new OverflowError(1, 'error', { password: 'secret' });
    expect(error.item).toEqual({ password: 'secret' });
    expect(`${JSON.stringify(error)} ${inspect(error)}`).not.toContain('secret');
    expect(Object.keys(new NullItemError())).toEqual([]);
  });
});

describe('what is on Object.prototype', () => {
  // In a process of its own: the test runner reads from it, too.
  it('hostile 4: nothing is read from it', () => {
    const { out, err } = inChild(`
      import { EventEmitter } from 'node:events';
      import { operation } from '@anyasync/core';
      import { fromEvent, fromIterable, isStream, toIterable, toReadableStream } from '@anyasync/iterable';
      const names = 'reason isError what values end error capture passive preventCancel stop handle dispose discard errored ' +
        'readableEnded destroyed destroying closed closeEmitted emitClose endEmitted ended policy limit overflow eager ' +
        'highWaterMark objectMode Readable locked _detach type autoAllocateChunkSize size';
      const shown = (promise) => promise.then((result) => JSON.stringify(result), (error) => 'error ' + error.message);
      const drain = async (items) => {
        const log = [];
        for (let n = 0; n < 4; n++) log.push(await shown(items.next()));
        return log;
      };
      const program = async () => {
        const emitter = new EventEmitter();
        const events = toIterable(fromEvent(emitter, 'data', { end: 'finish' }), { eager: true });
        emitter.emit('data', 1);
        emitter.emit('finish');
        const failing = toIterable(operation((receiver) => receiver.reject(new Error('failed'))));
        const left = toIterable(fromIterable([1, 2]));
        await left.next();
        return JSON.stringify([
          await drain(events),
          await drain(toIterable(fromIterable([1, 2]), { policy: 'batch' })),
          await drain(failing),
          await shown(left.return()),
          (await toReadableStream(fromIterable(['a'])).getReader().read()).value,
          isStream({}),
          emitter.listenerCount('data'),
        ]);
      };
      const expected = await program();
      const changed = [];
      for (const name of names.split(' ')) {
        for (const value of [true, 0, {}, 'x']) {
          Object.prototype[name] = value;
          const hung = new Promise((resolve) => setTimeout(resolve, 500, 'hung'));
          const got = await Promise.race([program().catch(String), hung]);
          delete Object.prototype[name];
          if (got !== expected) changed.push(name + ' = ' + JSON.stringify(value) + ': ' + got);
        }
      }
      console.log(changed.join('\\n') || 'nothing changed');
    `);
    expect({ out, err }).toEqual({ out: 'nothing changed\n', err: '' });
  });

  it('hostile 6: inherited options count, as long as they are of a class', () => {
    class Mine {
      readonly values = 'all';
    }
    class Derived extends Mine {}
    expect(() => fromEvent(new EventEmitter(), 'data', new Derived() as never)).not.toThrow();
    expect(() => fromEvent(new EventEmitter(), 'data', Object.create({ end: 1 }))).toThrow(
      /name of an event/,
    );
  });
});

describe('options and arguments that do not exist', () => {
  const emitter = new EventEmitter();
  it.each([
    ['fromEvent', /multiArgs.*values: 'all'/, () => fromEvent(emitter, 'x', { multiArgs: true } as never)],
    [
      'fromEvent',
      /constructor.*values, end, error/,
      () => fromEvent(emitter, 'x', { constructor: 1 } as never),
    ],
    ['fromEvent', /toString/, () => fromEvent(emitter, 'x', { toString: () => '' } as never)],
    ['fromEvent', /multiArgs.*values: 'all'/, () => fromEvent(emitter, 'x', { multiArgs: true } as never)],
    ['fromEvent', /object of options last/, () => (fromEvent as any)(emitter, 'x', {}, (e: unknown) => e)],
    ['fromEvent', /options as an object/, () => fromEvent(emitter, 'x', ((e: unknown) => e) as never)],
    ['once', /options as an object/, () => once(emitter, 'x', 5 as never)],
    ['once', /takes an EventEmitter/, () => once({} as never, 'x')],
    ['once', /end.*signal, timeout/, () => once(emitter, 'x', { end: 'y' } as never)],
    ['once', /object of options last/, () => (once as any)(emitter, 'x', {}, {})],
    [
      'fromStream',
      /destroyOnReturn.*preventCancel/,
      () => fromStream(new ReadableStream(), { destroyOnReturn: false } as never),
    ],
    [
      'fromStream',
      /preventcancel.*preventCancel/,
      () => fromStream(new ReadableStream(), { preventcancel: true } as never),
    ],
    [
      'iterableConvention',
      /highWaterMark.*policy, limit/,
      () => iterableConvention({ highWaterMark: 1 } as never),
    ],
  ])('%s refuses them, and says %s', (whose, message, call) => {
    expect(call).toThrow(message);
    expect(call).toThrow(expect.objectContaining({ name: 'ArgumentError' }));
    expect(call).toThrow(new RegExp(`^\\[iterable\\] ${whose}\\(\\)`));
    expect(count(emitter)).toBe(0);
  });
});
