/** The rules of async iterables, by their numbers in the notes on Observables, iterables and streams. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { getEventListeners } from 'node:events';
import { PassThrough, Readable } from 'node:stream';
import { ArgumentError, convert, type Operation, operation, type Receiver, toArray } from '@anyasync/core';
import {
  fromIterable,
  fromStream,
  type IterableOptions,
  iterable,
  OverflowError,
  toIterable,
} from '@anyasync/iterable';
import { describe, expect, it } from 'vitest';
import { promise } from '../../promise/src/index.js';
import { counted, drain, name, Source, shown, straysOf, turn } from './support.js';

const burst = (...items: number[]): Operation<void, number> =>
  operation((receiver) => {
    for (const item of items) receiver.next(item);
    receiver.complete();
  });

describe('cancellation', () => {
  it('rule 25: the abort listener is removed on every end: 10,000 conversions on one signal leave none', async () => {
    const { signal } = new AbortController();
    const ends: ((receiver: Receiver<void, number>) => void)[] = [
      (receiver) => receiver.complete(),
      (receiver) => receiver.reject(new Error('failed')),
      (receiver) => receiver.abort(new Error('aborted')),
      (receiver) => void receiver.next(1),
    ];
    for (let n = 0; n < 10_000; n++) {
      const iterator = toIterable(
        operation<void, number>((receiver) => ends[n % 4]?.(receiver)),
        { signal },
      );
      await iterator.next().catch(() => {});
      if (n % 4 === 3) await iterator.return();
    }
    expect(getEventListeners(signal, 'abort')).toEqual([]);
  });

  it('rule 26: with a signal that is aborted already the source is never started, and next() rejects with the reason', async () => {
    const source = new Source();
    const reason = new Error('before');
    const iterator = toIterable(source.operation, { signal: AbortSignal.abort(reason) });
    await expect(iterator.next()).rejects.toBe(reason);
    expect([source.log, await shown(iterator.next())]).toEqual([[], 'done']);
  });

  it('rule 31: cancel calls return(), once, also while next() waits', async () => {
    const log: string[] = [];
    const waiting = {
      next: () => new Promise<IteratorResult<number>>(() => log.push('next')),
      return: async () => {
        log.push('return');
        return { done: true as const, value: undefined };
      },
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    const iterator = toIterable(fromIterable(waiting), { timeout: 1000 });
    const next = shown(iterator.next());
    await iterator.return();
    await iterator.return();
    expect([await next, log]).toEqual(['done', ['next', 'return']]);
  });

  it('rule 31: return() is never called after the end, nor after an error', async () => {
    const log: string[] = [];
    const ending = (next: () => Promise<IteratorResult<number>>) => ({
      next,
      return: async () => log.push('return') as never,
      [Symbol.asyncIterator]() {
        return this;
      },
    });
    const ends = [
      ending(async () => ({ done: true, value: undefined })),
      ending(() => Promise.reject(new Error('failed'))),
      ending(() => {
        throw new Error('thrown');
      }),
      ending(async () => 1 as never),
    ];
    for (const each of ends) {
      const iterator = toIterable(fromIterable(each), { timeout: 1000 });
      log.push(await shown(iterator.next()));
      await iterator.return();
    }
    expect(log).toEqual(['done', 'error failed', 'error thrown', 'error ArgumentError']);
  });

  it("rule 31: an async generator's finally runs when what it awaits is there; a function gets a signal that ends it", async () => {
    const log: string[] = [];
    async function* stubborn(signal: AbortSignal): AsyncGenerator<number, void> {
      try {
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)));
        yield 1;
      } finally {
        log.push('finally');
      }
    }
    const iterator = toIterable(fromIterable(stubborn));
    const next = shown(iterator.next());
    await iterator.throw(new Error('enough')).catch(name);
    await turn();
    expect([await next, log]).toEqual(['error enough', ['finally']]);
  });

  it('rule 31: what return() rejects with reaches who leaves the loop', async () => {
    const rejecting = {
      next: async () => ({ done: false as const, value: 1 }),
      return: () => Promise.reject(new Error('in return')),
      [Symbol.asyncIterator]() {
        return this;
      },
    };
    const strays = await straysOf(async () => {
      const loop = async () => {
        for await (const _ of toIterable(fromIterable(rejecting), { timeout: 1000 })) break;
      };
      await expect(loop()).rejects.toThrow('in return');
      await turn();
    });
    expect(strays).toEqual([]);
  });

  it('a synchronous generator that cancels its own run is told when it has given its item', async () => {
    const controller = new AbortController();
    const log: string[] = [];
    function* suicidal(): Generator<number, void> {
      try {
        controller.abort(new Error('by itself'));
        yield 1;
        log.push('went on');
      } finally {
        log.push('finally');
      }
    }
    const strays = await straysOf(async () => {
      const iterator = toIterable(fromIterable(suicidal()), { signal: controller.signal });
      log.push(await shown(iterator.next()));
    });
    expect([log, strays]).toEqual([['finally', 'error by itself'], ['item 1 (cancelled)']]);
  });

  it('the reason reaches a source through an iterator of ours', async () => {
    const source = new Source();
    const again = toIterable(fromIterable(toIterable(source.operation)), { timeout: 1000 });
    void shown(again.next());
    await again.throw(new Error('why')).catch(name);
    expect(source.log).toEqual(['start', 'cancel why']);
  });
});

describe('a function that returns a promise of what is read', () => {
  const gate = <T>() => {
    let open!: (value: T) => void;
    const promise = new Promise<T>((resolve) => {
      open = resolve;
    });
    return { promise, open };
  };

  it('is read when the promise is kept, by fromIterable and by the style', async () => {
    const twice = async (n: number): Promise<number[]> => [n, n];
    expect(await drain(toIterable(fromIterable(() => twice(1))))).toEqual(['1', '1', 'done']);
    expect(await convert(twice, iterable, promise, { fold: toArray() })(2)).toEqual([2, 2]);
  });

  it('a rejection is the error, the same object; a promise of nothing that can be read is an ArgumentError', async () => {
    const reason = { is: 'no Error' };
    const call = convert(() => Promise.reject<number[]>(reason), iterable, promise, { fold: toArray() });
    await expect(call()).rejects.toBe(reason);
    const nothing = convert(async () => null as never, iterable, promise, { fold: toArray() });
    await expect(nothing()).rejects.toThrow(ArgumentError);
    await expect(toIterable(fromIterable(async () => 1 as never)).next()).rejects.toThrow(/gave nothing/);
  });

  it('cancelled before it is kept: the signal is aborted at once, and what comes later is closed', async () => {
    const log: string[] = [];
    const streams: [string, (s: unknown) => unknown, () => unknown][] = [
      [
        'web',
        (s) => (s as ReadableStream).locked,
        () => new ReadableStream({ cancel: (why) => void log.push(name(why)) }),
      ],
      ['Node', (s) => (s as PassThrough).destroyed, () => new PassThrough()],
    ];
    const seen: unknown[] = [];
    const strays = await straysOf(async () => {
      for (const [, state, make] of streams) {
        const { promise, open } = gate<never>();
        const items = toIterable(
          fromIterable((signal) => {
            signal.addEventListener('abort', () => log.push(`aborted ${name(signal.reason)}`));
            return promise;
          }),
        );
        const waiting = shown(items.next());
        await items.throw(new Error('why')).catch(name);
        log.push(await waiting);
        const stream = make();
        open(stream as never);
        await turn();
        seen.push(state(stream));
      }
    });
    expect(log).toEqual(['aborted why', 'error why', 'why', 'aborted why', 'error why']);
    expect([seen, strays]).toEqual([[false, true], []]);
  });

  it('the signal is aborted for streams and sync iterables too, after a stream was cancelled', async () => {
    const log: string[] = [];
    const makes: (() => any)[] = [
      () => new ReadableStream({ pull: (c) => c.enqueue(1), cancel: () => void log.push('cancel') }),
      () =>
        new Readable({
          objectMode: true,
          read() {
            this.push(1);
          },
          destroy(_, done) {
            log.push('destroy');
            done(null);
          },
        }),
      () => [1, 2],
    ];
    for (const make of makes) {
      const items = toIterable(
        fromIterable((signal) => {
          signal.addEventListener('abort', () => log.push('aborted'));
          return make();
        }),
        { timeout: 1000 },
      );
      for await (const _ of items) break;
    }
    expect(log).toEqual(['cancel', 'aborted', 'destroy', 'aborted', 'aborted']);
  });
});

describe('order and context', () => {
  it('rule 35: a synchronous iterable is read inside the call; to an async iterator it arrives later', async () => {
    const log: string[] = [];
    const receiver = { active: true, onCancel() {}, complete: () => log.push('complete') };
    const next = (item: unknown): void => void log.push(`item ${item}`);
    fromIterable([1, 2])['~anyasync'].start({ ...receiver, next } as never);
    log.push('returned');
    expect(log).toEqual(['item 1', 'item 2', 'complete', 'returned']);
    const first = toIterable(burst(1))
      .next()
      .then(() => log.push('next'));
    log.push('after next');
    await first;
    expect(log.slice(4)).toEqual(['after next', 'next']);
  });

  it('rule 36: the consumer of an iterator runs in its own async context, whoever emits', async () => {
    const context = new AsyncLocalStorage<string>();
    const source = new Source();
    const heard = context.run('consumer', async () => {
      for await (const _ of toIterable(source.operation)) return context.getStore();
      return undefined;
    });
    context.run('emitter', () => source.receiver.next(1));
    expect(await heard).toBe('consumer');
  });

  it('rule 36: a stream of Node is read in the async context of whoever starts the run', async () => {
    const { PassThrough } = await import('node:stream');
    const context = new AsyncLocalStorage<string>();
    const stream = new PassThrough({ objectMode: true });
    const seen: unknown[] = [];
    const done = new Promise<void>((resolve) => {
      const next = (item: unknown): void => void seen.push([item, context.getStore()]);
      const receiver = { active: true, onCancel() {}, next, complete: resolve };
      context.run('subscriber', () => fromStream(stream)['~anyasync'].start(receiver as never));
    });
    context.run('emitter', () => stream.write('a'));
    await turn();
    context.run('emitter', () => stream.end('b'));
    await done;
    expect(seen).toEqual([
      ['a', 'subscriber'],
      ['b', 'subscriber'],
    ]);
  });
});

describe('policies and bounds', () => {
  const policies: [IterableOptions['policy'], string[]][] = [
    ['each', ['1', '2', '3', 'done']],
    ['batch', ['1,2,3', 'done']],
    ['latest', ['3', 'done']],
    ['next', ['done']],
  ];
  it.each(policies)(
    'rule 38: a synchronous burst of 1, 2, 3 with policy %s: %j',
    async (policy, expected) => {
      expect(await drain(toIterable(burst(1, 2, 3), { policy } as { policy: 'each' }))).toEqual(expected);
    },
  );

  it.each([
    ['each', ['1', '2', '3', 'done']],
    ['batch', ['1,2,3', 'done']],
    ['latest', ['3', 'done']],
    ['next', ['1', 'done']],
  ] as const)(
    'rule 37: policy %s of a source that goes on while nobody asks: %j',
    async (policy, expected) => {
      const source = new Source();
      const iterator = toIterable(source.operation, { policy } as { policy: 'each' });
      const first = shown(iterator.next());
      for (const item of [1, 2, 3]) source.receiver.next(item);
      source.complete();
      expect([await first, ...(await drain(iterator))]).toEqual(expected);
    },
  );

  it.each([
    ['error', ['1', '2', 'error OverflowError'], 'cancel OverflowError'],
    ['pause', ['1', '2', 'error OverflowError'], 'cancel OverflowError'],
    ['drop-oldest', ['3', '4', 'done'], undefined],
    ['drop-newest', ['1', '2', 'done'], undefined],
  ] as const)(
    'rule 37: limit 2, overflow %s, of a source that cannot wait: %j',
    async (overflow, expected, told) => {
      const source = new Source();
      const iterator = toIterable(source.operation, { limit: 2, overflow, eager: true });
      for (const item of [1, 2, 3, 4]) if (source.receiver.active) source.receiver.next(item);
      if (source.receiver.active) source.complete();
      expect([await drain(iterator), source.log[1]]).toEqual([expected, told]);
    },
  );

  it('rule 37: an OverflowError tells the limit, the overflow and the item', async () => {
    const iterator = toIterable(burst(1, 2), { limit: 1 });
    await iterator.next();
    const error = await iterator.next().catch((error) => error);
    expect(error).toBeInstanceOf(OverflowError);
    expect(error).toMatchObject({ limit: 1, overflow: 'pause', item: 2 });
    expect(error.message).toMatch(/^\[iterable\] more than 1 items were waiting/);
  });

  it('rules 37 and 44: a source that waits is not read ahead, or up to the limit: pull to core to pull keeps demand', async () => {
    const log: string[] = [];
    const iterator = toIterable(fromIterable(counted(log)), { timeout: 10_000 });
    expect([await shown(iterator.next()), await shown(iterator.next())]).toEqual(['1', '2']);
    await turn();
    expect(log).toEqual(['made 1', 'made 2']);
    await iterator.return();
    await turn();
    expect(log).toEqual(['made 1', 'made 2', 'finally']);

    log.length = 0;
    const ahead = toIterable(fromIterable(counted(log)), { limit: 3 });
    await ahead.next();
    await turn();
    expect(log).toEqual(['made 1', 'made 2', 'made 3', 'made 4']);
    await ahead.return();
  });

  it.each(['latest', 'next', 'drop-oldest', 'error'])(
    'rule 44: with %s a source does not wait, and its consumer still has its turn',
    async (how) => {
      function* endless(): Generator<number, void> {
        for (let n = 0; ; n++) yield n;
      }
      const options = /latest|next/.test(how) ? { policy: how } : { limit: 1000, overflow: how };
      const iterator = toIterable(fromIterable(endless()), options as { policy: 'each' });
      expect((await iterator.next()).done).toBe(false);
      expect((await iterator.next()).done).toBe(false);
      await iterator.return();
    },
  );

  it('rule 44: with latest a source that could wait goes on, so that what is taken is the latest', async () => {
    const log: string[] = [];
    const iterator = toIterable(fromIterable(counted(log, 5)), { policy: 'latest' });
    expect(await shown(iterator.next())).toBe('1');
    await turn();
    expect([await shown(iterator.next()), await shown(iterator.next())]).toEqual(['5', 'done']);
  });

  it('rule 39: what waits comes before the error; after it next() is done', async () => {
    const source = new Source();
    const iterator = toIterable(source.operation, { eager: true });
    source.receiver.next(1);
    source.receiver.next(2);
    source.receiver.reject(new Error('failed'));
    expect(await drain(iterator)).toEqual(['1', '2', 'error failed']);
    expect(await shown(iterator.next())).toBe('done');
  });

  it('rule 39: an error that waits when the consumer goes is a stray', async () => {
    const source = new Source();
    const strays = await straysOf(async () => {
      const iterator = toIterable(source.operation, { eager: true });
      source.receiver.next(1);
      source.receiver.reject(new Error('failed'));
      for await (const _ of iterator) break;
    });
    expect(strays).toEqual(['error failed (cancelled)']);
  });
});

describe('the iterator', () => {
  it('rule 40: return() while next() waits settles both at once and cancels', async () => {
    const source = new Source();
    const iterator = toIterable(source.operation);
    const log: string[] = [];
    const settled = [iterator.next(), iterator.next(), iterator.return()].map(async (promise, index) =>
      log.push(`${index} ${await shown(promise)}`),
    );
    expect(source.log).toEqual(['start', 'cancel CancelledError']);
    await Promise.all(settled);
    expect(log.sort()).toEqual(['0 done', '1 done', '2 done']);
  });

  it('rule 40: throw() while next() waits settles both with the reason at once and cancels with it', async () => {
    const source = new Source();
    const iterator = toIterable(source.operation);
    const waiting = [iterator.next(), iterator.next()].map(shown);
    const thrown = shown(iterator.throw(new Error('why')));
    expect(source.log).toEqual(['start', 'cancel why']);
    expect([...(await Promise.all(waiting)), await thrown, await shown(iterator.next())]).toEqual([
      'error why',
      'done',
      'error why',
      'done',
    ]);
  });

  it('rule 40: return() gives its value, awaited, and before the first next() the source never starts', async () => {
    const source = new Source<string>();
    const iterator = toIterable(source.operation, { value: 'return' });
    expect(await iterator.return(Promise.resolve('value'))).toEqual({ done: true, value: 'value' });
    expect([await shown(iterator.next()), source.log]).toEqual(['done', []]);
  });

  it('rule 41: work starts at the first next(), and with { eager } at creation', async () => {
    const lazy = new Source();
    const iterator = toIterable(lazy.operation);
    expect(lazy.log).toEqual([]);
    void iterator.next();
    expect(lazy.log).toEqual(['start']);
    const eager = new Source();
    toIterable(eager.operation, { eager: true });
    expect(eager.log).toEqual(['start']);
  });

  it('rule 42: concurrent next() calls are answered in order', async () => {
    const source = new Source();
    const iterator = toIterable(source.operation);
    const log: string[] = [];
    const four = [0, 1, 2, 3].map(async () => log.push(await shown(iterator.next())));
    for (const item of [1, 2]) source.receiver.next(item);
    source.receiver.reject(new Error('failed'));
    await Promise.all(four);
    expect(log).toEqual(['1', '2', 'error failed', 'done']);
  });

  it.each([
    [
      'break',
      async (items: AsyncIterable<number>) => {
        for await (const _ of items) break;
      },
    ],
    [
      'throw',
      async (items: AsyncIterable<number>) => {
        for await (const _ of items) throw new Error('body');
      },
    ],
    [
      'asyncDispose',
      async (items: any) => {
        await items.next();
        await items[Symbol.asyncDispose]();
      },
    ],
  ] as const)('rule 42: %s stops the work', async (_how, leave) => {
    const source = new Source();
    const left = leave(toIterable(source.operation)).catch(name);
    source.receiver.next(1);
    await left;
    expect(source.log).toEqual(['start', 'cancel CancelledError']);
  });

  it('rule 43: 200,000 synchronous items are drained, each step in constant time', async () => {
    const sizes = [25_000, 200_000];
    const perItem: number[] = [];
    for (const size of sizes) {
      const source = operation<void, number>((receiver) => {
        for (let n = 0; n < size; n++) receiver.next(n);
        receiver.complete();
      });
      const start = performance.now();
      let sum = 0;
      for await (const n of toIterable(source)) sum += n;
      perItem.push((performance.now() - start) / size);
      expect(sum).toBe((size * (size - 1)) / 2);
    }
    // `Array.shift` is 50 times as slow at 200,000.
    expect((perItem[1] as number) / (perItem[0] as number)).toBeLessThan(10);
  });

  it('a synchronous iterable of 100,000 items is read without recursion, by a push consumer and by one that pulls', async () => {
    const items = Array.from({ length: 100_000 }, (_, n) => n);
    let count = 0;
    for await (const _ of toIterable(fromIterable(items))) count++;
    const receiver = { active: true, onCancel() {}, next: () => void count++, complete() {} };
    fromIterable(items)['~anyasync'].start(receiver as never);
    expect(count).toBe(200_000);
  });
});

describe('values and errors', () => {
  it('what a generator returns is the value, and comes last or as what the iterator returns', async () => {
    function* both(): Generator<number, string> {
      yield 1;
      return 'end';
    }
    expect(await drain(toIterable(fromIterable(both()), { timeout: 1000 }))).toEqual(['1', 'end', 'done']);
    expect(await drain(toIterable(fromIterable(both()), { value: 'return' }))).toEqual(['1', 'done end']);
    const batches = toIterable(fromIterable(both()), { policy: 'batch', limit: 5 });
    expect(await drain(batches)).toEqual(['1,end', 'done']);
  });

  it('the value is never dropped by a policy or a limit', async () => {
    const source = operation<string, number>((receiver) => {
      receiver.next(1);
      receiver.resolve('end');
    });
    expect(await drain(toIterable(source, { policy: 'next' }))).toEqual(['end', 'done']);
    expect(await drain(toIterable(source, { policy: 'latest' }))).toEqual(['end', 'done']);
    expect(await drain(toIterable(source, { limit: 1 }))).toEqual(['1', 'end', 'done']);
  });

  it('rule 45: toIterable(fromIterable(iterator)) is that iterator, unless something is asked', () => {
    const generator = counted([]);
    expect(toIterable(fromIterable(generator))).toBe(generator);
    expect(toIterable(fromIterable(generator), {})).not.toBe(generator);
    const ours = toIterable(burst(1));
    expect(toIterable(fromIterable(ours))).toBe(ours);
    expect(toIterable(fromIterable([1]))).not.toEqual([1]);
  });

  it.each([
    ['source', () => fromIterable(1 as never)],
    ['source', () => fromIterable(null as never)],
    ['stream', () => fromStream([1] as never)],
    ['preventCancel', () => fromStream(new ReadableStream(), { preventCancel: 1 as never })],
    ['operation', () => toIterable(burst as never)],
    ['policy', () => toIterable(burst(), { policy: 'all' as never })],
    ['limit', () => toIterable(burst(), { limit: 0 })],
    ['limit', () => toIterable(burst(), { policy: 'latest', limit: 5 })],
    ['overflow', () => toIterable(burst(), { limit: 1, overflow: 'drop' as never })],
    ['overflow', () => toIterable(burst(), { overflow: 'error' })],
    ['value', () => toIterable(burst(), { value: 'last' as never })],
    ['eager', () => toIterable(burst(), { eager: 1 as never })],
  ])('bad input is an ArgumentError at once: %s', (argument, call) => {
    expect(call).toThrow(ArgumentError);
    expect(call).toThrow(expect.objectContaining({ argument }));
  });
});
