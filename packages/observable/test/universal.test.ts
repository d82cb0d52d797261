/** The one observer that all libraries hear as theirs: what it must not keep, and the forms in which RxJS talks to it. */
import { operation } from '@anyasync/core';
import { firstValueFrom, toObservable } from '@anyasync/observable';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { brief, record, strays, uncaught } from '../../core/test/support.js';
import { later, listen, piping, read, rx7 } from './libraries.js';

/** How many finalizers the observer of a run holds, with those that its own finalizers hold. */
const kept = (run: object): number => held((run as any)._slot.finalizers);
function held(finalizers: unknown): number {
  const all =
    finalizers instanceof Set
      ? [...finalizers]
      : Array.isArray(finalizers)
        ? finalizers
        : [finalizers ?? []].flat();
  const inside = all.map((each) => (each as any)._finalizers ?? (each as any)._subscriptions ?? []);
  return all.length + inside.reduce((sum: number, list: any) => sum + (list.length ?? list.size), 0);
}

describe.each(piping)('%s: 10,000 inner subscriptions leave nothing behind', (name, rx) => {
  const subjectBehind = (...last: any[]): { run: ReturnType<typeof record>; subject: any } => {
    const subject = new rx.Subject();
    return { subject, run: record(read(subject.pipe(...last))) };
  };
  const operators: [string, () => any, number?][] = [
    ['mergeMap', () => rx.mergeMap((n: number) => rx.of(n))],
    ['mergeMap of what ends later', () => rx.mergeMap(() => Promise.resolve(1))],
    ['concatMap', () => rx.concatMap((n: number) => rx.of(n, n))],
    ['switchMap', () => rx.switchMap(() => rx.NEVER)],
    ['exhaustMap', () => rx.exhaustMap((n: number) => rx.of(n))],
    ['expand', () => rx.expand(() => rx.EMPTY)],
    ['observeOn(queue)', () => rx.observeOn(rx.queueScheduler)],
    ['observeOn(asap)', () => rx.observeOn(rx.asapScheduler)],
    ['delayWhen', () => rx.delayWhen(() => rx.of(1))],
    ['windowCount', () => rx.pipe(rx.windowCount(1), rx.mergeAll())],
    [
      'groupBy',
      () =>
        rx.pipe(
          rx.groupBy((n: number) => n),
          rx.mergeMap((group: any) => group.pipe(rx.take(1))),
        ),
    ],
    ['catchError', () => rx.mergeMap(() => rx.throwError(() => 0).pipe(rx.catchError(() => rx.of(1))))],
    ['share', () => rx.share()],
    ['debounceTime', () => rx.debounceTime(1)],
    ['throttle', () => rx.throttle(() => rx.of(1))],
  ];
  test.each(operators)('%s as the last operator', async (operator, make) => {
    const { run, subject } = subjectBehind(make());
    for (let i = 0; i < 10_000; i++) subject.next(i);
    await later();
    const isItsOwnLeak = name === 'RxJS 8' && operator === 'observeOn(queue)'; // it keeps what has ended before it is added
    expect(kept(run)).toBeLessThan(isItsOwnLeak ? 10_012 : 12);
    run.cancel();
    expect(subject.observers?.length ?? (subject.observed ? 1 : 0)).toBe(0);
  });
});

