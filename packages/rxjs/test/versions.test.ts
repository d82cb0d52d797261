/** With RxJS 6.5.3, 6, 7, 8 or 9 in the place of the installed one, all that is exported passes the same list. */
import { operation } from '@anyasync/core';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { brief, strays, turns } from '../../core/test/support.js';
import { libraries, listen } from '../../observable/test/libraries.js';

const load = (name: string): Promise<any> => import(name);
interface Version {
  readonly rxjs: () => Promise<any>;
  /** Its constructor; that of RxJS 9 is the platform's. */
  readonly Observable: () => any;
  readonly retry: (observable: any, count: number) => Promise<any>;
  readonly repeat: (observable: any, count: number) => Promise<any>;
  readonly take: (observable: any, count: number) => Promise<any>;
}
const pipes = (operators: any): Pick<Version, 'retry' | 'repeat' | 'take'> => ({
  retry: async (observable, count) => observable.pipe(operators.retry(count)),
  repeat: async (observable, count) => observable.pipe(operators.repeat(count)),
  take: async (observable, count) => observable.pipe(operators.take(count)),
});
const oldest = await load('rxjs6.5');
const rxjs6 = await load('rxjs6');
const rxjs7 = await load('rxjs');
const rxjs8 = await load('rxjs8');
const versions: Record<string, Version> = {
  'RxJS 6.5.3': {
    rxjs: async () => oldest,
    Observable: () => oldest.Observable,
    ...pipes(await load('rxjs6.5/operators/index.js')),
  },
  'RxJS 6': {
    rxjs: () => load('rxjs6'),
    Observable: () => rxjs6.Observable,
    ...pipes(await load('rxjs6/operators/index.js')),
  },
  'RxJS 7': { rxjs: () => Promise.resolve(rxjs7), Observable: () => rxjs7.Observable, ...pipes(rxjs7) },
  'RxJS 8': { rxjs: async () => rxjs8, Observable: () => rxjs8.Observable, ...pipes(rxjs8) },
  'RxJS 9': {
    rxjs: () => load('rxjs9'),
    Observable: () => (globalThis as any).Observable,
    retry: async (observable, count) => observable[(await load('rxjs9/retry')).retry]({ count }),
    repeat: async (observable, count) => observable[(await load('rxjs9/repeat')).repeat]({ count }),
    take: async (observable, count) => observable.take(count),
  },
};

