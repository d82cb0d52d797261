/** Rules 28 to 31: sources that emit in a loop, re-entrancy, and teardowns. */
import { operation, toArray } from '@anyasync/core';
import { firstValueFrom, toObservable } from '@anyasync/observable';
import { toPromise } from '@anyasync/promise';
import { describe, expect, it, test } from 'vitest';
import { brief, record, strays, uncaught, unhandled } from '../../core/test/support.js';
import {
  constructors,
  type Emitter,
  type Library,
  later,
  libraries,
  listen,
  Platform,
  piping,
  read,
  rx7,
  synchronous,
  write,
} from './libraries.js';

describe('rule 28: a source that emits in a loop inside subscribe is stopped', () => {
  const loop = (made: number[]) => (emitter: Emitter) => {
    for (let i = 0; emitter.active() && i < 1000; i++) {
      made.push(i);
      emitter.next(i);
    }
  };
  test.each(synchronous)('%s: after one item, when it is read', async (_name, { make }) => {
    const made: number[] = [];
    expect(await firstValueFrom(make(loop(made)))).toBe(0);
    expect(made).toEqual([0]);
  });

  test.each(piping)(
    'theirs: an observer with a subscription that is not there yet lets %s make all 1000',
    (_name, rx) => {
      const made: number[] = [];
      const source = new rx.Observable((subscriber: any) => {
        for (let i = 0; !subscriber.closed && i < 1000; i++) {
          made.push(i);
          subscriber.next(i);
        }
      });
      let subscription: { unsubscribe(): void } | undefined;
      subscription = source.subscribe(() => subscription?.unsubscribe());
      expect(made.length).toBe(1000);
    },
  );

  test.each(piping)('%s: behind any operator, and in a chain of them', async (name, rx) => {
    const { map, mergeMap, switchMap, concatMap, filter, scan, tap, share, startWith, finalize } = rx;
    const of = rx.of;
    for (const operators of [
      [map((n: number) => n)],
      [filter(() => true), scan((all: number, n: number) => all + n, 0)],
      [tap(() => {}), finalize(() => {})],
      [mergeMap((n: number) => of(n))],
      [concatMap((n: number) => of(n)), map((n: number) => n)],
      [switchMap((n: number) => of(n, n))],
      [startWith(0)],
      ...(name === 'RxJS 6' ? [] : [[share()]]),
    ]) {
      const made: number[] = [];
      const source = new rx.Observable((subscriber: any) => {
        for (let i = 0; !subscriber.closed && i < 1000; i++) {
          made.push(i);
          subscriber.next(i);
        }
      });
      expect(await firstValueFrom(source.pipe(...operators))).toBe(0);
      expect(made.length).toBeLessThanOrEqual(1);
    }
  });

  test("theirs: RxJS 6's share() lets the loop run, also before its own take(1)", () => {
    const rx6 = piping[0]?.[1];
    const made: number[] = [];
    const source = new rx6.Observable((subscriber: any) => {
      for (let i = 0; !subscriber.closed && i < 1000; i++) {
        made.push(i);
        subscriber.next(i);
      }
    });
    source.pipe(rx6.share(), rx6.take(1)).subscribe();
    expect(made.length).toBe(1000);
  });

  const endless = operation<void, number>((receiver) => {
    for (let i = 0; receiver.active; i++) receiver.next(i);
  });
  test.each(piping)('%s, written: take(1) stops an endless one', (_name, rx) => {
    const log: string[] = [];
    listen((toObservable(endless, { Observable: rx.Observable }) as any).pipe(rx.take(1)), log);
    expect(log).toEqual(['next 0', 'complete']);
  });
  test.each(constructors.filter(([, { reason }]) => reason))(
    '%s, written: take(1) stops an endless one',
    (_name, library) => {
      const log: string[] = [];
      listen(write(endless, library).take(1), log);
      expect(log).toEqual(['next 0', 'complete']);
    },
  );
  it.skip('zen-observable, read: it keeps what is emitted inside subscribe until that has returned', () => {});
  it.skip('xstream and most, read: they give no handle before subscribe has returned, and what a loop goes on to emit is not heard', () => {});
  it.skip('zen-observable, written: it takes what is emitted inside subscribe into a buffer, and tells nobody to stop', () => {});

  test.each(constructors.filter(([, { sync }]) => sync))(
    '%s, written: who leaves inside next stops it as well',
    (_name, library) => {
      const log: string[] = [];
      const controller = new AbortController();
      const written = write(endless, library, { signal: controller.signal });
      listen(written, log, { next: (item: number) => item === 2 && controller.abort('enough') });
      expect(log).toEqual(['error enough']);
    },
  );
});

