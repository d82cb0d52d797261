/** Between Observables and what is pulled: async iterables, streams of Node and of the web, both ways, with the real libraries. */
import { Readable } from 'node:stream';
import { first, toArray } from '@anyasync/core';
import { fromIterable, fromStream, toIterable, toReadable, toReadableStream } from '@anyasync/iterable';
import { toObservable } from '@anyasync/observable';
import { toPromise } from '@anyasync/promise';
import { describe, expect, test } from 'vitest';
import { counted, drain, name, shown, straysOf, turn } from '../packages/iterable/test/support.js';
import {
  constructorOf,
  constructors,
  type Emitter,
  type Library,
  later,
  listen,
  type Producer,
  read,
} from '../packages/observable/test/libraries.js';

const error = new Error('failed');
/** What needs a source that emits inside `subscribe`. */
const inside = ({ sync }: Library, title: string, run: () => void | Promise<void>): void =>
  sync ? test(title, run) : test.skip(`${title} (its items come in a later turn)`, run);
const many = 100_000;

/** An Observable that a test drives by hand, and what it was told. */
function driven({ make }: Library) {
  const log: string[] = [];
  const source = { emitter: undefined as unknown as Emitter };
  const observable = make((emitter) => {
    log.push('start');
    source.emitter = emitter;
    emitter.teardown((reason) => {
      const isEnd = reason === undefined || name(reason) === 'AbortError'; // what the platform gives after an end
      log.push(isEnd ? 'stop' : `stop ${name(reason)}`);
    });
  });
  return { log, source, operation: read(observable) };
}

/** A producer that emits these inside `subscribe`, as long as somebody listens, and completes. */
const burst =
  (...items: unknown[]): Producer =>
  (emitter) => {
    for (const item of items) if (emitter.active()) emitter.next(item);
    emitter.complete();
  };

describe.each(constructors)('%s to an async iterable', (_name, library) => {
  const { make, reason: hasReason } = library;

  test('values, the end, and an error as the same object after them', async () => {
    expect(await drain(toIterable(read(make(burst(1, undefined, null)))))).toEqual([
      '1',
      'undefined',
      'null',
      'done',
    ]);
    const items = toIterable(
      read(
        make((emitter) => {
          emitter.next(1);
          emitter.error(error);
        }),
      ),
    );
    expect(await shown(items.next())).toBe('1');
    expect(await items.next().catch((heard: unknown) => heard)).toBe(error);
    expect(await shown(items.next())).toBe('done');
  });

  test('rule 41: it is subscribed to by the first next(); rule 42: leaving the loop unsubscribes', async () => {
    const { log, source, operation } = driven(library);
    const items = toIterable(operation);
    expect(log).toEqual([]);
    const loop = (async () => {
      for await (const item of items) if (item === 2) break;
    })();
    expect(log).toEqual(['start']);
    source.emitter.next(1);
    source.emitter.next(2);
    await loop;
    expect(log).toEqual(['start', hasReason ? 'stop CancelledError' : 'stop']);
  });

  test('rule 40: return() while next() is pending settles both and unsubscribes at once; throw() with its reason', async () => {
    const { log, operation } = driven(library);
    const one = toIterable(operation);
    const settled = [one.next(), one.return()].map(shown);
    expect(log).toEqual(['start', hasReason ? 'stop CancelledError' : 'stop']);
    expect(await Promise.all(settled)).toEqual(['done', 'done']);
    const other = toIterable(operation);
    const heard = [other.next(), other.throw(error)].map(shown);
    expect(log.slice(2)).toEqual(['start', hasReason ? 'stop failed' : 'stop']);
    expect(await Promise.all(heard)).toEqual(['error failed', 'error failed']);
  });

  test.each([
    ['each', ['1', '2', '3', '4', 'done']],
    ['batch', ['1,2,3,4', 'done']],
    ['latest', ['4', 'done']],
    ['next', ['1', 'done']],
  ] as const)('rule 37: %s of items that nobody asked for: %j', async (policy, expected) => {
    const { source, operation } = driven(library);
    const items = toIterable(operation, { policy } as { policy: 'each' });
    const one = shown(items.next());
    for (const item of [1, 2, 3, 4]) source.emitter.next(item);
    source.emitter.complete();
    await later(); // zen-observable delivers in a later turn
    expect([await one, ...(await drain(items))]).toEqual(expected);
  });

  test.each([
    ['drop-oldest', ['3', '4', 'done']],
    ['drop-newest', ['1', '2', 'done']],
    ['error', ['1', '2', 'error OverflowError']],
    ['pause', ['1', '2', 'error OverflowError']],
  ] as const)(
    'rule 37: limit 2, %s: %j; an overflow unsubscribes, and is no stray',
    async (overflow, expected) => {
      const { log, source, operation } = driven(library);
      const items = toIterable(operation, { limit: 2, overflow, eager: true });
      await later(); // and starts in one
      const strays = await straysOf(async () => {
        for (const item of [1, 2, 3, 4]) if (source.emitter.active()) source.emitter.next(item);
        await later();
        if (source.emitter.active()) source.emitter.complete();
        await later();
        expect(await drain(items)).toEqual(expected);
      });
      expect(log[1]).toBe(expected.includes('done' as never) || !hasReason ? 'stop' : 'stop OverflowError');
      expect(strays).toEqual([]);
    },
  );

  inside(library, 'rule 28: a source that loops inside subscribe is stopped by the limit', async () => {
    let emitted = 0;
    const hose = make((emitter) => {
      while (emitter.active() && emitted < many) emitter.next(++emitted);
    });
    const items = toIterable(read(hose), { limit: 10, overflow: 'error' });
    expect((await drain(items)).slice(-2)).toEqual(['10', 'error OverflowError']);
    expect(emitted).toBe(11);
  });

  test(`rule 43: ${many} items that come inside subscribe, drained in order`, async () => {
    const items = toIterable(read(make(burst(...Array.from({ length: many }, (_, n) => n)))));
    let expected = 0;
    for await (const item of items) if (item !== expected++) throw new Error(`${item}`);
    expect(expected).toBe(many);
  });
});