describe.each(Object.entries(versions))(
  '%s installed',
  (_name, { rxjs, Observable, retry, repeat, take }) => {
    let ours: any;
    let installed: any;
    beforeAll(async () => {
      vi.resetModules();
      installed = await rxjs();
      vi.doMock('rxjs', () => installed);
      ours = await import('@anyasync/rxjs');
    });
    afterAll(() => void vi.doUnmock('rxjs'));
    const heard = (observable: any): string[] => {
      const log: string[] = [];
      listen(observable, log);
      return log;
    };
    const numbers = (count: number): any =>
      operation<void, number>((receiver) => {
        for (let i = 0; i < count && receiver.active; i++) receiver.next(i);
        receiver.complete();
      });

    test('what is written is one of its own; who comes later has a run of its own', () => {
      let runs = 0;
      const written = ours.toObservable(operation<number>((receiver) => receiver.resolve(++runs)));
      expect(written).toBeInstanceOf(Observable());
      expect([heard(written), heard(written)]).toEqual([
        ['next 1', 'complete'],
        ['next 2', 'complete'],
      ]);
    });

    test('there and back is the same object', () => {
      const source = new (Observable())(() => {});
      expect(ours.toObservable(ours.fromObservable(source))).toBe(source);
    });

    test('its operators stop an endless source', async () => {
      expect(heard(await take(ours.toObservable(numbers(Number.POSITIVE_INFINITY)), 2))).toEqual([
        'next 0',
        'next 1',
        'complete',
      ]);
    });

    test.each(libraries)('Observables of %s are read', async (_name, library) => {
      const source = library.make((emitter) => {
        emitter.next('a');
        emitter.complete();
      });
      expect(await ours.firstValueFrom(source)).toBe('a');
      expect(await ours.firstValueFrom(ours.toObservable(ours.fromObservable(source)))).toBe('a');
    });

    describe('bindNodeCallback', () => {
      test('calls for each subscriber, and for each retry', async () => {
        let calls = 0;
        const flaky = ours.bindNodeCallback((done: (error: unknown, value?: number) => void) =>
          ++calls < 3 ? done(new Error('busy')) : done(null, calls),
        );
        expect(calls).toBe(0);
        expect(heard(await retry(flaky(), 2))).toEqual(['next 3', 'complete']);
        expect([heard(flaky()), calls]).toEqual([['next 4', 'complete'], 4]);
      });
      test('calls again for each repeat', async () => {
        let calls = 0;
        const next = ours.bindNodeCallback((done: (error: null, value: number) => void) =>
          done(null, ++calls),
        );
        expect(heard(await repeat(next(), 3))).toEqual(['next 1', 'next 2', 'next 3', 'complete']);
      });
      test("{ share: 'replay' } calls once", () => {
        let calls = 0;
        const once = ours.bindNodeCallback(
          (done: (error: null, value: number) => void) => done(null, ++calls),
          { share: 'replay' },
        )();
        expect([heard(once), heard(once), calls]).toEqual([
          ['next 1', 'complete'],
          ['next 1', 'complete'],
          1,
        ]);
      });
      test('keeps this and arguments, and gives several values as asked', () => {
        const object = { prefix: 'a' };
        const bound = ours.bindNodeCallback(
          function (this: typeof object, key: string, done: (error: null, ...values: string[]) => void) {
            done(null, this.prefix, key);
          },
          { values: 'all' },
        );
        expect(heard(bound.call(object, 'b'))).toEqual(['next a,b', 'complete']);
      });
      test('an error, and what the call throws, are errors each time', () => {
        const error = new Error('broken');
        const failing = ours.bindNodeCallback((done: (error: unknown) => void) => done(error))();
        const throwing = ours.bindNodeCallback(() => {
          throw error;
        })();
        for (const each of [failing, failing, throwing, throwing])
          expect(heard(each)).toEqual(['error broken']);
      });
      test('leaving stops what was started, once, and what comes then is a stray of a cancelled run', async () => {
        const log: string[] = [];
        let finish = (_error: null, _value: string): void => {};
        const never = ours.bindNodeCallback((done: typeof finish) => {
          finish = done;
          return { abort: () => log.push('aborted') };
        });
        const leave = listen(never(), log);
        leave();
        leave();
        const found = strays();
        finish(null, 'late');
        await turns();
        expect([log, brief(found)]).toEqual([['aborted'], [['value', 'late']]]);
      });
      test('with a signal and a timeout', async () => {
        const never = ours.bindNodeCallback((_done: () => void) => {});
        expect(heard(never.with({ signal: AbortSignal.abort('left') })())).toEqual(['error left']);
        await expect(ours.firstValueFrom(never.with({ timeout: 1 })())).rejects.toMatchObject({
          name: 'TimeoutError',
        });
      });
    });

    test('bindCallback', () => {
      const half = ours.bindCallback((n: number, done: (half: number) => void) => done(n / 2));
      expect(heard(half(8))).toEqual(['next 4', 'complete']);
    });

    describe('firstValueFrom and lastValueFrom', () => {
      const empty = (): any => ours.toObservable(numbers(0));
      test('the first and the last value, and a default', async () => {
        const three = ours.toObservable(numbers(3));
        expect([await ours.firstValueFrom(three), await ours.lastValueFrom(three)]).toEqual([0, 2]);
        expect(await ours.firstValueFrom(empty(), { defaultValue: undefined })).toBe(undefined);
        expect(await ours.lastValueFrom(empty(), { defaultValue: 7 })).toBe(7);
      });
      test('without a value its own EmptyError, or a class of your own', async () => {
        class Mine extends Error {}
        for (const from of [ours.firstValueFrom, ours.lastValueFrom]) {
          for (const options of [undefined, {}, { EmptyError: undefined }, { timeout: 100 }])
            await expect(from(empty(), options)).rejects.toBeInstanceOf(installed.EmptyError);
          await expect(from(empty())).rejects.toMatchObject({ name: 'EmptyError' });
          await expect(from(empty(), { EmptyError: Mine })).rejects.toBeInstanceOf(Mine);
        }
      });
      test('cancelling is its reason, never an EmptyError, and stops the source', async () => {
        const log: string[] = [];
        const never = ours.toObservable(
          operation<number>((receiver) => receiver.onCancel(() => log.push('teardown'))),
        );
        const reason = { why: 'left' };
        const controller = new AbortController();
        const result = ours.firstValueFrom(never, { signal: controller.signal });
        controller.abort(reason);
        await expect(result).rejects.toBe(reason);
        await expect(ours.lastValueFrom(never, { timeout: 1 })).rejects.toMatchObject({
          name: 'TimeoutError',
        });
        expect(log).toEqual(['teardown', 'teardown']);
      });
      test('bad input is refused at once', () => {
        for (const from of [ours.firstValueFrom, ours.lastValueFrom]) {
          expect(() => from(Promise.resolve(1))).toThrow(expect.objectContaining({ argument: 'observable' }));
          for (const options of [null, 1])
            expect(() => from(empty(), options)).toThrow(
              expect.objectContaining({ argument: 'options', received: options }),
            );
          expect(() => from(empty(), { EmptyError: 1 })).toThrow(
            expect.objectContaining({ argument: 'EmptyError' }),
          );
          expect(() => from(empty(), { timeout: -1 })).toThrow(
            expect.objectContaining({ argument: 'timeout' }),
          );
        }
        for (const options of [null, 1])
          expect(() => ours.toObservable(numbers(1), options)).toThrow(
            expect.objectContaining({ argument: 'options' }),
          );
      });
    });
  },
);
