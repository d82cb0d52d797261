/** `{ share: 'replay' }`: all subscribers of one Observable share one run, and hear all of it in order. */
import { convert, type Operation, operation } from '@anyasync/core';
import { type ObservableLike, observableConvention, toObservable } from '@anyasync/observable';
import { promise } from '@anyasync/promise';
import { describe, expect, test } from 'vitest';
import { brief, strays } from '../../core/test/support.js';
import { constructorOf, constructors, later, listen, Platform, rx7 } from './libraries.js';

/** The sides of the runs that there have been, each with what happened to it. */
interface Source {
  readonly log: string[];
  readonly runs: any[];
  readonly written: any;
}
function shared(Observable: any, options: object = {}): Source {
  const log: string[] = [];
  const runs: any[] = [];
  const source = operation<any, any>((receiver) => {
    log.push('start');
    runs.push(receiver);
    receiver.onCancel(() => log.push('teardown'));
  });
  return { log, runs, written: toObservable(source, { ...options, Observable, share: 'replay' }) };
}
/** The platform shares by itself; that is tested apart. */
const cold = constructors.filter(([, { shares }]) => !shares);

describe.each(cold)("%s, { share: 'replay' }", (_name, library) => {
  const Observable = constructorOf(library);

  test('nothing runs before the first subscriber; then one run is for all, and who comes later hears what there was', async () => {
    const { log, runs, written } = shared(Observable);
    expect(log).toEqual([]);
    const [first, second, third]: [string[], string[], string[]] = [[], [], []];
    listen(written, first);
    await later();
    runs[0].next(1);
    listen(written, second);
    await later();
    runs[0].next(undefined);
    runs[0].resolve('value');
    await later();
    listen(written, third);
    await later();
    const all = ['next 1', 'next undefined', 'next value', 'complete'];
    expect([log, first, second, third]).toEqual([['start'], all, all, all]);
  });

  test('an error is kept with the items before it, also for one that retries', async () => {
    const { log, runs, written } = shared(Observable);
    const heard: string[] = [];
    listen(written, heard);
    runs[0].next(1);
    runs[0].reject('broken');
    await later();
    listen(written, heard);
    await later();
    expect(heard).toEqual(['next 1', 'error broken', 'next 1', 'error broken']);
    expect(log).toEqual(['start']);
  });

  test('a cancelled source is an error for all of them', async () => {
    const { runs, written } = shared(Observable);
    const heard: string[] = [];
    for (let i = 0; i < 2; i++) listen(written, heard);
    runs[0].abort('gone');
    await later();
    listen(written, heard);
    await later();
    expect(heard).toEqual(['error gone', 'error gone', 'error gone']);
  });

  test('the last one who leaves stops it; who comes back begins anew, and hears nothing of the old run', async () => {
    const { log, runs, written } = shared(Observable);
    const heard: string[] = [];
    const leave = listen(written, []);
    const leaveToo = listen(written, []);
    await later();
    runs[0].next('old');
    leave();
    leave();
    log.push('one left');
    leaveToo();
    listen(written, heard);
    await later();
    runs[1].next('new');
    await later();
    expect(log).toEqual(['start', 'one left', 'teardown', 'start']);
    expect(heard).toEqual(['next new']);
  });

  test('what the old run brings after all have left is a stray of a cancelled run', () => {
    const heard = strays();
    const { runs, written } = shared(Observable);
    listen(written, [])();
    runs[0].next(1);
    runs[0].resolve(2);
    expect(brief(heard)).toEqual([
      ['item', 1],
      ['value', 2],
    ]);
    expect(heard.every(({ cancelled }) => cancelled)).toBe(true);
  });

  test('a value after all have left goes to dispose', () => {
    const disposed: unknown[] = [];
    const { runs, written } = shared(Observable, { dispose: (value: unknown) => disposed.push(value) });
    listen(written, [])();
    runs[0].resolve('handle');
    expect(disposed).toEqual(['handle']);
  });

  test("with { cancel: 'detach' } the last one who leaves does not stop it", () => {
    const { log, written } = shared(Observable, { cancel: 'detach' });
    listen(written, [])();
    expect(log).toEqual(['start']);
  });

  test('one who leaves inside next stops only for itself', async () => {
    const { log, runs, written } = shared(Observable);
    const [short, long]: [string[], string[]] = [[], []];
    const leave = listen(written, short, {
      next: (item: unknown) => {
        short.push(`next ${item}`);
        leave();
      },
    });
    listen(written, long);
    await later();
    for (const n of [1, 2]) runs[0].next(n);
    runs[0].complete();
    await later();
    expect([short, long, log]).toEqual([['next 1'], ['next 1', 'next 2', 'complete'], ['start']]);
  });
});

