/** The platform's Observables, read: once for the browser's own, once for the polyfill of RxJS 9. */

import { convert, first, last, toArray } from '@anyasync/core';
import {
  firstValueFrom,
  fromObservable,
  fromSubscribable,
  isObservable,
  observable,
} from '@anyasync/observable';
import { promise, toPromise } from '@anyasync/promise';
import type {} from '@rxjs/observable-polyfill';
import { assert } from 'chai';
import { record, type Tests, turn, uncaught } from './recording.js';

const error = new Error('an error');
const reason = { reason: true };

/** An Observable that never ends, and what happens to it. */
function endless(log: unknown[]): Observable<number> {
  return new Observable((subscriber) => {
    log.push('started');
    subscriber.addTeardown(() => log.push('stopped', subscriber.signal.reason));
  });
}

/** An Observable that emits in a loop for as long as somebody listens, and how many it has emitted. */
function firehose(): { readonly source: Observable<number>; emitted: number } {
  const self = {
    emitted: 0,
    source: new Observable<number>((subscriber) => {
      while (subscriber.active && self.emitted < 1000) subscriber.next(++self.emitted);
    }),
  };
  return self;
}

export const tests: Tests = {
  '35: items and the end come in the same turn': () => {
    assert.isTrue(isObservable(Observable.from([])));
    assert.deepEqual(record(fromObservable(Observable.from([1, 2]))).log, ['next 1', 'next 2', 'complete']);
  },

  'an error is the same object, whatever it is': () => {
    for (const each of [error, undefined, 0, reason]) {
      const failing = new Observable((subscriber) => subscriber.error(each));
      const recorder = record(fromObservable(failing));
      assert.match(recorder.log.join(), /^error/);
      assert.strictEqual(recorder.end, each);
    }
  },

  'what the function of an Observable throws is its error': () => {
    const throwing = new Observable(() => {
      throw error;
    });
    assert.strictEqual(record(fromObservable(throwing)).end, error);
  },

  'folds: first, last and all of it': async () => {
    const operation = fromObservable(Observable.from([1, 2, 3]));
    assert.strictEqual(await toPromise(operation, { fold: first() }), 1);
    assert.strictEqual(await toPromise(operation, { fold: last() }), 3);
    assert.deepEqual(await toPromise(operation, { fold: toArray() }), [1, 2, 3]);
    assert.strictEqual(await firstValueFrom(Observable.from(['a'])), 'a');
  },

  '2: no value and no default is an EmptyError, where the platform itself has a RangeError': async () => {
    const empty = Observable.from([]);
    const name = (rejected: unknown): string => (rejected as Error).name;
    assert.strictEqual(await firstValueFrom(empty).catch(name), 'EmptyError');
    assert.strictEqual(await empty.first().catch(name), 'RangeError');
    assert.strictEqual(await firstValueFrom(empty, { defaultValue: undefined }), undefined);
  },

  'a function that returns an Observable is converted to one that returns a promise': async () => {
    const upTo = (n: number): Observable<number> =>
      Observable.from(Array.from({ length: n }, (_, i) => i + 1));
    assert.strictEqual(await convert(upTo, observable, promise, { fold: last() })(3), 3);
  },

  '4: first resolves and tears the source down in the same turn': () => {
    const log: unknown[] = [];
    const source = new Observable<number>((subscriber) => {
      subscriber.addTeardown(() => log.push('stopped'));
      subscriber.next(1);
      log.push('emitted');
    });
    toPromise(fromObservable(source), { fold: first() }).then(() => log.push('resolved'));
    log.push('after');
    assert.deepEqual(log, ['stopped', 'emitted', 'after']);
  },

  '28: a synchronous source stops after one item with first()': async () => {
    const hose = firehose();
    assert.strictEqual(await toPromise(fromObservable(hose.source), { fold: first() }), 1);
    assert.strictEqual(hose.emitted, 1);
  },

  '20: signal.reason is the rejection and what the source is told, the same object': async () => {
    const log: unknown[] = [];
    const controller = new AbortController();
    const { signal } = controller;
    const promised = toPromise(fromObservable(endless(log)), { signal, fold: first() });
    controller.abort(reason);
    assert.deepEqual(log, ['started', 'stopped', reason]);
    assert.strictEqual(log[2], reason);
    assert.strictEqual(await promised.catch((rejected) => rejected), reason);
  },

  '24: cancel tears the source down once, before it returns': () => {
    const log: unknown[] = [];
    const recorder = record(fromObservable(endless(log)));
    assert.deepEqual([recorder.cancel(reason), recorder.cancel('again')], [true, false]);
    assert.deepEqual(log, ['started', 'stopped', reason]);
  },

  '24: cancel after the end does nothing': () => {
    const log: string[] = [];
    const source = new Observable<number>((subscriber) => {
      subscriber.addTeardown(() => log.push('stopped'));
      subscriber.complete();
    });
    const recorder = record(fromObservable(source));
    assert.isFalse(recorder.cancel());
    assert.deepEqual([log, recorder.log], [['stopped'], ['complete']]);
  },

  '26: an aborted signal starts nothing': async () => {
    const log: unknown[] = [];
    const signal = AbortSignal.abort(reason);
    const promised = toPromise(fromObservable(endless(log)), { signal, fold: first() });
    assert.strictEqual(await promised.catch((rejected) => rejected), reason);
    assert.deepEqual(log, []);
  },

  '29: cancel inside next stops the source: no further item, and one end': () => {
    const hose = firehose();
    const recorder = record(fromObservable(hose.source), (item, self) => item === 2 && self.cancel('enough'));
    assert.deepEqual([recorder.log, hose.emitted], [['next 1', 'next 2', 'cancelled enough'], 2]);
  },

  '29: who starts inside next, just before the end, hears only the end, as on the platform': () => {
    const operation = fromObservable(Observable.from([1]));
    let inner: string[] = [];
    record(operation, () => {
      inner = record(operation).log;
    });
    assert.deepEqual(inner, ['complete']);
  },

  '29: what a source emits inside its teardown is not heard': async () => {
    const source = new Observable<number>((subscriber) => {
      subscriber.addTeardown(() => {
        subscriber.next(1);
        subscriber.complete();
      });
    });
    const recorder = record(fromObservable(source));
    assert.deepEqual(await uncaught(() => recorder.cancel('enough')), []);
    assert.deepEqual(recorder.log, ['cancelled enough']);
  },

  '18: after its end nothing is heard, and an error is reported to the window': async () => {
    let subscriber!: Subscriber<number>;
    const recorder = record(
      fromObservable(
        new Observable<number>((given) => {
          subscriber = given;
        }),
      ),
    );
    subscriber.next(1);
    subscriber.complete();
    const heard = await uncaught(() => {
      subscriber.next(2);
      subscriber.complete();
      subscriber.error(error);
    });
    assert.deepEqual([recorder.log, heard], [['next 1', 'complete'], [error]]);
  },

  '19: cancelled is neither complete nor error, and never an EmptyError': async () => {
    const log: unknown[] = [];
    const recorder = record(fromObservable(endless(log)));
    recorder.cancel('left');
    assert.deepEqual(recorder.log, ['cancelled left']);
    const controller = new AbortController();
    const waiting = firstValueFrom(endless(log), { signal: controller.signal });
    controller.abort(reason);
    assert.strictEqual(await waiting.catch((rejected: unknown) => rejected), reason);
  },

  '22: what a source fails with when nobody listens any more is heard by none of ours': async () => {
    let subscriber!: Subscriber<number>;
    const recorder = record(
      fromObservable(
        new Observable<number>((given) => {
          subscriber = given;
        }),
      ),
    );
    recorder.cancel('left');
    assert.deepEqual(await uncaught(() => subscriber.error(error)), [error]); // the platform's own word
    assert.deepEqual(recorder.log, ['cancelled left']);
  },

  '46, 47: one of another library is known by its mark, what has a subscribe only is read where that is said':
    () => {
      const bare = {
        subscribe(observer: Observer<number>) {
          observer.next(1);
          observer.complete();
        },
      };
      const marked = { '@@observable': () => bare };
      assert.deepEqual([isObservable(bare), isObservable(marked)], [false, true]);
      assert.throws(() => fromObservable(bare), /fromSubscribable/);
      assert.deepEqual(record(fromObservable(marked)).log, ['next 1', 'complete']);
      assert.deepEqual(record(fromSubscribable(bare)).log, ['next 1', 'complete']);
    },

  '30: a teardown that throws is reported, and cancel returns': async () => {
    const source = new Observable<number>((subscriber) => {
      subscriber.addTeardown(() => {
        throw error;
      });
    });
    const recorder = record(fromObservable(source));
    assert.deepEqual(await uncaught(() => assert.isTrue(recorder.cancel())), [error]);
  },

  '32: read twice at the same time is one run, as it is of its own; later it is another': () => {
    let runs = 0;
    const operation = fromObservable(new Observable<never>(() => void runs++));
    const both = [record(operation), record(operation)];
    assert.strictEqual(runs, 1);
    for (const each of both) each.cancel();
    record(operation).cancel();
    assert.strictEqual(runs, 2);
  },

  '25: no listener stays at a signal that lives longer': async () => {
    const { signal } = new AbortController();
    let listeners = 0;
    const { addEventListener, removeEventListener } = AbortSignal.prototype;
    signal.addEventListener = function (this: AbortSignal, ...args: any) {
      listeners++;
      addEventListener.apply(this, args);
    };
    signal.removeEventListener = function (this: AbortSignal, ...args: any) {
      listeners--;
      removeEventListener.apply(this, args);
    };
    const options = { signal, fold: first() } as const;
    await toPromise(fromObservable(Observable.from([1])), options);
    await toPromise(fromObservable(new Observable((subscriber) => subscriber.error(1))), options).catch(
      () => {},
    );
    assert.strictEqual(listeners, 0);
  },

  'EventTarget.when: events are items, and cancelling stops listening': async () => {
    const target = new EventTarget();
    const events = fromObservable(target.when('ping'));
    const log: string[] = [];
    const recorder = record(events, (event) => log.push((event as CustomEvent).detail));
    const ping = (detail: string): boolean => target.dispatchEvent(new CustomEvent('ping', { detail }));
    const once = firstValueFrom(target.when('ping')) as Promise<CustomEvent>;
    ping('a');
    ping('b');
    recorder.cancel();
    ping('c');
    await turn();
    assert.deepEqual([log, (await once).detail], [['a', 'b'], 'a']);
  },

  'EventTarget.when: a click, as a promise with a signal': async () => {
    const button = document.createElement('button');
    const controller = new AbortController();
    const { signal } = controller;
    const clicked = firstValueFrom(button.when('click'), { signal });
    button.click();
    assert.instanceOf(await clicked, PointerEvent);
    const never = firstValueFrom(button.when('click'), { signal });
    controller.abort(reason);
    assert.strictEqual(await never.catch((rejected) => rejected), reason);
  },
};