describe.each(constructors)('an iterable to %s', (_name, library) => {
  const Observable = constructorOf(library);
  const written = (source: any): any => toObservable(fromIterable(source), { Observable } as never);

  test('values, and what the iterator returns as the last; an error is the same object', async () => {
    const log: string[] = [];
    listen(
      written(async function* () {
        yield 1;
        return 'end';
      }),
      log,
    );
    await later();
    let heard: unknown;
    listen(
      written(async function* () {
        yield 2;
        throw error;
      }),
      log,
      { error: (reason: unknown) => (heard = reason) },
    );
    await later();
    expect([log, heard === error]).toEqual([['next 1', 'next end', 'complete', 'next 2'], true]);
  });

  inside(library, 'rule 35: a synchronous iterable is emitted inside subscribe', () => {
    const log: string[] = [];
    listen(written([1, 2]), log);
    log.push('subscribed');
    expect(log).toEqual(['next 1', 'next 2', 'complete', 'subscribed']);
  });

  test('rule 10: a function that makes an iterable runs for each subscriber; a generator in the hand is read once', async () => {
    const made: string[] = [];
    const log: string[] = [];
    const lazy = written(() => counted(made, 1));
    expect(made).toEqual([]);
    listen(lazy, log);
    await later();
    listen(lazy, log);
    await later();
    expect([made, log]).toEqual([
      ['made 1', 'finally', 'made 1', 'finally'],
      ['next 1', 'complete', 'next 1', 'complete'],
    ]);
    const once = written(counted(made, 1));
    log.length = 0;
    listen(once, log);
    await later();
    listen(once, log);
    await later();
    expect(log).toEqual(['next 1', 'complete', 'complete']);
  });

  test("rule 31: unsubscribing runs the async generator's finally, and it makes no more", async () => {
    const made: string[] = [];
    const log: string[] = [];
    let leave: () => void = () => {};
    const hear = (item: unknown): void => {
      log.push(`next ${item}`);
      if (item === 2) leave();
    };
    leave = listen(
      written(() => counted(made)),
      log,
      { next: hear },
    );
    await later();
    expect(log).toEqual(['next 1', 'next 2']);
    expect(made).toEqual(['made 1', 'made 2', 'finally']);
  });

  test('rule 31: unsubscribing while next() is pending calls return(), once, in the same turn; a signal is aborted', async () => {
    const told: string[] = [];
    const waiting = {
      next: () => new Promise<IteratorResult<number>>(() => told.push('next')),
      return: async () => {
        told.push('return');
        return { done: true as const, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    const leave = listen(written(waiting), []);
    await later();
    leave();
    leave();
    expect(told).toEqual(['next', 'return']);
    const leaveOther = listen(
      written((signal: AbortSignal) => {
        signal.addEventListener('abort', () => told.push('aborted'));
        return waiting;
      }),
      [],
    );
    await later();
    leaveOther();
    expect(told.slice(2)).toEqual(['next', 'aborted', 'return']);
  });

  inside(library, 'rule 28: of an endless generator no more is read than is taken', async () => {
    let made = 0;
    let finished = 0;
    function* endless(): Generator<number, void> {
      try {
        for (;;) yield ++made;
      } finally {
        finished++;
      }
    }
    const taken = await toPromise(read(written(endless)), { fold: first() });
    expect([taken, made, finished]).toEqual([1, 1, 1]);
  });

  test(`${many} items of an async generator, in order and without recursion`, async () => {
    async function* numbers(): AsyncGenerator<number, void> {
      for (let n = 0; n < many; n++) yield n;
    }
    let expected = 0;
    await new Promise<void>((complete, fail) => {
      const next = (item: unknown): void => {
        if (item !== expected++) fail(new Error(`${item}`));
      };
      listen(written(numbers), [], { next, complete, error: fail });
    });
    expect(expected).toBe(many);
  });
});

describe.each(constructors)('%s and streams', (_name, library) => {
  const { make, reason: hasReason } = library;
  const Observable = constructorOf(library);
  const written = (operation: any): any => toObservable(operation, { Observable } as never);

  test('to Node: values, and an error after them as the same object', async () => {
    expect(await toReadable(read(make(burst(1, 2, 3)))).toArray()).toEqual([1, 2, 3]);
    const failing = make((emitter) => {
      for (const item of [1, 2, 3]) emitter.next(item);
      emitter.error(error);
    });
    const seen: unknown[] = [];
    const reading = (async () => {
      for await (const chunk of toReadable(read(failing), { highWaterMark: 1 })) seen.push(chunk);
    })();
    await expect(reading).rejects.toBe(error);
    expect(seen).toEqual([1, 2, 3]);
  });

  test('to Node: destroy(reason) unsubscribes, and so does a null, which is a NullItemError', async () => {
    const { log, source, operation } = driven(library);
    const stream = toReadable(operation).on('error', () => {});
    await turn();
    expect(log).toEqual([]); // work starts at the first read
    stream.read(0);
    await turn();
    stream.destroy(error);
    await turn();
    expect(log).toEqual(['start', hasReason ? 'stop failed' : 'stop']);
    const nulls = toReadable(operation).toArray().catch(name);
    await later();
    source.emitter.next(null);
    expect(await nulls).toBe('NullItemError');
    expect(log.slice(2)).toEqual(['start', hasReason ? 'stop NullItemError' : 'stop']);
  });

  test('to Node: what comes while the stream is full waits in front of it, by a bound with a name', async () => {
    const { log, source, operation } = driven(library);
    const stream = toReadable(operation, { highWaterMark: 1, limit: 2, overflow: 'drop-oldest' });
    stream.read(0);
    await later();
    for (const item of [1, 2, 3, 4]) source.emitter.next(item);
    source.emitter.complete();
    await later();
    expect([await stream.toArray(), log]).toEqual([
      [1, 3, 4],
      ['start', 'stop'],
    ]);
  });

  test('from Node: values, the end; an error as the same object; unsubscribing while it is read destroys it', async () => {
    const log: string[] = [];
    listen(written(fromStream(Readable.from([1, 2]))), log);
    await later();
    expect(log).toEqual(['next 1', 'next 2', 'complete']);
    const failing = new Readable({ read() {} });
    let heard: unknown;
    listen(written(fromStream(failing)), log, { error: (reason: unknown) => (heard = reason) });
    failing.destroy(error);
    await later();
    expect(heard).toBe(error);
    const waiting = new Readable({ read() {} });
    const leave = listen(written(fromStream(waiting)), log);
    await later();
    leave();
    expect(waiting.destroyed).toBe(true);
  });

  test('to the web and back: values, an error as the same object, and a cancel through both', async () => {
    const through = (source: any): any => written(fromStream(toReadableStream(source)));
    expect(await toPromise(read(through(read(make(burst(1, 2))))), { fold: toArray() })).toEqual([1, 2]);
    const failing = make((emitter) => emitter.error(error));
    let heard: unknown;
    listen(through(read(failing)), [], { error: (reason: unknown) => (heard = reason) });
    await later();
    expect(heard).toBe(error);
    const { log, operation } = driven(library);
    const leave = listen(through(operation), []);
    await later();
    leave();
    await later();
    expect([log.length, log[0]]).toEqual([2, 'start']);
  });

  test('the way there and back: a generator through an Observable to an iterator; leaving stops it', async () => {
    const made: string[] = [];
    const there = written(fromIterable(() => counted(made)));
    const items = toIterable(read(there), { limit: 1000, overflow: 'drop-oldest' });
    for await (const item of items) if (item === 1) break;
    await later();
    expect(made.at(-1)).toBe('finally');
    expect(made.filter((line) => line === 'finally')).toEqual(['finally']);
    expect(made.length).toBeLessThan(1000); // no backpressure through an Observable: it ran ahead until it was left
  });
});
