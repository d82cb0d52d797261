/** A source is torn down before its successor starts, as in the library itself: the log of a hop beside that of the source alone. */
import { type AnyFunction, convert } from '@anyasync/core';
import { observable, observableConvention, toObservable } from '@anyasync/observable';
import { describe, expect, it, test } from 'vitest';
import { strays } from '../../core/test/support.js';
import {
  constructors,
  type Library,
  later,
  libraries,
  listen,
  type Named,
  piping,
  read,
  rx7,
  rx9,
  write,
} from './libraries.js';

type Log = (line: string) => void;
type Resource = (n: number) => any;
type Hop = (source: any) => any;

/** Opens, emits once, ends; closes when it is torn down. */
const resources: Record<string, (library: Library, log: Log, fails: boolean) => Resource> = {
  'that ends later': (library, log, fails) => (n) =>
    library.make((emitter) => {
      log(`open ${n}`);
      emitter.teardown(() => log(`close ${n}`));
      setTimeout(() => {
        emitter.next(n);
        if (fails) emitter.error(new Error('failed'));
        else emitter.complete();
      });
    }),
  'that ends inside subscribe': (library, log, fails) => (n) =>
    library.make((emitter) => {
      log(`open ${n}`);
      emitter.teardown(() => log(`close ${n}`));
      emitter.next(n);
      if (fails) emitter.error(new Error('failed'));
      else emitter.complete();
    }),
  'that ends inside subscribe, before its teardown is known': (library, log, fails) => (n) =>
    library.make((emitter) => {
      log(`open ${n}`);
      emitter.next(n);
      if (fails) emitter.error(new Error('failed'));
      else emitter.complete();
      emitter.teardown(() => log(`close ${n}`));
    }),
};

/** What starts a source when the one before has ended. */
const successors: Record<string, (rx: any, resource: Resource, hop: Hop) => any> = {
  concatMap: (rx, resource, hop) => rx.of(1, 2).pipe(rx.concatMap((n: number) => hop(resource(n)))),
  concatAll: (rx, resource, hop) => rx.of(hop(resource(1)), hop(resource(2))).pipe(rx.concatAll()),
  concat: (rx, resource, hop) => rx.concat(hop(resource(1)), hop(resource(2))),
  'mergeMap of one at a time': (rx, resource, hop) =>
    rx.of(1, 2).pipe(rx.mergeMap((n: number) => hop(resource(n)), 1)),
  repeat: (rx, resource, hop) => hop(resource(1)).pipe(rx.repeat(2)),
  switchMap: (rx, resource, hop) =>
    rx.of(1, 2).pipe(
      rx.concatMap((n: number) => rx.timer(5).pipe(rx.map(() => n))),
      rx.switchMap((n: number) => hop(resource(n))),
    ),
  exhaustMap: (rx, resource, hop) =>
    rx.of(1, 2).pipe(
      rx.concatMap((n: number) => rx.timer(5).pipe(rx.map(() => n))),
      rx.exhaustMap((n: number) => hop(resource(n))),
    ),
};
const afterErrors: typeof successors = {
  retry: (rx, resource, hop) => hop(resource(1)).pipe(rx.retry(1)),
  'catchError, again': (rx, resource, hop) => {
    let tries = 0;
    return hop(resource(1)).pipe(
      rx.catchError((error: unknown, again: any) => {
        if (tries++ > 0) throw error;
        return again;
      }),
    );
  },
  'catchError, another': (rx, resource, hop) => hop(resource(1)).pipe(rx.catchError(() => hop(resource(2)))),
};

