/** The platform's Observables, written: once as the browser's own, once as those of RxJS 9's polyfill. */

import { callback } from '@anyasync/callback';
import { convert, type Operation, operation, type Receiver } from '@anyasync/core';
import { fromObservable, observable, sharingOf, toObservable } from '@anyasync/observable';
import { fromPromise } from '@anyasync/promise';
import type {} from '@rxjs/observable-polyfill';
import { assert } from 'chai';
import { observer, type Tests, turn, uncaught } from './recording.js';

const error = new Error('an error');
const reason = { reason: true };

/** An operation that has not ended, its receiver, and a log of what happens to it. */
function pending() {
  const log: unknown[] = [];
  let receiver!: Receiver<void, unknown>;
  const source = operation<void, unknown>((given) => {
    receiver = given;
    log.push('started');
    given.onCancel((why) => log.push('cancelled', why));
  });
  return { log, source, receiver: () => receiver };
}

/** Without options: what is made is the platform's. */
const written = <T, Item>(source: Operation<T, Item>): Observable<T | Item> =>
  toObservable(source) as Observable<T | Item>;

/** A class of Observables of which each subscriber has a run of its own, as the platform's may be one day. */
function coldClass() {
  return class Cold extends Observable<unknown> {
    static made = 0;
    constructor(private readonly init: (subscriber: Subscriber<unknown>) => void) {
      super(init);
      Cold.made++;
    }
    override subscribe(...args: Parameters<Observable<unknown>['subscribe']>): void {
      new Observable(this.init).subscribe(...args);
    }
  };
}

