/** Rules 1 to 8: many values meet one. Those that name a flaw of a library show it beside ours. */
import {
  convert,
  count,
  type Fold,
  first,
  last,
  only,
  operation,
  outcome,
  throwIfEmpty,
  toArray,
} from '@anyasync/core';
import { firstValueFrom, lastValueFrom, observable, toObservable } from '@anyasync/observable';
import { promise, toPromise } from '@anyasync/promise';
import { describe, expect, test } from 'vitest';
import { thrownBy } from '../../core/test/support.js';
import {
  constructorOf,
  constructors,
  type Emitter,
  later,
  libraries,
  listen,
  Platform,
  read,
  rx7,
  synchronous,
} from './libraries.js';

type AnyFold = Fold<any, any>;
const emits =
  (...items: unknown[]) =>
  (emitter: Emitter): void => {
    for (const item of items) emitter.next(item);
    emitter.complete();
  };
const nameOf = (error: { name: string }): string => error.name;

describe('rule 1: how many become one must be said, there is no default', () => {
  test('convert() without a fold throws at once', () => {
    const error = thrownBy(() => (convert as any)(() => rx7.of(1), observable, promise));
    expect(error).toMatchObject({ name: 'ArgumentError', argument: 'fold' });
  });

  test.each(libraries)(
    '%s: without a fold an item rejects, and stops the source',
    async (_name, { make }) => {
      const log: string[] = [];
      const source = make((emitter) => {
        emitter.teardown(() => log.push('teardown'));
        emitter.next(1);
      });
      await expect(toPromise(read(source))).rejects.toMatchObject({ name: 'UnexpectedItemError', item: 1 });
      await later();
      expect(log).toEqual(['teardown']);
    },
  );

  const folds: [string, AnyFold, unknown, unknown][] = [
    ['first()', first(), 'a', 'EmptyError'],
    ['last()', last(), 'c', 'EmptyError'],
    ['only()', only(), 'TooManyItemsError', 'EmptyError'],
    ['first(default)', first('none'), 'a', 'none'],
    ['last(default)', last('none'), 'c', 'none'],
    ['toArray()', toArray(), ['a', 'b', 'c'], []],
    ['count()', count(), 3, 0],
  ];
  describe.each(libraries)('%s', (_name, { make }) => {
    test.each(folds)('%s of a, b, c and of none', async (_fold, fold, ofThree, ofNone) => {
      const folded = (...items: string[]): Promise<unknown> =>
        toPromise(read(make(emits(...items))), { fold }).catch(nameOf);
      expect([await folded('a', 'b', 'c'), await folded()]).toEqual([ofThree, ofNone]);
    });
  });
});

describe('rule 2: no value and no default is an error that is known by its name, EmptyError', () => {
  test.each(libraries)('%s: the name', async (_name, { make }) => {
    const names = [firstValueFrom, lastValueFrom].map((from) => from(make(emits())).catch(nameOf as any));
    expect(await Promise.all(names)).toEqual(['EmptyError', 'EmptyError']);
  });

  test('the class can be that of a library, in the short way and in the long one', async () => {
    const { EMPTY, EmptyError } = rx7;
    const make = (): Error => new EmptyError();
    const fold = throwIfEmpty(last() as AnyFold, make);
    for (const rejected of [
      firstValueFrom(EMPTY, { EmptyError }),
      lastValueFrom(EMPTY, { EmptyError }),
      toPromise(read(EMPTY), { fold }),
    ])
      await expect(rejected).rejects.toBeInstanceOf(EmptyError);
  });

  test("theirs: the platform's own first() and last() reject with a RangeError", async () => {
    const none = new Platform((subscriber: Emitter) => subscriber.complete());
    expect([await none.first().catch(nameOf), await none.last().catch(nameOf)]).toEqual([
      'RangeError',
      'RangeError',
    ]);
  });
});

describe('rule 3: a default of undefined is a default; what counts is the presence of its key, not of other options', () => {
  test.each(libraries)('%s', async (_name, { make }) => {
    const none = make(emits());
    for (const from of [firstValueFrom, lastValueFrom]) {
      expect(await from(none, { defaultValue: undefined })).toBe(undefined);
      expect(await from(none, { defaultValue: 0 })).toBe(0);
      await expect(from(none, {})).rejects.toThrow('ended without an item');
      await expect(from(none, { timeout: 1000 })).rejects.toThrow('ended without an item');
    }
  });

  test('theirs: with RxJS 7 any options object is a default', async () => {
    expect(await rx7.firstValueFrom(rx7.EMPTY, {})).toBe(undefined);
  });

  test('a default and a class of error: the default wins', async () => {
    const options = { defaultValue: 'none', EmptyError: rx7.EmptyError };
    expect(await firstValueFrom(rx7.EMPTY, options)).toBe('none');
  });
});

