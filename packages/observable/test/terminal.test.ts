/** Rules 18 to 23: one end, and the errors around it. */
import { CancelledError, first, onStray, operation, outcome, toArray } from '@anyasync/core';
import { firstValueFrom, lastValueFrom, toObservable } from '@anyasync/observable';
import { toPromise } from '@anyasync/promise';
import { describe, expect, test } from 'vitest';
import { brief, Recorder, record, strays, uncaught, unhandled } from '../../core/test/support.js';
import {
  constructorOf,
  constructors,
  type Emitter,
  later,
  libraries,
  listen,
  Platform,
  piping,
  read,
  rx6,
  rx7,
  synchronous,
} from './libraries.js';

const error = new Error('late');
/** What the host hears as uncaught: some libraries report from a timer. */
const reported = (during: () => unknown): Promise<unknown[]> =>
  uncaught(async () => {
    await during();
    await later();
  });

describe('rule 18: exactly one end, nothing after it, and what comes late is told', () => {
  test.each(libraries)('%s: nothing is heard after complete, nor after error', async (_name, { make }) => {
    strays();
    for (const end of ['complete', 'error'] as const) {
      const recorder = record(
        read(
          make((emitter) => {
            emitter.next(1);
            emitter[end]('first');
            emitter.next(2);
            emitter.complete();
            emitter.next(3);
          }),
        ),
      );
      await later();
      expect(recorder.log).toEqual(['next 1', end === 'complete' ? 'complete' : 'error first']);
    }
  });

  const twice = ({ next, complete, error: fail }: Emitter): void => {
    next(1);
    complete();
    fail(error);
    next(2);
  };
  test('RxJS 7: an item or an error after the end is a stray', () => {
    const heard = strays();
    const source = new rx7.Observable((subscriber: Emitter) => {
      twice({
        ...subscriber,
        next: (item) => subscriber.next(item),
        error: (e) => subscriber.error(e),
        complete: () => subscriber.complete(),
      });
    });
    record(read(source));
    expect(brief(heard)).toEqual([
      ['error', error],
      ['item', 2],
    ]);
    expect(heard.every(({ cancelled }) => !cancelled)).toBe(true);
  });

  test.each(piping)(
    'theirs: %s drops a late error in silence, and so for us where it wraps the observer',
    async (name, rx) => {
      const heard = strays();
      const source = new rx.Observable((subscriber: Emitter) => {
        subscriber.complete();
        subscriber.error(error);
      });
      const log: string[] = [];
      const told = await reported(() => listen(source, log));
      expect([log, told]).toEqual([['complete'], []]);
      record(read(source));
      expect(brief(heard)).toEqual(name === 'RxJS 7' ? [['error', error]] : []);
    },
  );

  test('theirs: the platform reports a late error to the host, for us as well', async () => {
    const source = new Platform((subscriber: Emitter) => {
      subscriber.complete();
      subscriber.error(error);
    });
    const log: string[] = [];
    expect(await reported(() => listen(source, log))).toEqual([error]);
    expect(await reported(() => record(read(source)))).toEqual([error]);
    expect(log).toEqual(['complete']);
  });
});

