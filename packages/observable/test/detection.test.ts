/** Rules 46 and 47: what is recognised as an Observable. */
import { createRequire } from 'node:module';
import { convert, toArray } from '@anyasync/core';
import {
  fromObservable,
  fromSubscribable,
  isObservable,
  observable,
  toObservable,
} from '@anyasync/observable';
import { promise, toPromise } from '@anyasync/promise';
import { describe, expect, test } from 'vitest';
import { record, thrownBy } from '../../core/test/support.js';
import {
  type Emitter,
  later,
  libraries,
  listen,
  Platform,
  piping,
  read,
  rx6,
  rx7,
  rx8,
  rx9,
} from './libraries.js';

describe('rule 46: both Symbol.observable and @@observable count, and are read each time', () => {
  const require = createRequire(import.meta.url);
  const symbols = Symbol as { observable?: symbol };
  /** As in a program that begins by importing these, in this order. */
  function inFreshProgram(names: readonly string[], use: (modules: any[]) => void): void {
    const { observable: known } = symbols;
    const cached = { ...require.cache };
    try {
      delete symbols.observable;
      for (const name of Object.keys(require.cache)) delete require.cache[name];
      const modules = names.map((name) => require(name)).map((m) => m.default?.default ?? m.default ?? m);
      use(modules);
    } finally {
      if (known !== undefined) symbols.observable = known;
      Object.assign(require.cache, cached);
    }
  }

  const names = ['xstream', 'rxjs', 'rxjs6', 'rxjs8', 'zen-observable', 'most'];
  const orders = names.flatMap((a) => names.filter((b) => a !== b).map((b) => [a, b]));
  test.each(orders)(
    '%s first, then %s: each is read, and the other is written where it can be',
    (...order) => {
      inFreshProgram(order, (modules) => {
        for (const [i, library] of modules.entries()) {
          const made = library.of(7);
          const {
            Observable = library.subscribe === undefined && library.prototype ? library : rx7.Observable,
          } = modules[1 - i];
          expect(isObservable(made)).toBe(true);
          expect(toObservable(fromObservable(made), { Observable })).toBeInstanceOf(Observable);
        }
      });
    },
  );

  test('theirs: RxJS 7, imported before xstream, refuses its streams; and we read them', async () => {
    const heard: unknown[] = [];
    inFreshProgram(['rxjs', 'xstream'], ([rxjs, xs]) => {
      expect(() => rxjs.from(xs.of(1))).toThrow(TypeError);
      expect(() => xs.from(rxjs.of(1))).toThrow(TypeError);
      const written = toObservable(fromObservable(xs.of(1)), { Observable: rxjs.Observable });
      listen(written, [], { next: (item: unknown) => heard.push(item) });
    });
    inFreshProgram(['xstream', 'rxjs'], ([xs, rxjs]) =>
      expect(rxjs.from(xs.of(1))).toBeInstanceOf(rxjs.Observable),
    );
    await later();
    expect(heard).toEqual([1]);
  });

  test('a key that is defined after the Observable was made is looked at as well', () => {
    const key = Symbol('observable');
    const before = Object.getOwnPropertyDescriptor(Symbol, 'observable');
    const made = { '@@observable': () => rx7.of('by the name') };
    const later1 = { [key]: () => rx7.of('by the symbol'), '@@observable': () => rx7.of('by the name') };
    try {
      Object.defineProperty(Symbol, 'observable', { value: key, configurable: true, writable: true });
      expect([made, later1].map((each) => record(read(each)).log[0])).toEqual([
        'next by the name',
        'next by the symbol',
      ]);
    } finally {
      Object.defineProperty(Symbol, 'observable', before as PropertyDescriptor);
    }
  });
});
describe('rule 47: recognised by structure, never by its class; a bare subscribe is no Observable', () => {
  test.each(libraries)('%s', (_name, { make }) => {
    expect(isObservable(make(() => {}))).toBe(true);
  });

  test.each(piping)('%s: subjects, and what operators make', (_name, rx) => {
    for (const each of [
      new rx.Subject(),
      new rx.BehaviorSubject(1),
      rx.of(1).pipe(rx.map(String)),
      rx.EMPTY,
      rx.NEVER,
    ])
      expect(isObservable(each)).toBe(true);
  });

  test('RxJS 9: a Subject, and what its operators make', () => {
    expect([new rx9.Subject(), new rx9.ColdObservable(() => {}).map(String)].map(isObservable)).toEqual([
      true,
      true,
    ]);
  });

  test('an object whose key gives an Observable, of any kind, and a function that has one', () => {
    const inner = rx7.of(1, 2);
    const interop = { '@@observable': () => inner };
    const fn = Object.assign(() => {}, { '@@observable': () => inner });
    for (const each of [interop, fn]) {
      expect(isObservable(each)).toBe(true);
      expect(record(read(each)).log).toEqual(['next 1', 'next 2', 'complete']);
    }
    expect(record(read({ '@@observable': () => Platform.from([1]) })).log).toEqual(['next 1', 'complete']);
  });

  test('what its key gives must have a subscribe: otherwise the run fails, and says so', async () => {
    for (const inner of [{}, null, undefined, 1]) {
      const error: any = await toPromise(read({ '@@observable': () => inner }), {
        fold: toArray() as never,
      }).catch((e) => e);
      expect(error.message).toMatch(/^\[observable\] .*subscribe/);
    }
  });

  test('nothing else is one', () => {
    const none = [
      undefined,
      null,
      0,
      '',
      'text',
      {},
      [],
      () => {},
      Promise.resolve(),
      { subscribe: () => {} },
      { '@@observable': 1 },
      new EventTarget(),
    ];
    for (const each of none) {
      expect(isObservable(each)).toBe(false);
      const error = thrownBy(() => fromObservable(each as never));
      expect(error).toMatchObject({ name: 'ArgumentError', argument: 'observable', received: each });
      expect((error as Error).message).toContain('fromSubscribable');
    }
  });

  test("theirs: RxJS 7's isObservable is false for those of RxJS 8, 9, and interop objects", () => {
    expect(
      [rx8.of(1), new rx9.ColdObservable(() => {}), { '@@observable': () => rx7.of(1) }].map(
        rx7.isObservable,
      ),
    ).toEqual([false, false, false]);
    expect(rx7.isObservable(rx6.of(1))).toBe(true);
  });

  test('fromSubscribable takes what has a subscribe, and calls what it returned, or its unsubscribe', () => {
    const log: string[] = [];
    const observers: Emitter[] = [];
    const store = (returned: unknown): any => ({
      subscribe(observer: Emitter) {
        observers.push(observer);
        return returned;
      },
    });
    for (const returned of [
      () => log.push('called'),
      { unsubscribe: () => log.push('unsubscribed') },
      undefined,
      'text',
    ]) {
      const run = record(fromSubscribable(store(returned)));
      observers.at(-1)?.next(1);
      run.cancel();
      expect(run.log[0]).toBe('next 1');
    }
    expect(log).toEqual(['called', 'unsubscribed']);
    for (const none of [undefined, null, 1, {}, { subscribe: 1 }])
      expect(thrownBy(() => fromSubscribable(none as never))).toMatchObject({
        argument: 'source',
        received: none,
      });
  });

  test('a function that returns no Observable fails its run, and says what to do', async () => {
    const fn = (convert as any)(
      function answer() {
        return 42;
      },
      observable,
      promise,
      { fold: toArray() },
    );
    await expect(fn()).rejects.toMatchObject({ name: 'ArgumentError', argument: 'fn', received: 42 });
    await expect(fn()).rejects.toThrow('answer() returned no Observable');
  });
});
