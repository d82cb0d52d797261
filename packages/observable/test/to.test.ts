/** `toObservable` into every constructor. */
import { CancelledError, count, operation, TimeoutError } from '@anyasync/core';
import { fromObservable, toObservable } from '@anyasync/observable';
import { fromPromise } from '@anyasync/promise';
import { describe, expect, it, test } from 'vitest';
import { brief, strays } from '../../core/test/support.js';
import {
  constructorOf,
  constructors,
  type Library,
  later,
  listen,
  Platform,
  piping,
  rx7,
} from './libraries.js';

/** An operation whose receivers are kept. */
function source(): { operation: any; receivers: any[]; log: string[] } {
  const receivers: any[] = [];
  const log: string[] = [];
  const made = operation<any, any>((receiver) => {
    receivers.push(receiver);
    receiver.onCancel(() => log.push('teardown'));
  });
  return { operation: made, receivers, log };
}
const write = (from: any, library: Library, options: object = {}): any =>
  toObservable(from, { ...options, Observable: constructorOf(library) as never });

describe.each(constructors)('toObservable with the constructor of %s', (_name, library) => {
  const heardOf = async (start: (receiver: any) => void, options: object = {}): Promise<string[]> => {
    const log: string[] = [];
    listen(write(operation<any, any>(start), library, options), log);
    await later();
    return log;
  };

  test('makes one of that constructor, and starts nothing', () => {
    const { operation, receivers } = source();
    const written = write(operation, library);
    expect(written).toBeInstanceOf(library.Observable);
    expect(receivers).toEqual([]);
  });

  test('a value is emitted, and completes; undefined and null as well', async () => {
    for (const value of ['a', undefined, null, 0, '', false])
      expect(await heardOf((receiver) => receiver.resolve(value))).toEqual([`next ${value}`, 'complete']);
  });

  test('items are emitted as they come; the end of a stream emits nothing', async () => {
    const start = (receiver: any): void => {
      for (const item of ['a', undefined, 'b']) receiver.next(item);
      receiver.complete();
    };
    expect(await heardOf(start)).toEqual(['next a', 'next undefined', 'next b', 'complete']);
    expect(await heardOf((receiver) => receiver.complete())).toEqual(['complete']);
  });

  test('of items and a value, the value is the last; with next the items go there', async () => {
    const start = (receiver: any): void => {
      receiver.next('half');
      receiver.resolve('whole');
    };
    expect(await heardOf(start)).toEqual(['next half', 'next whole', 'complete']);
    const items: unknown[] = [];
    expect(await heardOf(start, { next: (item: unknown) => items.push(item) })).toEqual([
      'next whole',
      'complete',
    ]);
    expect(items).toEqual(['half']);
  });

  test('a fold makes one value of the items', async () => {
    const start = (receiver: any): void => {
      for (const item of ['a', 'b']) receiver.next(item);
      receiver.complete();
    };
    expect(await heardOf(start, { fold: count() })).toEqual(['next 2', 'complete']);
  });

  test('an error is the same object, whatever it is, also one that the start throws', async () => {
    for (const reason of [new Error('broken'), 'text', undefined, null, 0, { an: 'object' }]) {
      const heard: unknown[] = [];
      const reject = operation<number>((receiver) => receiver.reject(reason));
      const thrown = operation<number>(() => {
        throw reason;
      });
      for (const from of [reject, thrown])
        listen(write(from, library), [], { error: (error: unknown) => heard.push(error) });
      await later();
      expect(heard.every((error) => Object.is(error, reason)) && heard.length).toBe(2);
    }
  });

  test('an error after items keeps them', async () => {
    const start = (receiver: any): void => {
      receiver.next(1);
      receiver.reject(new Error('broken'));
    };
    expect(await heardOf(start)).toEqual(['next 1', 'error broken']);
  });

  test('a source that was cancelled is an error, with the reason it gave or with a CancelledError', async () => {
    expect(await heardOf((receiver) => receiver.abort('gone'))).toEqual(['error gone']);
    const heard: unknown[] = [];
    const aborted = operation<number>((receiver) => receiver.abort(undefined));
    listen(write(aborted, library), [], { error: (error: unknown) => heard.push(error) });
    await later();
    expect(heard).toEqual([expect.any(CancelledError)]);
  });

  test('unsubscribing before the end stops the run, after it nothing', async () => {
    const before = source();
    const leave = listen(write(before.operation, library), before.log);
    before.receivers[0].next(1);
    await later();
    leave();
    expect(before.log).toEqual(['next 1', 'teardown']);
    expect(before.receivers[0].active).toBe(false);
    const after = source();
    const leaveLate = listen(write(after.operation, library), after.log);
    after.receivers[0].resolve(1);
    await later();
    leaveLate();
    expect(after.log).toEqual(['next 1', 'complete']);
  });

  test('unsubscribing inside the next that brings the value: no complete, and no teardown of what has ended', async () => {
    const { operation, receivers, log } = source();
    const leave = listen(write(operation, library), log, {
      next: (item: unknown) => {
        log.push(`next ${item}`);
        leave();
      },
    });
    await later();
    receivers[0].resolve(1);
    await later();
    expect(log).toEqual(['next 1']);
  });

  test('each subscriber has its own run, which the other cannot end', async () => {
    if (library.shares) return;
    const { operation, receivers, log } = source();
    const [first, second]: [string[], string[]] = [[], []];
    const written = write(operation, library);
    const leave = listen(written, first);
    listen(written, second);
    await later();
    leave();
    receivers[0].next(1);
    receivers[1].next(2);
    receivers[1].complete();
    await later();
    expect([first, second, log]).toEqual([[], ['next 2', 'complete'], ['teardown']]);
  });

  test('what comes after the end is a stray, and heard by nobody', async () => {
    const heard = strays();
    const log = await heardOf((receiver) => {
      receiver.resolve(1);
      receiver.resolve(2);
      receiver.next(3);
      receiver.reject('late');
    });
    expect(log).toEqual(['next 1', 'complete']);
    expect(brief(heard)).toEqual([
      ['value', 2],
      ['item', 3],
      ['error', 'late'],
    ]);
  });

  test('a value that comes after the unsubscribing goes to dispose, an error and items are strays of a cancelled run', async () => {
    const heard = strays();
    const disposed: unknown[] = [];
    const { operation, receivers, log } = source();
    const dispose = (value: unknown): void => void disposed.push(value);
    listen(write(operation, library, { dispose }), log)();
    receivers[0].next('item');
    receivers[0].resolve('handle');
    expect(disposed).toEqual(['handle']);
    expect(heard).toMatchObject([{ kind: 'item', value: 'item', cancelled: true }]);
    expect(log).toEqual(['teardown']);
  });

  test('a signal and a timeout are errors, and stop the run', async () => {
    const controller = new AbortController();
    const stopped = source();
    listen(write(stopped.operation, library, { signal: controller.signal }), stopped.log);
    controller.abort('left');
    await later();
    expect(stopped.log).toEqual(['teardown', 'error left']);
    const late = source();
    const heard: unknown[] = [];
    listen(write(late.operation, library, { timeout: 1 }), late.log, {
      error: (error: unknown) => heard.push(error),
    });
    await later();
    expect([late.log, heard]).toEqual([['teardown'], [expect.any(TimeoutError)]]);
  });

  test('a promise is emitted later, and stays one value for who comes late', async () => {
    const log: string[] = [];
    const written = write(fromPromise(Promise.resolve('a')), library);
    listen(written, log);
    log.push('subscribed');
    await later();
    listen(written, log);
    await later();
    expect(log).toEqual(['subscribed', 'next a', 'complete', 'next a', 'complete']);
  });

  test('100,000 items inside subscribe are all heard', async () => {
    let heard = 0;
    const many = operation<void, number>((receiver) => {
      for (let i = 0; i < 100_000; i++) receiver.next(i);
      receiver.complete();
    });
    listen(write(many, library), [], { next: () => heard++ });
    await later();
    expect(heard).toBe(100_000);
  });

  test('bad input is refused at once, with what was passed', () => {
    const { operation } = source();
    const Observable = library.Observable;
    const cases: [unknown, object, string, unknown][] = [
      [undefined, { Observable }, 'operation', undefined],
      [Promise.resolve(), { Observable }, 'operation', expect.any(Promise)],
      [operation, { Observable: 'rxjs' }, 'Observable', 'rxjs'],
      [operation, { Observable: {} }, 'Observable', {}],
      [operation, { Observable: null }, 'Observable', null],
      [operation, { Observable, share: true }, 'share', true],
      [operation, { Observable, timeout: -1 }, 'timeout', -1],
      [operation, { Observable, cancel: 'kill' }, 'cancel', 'kill'],
      [operation, { Observable, context: 'mine' }, 'context', 'mine'],
      [operation, { Observable, signal: 1 }, 'signal', 1],
      [operation, { Observable, fold: 1 }, 'fold', 1],
      [operation, { Observable, dispose: 1 }, 'dispose', 1],
    ];
    for (const [from, options, argument, received] of cases)
      expect(() => toObservable(from as never, options as never)).toThrow(
        expect.objectContaining({ name: 'ArgumentError', code: 'ERR_INVALID_ARG_TYPE', argument, received }),
      );
    for (const options of [null, 1, 'rxjs'])
      expect(() => toObservable(operation, options as never)).toThrow(
        expect.objectContaining({ name: 'ArgumentError', argument: 'options', received: options }),
      );
  });
});