describe('rule 19: cancelled is a third end, neither complete nor error', () => {
  test.each(constructors)('%s: who unsubscribes hears nothing', async (_name, library) => {
    const log: string[] = [];
    const source = operation<void, number>((receiver) => {
      receiver.next(1);
      receiver.onCancel(() => log.push('teardown'));
    });
    const leave = listen(toObservable(source, { Observable: constructorOf(library) as never }), log);
    await later();
    leave();
    await later();
    expect(log).toEqual(['next 1', 'teardown']);
  });

  test.each(constructors)(
    '%s: a source that somebody else cancelled is an error, not a completion',
    async (_name, library) => {
      const log: string[] = [];
      const source = operation<void, number>((receiver) =>
        receiver.abort(new CancelledError('by somebody else')),
      );
      listen(toObservable(source, { Observable: constructorOf(library) as never }), log);
      await later();
      expect(log).toEqual(['error by somebody else']);
    },
  );

  test.each(libraries)('%s: an error that says cancelled is read as cancelled', async (_name, { make }) => {
    const reason = new CancelledError();
    const ended = await outcome(read(make((emitter) => emitter.error(reason))));
    expect(ended).toEqual({ status: 'cancelled', reason });
  });

  test.each(libraries)('%s: a signal is never an EmptyError', async (_name, { make }) => {
    const controller = new AbortController();
    const reason = new Error('left');
    const both = [firstValueFrom, lastValueFrom].map((from) =>
      from(
        make(() => {}),
        { signal: controller.signal, defaultValue: 'none' },
      ),
    );
    controller.abort(reason);
    for (const each of both) await expect(each).rejects.toBe(reason);
  });

  test("theirs: abort by takeUntil, and RxJS 7's firstValueFrom says EmptyError", async () => {
    const abort = new rx7.Subject();
    const result = rx7.firstValueFrom(rx7.NEVER.pipe(rx7.takeUntil(abort)));
    abort.next();
    await expect(result).rejects.toMatchObject({ name: 'EmptyError' });
  });
});

describe("rule 20: the signal's reason is the rejection, the same object", () => {
  test.each(libraries)('%s', async (_name, { make }) => {
    const log: unknown[] = [];
    for (const reason of [{ an: 'object' }, 'text', new Error('error'), null, 0]) {
      const controller = new AbortController();
      const source = make((emitter) => emitter.teardown((told) => log.push(told)));
      const result = firstValueFrom(source, { signal: controller.signal });
      controller.abort(reason);
      expect(await result.catch((heard) => [heard])).toEqual([reason]);
    }
  });

  test.each(libraries.filter(([, { reason }]) => reason))(
    '%s: its source hears the same reason',
    (_name, { make }) => {
      const reason = { an: 'object' };
      const controller = new AbortController();
      const told: unknown[] = [];
      const source = make((emitter) => emitter.teardown((why) => told.push(why)));
      firstValueFrom(source, { signal: controller.signal }).catch(() => {});
      controller.abort(reason);
      expect(told[0]).toBe(reason);
    },
  );

  test.each(constructors.filter(([, { reason }]) => reason))(
    '%s: written, the run hears the reason',
    (_name, library) => {
      const told: unknown[] = [];
      const source = operation<void, number>((receiver) => receiver.onCancel((why) => told.push(why)));
      const reason = { an: 'object' };
      listen(toObservable(source, { Observable: constructorOf(library) as never }), [])(reason);
      expect(told[0]).toBe(reason);
    },
  );
});

describe('rule 21: an observer that throws kills neither the producer nor the other observers, and is reported once', () => {
  const mistake = new Error('in an observer');
  test.each(constructors)(
    '%s: written, all items and the end are made, and heard by the others',
    async (name, library) => {
      const made: string[] = [];
      const heard: string[] = [];
      const log: string[] = [];
      const source = operation<void, number>((receiver) => {
        for (const n of [1, 2, 3]) {
          made.push(`${n} ${receiver.active}`);
          receiver.next(n);
        }
        receiver.complete();
      });
      const written = toObservable(source, { Observable: constructorOf(library) as never });
      const told = await reported(async () => {
        listen(written, log, {
          next: (item: number) => {
            log.push(`next ${item}`);
            if (item === 1) throw mistake;
          },
        });
        listen(written, heard);
        await later();
      });
      expect(heard).toEqual(['next 1', 'next 2', 'next 3', 'complete']);
      expect(told).toEqual([mistake]);
      expect(log).toEqual(name === 'RxJS 6' ? ['next 1'] : heard); // RxJS 6 closes the one that threw
      const all = ['1 true', '2 true', '3 true'];
      expect(made).toEqual(name === 'RxJS 6' ? ['1 true', '2 false', '3 false', ...all] : [...all, ...all]);
    },
  );

  test('theirs: RxJS 6 stops delivering to an observer that threw', async () => {
    const log: string[] = [];
    const next = (item: number): void => {
      log.push(`next ${item}`);
      throw mistake;
    };
    expect(await reported(() => rx6.of(1, 2, 3).subscribe(next))).toEqual([mistake]);
    expect(log).toEqual(['next 1']);
  });

  test.each(libraries)(
    '%s: what our own consumer throws is a stray, and the rest is heard',
    async (_name, { make }) => {
      const heard = strays();
      const log: unknown[] = [];
      const source = make((emitter) => {
        for (const n of [1, 2, 3]) emitter.next(n);
        emitter.complete();
      });
      const next = (item: unknown): void => {
        log.push(item);
        throw mistake;
      };
      await toPromise(read(source), { next });
      expect(log).toEqual([1, 2, 3]);
      expect(brief(heard)).toEqual([1, 2, 3].map(() => ['thrown', mistake]));
    },
  );
});