/** The ways through an operation and back, of which none is the object itself. */
const hops: Record<string, (library: Library) => Hop> = {
  toObservable: (library) => (source) =>
    write(read(source), library, { signal: new AbortController().signal }),
  'toObservable in the subscriber’s context': (library) => (source) =>
    write(read(source), library, { context: 'subscriber' }),
  'toObservable, shared': (library) => (source) => write(read(source), library, { share: 'replay' }),
  'toObservable, with a timeout': (library) => (source) => write(read(source), library, { timeout: 1e6 }),
  convert: (library) => {
    const style = observableConvention({ Observable: library.Observable, context: 'subscriber' }) as any;
    return (source) => (convert as AnyFunction)(() => source, observable, style)();
  },
  'another library’s': (library) => (source) =>
    write(read(toObservable(read(source), { Observable: rx9.ColdObservable })), library),
};

async function logOf(make: (log: Log) => any): Promise<string[]> {
  const log: string[] = [];
  const leave = listen(
    make((line) => log.push(line)),
    log,
  );
  for (let i = 0; i < 5; i++) await later();
  leave();
  return log;
}

const isResource = (line: string): boolean => /^(open|close)/.test(line);
const isHeard = (line: string): boolean => !isResource(line);
/** Open close open close. */
const alternates = (log: string[]): boolean =>
  log.every((line, i) => line.startsWith(i % 2 === 0 ? 'open' : 'close'));

const byName = (name: string): Library => libraries.find(([each]) => each === name)?.[1] as Library;

describe.each(piping)('a source is torn down before its successor starts: %s', (name, rx) => {
  const library = byName(name);
  const cases = [
    ...Object.entries(successors).map(([which, make]) => [which, make, false] as const),
    ...Object.entries(afterErrors).map(([which, make]) => [which, make, true] as const),
  ];
  describe.each(Object.entries(resources))('a source %s', (how, resource) => {
    describe.each(Object.entries(hops))('by %s', (hop, hopOf) => {
      const runsOnce = hop === 'toObservable, shared';
      test.each(cases.filter(([successor]) => !runsOnce || !/repeat|retry|again/.test(successor)))(
        '%s',
        async (_successor, make, fails) => {
          strays();
          const own = (log: Log) => make(rx, resource(library, log, fails), (source) => source);
          const hopped = (log: Log) => make(rx, resource(library, log, fails), hopOf(library));
          const [expected, log] = await Promise.all([logOf(own), logOf(hopped)]);
          const isBetter = name === 'RxJS 6' && alternates(log.filter(isResource)); // that one opens the next before it closes
          if (!isBetter) expect(log.filter(isResource)).toEqual(expected.filter(isResource));
          expect(log.filter(isHeard)).toEqual(expected.filter(isHeard));
        },
      );
    });
  });
});

/** What these do after the end was heard, they do so for everybody. */
const isEarly = ([name]: Named): boolean => !['zen-observable', 'xstream', 'most'].includes(name);

describe.each(constructors)('an end is heard after the source was torn down: by %s', (_name, library) => {
  describe.each(libraries.filter(isEarly))('of %s', (_source, from) => {
    test.each([
      ['complete', false],
      ['error failed', true],
    ] as const)('%s', async (end, fails) => {
      const resource = resources['that ends later'] as NonNullable<(typeof resources)[string]>;
      const { signal } = new AbortController();
      const log = await logOf((line) => write(read(resource(from, line, fails)(1)), library, { signal }));
      expect(log).toEqual(['open 1', 'next 1', 'close 1', end]);
    });
  });
  it.skip('of zen-observable, xstream and most: they tear down after the end was heard, whatever the observer does in it', () => {});
});

test('what a source emits while it is torn down comes after its end', async () => {
  const heard = strays();
  const source = new rx7.Observable((subscriber: any) => {
    setTimeout(() => subscriber.complete());
    return () => {
      subscriber.next('late');
      subscriber.error(new Error('late'));
      subscriber.complete();
    };
  });
  const log = await logOf(() =>
    write(read(source), byName('RxJS 7'), { signal: new AbortController().signal }),
  );
  expect(log).toEqual(['complete']);
  expect(heard.map(({ kind, cancelled }) => [kind, cancelled])).toEqual([
    ['item', false],
    ['error', false],
    ['complete', false],
  ]);
});
