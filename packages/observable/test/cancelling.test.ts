/** Rules 24 to 27: how a source is stopped. */
import { getEventListeners, setMaxListeners } from 'node:events';
import { CancelledError, convert, first, operation } from '@anyasync/core';
import { firstValueFrom, observable, observableConvention } from '@anyasync/observable';
import { fromPromise, promise } from '@anyasync/promise';
import { describe, expect, test } from 'vitest';
import { record, strays } from '../../core/test/support.js';
import {
  constructors,
  type Emitter,
  later,
  libraries,
  listen,
  never,
  Platform,
  read,
  rx7,
  synchronous,
  write,
} from './libraries.js';

describe('rule 24: leaving calls the cancel of the source exactly once, before it returns, and never after an end', () => {
  test.each(libraries)('%s, read', async (_name, { make, stopsLater }) => {
    const log: string[] = [];
    const source = make((emitter) => emitter.teardown(() => log.push('teardown')));
    const run = record(read(source));
    expect(run.cancel()).toBe(true);
    log.push('cancelled');
    expect(run.cancel()).toBe(false);
    await later();
    expect(log).toEqual(stopsLater ? ['cancelled', 'teardown'] : ['teardown', 'cancelled']);
  });

  test.each(constructors)('%s, written', (_name, library) => {
    const log: string[] = [];
    const leave = listen(write(never(log), library), log);
    leave();
    log.push('left');
    leave();
    expect(log).toEqual(['start', 'teardown', 'left']);
  });

  test.each(libraries)(
    '%s, read: the teardown runs once at each end, and a cancel after it does nothing',
    async (_name, { make }) => {
      for (const end of ['complete', 'error'] as const) {
        const log: string[] = [];
        const run = record(
          read(
            make((emitter) => {
              emitter.teardown(() => log.push('teardown'));
              emitter[end]('error');
            }),
          ),
        );
        await later();
        expect(run.cancel()).toBe(false);
        expect(log).toEqual(['teardown']);
      }
    },
  );

  test.each(constructors)(
    '%s, written: no cancel after a value, a completion or an error',
    async (_name, library) => {
      for (const end of ['resolve', 'complete', 'reject'] as const) {
        const log: string[] = [];
        const ended: any = operation<any, any>((receiver: any) => {
          receiver.onCancel(() => log.push('teardown'));
          receiver[end](0);
        });
        const leave = listen(write(ended, library), []);
        await later();
        leave();
        expect(log).toEqual([]);
      }
    },
  );

  test.each(constructors)(
    '%s, written: leaving inside next cancels once, before the next item is asked for',
    async (_name, library) => {
      const log: string[] = [];
      const source = operation<void, number>((receiver) => {
        receiver.onCancel(() => log.push('teardown'));
        setTimeout(() => {
          for (const n of [1, 2, 3]) receiver.next(n);
          log.push(`active ${receiver.active}`);
        });
      });
      strays();
      const leave = listen(write(source, library), log, {
        next: (item: number) => {
          log.push(`next ${item}`);
          leave();
        },
      });
      await later();
      expect(log).toEqual(['next 1', 'teardown', 'active false']);
    },
  );
});