export const tests: Tests = {
  "context: 'subscriber' is accepted: a platform without async contexts has none to keep": async () => {
    const seen: unknown[] = [];
    toObservable(fromPromise(Promise.resolve(1)), { context: 'subscriber' }).subscribe((value) =>
      seen.push(value),
    );
    await turn();
    assert.deepEqual(seen, [1]);
  },

  "without options it is the platform's own, with its operators": async () => {
    const made = written(
      operation<void, number>((receiver) => {
        for (const each of [1, 2, 3]) receiver.next(each);
        receiver.complete();
      }),
    );
    assert.instanceOf(made, Observable);
    assert.strictEqual(made.constructor, Observable);
    assert.deepEqual(await made.map((n) => (n as number) * 2).toArray(), [2, 4, 6]);
  },

  '9: a value is emitted, in the same turn, and it completes; undefined is a value': () => {
    for (const value of ['a', undefined]) {
      const log: string[] = [];
      written(operation<unknown>((receiver) => receiver.resolve(value))).subscribe(observer(log));
      assert.deepEqual(log, [`next ${value}`, 'complete']);
    }
  },

  'an error is the same object; a source that was cancelled by somebody else is an error too': () => {
    const heard: unknown[] = [];
    const hear = { error: (each: unknown) => heard.push(each) };
    written(operation((receiver) => receiver.reject(error))).subscribe(hear);
    written(operation((receiver) => receiver.abort(reason))).subscribe(hear);
    written(
      operation(() => {
        throw error;
      }),
    ).subscribe(hear);
    assert.strictEqual(heard[1], reason);
    assert.deepEqual([heard[0] === error, heard[2] === error, heard.length], [true, true, 3]);
  },

  'a converted function: a callback becomes an Observable': async () => {
    const half = convert(
      (n: number, done: (error: Error | null, half?: number) => void) => done(n > 0 ? null : error, n / 2),
      callback,
      observable,
    );
    assert.deepEqual(await (half(8) as Observable<number>).toArray(), [4]);
    assert.strictEqual(await (half(0) as Observable<number>).first().catch((thrown) => thrown), error);
  },

  '45: it reads back what it has written: the way there and back is the same object': () => {
    const source = Observable.from([1]);
    assert.strictEqual(toObservable(fromObservable(source)), source as unknown);
    assert.strictEqual(toObservable(fromObservable(source), { Observable }), source);
  },

  '20, 24: aborting cancels the run with signal.reason, once, before abort returns': () => {
    const { log, source } = pending();
    const controller = new AbortController();
    const heard: string[] = [];
    written(source).subscribe(observer(heard), { signal: controller.signal });
    controller.abort(reason);
    controller.abort('again');
    assert.deepEqual([log, heard], [['started', 'cancelled', reason], []]);
    assert.strictEqual(log[2], reason);
  },

  '24: aborting after the end does nothing': () => {
    const { log, source, receiver } = pending();
    const controller = new AbortController();
    written(source).subscribe({}, { signal: controller.signal });
    receiver().complete();
    controller.abort(reason);
    assert.deepEqual(log, ['started']);
  },

  '26: an aborted signal starts nothing': () => {
    const { log, source } = pending();
    written(source).subscribe({}, { signal: AbortSignal.abort() });
    assert.deepEqual(log, []);
  },

  '27: a promise in the hand is only listened to; one that is made for the run is aborted': async () => {
    const signals: AbortSignal[] = [];
    const made = fromPromise((signal) => {
      signals.push(signal);
      return new Promise(() => {});
    });
    const controller = new AbortController();
    for (const each of [made, fromPromise(Promise.resolve(1))])
      written(each).subscribe({ next: () => assert.fail() }, { signal: controller.signal });
    controller.abort(reason);
    await turn();
    assert.deepEqual([signals.length, signals[0]?.aborted], [1, true]);
    assert.strictEqual(signals[0]?.reason, reason);
  },

  '28: a source that loops stops when the platform has enough': async () => {
    let emitted = 0;
    const source = operation<void, number>((receiver) => {
      while (receiver.active && emitted < 1000) receiver.next(++emitted);
    });
    assert.deepEqual(await written(source).take(2).toArray(), [1, 2]);
    assert.strictEqual(emitted, 2);
    assert.strictEqual(await written(source).first(), 3);
    assert.strictEqual(emitted, 3);
  },

  '29: abort inside next: no further item, one cancel, and no end': () => {
    const { log, source, receiver } = pending();
    const controller = new AbortController();
    const heard: string[] = [];
    const { next, ...ends } = observer(heard);
    const hear = (item: unknown): void => {
      next(item);
      controller.abort(reason);
    };
    written(source).subscribe({ next: hear, ...ends }, { signal: controller.signal });
    receiver().next(1);
    assert.isFalse(receiver().active);
    receiver().complete();
    assert.deepEqual([log, heard], [['started', 'cancelled', reason], ['next 1']]);
  },

  '29: subscribing inside next, just before the end, hears only the end': () => {
    const made = written(operation<number>((receiver) => receiver.resolve(1)));
    const log: string[] = [];
    made.subscribe({ next: () => made.subscribe(observer(log)) });
    assert.deepEqual(log, ['complete']);
  },

  '21: an observer that throws is reported; it and the others hear the rest': async () => {
    const { source, receiver } = pending();
    const made = written(source);
    const log: string[] = [];
    const { next, ...ends } = observer(log);
    const throwing = (item: unknown): void => {
      next(item);
      throw error;
    };
    made.subscribe({ next: throwing, ...ends });
    made.subscribe(observer(log));
    const reported = await uncaught(() => {
      receiver().next(1);
      receiver().next(2);
      receiver().complete();
    });
    assert.deepEqual(log, ['next 1', 'next 1', 'next 2', 'next 2', 'complete', 'complete']);
    assert.deepEqual(reported, [error, error]);
  },

  '30: teardowns run last first: of what it was made from first, then ours': () => {
    const log: string[] = [];
    const { source } = pending();
    const made = written(source);
    const outer = new Observable((subscriber) => {
      subscriber.addTeardown(() => log.push('added first'));
      made.subscribe(subscriber, { signal: subscriber.signal });
      subscriber.addTeardown(() => log.push('added last'));
    });
    const controller = new AbortController();
    outer.subscribe({}, { signal: controller.signal });
    controller.abort();
    assert.deepEqual(log, ['added last', 'added first']);
  },

  '30: a teardown that throws is reported, and abort returns': async () => {
    const throwing = operation((receiver) =>
      receiver.onCancel(() => {
        throw error;
      }),
    );
    const controller = new AbortController();
    written(throwing).subscribe({}, { signal: controller.signal });
    assert.deepEqual(await uncaught(() => controller.abort()), [error]);
  },

  '32: subscribers at the same time share one run, the last one cancels it; later it is another': () => {
    const { log, source } = pending();
    const made = written(source);
    const [one, two] = [new AbortController(), new AbortController()];
    made.subscribe({}, { signal: one.signal });
    made.subscribe({}, { signal: two.signal });
    one.abort('one');
    assert.deepEqual(log, ['started']);
    two.abort('two');
    assert.deepEqual(log, ['started', 'cancelled', 'two']);
    made.subscribe({});
    assert.deepEqual(log, ['started', 'cancelled', 'two', 'started']);
  },

  "33: { share: 'replay' } is torn down by the last one who leaves; who comes after the end has all that was":
    () => {
      const { log, source, receiver } = pending();
      const made = toObservable(source, { share: 'replay' });
      const [one, two] = [new AbortController(), new AbortController()];
      made.subscribe({}, { signal: one.signal });
      receiver().next(1);
      made.subscribe((item) => log.push(item), { signal: two.signal }); // joins the platform's own run, which has no memory
      one.abort('one');
      assert.deepEqual(log, ['started']);
      two.abort('two');
      assert.deepEqual(log, ['started', 'cancelled', 'two']);
      made.subscribe({});
      receiver().next(2);
      receiver().complete();
      made.subscribe((item) => log.push(item));
      assert.deepEqual(log, ['started', 'cancelled', 'two', 'started', 2]);
    },

  "34: sharingOf asks the constructor once; the platform's share, those of a class that runs for each are cold":
    () => {
      const Cold = coldClass();
      assert.strictEqual(sharingOf(Observable), 'shared');
      assert.strictEqual(observable.written?.shared, true);
      assert.deepEqual([sharingOf(Cold), sharingOf(Cold), Cold.made], ['cold', 'cold', 1]);
    },

  '34: written with a class that runs for each, each subscriber has a run of its own': () => {
    const { log, source } = pending();
    const made = toObservable(source, { Observable: coldClass() });
    made.subscribe({});
    made.subscribe({});
    assert.deepEqual(log, ['started', 'started']);
  },
};