describe('rule 4: first resolves and tears the source down in the same turn, also inside subscribe', () => {
  test.each(synchronous)('%s: a loop inside subscribe makes one item', async (_name, { make }) => {
    const log: string[] = [];
    const source = make((emitter) => {
      emitter.teardown(() => log.push('teardown'));
      for (let i = 0; emitter.active(); i++) {
        log.push(`make ${i}`);
        emitter.next(i);
      }
    });
    const result = firstValueFrom(source);
    log.push('returned');
    log.push(`value ${await result}`);
    expect(log).toEqual(['make 0', 'teardown', 'returned', 'value 0']);
  });

  test.each(libraries)('%s: an item that comes later tears down in its turn', async (_name, library) => {
    const log: string[] = [];
    let emit = (_item: unknown): void => {};
    const source = library.make((emitter) => {
      emit = (item) => emitter.next(item);
      emitter.teardown(() => log.push('teardown'));
    });
    const result = firstValueFrom(source);
    await later();
    emit('a');
    log.push('emitted');
    expect(await result).toBe('a');
    await later();
    expect(log).toEqual(library.stopsLater ? ['emitted', 'teardown'] : ['teardown', 'emitted']);
  });

  test.each(libraries.filter(([, { sync }]) => !sync))(
    '%s: what a loop made before there was a way to stop it is not heard, and is no stray',
    async (_name, { make }) => {
      const log: string[] = [];
      const source = make((emitter) => {
        for (let i = 0; i < 100; i++) emitter.next(i);
        emitter.teardown(() => log.push('teardown'));
      });
      expect(await firstValueFrom(source)).toBe(0);
      await later();
      expect(log).toEqual(['teardown']);
    },
  );

  test.each(constructors.filter(([name]) => ['RxJS 6', 'zen-observable'].includes(name)))(
    "theirs: RxJS 7's firstValueFrom never tears an Observable of %s down",
    async (_name, { Observable }) => {
      const log: string[] = [];
      const source = new Observable((subscriber: Emitter) => {
        subscriber.next(1);
        return () => log.push('teardown');
      });
      expect(await rx7.firstValueFrom(source)).toBe(1);
      await later();
      expect(log).toEqual([]);
      expect(await firstValueFrom(source)).toBe(1);
      expect(log).toEqual(['teardown']);
    },
  );
});

describe('rule 5: only() rejects at the second value at once, and tears the source down', () => {
  test.each(synchronous)('%s', async (_name, { make }) => {
    const log: string[] = [];
    const source = make((emitter) => {
      emitter.teardown(() => log.push('teardown'));
      for (const item of ['a', 'b', 'c']) {
        if (emitter.active()) log.push(`make ${item}`);
        if (emitter.active()) emitter.next(item);
      }
    });
    const error = await toPromise(read(source), { fold: only() as AnyFold }).catch((thrown) => thrown);
    expect(error).toMatchObject({ name: 'TooManyItemsError', item: 'b' });
    expect(log).toEqual(['make a', 'make b', 'teardown']);
  });

  test.each(libraries)('%s: one value is that value', async (_name, { make }) => {
    expect(await toPromise(read(make(emits('a'))), { fold: only() as AnyFold })).toBe('a');
  });
});

describe('rule 6: last of a source that never completes stays pending, and takes a signal and a timeout', () => {
  test.each(libraries)('%s', async (_name, library) => {
    const log: string[] = [];
    const never = (): any =>
      library.make((emitter) => {
        emitter.teardown(() => log.push('teardown'));
        emitter.next(1);
      });
    const pending = lastValueFrom(never());
    const controller = new AbortController();
    const aborted = lastValueFrom(never(), { signal: controller.signal });
    const late = lastValueFrom(never(), { timeout: 5 });
    const isTooLate = expect(late).rejects.toMatchObject({ name: 'TimeoutError', timeout: 5 });
    const reason = { why: 'enough' };
    controller.abort(reason);
    await expect(aborted).rejects.toBe(reason);
    await isTooLate;
    expect(await Promise.race([pending, Promise.resolve('still pending')])).toBe('still pending');
    await later();
    expect(log).toEqual(['teardown', 'teardown']);
  });
});

describe('rule 7: a value that is a thenable is adopted by a promise; outcome keeps it', () => {
  test.each(libraries)('%s', async (_name, { make }) => {
    const inner = Promise.resolve('inner');
    const source = (): any => make(emits(inner));
    expect(await firstValueFrom(source())).toBe('inner');
    const kept = operation<unknown>((receiver) =>
      (first() as AnyFold)((below: any) => read(source())['~anyasync'].start(below))(receiver, undefined, []),
    );
    const ended = await outcome(kept);
    expect(ended.status === 'fulfilled' && ended.value === inner).toBe(true);
  });

  test.each(constructors)(
    'written with the constructor of %s, it is emitted as it is',
    async (_name, library) => {
      const inner = Promise.resolve('inner');
      const heard: unknown[] = [];
      const value = operation<unknown>((receiver) => receiver.resolve(inner));
      const written = toObservable(value, { Observable: constructorOf(library) as never });
      listen(written, [], { next: (item: unknown) => heard.push(item === inner) });
      await later();
      expect(heard).toEqual([true]);
    },
  );
});

describe('rule 8: undefined and null are values, and not the same as none', () => {
  test.each(libraries)('%s', async (_name, { make }) => {
    for (const empty of [undefined, null]) {
      expect(await firstValueFrom(make(emits(empty)), { defaultValue: 'none' })).toBe(empty);
      expect(await lastValueFrom(make(emits('a', empty)))).toBe(empty);
      expect(await toPromise(read(make(emits(empty))), { fold: count() })).toBe(1);
    }
    expect(await firstValueFrom(make(emits()), { defaultValue: 'none' })).toBe('none');
  });
});
