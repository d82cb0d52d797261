/** The rules of callbacks, by their numbers in the notes on them, that need another package: Observables, Deferreds, iterators. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { callback, convention, fromCallback } from '@anyasync/callback';
import { convert, operationOf } from '@anyasync/core';
import { deferred } from '@anyasync/deferred';
import { OverflowError, toIterable } from '@anyasync/iterable';
import { observableConvention, toObservable } from '@anyasync/observable';
import { bindCallback, bindNodeCallback, rxjs, toObservable as toInstalledObservable } from '@anyasync/rxjs';
import * as rx from 'rxjs';
import { describe, expect, test } from 'vitest';
import { brief, strays } from '../packages/core/test/support.js';

type Done = (error: unknown, value?: unknown) => void;
const heardBy = (observable: any): unknown[] => {
  const log: unknown[] = [];
  observable.subscribe({
    next: (value: unknown) => log.push(value),
    error: (error: unknown) => log.push(error),
  });
  return log;
};

describe('rule 11: what a callback gives inside the call is there inside the call, and what is thrown after it is a stray', () => {
  const mistake = new Error('after the value');
  const both = (done: Done): void => {
    done(null, 'value');
    throw mistake;
  };
  test('an Observable', () => {
    const found = strays();
    expect(heardBy((convert as any)(both, callback, rxjs)())).toEqual(['value']);
    expect(brief(found)).toEqual([['thrown', mistake]]);
  });
  test('a Deferred', () => {
    const found = strays();
    const log: unknown[] = [];
    (convert as any)(both, callback, deferred)().addCallback((value: unknown) => log.push(value));
    expect([log, brief(found)]).toEqual([['value'], [['thrown', mistake]]]);
  });
});

describe('rule 16: the async context of a subscriber is kept where it is asked for', () => {
  const store = new AsyncLocalStorage<string>();
  const waiting: (() => void)[] = [];
  const pooled = (done: Done): void => void waiting.push(() => done(null, 1));
  const serve = (): void =>
    store.run('emitter', () => {
      for (const each of waiting.splice(0)) each();
    });
  const value = (done: (value: number) => void): void => void waiting.push(() => done(1));
  const { Observable } = rx;

  type Make = (options: { context?: 'subscriber' | 'emitter' }) => any;
  const ways: [string, Make][] = [
    ['bindNodeCallback', (options) => (bindNodeCallback as any)(pooled, options)()],
    ['bindCallback', (options) => (bindCallback as any)(value, options)()],
    ['toObservable of rxjs', (options) => toInstalledObservable(fromCallback(pooled as any), options)],
    [
      'toObservable of observable',
      (options) => toObservable(fromCallback(pooled as any), { ...options, Observable } as any),
    ],
    [
      'observableConvention',
      (options) => (convert as any)(pooled, callback, observableConvention({ ...options, Observable }))(),
    ],
  ];
  test.each(ways)('%s', (_name, make) => {
    const seen: unknown[] = [];
    for (const options of [{}, { context: 'emitter' }, { context: 'subscriber' }] as const) {
      const observable = make(options);
      store.run('subscriber', () => observable.subscribe(() => seen.push(store.getStore())));
      serve();
    }
    expect(seen).toEqual(['emitter', 'emitter', 'subscriber']);
  });
});

describe('rule 26: an iterator over a callback that is called many times', () => {
  const events = convention({
    style: 'value-only',
    multiple: true,
    stop: (leave: () => void) => leave(),
  } as never);
  const listening = (options?: object) => {
    const emitter = new EventEmitter();
    const listen = (heard: (item: number) => void): (() => void) => {
      emitter.on('data', heard);
      return () => void emitter.off('data', heard);
    };
    return { emitter, items: toIterable(operationOf(events.lift(listen), undefined, []), options) };
  };
  test.each(['return', 'throw'] as const)('rule 26: %s() releases, also while next() waits', async (how) => {
    const { emitter, items } = listening();
    const waiting = items.next();
    expect(emitter.listenerCount('data')).toBe(1);
    const left = items[how](new Error('left') as never).catch(() => {});
    expect(emitter.listenerCount('data')).toBe(0);
    await Promise.allSettled([left, waiting]);
  });
  test('rule 26: its queue has a bound, and says so when it is full', async () => {
    const { emitter, items } = listening({ limit: 2, overflow: 'error' });
    const first = items.next();
    for (const n of [1, 2, 3, 4]) emitter.emit('data', n);
    const values = [await first, await items.next(), await items.next()].map((result) => result.value);
    expect(values).toEqual([1, 2, 3]);
    await expect(items.next()).rejects.toBeInstanceOf(OverflowError);
    expect(emitter.listenerCount('data')).toBe(0);
  });
});