describe('rule 22: what a source rejects with after the unsubscribing is silence by default, and a stray for who asks', () => {
  const failing = (after: { fail?: () => void }): any =>
    operation<number>((receiver) => {
      after.fail = () => receiver.reject(error);
    });
  test.each(constructors)('%s, written', async (_name, library) => {
    const after: { fail?: () => void } = {};
    const written = toObservable(failing(after), { Observable: constructorOf(library) as never });
    const log: string[] = [];
    listen(written, log)();
    expect(await reported(() => after.fail?.())).toEqual([]);
    const heard = strays();
    listen(written, log)();
    after.fail?.();
    expect(heard).toMatchObject([{ kind: 'error', value: error, cancelled: true }]);
    expect(log).toEqual([]);
  });

  test('RxJS 7, read: an error after the unsubscribing', async () => {
    let fail = (): void => {};
    const source = new rx7.Observable((subscriber: Emitter) => {
      fail = () => subscriber.error(error);
    });
    record(read(source)).cancel();
    expect(await reported(() => fail())).toEqual([]);
    const heard = strays();
    record(read(source)).cancel();
    fail();
    expect(heard).toMatchObject([{ kind: 'error', value: error, cancelled: true }]);
  });
});

describe('rule 23: no unhandled rejection that is none, and none that is swallowed', () => {
  test.each(synchronous)('%s: a source that fails inside subscribe', async (_name, { make }) => {
    const source = (): any => make((emitter) => emitter.error(error));
    const heard: unknown[] = [];
    const quiet = await unhandled(() => firstValueFrom(source()).catch((reason) => heard.push(reason)));
    expect([heard, quiet]).toEqual([[error], []]);
    expect(await unhandled(() => void firstValueFrom(source()))).toEqual([error]);
  });

  test.each(constructors)(
    '%s: written and without an error handler, the library reports it, once',
    async (_name, library) => {
      const failed = operation<number>((receiver) => receiver.reject(error));
      const written: any = toObservable(failed, { Observable: constructorOf(library) as never });
      const told = await reported(() => written.subscribe({ next: () => {} }));
      expect(told).toEqual([error]);
    },
  );

  test.each(libraries)('%s: the error is the same object, whatever it is', async (_name, { make }) => {
    for (const reason of [error, 'text', undefined, null, 0, { an: 'object' }]) {
      const recorder = record(read(make((emitter) => emitter.error(reason))));
      await later();
      expect([recorder.log.length, recorder.end]).toEqual([1, reason]);
      const rejected = toPromise(read(make((emitter) => emitter.error(reason))), { fold: first() as never });
      expect(await rejected.catch((heard) => [heard])).toEqual([reason]);
    }
  });

  test.each(synchronous)('%s: what its function throws is the error', async (_name, { make }) => {
    const source = make((emitter) => {
      emitter.next(1);
      throw error;
    });
    const recorder = record(read(source));
    expect(recorder.log).toEqual(['next 1', 'error late']);
    await expect(toPromise(read(source), { fold: toArray() as never })).rejects.toBe(error);
  });

  test('a listener of strays that is gone hears nothing more', () => {
    const heard: unknown[] = [];
    onStray((stray) => {
      stray.preventDefault();
      heard.push(stray);
    })();
    new Recorder().cancel();
    expect(heard).toEqual([]);
  });
});