describe.each(piping)('%s: timers for ever', (_name, rx) => {
  const fails = rx.throwError(rx.firstValueFrom ? () => 0 : 0);
  afterEach(() => void vi.useRealTimers());
  test.each([
    ['interval', () => rx.interval(1)],
    ['repeat', () => rx.timer(1).pipe(rx.repeat())],
    [
      'retry',
      () =>
        rx.timer(1).pipe(
          rx.mergeMap((n: number) => rx.concat(rx.of(n), fails)),
          rx.retry(),
        ),
    ],
    ['timer', () => rx.timer(1, 1)],
    ['bufferTime', () => rx.interval(1).pipe(rx.bufferTime(1))],
    ['bufferTime that overlaps', () => rx.interval(1).pipe(rx.bufferTime(1, 1))],
    ['observeOn(async)', () => rx.interval(1).pipe(rx.observeOn(rx.asyncScheduler))],
    ['mergeMap of timers', () => rx.interval(1).pipe(rx.mergeMap(() => rx.timer(1)))],
    ['switchMap of timers', () => rx.interval(2).pipe(rx.switchMap(() => rx.interval(1)))],
  ])('%s: 10,000 ticks keep nothing, and cancelling clears the timer', (_what, make) => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    const run = record(read(make()));
    vi.advanceTimersByTime(10_000);
    expect(run.log.length).toBeGreaterThan(4_000);
    expect(kept(run)).toBeLessThan(12);
    run.cancel();
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('a source that adds to its subscriber', () => {
  /** Everything that is added is called once, in the order in which it was added. */
  const adding = (log: string[], end: 'complete' | 'none'): any =>
    new rx7.Observable((subscriber: any) => {
      const add =
        (name: string): (() => void) =>
        () =>
          void log.push(name);
      const twice = { unsubscribe: add('twice') };
      const ended = new rx7.Subscription(add('ended before'));
      const removed = add('removed');
      ended.unsubscribe();
      subscriber.add(add('function'));
      subscriber.add(new rx7.Subscription(add('subscription')));
      subscriber.add(twice);
      subscriber.add(twice);
      subscriber.add(ended);
      for (const nothing of [undefined, null, subscriber]) subscriber.add(nothing);
      subscriber.add(removed);
      subscriber.remove(removed);
      subscriber.remove(add('never added'));
      if (end === 'complete') subscriber.complete();
      subscriber.add(add('late function'));
      subscriber.add({ unsubscribe: add('late object') });
      return { unsubscribe: add('returned') };
    });
  const all = [
    'ended before',
    'function',
    'subscription',
    'twice',
    'late function',
    'late object',
    'returned',
  ];
  test('to a run that is cancelled', () => {
    const log: string[] = [];
    record(read(adding(log, 'none'))).cancel();
    expect(log).toEqual(all);
  });
  test('to a run that has ended', () => {
    const log: string[] = [];
    expect(record(read(adding(log, 'complete'))).log).toEqual(['complete']);
    expect(log).toEqual(all);
  });
  test('as RxJS 7 itself does it', () => {
    const log: string[] = [];
    adding(log, 'complete').subscribe();
    const ours: string[] = [];
    record(read(adding(ours, 'complete')));
    expect(log.filter((line) => line === 'twice').length).toBe(2); // RxJS 8 keeps a set, as we do
    expect([...new Set(log)]).toEqual(ours);
  });

  test('and that unsubscribes its subscriber itself: the run hears no more, and can still be cancelled', () => {
    const log: string[] = [];
    let subscriber: any;
    const run = record(
      read(
        new rx7.Observable((given: any) => {
          subscriber = given;
          return () => log.push('teardown');
        }),
      ),
    );
    subscriber.unsubscribe();
    subscriber.unsubscribe();
    expect([log, subscriber.closed]).toEqual([['teardown'], true]);
    run.cancel();
    expect(log).toEqual(['teardown']);
  });

  test('a class of its own that extends Subscriber, as operators were written for RxJS 6', () => {
    for (const [, rx] of piping.filter(([name]) => name !== 'RxJS 8')) {
      class Doubling extends rx.Subscriber {
        constructor(destination: any) {
          super(destination);
        }
        _next(value: number): void {
          this.destination.next(value * 2);
        }
      }
      const doubled = rx.of(1, 2).lift({
        call: (subscriber: any, source: any) => source.subscribe(new (Doubling as any)(subscriber)),
      });
      expect(record(read(doubled)).log).toEqual(['next 2', 'next 4', 'complete']);
    }
  });
});

describe('what finalizers throw', () => {
  test('is a stray each, the others still run, and cancel returns', () => {
    const heard = strays();
    const log: string[] = [];
    const mistakes = [new Error('first'), new Error('second')];
    const run = record(
      read(
        new rx7.Observable((subscriber: any) => {
          for (const mistake of mistakes)
            subscriber.add(() => {
              throw mistake;
            });
          subscriber.add(() => log.push('last'));
        }),
      ),
    );
    expect(run.cancel()).toBe(true);
    expect(log).toEqual(['last']);
    expect(brief(heard)).toEqual(mistakes.map((mistake) => ['thrown', mistake]));
  });

  test('does not change how the run ended', async () => {
    const mistake = new Error('in a teardown');
    const source = new rx7.Observable((subscriber: any) => {
      subscriber.next('value');
      subscriber.complete();
      return () => {
        throw mistake;
      };
    });
    const log: string[] = [];
    const told = await uncaught(async () =>
      log.push(...record(read(source)).log, (await firstValueFrom(source)) as string),
    );
    expect(log).toEqual(['next value', 'complete', 'value']);
    expect(told).toEqual([mistake, mistake]);
  });
});

describe.each(piping)('%s: subjects', (_name, rx) => {
  test('a subject hears each of us once, and holds none that has left', () => {
    const subject = new rx.Subject();
    const runs = [1, 2, 3].map(() => record(read(subject)));
    subject.next('a');
    runs[1]?.cancel();
    subject.next('b');
    subject.complete();
    expect(runs.map(({ log }) => log.filter((line) => line.startsWith('next')))).toEqual([
      ['next a', 'next b'],
      ['next a'],
      ['next a', 'next b'],
    ]);
  });

  test('one that is cancelled by another inside next hears no more', () => {
    const subject = new rx.Subject();
    const second: { run?: ReturnType<typeof record> } = {};
    const first = record(read(subject));
    first.next = () => void second.run?.cancel();
    strays();
    second.run = record(read(subject));
    subject.next('a');
    expect(second.run.log).toEqual([expect.stringContaining('cancelled')]);
  });

  test('a BehaviorSubject and a ReplaySubject tell what they have inside subscribe, and stop when it is enough', async () => {
    const replay = new rx.ReplaySubject();
    for (const n of [1, 2, 3]) replay.next(n);
    expect(record(read(new rx.BehaviorSubject(0))).log).toEqual(['next 0']);
    expect(record(read(replay)).log).toEqual(['next 1', 'next 2', 'next 3']);
    expect(await firstValueFrom(replay)).toBe(1);
  });

  test('operators over what we write: shared by share(), run once', () => {
    let runs = 0;
    const source = operation<void, number>((receiver) => {
      runs++;
      receiver.next(1);
    });
    const written: any = toObservable(source, { Observable: rx.Observable });
    const shared = written.pipe(rx.shareReplay(1));
    const log: string[] = [];
    for (let i = 0; i < 2; i++) listen(shared, log);
    expect([runs, log]).toEqual([1, ['next 1', 'next 1']]);
  });
});
