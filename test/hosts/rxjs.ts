/** What each version of RxJS is put through, with its own operators around what was converted. */
import { fromCallback, fromPromise, promisify } from 'anyasync';
import { firstValueFrom, fromObservable, toObservable } from 'anyasync/observable';
import { expect, test } from 'vitest';
import { testHost } from './host.js';

/** The versions' types differ; what is used of them does not. */
type Rx = any;
type Done = (error: Error | null, value?: number) => void;

/** Ends after a turn, unless it is cancelled. */
const work = {
  running: 0,
  read(n: number, done: Done): { cancel(): void } {
    work.running++;
    const immediate = setImmediate(() => {
      work.running--;
      if (n < 0) done(new RangeError('negative'));
      else done(null, n * 2);
    });
    return {
      cancel() {
        clearImmediate(immediate);
        work.running--;
      },
    };
  },
  never(_done: Done): { cancel(): void } {
    work.running++;
    return { cancel: () => void work.running-- };
  },
};

const doubled = (rx: Rx, n: number): Rx =>
  toObservable(fromCallback(work.read, n), { Observable: rx.Observable });

/** @param pipe - Applies operators, as the version does it. */
export function testRxjs(name: string, rx: Rx, pipe: (source: Rx, ...operators: Rx[]) => Rx): void {
  testHost<Rx>({
    name,
    converted: 'toObservable(fromCallback(fn, n), { Observable })',
    open: () => rx,
    same: [
      ['a value', () => firstValueFrom(doubled(rx, 4)), () => promisify(work.read)(4)],
      ['an error', () => firstValueFrom(doubled(rx, -1)), () => promisify(work.read)(-1)],
    ],
    slow: (_, options) =>
      firstValueFrom(
        toObservable(fromCallback(work.never), { Observable: rx.Observable }) as Rx,
        options as object,
      ),
    wasStopped: () => work.running === 0,
    works: async () => expect(await firstValueFrom(doubled(rx, 4))).toBe(8),
    more: () => {
      const log = (resource: string[], n: number): Rx =>
        new rx.Observable((subscriber: Rx) => {
          resource.push(`open ${n}`);
          const immediate = setImmediate(() => {
            subscriber.next(n);
            subscriber.complete();
          });
          const close = (): void => {
            clearImmediate(immediate);
            resource.push(`close ${n}`);
          };
          if (typeof subscriber.addTeardown === 'function') subscriber.addTeardown(close);
          return close;
        });

      test('concatMap: a source is torn down before its successor starts', async () => {
        const hop = (source: Rx): Rx =>
          toObservable(fromObservable(source), { Observable: rx.Observable, timeout: 10_000 });
        const seen: string[] = [];
        const all = pipe(
          rx.of(1, 2),
          rx.concatMap((n: number) => hop(log(seen, n))),
        );
        await new Promise<void>((complete) => all.subscribe({ complete }));
        expect(seen).toEqual(['open 1', 'close 1', 'open 2', 'close 2']);
      });

      test('retry calls the function again, and unsubscribing stops it', async () => {
        let calls = 0;
        const flaky = fromPromise(async () => {
          calls++;
          if (calls < 3) throw new Error('busy');
          return calls;
        });
        const source = pipe(toObservable(flaky, { Observable: rx.Observable }), rx.retry(2));
        expect(await firstValueFrom(source)).toBe(3);
      });

      test('switchMap: what is left is stopped', async () => {
        const never = (): Rx => toObservable(fromCallback(work.never), { Observable: rx.Observable });
        const latest = pipe(
          rx.of(1, 2),
          rx.switchMap((n: number) => (n === 1 ? never() : doubled(rx, n))),
        );
        expect(await firstValueFrom(latest)).toBe(4);
        expect(work.running).toBe(0);
      });
    },
  });
}

/** The way of RxJS 6 to 8. */
export const byPipe = (source: Rx, ...operators: Rx[]): Rx => source.pipe(...operators);
