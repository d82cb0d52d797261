/** RxJS 7 and the beta of RxJS 9 beside the platform's Observable, which refuse each other's without us. */

import { fromObservable, sharingOf, toObservable } from '@anyasync/observable';
import { firstValueFrom, toObservable as toRxjs } from '@anyasync/rxjs';
import type {} from '@rxjs/observable-polyfill';
import { assert } from 'chai';
import * as rxjs from 'rxjs';
import { observer, record, type Tests } from './recording.js';

const error = new Error('an error');
const reason = { reason: true };

/** RxJS 9 adds to the platform's Observable, so it is loaded by the tests that need it. */
const rxjs9 = () => import('rxjs9');

/** Started, stopped and with what reason: what a source hears of its subscriber. */
function platformSource(log: unknown[]): Observable<number> {
  return new Observable((subscriber) => {
    log.push('started');
    subscriber.addTeardown(() => log.push('stopped', subscriber.signal.reason));
  });
}
function rxSource(log: unknown[]): rxjs.Observable<number> {
  return new rxjs.Observable(() => {
    log.push('started');
    return () => log.push('stopped');
  });
}

export const tests: Tests = {
  'without us each refuses the other': () => {
    assert.throws(() => rxjs.from(Observable.from([1]) as never), TypeError);
    assert.throws(() => Observable.from(rxjs.of(1) as never), TypeError);
  },

  'platform to RxJS 7: its operators work on it, in the same turn': () => {
    const log: string[] = [];
    toRxjs(fromObservable(Observable.from([1, 2, 3])))
      .pipe(
        rxjs.map((n) => n * 2),
        rxjs.take(2),
      )
      .subscribe(observer(log));
    assert.deepEqual(log, ['next 2', 'next 4', 'complete']);
  },

  'platform to RxJS 7: unsubscribing aborts, once; an error is the same object': () => {
    const log: unknown[] = [];
    const subscription = toRxjs(fromObservable(platformSource(log))).subscribe();
    subscription.unsubscribe();
    subscription.unsubscribe();
    assert.deepEqual(log.slice(0, 2), ['started', 'stopped']);
    assert.lengthOf(log, 3);
    const failing = new Observable<never>((subscriber) => subscriber.error(error));
    toRxjs(fromObservable(failing)).subscribe({ error: (heard) => log.push(heard) });
    assert.strictEqual(log.at(-1), error);
  },

  'RxJS 7 to the platform: its operators work on it, in the same turn': async () => {
    const made = toObservable(fromObservable(rxjs.of(1, 2, 3)), { Observable });
    const log: string[] = [];
    made.map((n) => (n as number) * 2).subscribe(observer(log));
    assert.deepEqual(log, ['next 2', 'next 4', 'next 6', 'complete']);
    assert.strictEqual(await made.first(), 1);
  },

  'RxJS 7 to the platform: aborting unsubscribes, once; an error is the same object': async () => {
    const log: unknown[] = [];
    const controller = new AbortController();
    const made = toObservable(fromObservable(rxSource(log)), { Observable });
    made.subscribe({}, { signal: controller.signal });
    controller.abort(reason);
    assert.deepEqual(log, ['started', 'stopped']);
    const failing = toObservable(fromObservable(rxjs.throwError(() => error)), { Observable });
    assert.strictEqual(await failing.first().catch((thrown) => thrown), error);
  },

  '28: a source that loops stops across the border, both ways': async () => {
    let emitted = 0;
    const hose = (subscriber: {
      readonly closed?: boolean;
      readonly active?: boolean;
      next(n: number): void;
    }) => {
      while (subscriber.closed !== true && subscriber.active !== false && emitted < 1000)
        subscriber.next(++emitted);
    };
    const log: string[] = [];
    toRxjs(fromObservable(new Observable<number>(hose)))
      .pipe(rxjs.take(2))
      .subscribe(observer(log));
    assert.deepEqual([log, emitted], [['next 1', 'next 2', 'complete'], 2]);
    const made = toObservable(fromObservable(new rxjs.Observable<number>(hose)), { Observable });
    assert.deepEqual([await made.first(), emitted], [3, 3]);
  },

  '32: RxJS 7 runs for each subscriber, the platform for all at the same time': () => {
    const log: unknown[] = [];
    const made = toObservable(fromObservable(rxSource(log)), { Observable });
    made.subscribe({});
    made.subscribe({});
    assert.deepEqual(log, ['started']);
    log.length = 0;
    const back = toRxjs(fromObservable(rxSource(log)));
    back.subscribe();
    back.subscribe();
    assert.deepEqual(log, ['started', 'started']);
  },

  'from RxJS 7 to the platform and back: the run is stopped through both': () => {
    const log: unknown[] = [];
    const there = toObservable(fromObservable(rxSource(log)), { Observable });
    toRxjs(fromObservable(there)).subscribe().unsubscribe();
    assert.deepEqual(log, ['started', 'stopped']);
  },

  "firstValueFrom of @anyasync/rxjs takes the platform's, with RxJS's own EmptyError": async () => {
    assert.strictEqual(await firstValueFrom(Observable.from([1, 2])), 1);
    const empty = await firstValueFrom(Observable.from([])).catch((rejected) => rejected);
    assert.instanceOf(empty, rxjs.EmptyError);
  },

  "RxJS 9 has the platform's Observable; its operators and subjects are read": async () => {
    const { Subject } = await rxjs9();
    const operators = await import('rxjs9/map');
    const doubled = Observable.from([1, 2])[operators.map]((n) => n * 2);
    assert.deepEqual(record(fromObservable(doubled)).log, ['next 2', 'next 4', 'complete']);
    const subject = new Subject<string>();
    const recorder = record(fromObservable(subject as unknown as Observable<string>));
    subject.next('a');
    recorder.cancel('enough');
    subject.next('b');
    assert.deepEqual(recorder.log, ['next a', 'cancelled enough']);
  },

  '32, 34: RxJS 9 has a ColdObservable, which is written and runs for each subscriber': async () => {
    const { ColdObservable } = await rxjs9();
    assert.deepEqual([sharingOf(ColdObservable), sharingOf(Observable)], ['cold', 'shared']);
    const log: unknown[] = [];
    const cold = toObservable(fromObservable(rxSource(log)), { Observable: ColdObservable });
    cold.subscribe({});
    cold.subscribe({});
    assert.deepEqual(log, ['started', 'started']);
    assert.strictEqual(toObservable(fromObservable(cold), { Observable: ColdObservable }), cold);
  },

  'RxJS 7 to 9 and back: values, an error as the same object, and a stop': async () => {
    const { ColdObservable } = await rxjs9();
    const through = (source: rxjs.Observable<unknown>): rxjs.Observable<unknown> =>
      toRxjs(fromObservable(toObservable(fromObservable(source), { Observable: ColdObservable })));
    const log: unknown[] = [];
    through(rxjs.of(1, 2)).subscribe(observer(log as string[]));
    through(rxjs.throwError(() => error)).subscribe({ error: (heard) => log.push(heard === error) });
    through(rxSource(log)).subscribe().unsubscribe();
    assert.deepEqual(log, ['next 1', 'next 2', 'complete', true, 'started', 'stopped']);
  },
};