describe('the operators and means of the libraries work on what is written', () => {
  const flaky = (calls: number[]): any =>
    operation<number>((receiver) => {
      if (calls.push(1) < 3) receiver.reject(new Error('busy'));
      else receiver.resolve(calls.length);
    });
  test.each(piping)('%s: retry', (_name, rx) => {
    const log: string[] = [];
    const written: any = toObservable(flaky([]), { Observable: rx.Observable } as never);
    listen(written.pipe(rx.retry(2)), log);
    expect(log).toEqual(['next 3', 'complete']);
  });

  test.each(piping)(
    '%s: a loop before an operator that delays: the subscribers of RxJS 6 have an `active` of their own',
    async (_name, rx) => {
      const numbers = operation<void, number>((receiver) => {
        for (let i = 0; i < 2 && receiver.active; i++) receiver.next(i);
        receiver.complete();
      });
      const log: string[] = [];
      listen((toObservable(numbers, { Observable: rx.Observable }) as any).pipe(rx.delay(0)), log);
      await later();
      expect(log).toEqual(['next 0', 'next 1', 'complete']);
    },
  );

  /** As the proposal for the language had it: nothing is told to the function that emits, it may ask `closed`. */
  class Proposed {
    constructor(private readonly emit: (observer: object) => () => void) {}
    subscribe(observer: { next(item: unknown, leave: () => void): void }): void {
      const subscriber = {
        closed: false,
        next: (item: unknown) => subscriber.closed || observer.next(item, leave),
        error() {},
        complete() {},
      };
      const leave = (): void => {
        subscriber.closed = true;
      };
      this.emit(subscriber);
    }
  }
  test('of the old proposal: who leaves inside subscribe stops a loop', () => {
    let made = 0;
    const endless = operation<void, number>((receiver) => {
      while (receiver.active && made < 100) receiver.next(made++);
    });
    const seen: unknown[] = [];
    (toObservable(endless, { Observable: Proposed } as never) as unknown as Proposed).subscribe({
      next: (item, leave) => {
        if (seen.push(item) === 2) leave();
      },
    });
    expect([seen, made]).toEqual([[0, 1], 2]);
  });
  test('of the old proposal: who leaves inside subscribe stops a loop of RxJS that is read', () => {
    let made = 0;
    const endless = new rx7.Observable((subscriber: any) => {
      while (!subscriber.closed && made < 100) subscriber.next(made++);
    });
    const written = toObservable(fromObservable(endless), { Observable: Proposed } as never);
    (written as unknown as Proposed).subscribe({ next: (_item, leave) => leave() });
    expect(made).toBe(1);
  });

  test.each(constructors.filter(([, { reason }]) => reason))(
    'rule 26: %s: a signal that was aborted before starts nothing, or stops it at once',
    (_name, library) => {
      const log: string[] = [];
      const source = operation<void, number>((receiver) => {
        log.push('start');
        receiver.onCancel(() => log.push('stop'));
      });
      (write(source, library) as any).subscribe({}, { signal: AbortSignal.abort('before') });
      expect(log).toEqual([]);
    },
  );

  test('RxJS 7: repeat starts it anew, and switchMap stops the one before', () => {
    const { operation: never, receivers, log } = source();
    const starts = new rx7.Subject();
    const written = toObservable(never, { Observable: rx7.Observable } as never);
    const leave = listen(starts.pipe(rx7.switchMap(() => written)), log);
    starts.next();
    starts.next();
    expect([receivers.length, log]).toEqual([2, ['teardown']]);
    leave();
    expect(log).toEqual(['teardown', 'teardown']);
    const calls: number[] = [];
    const counting = operation<number>((receiver) => receiver.resolve(calls.push(1)));
    const heard: string[] = [];
    listen(
      (toObservable(counting, { Observable: rx7.Observable } as never) as any).pipe(rx7.repeat(3)),
      heard,
    );
    expect(heard).toEqual(['next 1', 'next 2', 'next 3', 'complete']);
  });

  test("the platform: its own operators and promises, and a signal's reason", async () => {
    const { operation: never, log } = source();
    const written: any = toObservable(never, { Observable: Platform } as never);
    const controller = new AbortController();
    const first = written.first({ signal: controller.signal });
    controller.abort('left');
    await expect(first).rejects.toBe('left');
    expect(log).toEqual(['teardown']);
    const numbers = operation<void, number>((receiver) => {
      for (const n of [1, 2, 3]) receiver.next(n);
      receiver.complete();
    });
    const all: any = toObservable(numbers, { Observable: Platform } as never);
    expect(await all.map((n: number) => n * 2).toArray()).toEqual([2, 4, 6]);
  });

  test('a class that extends a constructor is made of that class', () => {
    class Mine extends rx7.Observable {}
    const written = toObservable(fromObservable(rx7.of(1)), { Observable: Mine } as never);
    expect(written).toBeInstanceOf(Mine);
  });

  it.skip('xstream and most, written: their constructors take no function of a subscriber', () => {});
});