describe('rule 29: cancelling, subscribing and emitting inside a callback neither recurses nor ends twice', () => {
  test.each(libraries)('%s: cancel inside next', async (_name, { make }) => {
    const log: string[] = [];
    const emitters: Emitter[] = [];
    strays();
    const run = record(
      read(
        make((emitter) => {
          emitters.push(emitter);
          emitter.teardown(() => {
            log.push('teardown');
            emitter.next('in teardown');
            emitter.complete();
          });
        }),
      ),
    );
    run.next = (item: unknown) => {
      if (!run.active) return;
      log.push(`next ${item}`);
      run.cancel();
    };
    await later();
    emitters[0]?.next(1);
    emitters[0]?.next(2);
    await later();
    expect(log).toEqual(['next 1', 'teardown']);
    expect(run.log).toEqual([expect.stringContaining('cancelled')]);
  });

  test.each(libraries)('%s: subscribing inside next gives the other what comes', async (_name, library) => {
    const log: string[] = [];
    const emitters: Emitter[] = [];
    const source = library.make((emitter) => void emitters.push(emitter));
    const outer = record(read(source));
    const inner: ReturnType<typeof record>[] = [];
    outer.next = (item: unknown) => {
      log.push(`outer ${item}`);
      if (inner.length === 0) inner.push(record(read(source)));
    };
    await later();
    for (const item of [1, 2]) for (const emitter of [...emitters]) emitter.next(item);
    for (const emitter of emitters) emitter.complete();
    await later();
    expect(log).toEqual(['outer 1', 'outer 2']);
    expect(inner[0]?.log.at(-1)).toBe('complete');
    expect(inner[0]?.log).toContain('next 2');
  });

  test('the platform: who subscribes inside next, before the completion, hears only that; as it does without us', () => {
    const make = (): any =>
      new Platform((subscriber: Emitter) => {
        subscriber.next(1);
        subscriber.complete();
      });
    const theirs: string[] = [];
    const source = make();
    source.subscribe({ next: () => listen(source, theirs) });
    const ours: string[] = [];
    const read1 = make();
    const outer = record(read(read1));
    expect(outer.log).toEqual(['next 1', 'complete']);
    read1.subscribe({ next: () => ours.push(...record(read(read1)).log) });
    expect(theirs).toEqual(['complete']);
    expect(ours.length).toBeLessThanOrEqual(1);
  });
});

describe('rule 30: teardowns run in the order of the library, and what one throws is told and never thrown by a cancel', () => {
  const order = (library: Library): string[] => {
    const log: string[] = [];
    const source = library.make((emitter) => {
      for (const name of ['first', 'second']) emitter.teardown(() => log.push(name));
    });
    record(read(source)).cancel();
    return log;
  };
  test.each(piping)('%s: first added, first run', (name) => {
    expect(order(libraries.find(([each]) => each === name)?.[1] as Library)).toEqual(['first', 'second']);
  });
  test('the platform: last added, first run', () => {
    const [, library] = libraries.find(([name]) => name === 'the platform') as [string, Library];
    expect(order(library)).toEqual(['second', 'first']);
  });

  const mistake = new Error('in a teardown');
  test.each(libraries)('%s, read: cancel returns, and the error is heard once', async (_name, { make }) => {
    const heard = strays();
    let answer: boolean | undefined;
    const sent = await unhandled(async () => {
      const told = await uncaught(async () => {
        const source = make((emitter) =>
          emitter.teardown(() => {
            throw mistake;
          }),
        );
        answer = record(read(source)).cancel();
        await later();
      });
      expect([...told, ...heard.map(({ value }) => value)].map(inner)).toEqual([mistake]);
    });
    expect([answer, sent]).toEqual([true, []]);
  });
  /** RxJS wraps what its teardowns throw. */
  const inner = (error: any): unknown => error?.errors?.[0]?.errors?.[0] ?? error?.errors?.[0] ?? error;

  test.each(constructors)(
    '%s, written: unsubscribing does not throw what a teardown throws',
    async (_name, library) => {
      const heard = strays();
      const source = operation<void>((receiver) =>
        receiver.onCancel(() => {
          throw mistake;
        }),
      );
      listen(write(source, library), [])();
      expect(brief(heard)).toEqual([['thrown', mistake]]);
    },
  );

  test('theirs: RxJS 7 throws an UnsubscriptionError from unsubscribe', () => {
    const source = new rx7.Observable(() => () => {
      throw mistake;
    });
    const subscription = source.subscribe();
    expect(() => subscription.unsubscribe()).toThrow(rx7.UnsubscriptionError);
  });
});

describe('rule 31, the half of it that is about Observables: cancelling stops them whatever they wait for', () => {
  test.each(libraries)('%s, while nothing has come yet', async (_name, { make }) => {
    const log: string[] = [];
    const source = make((emitter) => emitter.teardown(() => log.push('teardown')));
    await expect(toPromise(read(source), { fold: toArray() as never, timeout: 1 })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    await later();
    expect(log).toEqual(['teardown']);
  });
  it.skip('Node streams, web streams and async iterators: tested in packages/iterable', () => {});
});