describe.each(cold.filter(([, { sync }]) => sync))(
  "%s, { share: 'replay' } and re-entrancy",
  (_name, library) => {
    const Observable = constructorOf(library);

    test('one who leaves while another is told what there was does not stop that one', () => {
      const { log, runs, written } = shared(Observable);
      const heard: string[] = [];
      const leave = listen(written, []);
      runs[0].next(1);
      listen(written, heard, {
        next: (item: unknown) => {
          heard.push(`next ${item}`);
          leave();
        },
      });
      runs[0].next(2);
      runs[0].complete();
      expect([heard, log]).toEqual([['next 1', 'next 2', 'complete'], ['start']]);
    });

    test('one who leaves while it is told what there was, as the last one, stops it', () => {
      const { log, runs, written } = shared(Observable);
      const controller = new AbortController();
      const leave = listen(written, []);
      runs[0].next(1);
      runs[0].next(2);
      const heard: unknown[] = [];
      const subscription = { unsubscribe: () => {} };
      const observer = {
        next(this: any, item: unknown) {
          heard.push(item);
          leave();
          controller.abort();
          subscription.unsubscribe();
        },
      };
      const made = written.subscribe(observer, { signal: controller.signal });
      made?.unsubscribe();
      expect(log).toEqual(['start', 'teardown']);
      expect(heard[0]).toBe(1);
    });

    test('all hear everything in the same order, also what is emitted inside next', () => {
      const { runs, written } = shared(Observable);
      const logs: string[][] = [[], [], []];
      listen(written, logs[0] as string[], {
        next: (item: number) => {
          logs[0]?.push(`next ${item}`);
          if (item === 1) runs[0].next(2);
          if (item === 2) runs[0].complete();
        },
      });
      listen(written, logs[1] as string[]);
      runs[0].next(1);
      listen(written, logs[2] as string[]);
      const all = ['next 1', 'next 2', 'complete'];
      expect(logs).toEqual([all, all, all]);
    });

    test('one who comes inside next hears it too, once', () => {
      const { runs, written } = shared(Observable);
      const [outer, inner]: [string[], string[]] = [[], []];
      listen(written, outer, {
        next: (item: number) => {
          outer.push(`next ${item}`);
          if (item === 1) listen(written, inner);
        },
      });
      runs[0].next(1);
      runs[0].next(2);
      runs[0].complete();
      expect(outer).toEqual(['next 1', 'next 2', 'complete']);
      expect(inner).toEqual(outer);
    });

    test('one who comes back inside the teardown begins a new run', () => {
      const log: string[] = [];
      let written: ObservableLike<number>;
      const source = operation<void, number>((receiver) => {
        const run = log.push('start');
        receiver.onCancel(() => {
          log.push('teardown');
          if (run === 1) listen(written, log);
        });
      });
      written = toObservable(source, { Observable, share: 'replay' } as never) as never;
      listen(written, log)();
      expect(log).toEqual(['start', 'teardown', 'start']);
    });

    test('an endless synchronous source is stopped by its only subscriber, and what it threw at the start is kept', () => {
      const mistake = new Error('at the start');
      const starts: number[] = [];
      const failing: any = toObservable(
        operation<number>(() => {
          starts.push(1);
          throw mistake;
        }),
        { Observable, share: 'replay' } as never,
      );
      const log: string[] = [];
      for (let i = 0; i < 2; i++) listen(failing, log);
      expect([log, starts.length]).toEqual([['error at the start', 'error at the start'], 1]);
    });
  },
);

test('an endless synchronous source is stopped by take(1)', () => {
  const log: string[] = [];
  const endless = operation<void, number>((receiver) => {
    for (let i = 0; receiver.active; i++) receiver.next(i);
  });
  const written: any = toObservable(endless, { Observable: rx7.Observable, share: 'replay' } as never);
  listen(written.pipe(rx7.take(2)), log);
  expect(log).toEqual(['next 0', 'next 1', 'complete']);
});

test('a function that is converted is called once for each Observable that it returned, with its this and arguments', async () => {
  const calls: unknown[] = [];
  const style = observableConvention({ Observable: rx7.Observable, share: 'replay' });
  const client = {
    get: (convert as any)(
      async function (this: unknown, key: string) {
        calls.push([this === client, key]);
        return `${key}!`;
      },
      promise,
      style,
    ),
  };
  const a = client.get('a');
  const log: string[] = [];
  for (const each of [a, a, client.get('b')]) listen(each, log);
  await later();
  expect(calls).toEqual([
    [true, 'a'],
    [true, 'b'],
  ]);
  expect(log).toEqual(['next a!', 'complete', 'next a!', 'complete', 'next b!', 'complete']);
  expect(style.written).toMatchObject({ replay: true, shared: true });
});

test("the platform shares by itself; with { share: 'replay' } who comes later hears what there was, too", () => {
  const { log, runs, written } = shared(Platform);
  const [first, second]: [string[], string[]] = [[], []];
  const leave = listen(written, first);
  runs[0].next(1);
  listen(written, second);
  runs[0].next(2);
  leave();
  runs[0].complete();
  listen(written, first);
  expect(log).toEqual(['start']);
  expect(first).toEqual(['next 1', 'next 2', 'next 1', 'next 2', 'complete']);
  expect(second).toEqual(['next 2', 'complete']); // the platform itself lets the second one in, and has no replay
});

test('it is a way of writing, and other words are refused', () => {
  const source: Operation<number> = operation((receiver) => receiver.resolve(1));
  const write = (share: unknown) => () =>
    toObservable(source, { Observable: rx7.Observable, share } as never);
  for (const share of ['refCount', true, null, 1])
    expect(write(share)).toThrow(
      expect.objectContaining({ name: 'ArgumentError', argument: 'share', received: share }),
    );
});
