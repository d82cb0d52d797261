/** What a run hears of an Observable of RxJS is what a subscriber of RxJS hears, event by event. fast-check prints the seed of a failure. */
import { setMaxListeners } from 'node:events';
import { Run, run, startSelf } from '@anyasync/core';
import { toObservable } from '@anyasync/observable';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { strays } from '../../core/test/support.js';
import { piping, read, rx9 } from './libraries.js';
import { basics, interpret, type Listen, type Program, programs } from './programs.js';

/** A subscriber of the library itself, which can also leave inside subscribe. */
const plain =
  (rx: any): Listen =>
  (observable, hear) => {
    const subscriber = new rx.Subscriber(hear);
    observable.subscribe(subscriber);
    return { leave: () => subscriber.unsubscribe() };
  };

const ours: Listen = (observable, hear) => {
  class Hearing extends Run<void, unknown> {
    override next(item: unknown): void {
      if (this.active) hear.next(item);
    }
    protected override completed(): void {
      hear.complete();
    }
    protected override rejected(reason: unknown): void {
      hear.error(reason);
    }
    protected override stopped(): void {}
  }
  const hearing = new Hearing();
  run(startSelf, hearing, read(observable), []);
  return { leave: () => void hearing.cancel() };
};

const pass = async (ms: number): Promise<void> => {
  for (let i = 0; i <= ms; i++) {
    vi.advanceTimersByTime(i === 0 ? 0 : 1);
    for (let turn = 0; turn < 6; turn++) await null;
  }
};
/** The log of a program that begins with no timer of another one. */
const logOf: typeof interpret = (...given) => {
  vi.clearAllTimers();
  return interpret(...given);
};

/** What has ended is torn down before the end is passed on: a subscriber of RxJS hears the end first, its operators do the one or the other. */
function expectAsIn(expected: string[], heard: string[]): void {
  const isHeard = (line: string): boolean => !/^(teardown|(inner )?finalize)/.test(line);
  expect(heard.filter(isHeard)).toEqual(expected.filter(isHeard));
  expect(heard.sort()).toEqual(expected.sort());
}

describe.each(piping)('%s: the same log as of its own subscriber', (_name, rx) => {
  beforeEach(
    () =>
      void vi.useFakeTimers({
        toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
      }),
  );
  afterEach(() => void vi.useRealTimers());
  const both = async (program: Program): Promise<[string[], string[]]> => [
    await logOf(program, rx, ours, pass),
    await logOf(program, rx, plain(rx), pass),
  ];

  test('every source, and every operator as the last one', async () => {
    strays();
    for (const program of basics) {
      const [heard, expected] = await both(program);
      expectAsIn(expected, heard);
    }
  });

  test('2,000 random programs', { timeout: 60_000 }, async () => {
    strays();
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const [heard, expected] = await both(program);
        expectAsIn(expected, heard);
      }),
      { numRuns: 2000 },
    );
  });

  test('2,000 random programs over a source that was read and written again', {
    timeout: 60_000,
  }, async () => {
    strays();
    const { signal } = new AbortController(); // so that what comes back is not the source itself
    setMaxListeners(0, signal);
    const bridge = (source: any): any =>
      toObservable(read(source), { Observable: rx.Observable, signal } as never);
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const heard = await logOf(program, rx, plain(rx), pass, bridge);
        const expected = await logOf(program, rx, plain(rx), pass);
        expectAsIn(expected, heard);
      }),
      { numRuns: 2000 },
    );
  });

  test('500 random programs over a source that went through RxJS 9', { timeout: 60_000 }, async () => {
    strays();
    const bridge = (source: any): any =>
      toObservable(read(toObservable(read(source), { Observable: rx9.ColdObservable })), {
        Observable: rx.Observable,
      });
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const heard = await logOf(program, rx, plain(rx), pass, bridge);
        const expected = await logOf(program, rx, plain(rx), pass);
        expectAsIn(expected, heard);
      }),
      { numRuns: 500 },
    );
  });
});
