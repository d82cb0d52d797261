/** Observables rule 27, for the styles that run already: leaving stops what has a cancel of its own, and leaves the rest. */
import { Deferred, fromDeferred } from '@anyasync/deferred';
import { Future, fromFuture } from '@anyasync/future';
import { fromJQuery } from '@anyasync/jquery';
import { toObservable } from '@anyasync/observable';
import { fromPromise } from '@anyasync/promise';
import { describe, expect, test } from 'vitest';
import { constructorOf, constructors, later, listen } from '../packages/observable/test/libraries.js';

describe.each(constructors)('rule 27: leaving an Observable of %s', (_name, library) => {
  const written = (operation: any, options: object = {}): any =>
    toObservable(operation, { ...options, Observable: constructorOf(library) as never });

  test('cancels a Future that is pending, and leaves one that runs', async () => {
    const pending = new Future<number>();
    listen(written(fromFuture(pending)), [])();
    expect(pending.cancelled()).toBe(true);
    const running = new Future<number>();
    running.setRunningOrNotifyCancel();
    const log: string[] = [];
    listen(written(fromFuture(running)), log)();
    running.setResult(1);
    await later();
    expect([running.cancelled(), running.result(), log]).toEqual([false, 1, []]);
  });

  test('cancels a Deferred, once', () => {
    const log: string[] = [];
    const deferred = new Deferred<number>(() => void log.push('canceller'));
    deferred.addErrback(() => log.push('cancelled'));
    const leave = listen(written(fromDeferred(deferred)), []);
    leave();
    leave();
    expect(log).toEqual(['canceller', 'cancelled']);
  });

  test('aborts a request of jQuery, and only leaves its promise', () => {
    const log: string[] = [];
    const promise = {
      then: () => promise,
      done: () => promise,
      fail: () => promise,
      progress: () => promise,
      state: () => 'pending',
      always: () => promise,
      promise: () => promise,
    };
    const request = { ...promise, abort: () => log.push('aborted') };
    listen(written(fromJQuery(request as never)), [])();
    listen(written(fromJQuery(promise as never)), [])();
    expect(log).toEqual(['aborted']);
  });

  test("with { cancel: 'detach' } cancels none of them", async () => {
    const future = new Future<number>();
    const deferred = new Deferred<number>();
    const log: string[] = [];
    for (const operation of [fromFuture(future), fromDeferred(deferred)])
      listen(written(operation, { cancel: 'detach' }), log)();
    expect(future.cancelled()).toBe(false);
    future.setResult(1);
    deferred.callback(2);
    await later();
    expect([future.result(), log]).toEqual([1, []]);
  });

  test('leaves a promise, which others still hear', async () => {
    const log: string[] = [];
    const promise = Promise.resolve('value');
    listen(written(fromPromise(promise)), log)();
    listen(written(fromPromise(promise)), log);
    await later();
    expect(log).toEqual(['next value', 'complete']);
  });
});
