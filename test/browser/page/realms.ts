/** Observables, signals and promises of another window, which no `instanceof` of ours recognises. Its Observable is the browser's own. */

import { first, toArray } from '@anyasync/core';
import { fromObservable, isObservable, sharingOf, toObservable } from '@anyasync/observable';
import { fromPromise, toPromise } from '@anyasync/promise';
import type {} from '@rxjs/observable-polyfill';
import { assert } from 'chai';
import { observer, record, type Tests } from './recording.js';

const reason = { reason: true };

/** Another window of the same origin. */
function otherWindow(): typeof globalThis {
  const frame = document.createElement('iframe');
  document.body.append(frame);
  return frame.contentWindow as unknown as typeof globalThis;
}

export const tests: Tests = {
  '47: an Observable of another window is none of ours by instanceof, and is read': async () => {
    const other = otherWindow();
    const source = other.Observable.from([1, 2]);
    assert.isFalse(source instanceof Observable);
    assert.isTrue(isObservable(source));
    assert.deepEqual(record(fromObservable(source)).log, ['next 1', 'next 2', 'complete']);
    assert.deepEqual(await toPromise(fromObservable(source), { fold: toArray() }), [1, 2]);
  },

  'its error is the same object': () => {
    const other = otherWindow();
    const error = new other.TypeError('theirs');
    const source = new other.Observable((subscriber) => subscriber.error(error));
    const recorder = record(fromObservable(source));
    assert.strictEqual(recorder.end, error);
    assert.isFalse(recorder.end instanceof Error);
  },

  '20, 24: cancelling tells it our reason, once, before it returns': () => {
    const other = otherWindow();
    const log: unknown[] = [];
    const source = new other.Observable((subscriber) =>
      subscriber.addTeardown(() => log.push(subscriber.signal.reason)),
    );
    const recorder = record(fromObservable(source));
    recorder.cancel(reason);
    recorder.cancel(reason);
    assert.deepEqual(log, [reason]);
    assert.strictEqual(log[0], reason);
  },

  'it is written with its constructor, and the way there and back is the same object': () => {
    const other = otherWindow();
    const source = other.Observable.from(['a']);
    assert.strictEqual(toObservable(fromObservable(source), { Observable: other.Observable }), source);
    const theirs = toObservable(fromPromise(Promise.resolve(1)), { Observable: other.Observable });
    assert.deepEqual([theirs instanceof other.Observable, theirs instanceof Observable], [true, false]);
  },

  'from their Observable to ours, and from ours to theirs': () => {
    const other = otherWindow();
    const log: string[] = [];
    const ours = toObservable(fromObservable(other.Observable.from([1])), { Observable });
    const theirs = toObservable(fromObservable(Observable.from([2])), { Observable: other.Observable });
    ours.subscribe(observer(log));
    theirs.subscribe(observer(log));
    assert.deepEqual([ours instanceof Observable, theirs instanceof other.Observable], [true, true]);
    assert.deepEqual(log, ['next 1', 'complete', 'next 2', 'complete']);
  },

  '34: sharingOf tells of each constructor by itself': () => {
    assert.strictEqual(sharingOf(otherWindow().Observable), 'shared');
  },

  'its signals, promises and events are taken as ours are': async () => {
    const other = otherWindow();
    const controller = new other.AbortController();
    const never = toPromise(fromObservable(new Observable(() => {})), {
      signal: controller.signal,
      fold: first(),
    });
    controller.abort(reason);
    assert.strictEqual(await never.catch((rejected) => rejected), reason);
    assert.strictEqual(await toPromise(fromPromise(other.Promise.resolve(1))), 1);
    const target = new other.EventTarget();
    const event = toPromise(fromObservable(target.when('ping')), { fold: first() });
    target.dispatchEvent(new other.Event('ping'));
    assert.strictEqual((await event).type, 'ping');
  },
};
