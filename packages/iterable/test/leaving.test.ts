/** Who leaves waits until the source has cleaned up, and hears its error. */
import { type Operation, operation, toArray } from '@anyasync/core';
import { fromIterable, toIterable, toReadable, toReadableStream } from '@anyasync/iterable';
import { describe, expect, it } from 'vitest';
import { toPromise } from '../../promise/src/index.js';
import { name, shown, straysOf, turn } from './support.js';

/** A generator whose `finally` takes its time. */
async function* slow(log: string[], error?: Error): AsyncGenerator<number, void> {
  try {
    for (let n = 1; ; n++) yield n;
  } finally {
    await turn();
    log.push('cleaned up');
    // biome-ignore lint/correctness/noUnsafeFinally: it is what is tested
    if (error !== undefined) throw error;
  }
}

type Leave = (source: Operation<void, number>, options: object | undefined) => Promise<unknown>;
const ways: Record<string, Leave> = {
  break: async (source, options) => {
    for await (const _ of toIterable(source, options as object)) break;
  },
  'return()': async (source, options) => {
    const items = toIterable(source, options as object);
    await items.next();
    await items.return();
  },
  'throw()': async (source, options) => {
    const items = toIterable(source, options as object);
    await items.next();
    await items.throw(new Error('thrown')).catch((error) => {
      if (error.message !== 'thrown') throw error;
    });
  },
  'await using': async (source, options) => {
    const items: any = toIterable(source, options as object);
    await items.next();
    await items[Symbol.asyncDispose]();
  },
  'cancel() of a stream of the web': async (source, options) => {
    const reader = toReadableStream(source, options as object).getReader();
    await reader.read();
    await reader.cancel();
  },
  'destroy() of a stream of Node': (source, options) =>
    new Promise((resolve, reject) => {
      const stream = toReadable(source, options as object);
      stream.on('close', resolve).on('error', reject);
      stream.once('data', () => stream.destroy());
    }),
};
const options: Record<string, object | undefined> = {
  'no options': undefined,
  '{ timeout }': { timeout: 10_000 },
  '{ signal, onHandle, next: undefined }': {
    signal: new AbortController().signal,
    onHandle() {},
    next: undefined,
  },
};
const all = Object.keys(ways).flatMap((way) => Object.keys(options).map((with_) => [way, with_] as const));

