/** What a careful programmer writes by hand to read a future, an AsyncResult, a Deferred or a jQuery promise. */
import type { Future } from '@anyasync/future';
import { falsyRejection } from './hand-written.js';

type Fn = (this: unknown, ...args: any[]) => any;

export const futureToPromise = (fn: Fn): Fn =>
  function (...args) {
    return new Promise((resolve, reject) => {
      const future = fn.apply(this, args);
      if (typeof future?.addDoneCallback !== 'function') throw new TypeError(`${fn.name} returned no future`);
      future.addDoneCallback((done: Future<unknown>) => {
        let value: unknown;
        try {
          value = done.result();
        } catch (error) {
          return reject(error);
        }
        resolve(value);
      });
    });
  };

export const futureToCallback = (fn: Fn): Fn =>
  function (...args) {
    const callback = args.pop();
    if (typeof callback !== 'function') throw new TypeError('the last argument must be a callback');
    const future = fn.apply(this, args);
    if (typeof future?.addDoneCallback !== 'function') throw new TypeError(`${fn.name} returned no future`);
    // By a promise: it keeps the async context of the caller, and calls later.
    new Promise<{ done: Future<unknown> }>((resolve) =>
      future.addDoneCallback((done: Future<unknown>) => resolve({ done })),
    ).then(({ done }) => {
      let value: unknown;
      try {
        value = done.result();
      } catch (error) {
        return process.nextTick(callback.bind(this), error || falsyRejection(error));
      }
      process.nextTick(callback.bind(this), null, value);
    });
  };

export const beginEndToPromise = ({ begin, end }: { begin: Fn; end: Fn }): Fn =>
  function (...args) {
    return new Promise((resolve, reject) => {
      let isInside = true;
      let isSeen = false;
      let isEnded = false;
      const finish = (): void => {
        if (isEnded) return;
        isEnded = true;
        let value: unknown;
        try {
          value = end.call(this, result);
        } catch (error) {
          return reject(error);
        }
        resolve(value);
      };
      const given = [...args];
      while (given.length < begin.length - 2) given.push(undefined);
      const result = begin.call(
        this,
        ...given,
        () => {
          if (isInside) isSeen = true;
          else finish();
        },
        undefined,
      );
      isInside = false;
      if (typeof result?.completedSynchronously !== 'boolean' || typeof result.isCompleted !== 'boolean')
        throw new TypeError(`${begin.name} returned no AsyncResult`);
      if (isSeen || result.completedSynchronously) finish();
    });
  };

export const deferredToPromise = (fn: Fn): Fn =>
  function (...args) {
    return new Promise((resolve, reject) => {
      const deferred = fn.apply(this, args);
      if (typeof deferred?.addCallbacks !== 'function')
        throw new TypeError(`${fn.name} returned no Deferred`);
      deferred.addCallbacks(
        (value: unknown) => {
          resolve(value);
          return value;
        },
        (failure: { value: unknown }) => {
          reject(failure.value);
          return failure;
        },
      );
    });
  };

export const jqueryToPromise = (fn: Fn): Fn =>
  function (...args) {
    return new Promise((resolve, reject) => {
      const promise = fn.apply(this, args);
      if (typeof promise?.done !== 'function' || typeof promise.fail !== 'function')
        throw new TypeError(`${fn.name} returned no jQuery promise`);
      promise
        .done((value: unknown) => resolve(value))
        .fail((error: any, textStatus: unknown) => {
          const isAborted =
            typeof error?.abort === 'function' && error.status === 0 && textStatus === 'abort';
          reject(isAborted ? Object.assign(new Error('aborted'), { name: 'CancelledError' }) : error);
        });
    });
  };
