/** What the other libraries do where rules 31, 37, 39 and 40 of Observables and iterators have us do otherwise. Ours are in `bridges.test.ts`. */
import { EventEmitter, on } from 'node:events';
import { Readable } from 'node:stream';
import { from as from7, Observable } from 'rxjs';
import { describe, expect, test } from 'vitest';
import { later, Platform, rx8 } from '../packages/observable/test/libraries.js';

const { eachValueFrom, bufferedValuesFrom } = (await import('rxjs-for-await')) as any;
const { iterateEachValue } = (await import('rxjs9/iterate-each-value' as string)) as any;
const error = new Error('failed');

/** How each makes an iterator of an Observable that is driven by hand. */
const iterators: [string, (Class: any, subscribe: (subscriber: any) => any) => AsyncIterator<any>][] = [
  ['rxjs-for-await', (Class, subscribe) => eachValueFrom(new Class(subscribe))],
  ["RxJS 8's iterator", (_, subscribe) => new rx8.Observable(subscribe)[Symbol.asyncIterator]()],
  ['RxJS 9 iterateEachValue', (_, subscribe) => new Platform(subscribe)[iterateEachValue]()],
];

/** Whether it settles soon. */
const settles = async (promise: unknown): Promise<boolean> => {
  let settled = false;
  Promise.resolve(promise).then(
    () => (settled = true),
    () => (settled = true),
  );
  await later();
  return settled;
};

describe('rule 31: a stream or iterator is stopped when its consumer leaves, also while a read is pending', () => {
  const leaves = async (Make: (source: any) => any, source: any): Promise<void> => {
    const controller = new AbortController();
    const subscription = Make(source).subscribe({ next() {} }, { signal: controller.signal });
    await later();
    controller.abort();
    subscription?.unsubscribe();
    await later();
  };
  const waiting = (log: string[]) => ({
    [Symbol.asyncIterator]: () => ({
      next: () => new Promise(() => {}),
      return: async () => {
        log.push('return');
        return { done: true };
      },
    }),
  });
  test('theirs: from of RxJS 7 calls no return, cancels no stream of the web, and destroys none of Node', async () => {
    const log: string[] = [];
    await leaves(from7, waiting(log));
    await leaves(from7, new ReadableStream({ cancel: () => void log.push('cancel') }));
    const node = new Readable({ read() {} });
    await leaves(from7, node);
    expect([log, node.destroyed]).toEqual([[], false]);
  });
  test("theirs: the platform's from calls return", async () => {
    const log: string[] = [];
    await leaves((source) => Platform.from(source), waiting(log));
    expect(log).toEqual(['return']);
  });
});

describe('rule 37: what waits has a bound where one is asked for', () => {
  test.each(iterators)('theirs, %s: there is none', async (_name, make) => {
    let emitted = 0;
    const items = make(Observable, (subscriber) => {
      for (; emitted < 10_000; emitted++) subscriber.next(emitted);
    });
    await items.next();
    expect(emitted).toBe(10_000);
  });
});

describe('rule 39: what waits comes before the error, which is heard once', () => {
  test.each(iterators)('theirs, %s: so does theirs', async (_name, make) => {
    const items = make(Observable, (subscriber) => {
      subscriber.next(1);
      subscriber.error(error);
    });
    expect(await items.next()).toMatchObject({ value: 1 });
    await expect(items.next()).rejects.toBe(error);
  });
  test('theirs: after it rxjs-for-await is done, RxJS 8 fails again', async () => {
    const ends = await Promise.all(
      iterators.slice(0, 2).map(async ([, make]) => {
        const items = make(Observable, (subscriber) => subscriber.error(error));
        await items.next().catch(() => {});
        return items.next().then(
          ({ done }) => `done ${done}`,
          (reason) => reason,
        );
      }),
    );
    expect(ends).toEqual(['done true', error]);
  });
});

describe('rule 40: return() while next() waits settles both at once', () => {
  /** RxJS takes what is returned, the platform only what is added. */
  const never = (log: string[]) => (subscriber: any) => {
    const stopped = (): void => void log.push('stopped');
    subscriber.addTeardown?.(stopped);
    return stopped;
  };
  test.each([
    ['rxjs-for-await', false],
    ["RxJS 8's iterator", true],
    ['RxJS 9 iterateEachValue', false],
  ])('theirs, %s: %s', async (name, does) => {
    const [, make] = iterators.find(([each]) => each === name) as (typeof iterators)[number];
    const log: string[] = [];
    const items = make(Observable, never(log));
    const next = items.next();
    const back = items.return?.();
    expect([await settles(next), await settles(back), log.length]).toEqual(
      does ? [true, true, 1] : [false, false, 0],
    );
  });
  test('theirs, rxjs-for-await: batches neither', async () => {
    const items = bufferedValuesFrom(new Observable(never([])));
    const next = items.next();
    expect([await settles(items.return()), await settles(next)]).toEqual([false, false]);
  });
  test('theirs, events.on: true', async () => {
    const emitter = new EventEmitter();
    const items = on(emitter, 'item');
    const next = items.next();
    const back = items.return?.();
    expect([await settles(next), await settles(back), emitter.listenerCount('item')]).toEqual([
      true,
      true,
      0,
    ]);
  });
});
