/** Rules 9, 10 and 45: one value, what runs when, and what comes back. */
import { convert, operation, toArray } from '@anyasync/core';
import { fromObservable, fromSubscribable, observableConvention, toObservable } from '@anyasync/observable';
import { fromPromise, promise } from '@anyasync/promise';
import { describe, expect, test } from 'vitest';
import { record } from '../../core/test/support.js';
import {
  constructorOf,
  constructors,
  type Emitter,
  later,
  listen,
  Platform,
  read,
  rx7,
} from './libraries.js';

describe('rule 9: one value is emitted once, and completes; no value is one undefined', () => {
  test.each(constructors)('%s', async (_name, library) => {
    const log: string[] = [];
    const Observable = constructorOf(library) as never;
    listen(
      toObservable(
        operation<number>((receiver) => receiver.resolve(1)),
        { Observable },
      ),
      log,
    );
    listen(toObservable(fromPromise(Promise.resolve()), { Observable }), log);
    await later();
    expect(log).toEqual(['next 1', 'complete', 'next undefined', 'complete']);
  });
});

describe('rule 10: what runs already never runs again, what is made of a function runs for each subscriber', () => {
  const coldOnes = constructors.filter(([, { shares }]) => !shares);
  test.each(coldOnes)('%s', async (_name, library) => {
    const Observable = constructorOf(library) as never;
    const calls: string[] = [];
    const work = async (): Promise<number> => calls.push('called');
    const hot = toObservable(fromPromise(work()), { Observable });
    const lazy = toObservable(fromPromise(work), { Observable });
    expect(calls.length).toBe(1);
    const log: string[] = [];
    for (const each of [hot, hot, lazy, lazy]) listen(each, log);
    await later();
    expect(log.filter((line) => line !== 'complete')).toEqual(['next 1', 'next 1', 'next 2', 'next 3']);
  });

  test.each(coldOnes)('%s: lazy there and back', (_name, library) => {
    const starts: string[] = [];
    const source = operation<void, number>((receiver) => {
      starts.push('start');
      receiver.complete();
    });
    const back = read(toObservable(source, { Observable: constructorOf(library) as never }));
    expect(starts).toEqual([]);
    for (let i = 0; i < 2; i++) record(back);
    expect(starts.length).toBe(2);
  });
});

describe('rule 45: there and back is the same object', () => {
  test.each(constructors)('%s', (_name, library) => {
    const Observable = constructorOf(library) as never;
    const source = library.make(() => {});
    expect(toObservable(fromObservable(source), { Observable })).toBe(source);
    expect(toObservable(fromSubscribable(source), { Observable })).toBe(source);
    expect(toObservable(fromObservable(source), { Observable, signal: undefined, share: undefined })).toBe(
      source,
    );
    for (const options of [
      { timeout: 5 },
      { share: 'replay' },
      { next: () => {} },
      { fold: toArray() },
    ] as object[])
      expect(toObservable(fromObservable(source), { ...options, Observable } as never)).not.toBe(source);
  });

  test.each(constructors)('%s: into another library it is one of that library', (name, library) => {
    const other = constructors.find(
      ([each]) => !each.includes(name) && each !== 'the platform',
    ) as (typeof constructors)[number];
    const source = other[1].make(() => {});
    const written = toObservable(fromObservable(source), { Observable: constructorOf(library) as never });
    expect(written).not.toBe(source);
    expect(written).toBeInstanceOf(library.Observable);
  });

  test('functions as well', () => {
    const style = observableConvention({ Observable: rx7.Observable });
    const fn = async (): Promise<number> => 1;
    const there = convert(fn, promise, style);
    expect((convert as any)(there, style, promise)).toBe(fn);
    const again = observableConvention({ Observable: rx7.Observable });
    expect((convert as any)(there, again, promise)).toBe(fn);
    const rx = (): any => rx7.of(1);
    expect((convert as any)(rx, style, style)).toBe(rx);
    expect(
      (convert as any)(rx, observableConvention({ Observable: rx7.Observable, share: 'replay' }), style),
    ).not.toBe(there);
  });
});

describe('RxJS 7 and RxJS 9 or the platform, both ways', () => {
  test('theirs: both refuse the other', () => {
    expect(() => rx7.from(Platform.from([1]))).toThrow(TypeError);
    expect(() => Platform.from(rx7.of(1))).toThrow(TypeError);
  });

  const both = constructors.flatMap((from) =>
    constructors.map((to): [string, string, any, any] => [from[0], to[0], from[1], to[1]]),
  );
  test.each(both)('%s to %s: items, end and error, lossless', async (_from, _to, from, to) => {
    const error = new Error('same');
    for (const end of ['complete', 'error'] as const) {
      const heard: unknown[] = [];
      const source = from.make((emitter: Emitter) => {
        for (const item of [error, undefined, 'a']) emitter.next(item);
        emitter[end](error);
      });
      const written = toObservable(read(source), { Observable: to.Observable } as never);
      listen(written, [], {
        next: (item: unknown) => heard.push(item),
        error: (e: unknown) => heard.push('error', e),
        complete: () => heard.push('complete'),
      });
      await later();
      expect(heard).toEqual([error, undefined, 'a', ...(end === 'error' ? ['error', error] : ['complete'])]);
    }
  });
});