describe('rule 25: no abort listener is left, on whichever end', () => {
  const counted = (controller: AbortController): number =>
    getEventListeners(controller.signal, 'abort').length;
  const ends: Record<string, (emitter: Emitter) => void> = {
    value: (emitter) => emitter.next(1),
    complete: (emitter) => emitter.complete(),
    error: (emitter) => emitter.error('error'),
    'value later': (emitter) => void queueMicrotask(() => emitter.next(1)),
    throw: () => {
      throw new Error('thrown');
    },
  };
  test.each(synchronous)('%s: 10,000 conversions on one signal, as promises', async (_name, { make }) => {
    strays();
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    for (const producer of Object.values(ends)) {
      const all = Array.from({ length: 2000 }, () =>
        firstValueFrom(make(producer), { signal: controller.signal }),
      );
      await Promise.allSettled(all);
    }
    expect(counted(controller)).toBe(0);
  });

  test.each(constructors)(
    '%s: 10,000 subscriptions to what is written with one signal',
    async (_name, library) => {
      const controller = new AbortController();
      const value = operation<number>((receiver) => receiver.resolve(1));
      const written = write(value, library, { signal: controller.signal });
      for (let i = 0; i < 5000; i++) listen(written, []);
      for (let i = 0; i < 5000; i++) listen(write(never([]), library, { signal: controller.signal }), [])();
      await later();
      expect(counted(controller)).toBe(0);
    },
  );

  test.each(constructors.filter(([, { reason }]) => reason))(
    "%s: nor on the subscriber's own signal",
    (_name, library) => {
      const controller = new AbortController();
      for (let i = 0; i < 1000; i++)
        write(
          operation<number>((receiver) => receiver.resolve(i)),
          library,
        ).subscribe({}, { signal: controller.signal });
      expect(counted(controller)).toBe(0);
    },
  );
});

describe('rule 26: with a signal that is aborted already the source is never started', () => {
  const signal = AbortSignal.abort('left');
  test.each(libraries)('%s, read', async (_name, { make }) => {
    const log: string[] = [];
    await expect(
      firstValueFrom(
        make(() => log.push('start')),
        { signal },
      ),
    ).rejects.toBe('left');
    expect(log).toEqual([]);
  });

  test.each(constructors)('%s, written', async (_name, library) => {
    const log: string[] = [];
    listen(write(never(log), library, { signal }), log);
    await later();
    expect(log).toEqual(['error left']);
  });

  test.each(libraries)(
    '%s: a function that aborts the signal before it returns its Observable',
    async (_name, { make }) => {
      const log: string[] = [];
      const controller = new AbortController();
      const source = make((emitter) => {
        log.push('start');
        emitter.teardown(() => log.push('teardown'));
      });
      const call = (convert as any)(
        () => {
          controller.abort('left');
          return source;
        },
        observable,
        promise,
        { fold: first() },
      );
      await expect(call.with({ signal: controller.signal })()).rejects.toBe('left');
      await later();
      expect(log).toEqual([]);
    },
  );
});

describe('rule 27: leaving stops a run that is owned, and only leaves one that is not', () => {
  test.each(constructors)('%s: a function of the signal is aborted', (_name, library) => {
    const signals: AbortSignal[] = [];
    const source = fromPromise((signal) => {
      signals.push(signal);
      return new Promise<number>(() => {});
    });
    const leave = listen(write(source, library), []);
    leave();
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  test.each(constructors)('%s: a promise is only left, and others still hear it', async (_name, library) => {
    const log: string[] = [];
    let resolve = (_value: string): void => {};
    const source = fromPromise(new Promise<string>((done) => (resolve = done)));
    listen(write(source, library), log)();
    listen(write(source, library), log);
    resolve('a');
    await later();
    expect(log).toEqual(['next a', 'complete']);
  });

  test.each(constructors)(
    "%s: { cancel: 'detach' } leaves a run alone that it owns, and 'stop' is the default",
    (_name, library) => {
      const log: string[] = [];
      for (const cancel of ['detach', 'stop', undefined])
        listen(write(never(log), library, { cancel }), [])();
      expect(log).toEqual(['start', 'start', 'teardown', 'start', 'teardown']);
    },
  );
});

test('a converted function stops what it called, once, when its subscriber leaves', () => {
  const log: string[] = [];
  const interval = (): any =>
    new rx7.Observable((subscriber: any) => {
      subscriber.next(1);
      return () => log.push('teardown');
    });
  const style = observableConvention({ Observable: Platform });
  const written = (convert as any)(interval, observableConvention({ Observable: rx7.Observable }), style)();
  listen(written, log)(new CancelledError());
  expect(log).toEqual(['next 1', 'teardown']);
});
