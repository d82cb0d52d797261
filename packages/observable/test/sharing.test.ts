/** Rules 32 to 36: how often a source runs, and when and where what it emits is heard. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { first, operation } from '@anyasync/core';
import {
  firstValueFrom,
  isObservable,
  observable,
  observableConvention,
  sharingOf,
  toObservable,
} from '@anyasync/observable';
import { toPromise } from '@anyasync/promise';
import { describe, expect, test, vi } from 'vitest';
import { record, thrownBy } from '../../core/test/support.js';
import {
  constructorOf,
  constructors,
  type Emitter,
  type Library,
  later,
  libraries,
  listen,
  Platform,
  read,
  rx6,
  rx7,
  rx8,
  rx9,
  synchronous,
  write,
} from './libraries.js';

describe('rule 32: converting does not change how often a source runs', () => {
  const counted = (library: Library): { source: any; runs: () => number } => {
    let runs = 0;
    const source = library.make((emitter) => {
      runs++;
      setTimeout(() => emitter.next(runs));
    });
    return { source, runs: () => runs };
  };
  test.each(libraries)(
    '%s, read: as many runs as without us, at the same time and one after the other',
    async (_name, library) => {
      const ours = counted(library);
      const operation = read(ours.source);
      await Promise.all([1, 2].map(() => toPromise(operation, { fold: first() as never })));
      await later();
      await toPromise(operation, { fold: first() as never });
      const theirs = counted(library);
      const log: string[] = [];
      const leave = [1, 2].map(() => listen(theirs.source, log));
      await later();
      for (const each of leave) each();
      await later();
      listen(theirs.source, log);
      expect(ours.runs()).toBe(theirs.runs());
      expect(ours.runs()).toBe(library.shares ? 2 : 3);
    },
  );

  test.each(constructors)(
    '%s, written: a run for each subscriber, except where the library shares',
    (_name, library) => {
      let runs = 0;
      const source = operation<void, number>(() => void runs++);
      const written = write(source, library);
      const leave = [1, 2].map(() => listen(written, []));
      expect(runs).toBe(library.shares ? 1 : 2);
      for (const each of leave) each();
      listen(written, []);
      expect(runs).toBe(library.shares ? 2 : 3);
    },
  );

  test.each(libraries)(
    '%s: through RxJS 7 and back it is as cold as RxJS 7, and as shared as itself',
    async (_name, library) => {
      const { source, runs } = counted(library);
      const there = toObservable(read(source), { Observable: rx7.Observable });
      const leave = [1, 2].map(() => listen(there, []));
      await later();
      expect(runs()).toBe(library.shares ? 1 : 2);
      for (const each of leave) each();
      await later();
    },
  );
});

describe('rule 33: what caches is forgotten when the last one leaves', () => {
  test("theirs: RxJS 7's shareReplay(1) runs on when all have left", () => {
    const log: string[] = [];
    const source = new rx7.Observable(() => () => log.push('teardown')).pipe(rx7.shareReplay(1));
    source.subscribe().unsubscribe();
    expect(log).toEqual([]);
  });

  test.each(constructors)(
    "%s: { share: 'replay' } is torn down by the last one who leaves",
    (_name, library) => {
      const log: string[] = [];
      const source = operation<void, number>((receiver) => {
        log.push('start');
        receiver.onCancel(() => log.push('teardown'));
      });
      const written = write(source, library, { share: 'replay' });
      const [leave, leaveToo] = [listen(written, []), listen(written, [])];
      leave();
      log.push('one left');
      leaveToo();
      listen(written, []);
      expect(log).toEqual(['start', 'one left', 'teardown', 'start']);
    },
  );
});

describe('rule 34: whether the platform shares is asked once for each constructor, and both are right', () => {
  test.each(constructors)('%s', (_name, library) => {
    expect(sharingOf(constructorOf(library))).toBe(library.shares ? 'shared' : 'cold');
  });

  test('it is asked once, and leaves nothing behind', () => {
    const log: string[] = [];
    class Counted extends rx7.Observable {
      constructor(subscribe: (subscriber: any) => unknown) {
        super((subscriber: any) => {
          log.push('run');
          subscriber.add(() => log.push('teardown'));
          return subscribe(subscriber);
        });
      }
    }
    expect([sharingOf(Counted as never), sharingOf(Counted as never)]).toEqual(['cold', 'cold']);
    expect(log.sort()).toEqual(['run', 'run', 'teardown', 'teardown']);
  });

  test.each([
    ['cold, as it may become', rx9.ColdObservable, undefined, 'cold'],
    ['shared, as it is', Platform, true, 'shared'],
  ])(
    'a platform that is %s: the style says so, and reading and writing work',
    async (_what, Observable, shares, sharing) => {
      vi.stubGlobal('Observable', Observable);
      try {
        expect(sharingOf(Observable)).toBe(sharing);
        expect(observable.written?.shared ?? false).toBe(shares ?? false);
        expect(observableConvention({ Observable }).written?.shared ?? false).toBe(shares ?? false);
        let runs = 0;
        const written: any = toObservable(
          operation<number>((receiver) => {
            runs++;
            setTimeout(() => receiver.resolve(runs));
          }),
        );
        expect(written).toBeInstanceOf(Observable);
        await Promise.all([firstValueFrom(written), firstValueFrom(written)]);
        expect(runs).toBe(shares ? 1 : 2);
      } finally {
        vi.unstubAllGlobals();
      }
    },
  );

  test('without a platform that has one, nothing is claimed, and toObservable() throws at once and says what to do', () => {
    vi.stubGlobal('Observable', undefined);
    try {
      expect(observable.written?.shared).toBe(true);
      const error = thrownBy(() => toObservable(operation(() => {})));
      expect(error).toMatchObject({ name: 'ArgumentError', argument: 'Observable', received: undefined });
      expect((error as Error).message).toMatch(/\{ Observable \}.*@anyasync\/rxjs/);
    } finally {
      vi.unstubAllGlobals();
    }
  });
});

describe('rule 35: what is emitted inside subscribe is heard inside it, from any of them to any other', () => {
  const pairs = synchronous.flatMap((from) =>
    constructors
      .filter(([, { sync }]) => sync)
      .map((to): [string, string, Library, Library] => [from[0], to[0], from[1], to[1]]),
  );
  test.each(pairs)('%s to %s', (_from, _to, from, to) => {
    const source = from.make((emitter) => {
      for (const item of [1, undefined, 3]) emitter.next(item);
      emitter.complete();
    });
    const log: string[] = [];
    listen(write(read(source), to), log);
    log.push('subscribed');
    expect(log).toEqual(['next 1', 'next undefined', 'next 3', 'complete', 'subscribed']);
  });

  test('RxJS 8 has both Symbol.asyncIterator and @@observable, and is read as an Observable', () => {
    expect(rx8.of(1)[Symbol.asyncIterator]).toBeTypeOf('function');
    expect(record(read(rx8.of(1, 2))).log).toEqual(['next 1', 'next 2', 'complete']);
  });

  test("theirs: the platform's from() takes RxJS 8's iterator, and so hears nothing inside subscribe", () => {
    const log: string[] = [];
    listen(Platform.from(rx8.of(1)), log);
    expect(log).toEqual([]);
  });

  test.each(libraries.filter(([, { sync }]) => !sync))(
    '%s is heard when it delivers, in order',
    async (_name, library) => {
      const log: string[] = [];
      const source = library.make((emitter) => {
        for (const item of [1, 2]) emitter.next(item);
        emitter.complete();
      });
      listen(write(read(source), libraries[1]?.[1] as Library), log);
      await later();
      expect(log).toEqual(['next 1', 'next 2', 'complete']);
    },
  );
});

describe("rule 36: an observer runs in the async context of whoever emits, and with { context: 'subscriber' } in its own", () => {
  const storage = new AsyncLocalStorage<string>();
  const emitting = (): { source: any; emit: (call: (receiver: any) => void) => void } => {
    const receivers: any[] = [];
    return {
      source: operation<any, any>((receiver) => void receivers.push(receiver)),
      emit: (call) => storage.run('emitter', () => receivers.forEach(call)),
    };
  };
  const here = (): string => storage.getStore() ?? 'none';
  const hearing = (log: string[]): object => ({
    next: () => log.push(`next in ${here()}`),
    error: () => log.push(`error in ${here()}`),
    complete: () => log.push(`complete in ${here()}`),
  });
  for (const context of ['emitter', 'subscriber', undefined] as const)
    test.each(constructors.filter(([, { sync }]) => sync))(
      `%s, written, context: ${context}`,
      (_name, library) => {
        const log: string[] = [];
        for (const end of [(r: any) => r.complete(), (r: any) => r.reject(0), (r: any) => r.abort(0)]) {
          const { source, emit } = emitting();
          const written = write(source, library, { context });
          storage.run('subscriber', () => listen(written, [], hearing(log)));
          emit((receiver) => receiver.next(1));
          emit(end);
        }
        const where = context ?? 'emitter';
        const each = (end: string): string[] => [`next in ${where}`, `${end} in ${where}`];
        expect(log).toEqual([...each('complete'), ...each('error'), ...each('error')]);
      },
    );

  test.each(constructors.filter(([, { sync, shares }]) => sync && !shares))(
    "%s: of those who share a run with { share: 'replay' }, each hears in its own",
    (_name, library) => {
      const log: string[] = [];
      const { source, emit } = emitting();
      const written = write(source, library, { context: 'subscriber', share: 'replay' });
      for (const name of ['first', 'second']) storage.run(name, () => listen(written, [], hearing(log)));
      emit((receiver) => receiver.next(1));
      storage.run('third', () => listen(written, [], hearing(log)));
      emit((receiver) => receiver.complete());
      const next = ['first', 'second', 'third'].map((name) => `next in ${name}`);
      expect(log).toEqual([...next, ...next.map((line) => line.replace('next', 'complete'))]);
    },
  );

  test.each(libraries)("%s, read: toPromise's caller goes on in its own", async (_name, library) => {
    const emitters: Emitter[] = [];
    const source = library.make((emitter) => void emitters.push(emitter));
    const heard = storage.run('subscriber', () => firstValueFrom(source).then(here));
    storage.run('emitter', () => emitters[0]?.next(1));
    expect(await heard).toBe('subscriber');
  });

  test('theirs: RxJS 6 and 7 run an observer where it is emitted', () => {
    const log: string[] = [];
    for (const rx of [rx6, rx7]) {
      const subject = new rx.Subject();
      storage.run('subscriber', () => listen(subject, [], hearing(log)));
      storage.run('emitter', () => subject.next(1));
      expect(isObservable(subject)).toBe(true);
    }
    expect(log).toEqual(['next in emitter', 'next in emitter']);
  });
});