describe('leaving', () => {
  it.each(all)('%s waits for the finally of an async generator, with %s', async (way, with_) => {
    const log: string[] = [];
    // `toIterable(fromIterable(generator))` is that generator: a function is never given back.
    await ways[way]?.(
      fromIterable(() => slow(log)),
      options[with_],
    );
    log.push('left');
    expect(log).toEqual(['cleaned up', 'left']);
  });

  it.each(all)('%s hears what the cleanup rejects with, with %s', async (way, with_) => {
    const reason = new Error('in cleanup');
    const log: string[] = [];
    const strays = await straysOf(async () => {
      const left = ways[way]?.(
        fromIterable(() => slow(log, reason)),
        options[with_],
      );
      await expect(left).rejects.toBe(reason);
      await turn();
    });
    expect(strays).toEqual([]);
  });

  it.each(all)('%s hears what the teardown throws, with %s', async (way, with_) => {
    const reason = new Error('in teardown');
    function* source(): Generator<number, void> {
      try {
        for (;;) yield 1;
      } finally {
        // biome-ignore lint/correctness/noUnsafeFinally: it is what is tested
        throw reason;
      }
    }
    const strays = await straysOf(async () => {
      const left = ways[way]?.(
        fromIterable(() => source()),
        options[with_],
      );
      await expect(left).rejects.toBe(reason);
    });
    expect(strays).toEqual([]);
  });

  it('the promise that any teardown returns is its completion, through any number of receivers', async () => {
    const log: string[] = [];
    const source = operation<void, number>((receiver) => {
      receiver.onCancel(async () => {
        await turn();
        log.push('cleaned up');
      });
      receiver.next(1);
    });
    const again = toIterable(fromIterable(toIterable(source, { timeout: 10_000 })), { timeout: 10_000 });
    for await (const _ of again) break;
    log.push('left');
    expect(log).toEqual(['cleaned up', 'left']);
  });

  it('a next() that waits is answered at once, return() after the cleanup, and what is asked then after that', async () => {
    const log: string[] = [];
    let clean!: () => void;
    const source = operation<void, number>((receiver) => {
      receiver.onCancel(() => new Promise<void>((resolve) => (clean = resolve)));
    });
    const items = toIterable(source);
    const note = (what: string, promise: Promise<IteratorResult<unknown>>) =>
      shown(promise).then((answer) => log.push(`${what} ${answer}`));
    const settled = [
      note('waiting', items.next()),
      note('return', items.return('value' as never)),
      note('next', items.next()),
      note('throw', items.throw(new Error('thrown'))),
      note('return again', items.return(Promise.resolve('again') as never)),
      note('last', items.next()),
    ];
    await turn();
    expect(log).toEqual(['waiting done']);
    clean();
    await Promise.all(settled);
    expect(log.slice(1)).toEqual([
      'return done value',
      'next done',
      'throw error thrown',
      'return again done again',
      'last done',
    ]);
  });

  it('queues of next, return and throw settle in the order in which an async generator settles them', async () => {
    const source = () =>
      operation<void, number>((receiver) => {
        receiver.next(1);
        receiver.next(2);
        receiver.onCancel(() => turn());
      });
    async function* generator() {
      try {
        yield 1;
        yield 2;
      } finally {
        await turn();
      }
    }
    const calls = ['next', 'return', 'next', 'throw', 'return', 'next'] as const;
    for (let from = 0; from < calls.length; from++) {
      for (let to = from + 1; to <= calls.length; to++) {
        const [ours, theirs] = [toIterable(source()) as any, generator() as any].map(async (items) => {
          const log: string[] = [];
          await items.next();
          await Promise.all(
            calls.slice(from, to).map(async (call, index) => {
              const given = index % 2 === 0 ? Promise.resolve(index) : index;
              log.push(
                `${index} ${call} ${await shown(items[call](call === 'throw' ? new Error('e') : given))}`,
              );
            }),
          );
          return log;
        });
        expect(await ours).toEqual(await theirs);
      }
    }
  });

  it('return() then next() settle in that order, also with a promise as the value', async () => {
    const log: string[] = [];
    const items = toIterable(operation<void, number>(() => {}));
    void items.next();
    const value = turn() as Promise<any>;
    await Promise.all([
      items.return(value).then(() => log.push('return')),
      items.next().then(() => log.push('next')),
    ]);
    expect(log).toEqual(['return', 'next']);
  });

  it('nobody waits for a cleanup after a promise has its value: its error is a stray, unless the source catches it', async () => {
    const log: string[] = [];
    const { first } = await import('@anyasync/core');
    const strays = await straysOf(async () => {
      const value = await toPromise(
        fromIterable(() => slow(log, new Error('in cleanup'))) as Operation<void, number>,
        {
          fold: first(),
        },
      );
      log.push(`value ${value}`);
      await turn();
      await turn();
    });
    expect([log, strays]).toEqual([['value 1', 'cleaned up'], ['thrown in cleanup']]);
  });

  it('hostile 14: leaving a loop is the remedy: it hears errors of cleanup after it has its item', async () => {
    const items = toIterable(fromIterable(() => slow([], new Error('in cleanup'))));
    const first = async () => {
      for await (const item of items) return item;
      return undefined;
    };
    expect(await first().catch(name)).toBe('in cleanup');
  });

  it('a cleanup that a signal or a timeout began: its error is a stray, once', async () => {
    const strays = await straysOf(async () => {
      const items = toIterable(
        fromIterable(() => slow([], new Error('in cleanup'))),
        { timeout: 1 },
      );
      await items.next();
      await new Promise((resolve) => setTimeout(resolve, 10));
      expect(await shown(items.next())).toBe('error TimeoutError');
      await turn();
    });
    expect(strays).toEqual(['thrown in cleanup']);
  });

  it('an iterator without a cleanup is left inside the call', async () => {
    const items = toIterable(fromIterable([1, 2, 3]), { timeout: 10_000 });
    await items.next();
    const log: string[] = [];
    const left = items.return().then(() => log.push('left'));
    await Promise.resolve().then(() => log.push('a microtask'));
    await left;
    expect(log).toEqual(['left', 'a microtask']);
    expect(await toPromise(fromIterable([1, 2]), { fold: toArray() })).toEqual([1, 2]);
  });
});
