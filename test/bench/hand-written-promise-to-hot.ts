/** What a careful programmer writes by hand to give a promise as an AsyncResult, a Deferred or a jQuery promise. */
import { isCancelled } from '@anyasync/core';
import { Deferred as Twisted } from '@anyasync/deferred';
import { Deferred as makeJQuery } from '@anyasync/jquery';
import { adopt, stop } from './hand-written.js';
import { endOf, Result } from './hand-written-to-hot.js';

type Fn = (this: unknown, ...args: any[]) => any;

export const promiseToDeferred = (fn: Fn): Fn =>
  function (...args) {
    let promise: unknown;
    const deferred = new Twisted<unknown>(() => stop(promise, undefined));
    try {
      const adopted = adopt(fn, fn.apply(this, args));
      promise = adopted;
      adopted.then(
        (value) => {
          if (!deferred.called) deferred.callback(value);
        },
        (reason) => {
          if (!deferred.called) deferred.errback(reason);
        },
      );
    } catch (error) {
      deferred.errback(error);
    }
    return deferred;
  };

export const promiseToJQuery = (fn: Fn): Fn =>
  function (...args) {
    let handle: unknown;
    const deferred = makeJQuery<any>();
    const promise = deferred.promise({
      abort(reason: unknown = new Error('aborted')): void {
        if (deferred.state() !== 'pending') return;
        stop(handle, reason);
        deferred.reject(reason);
      },
    });
    try {
      const adopted = adopt(fn, fn.apply(this, args));
      handle = adopted;
      adopted.then(deferred.resolve, deferred.reject); // what comes after an abort is ignored
    } catch (error) {
      deferred.reject(error);
    }
    return promise;
  };

export const promiseToBeginEnd = (fn: Fn): { begin: Fn; end: Fn } => {
  const begun = new WeakSet<object>();
  return {
    begin(...args) {
      let at = args.length;
      if (typeof args[at - 1] === 'function') at -= 1;
      else if (typeof args[at - 2] === 'function') at -= 2;
      const result = new Result(args[at], args[at + 1]);
      const adopted = adopt(fn, fn.apply(this, args.slice(0, at)));
      result.handle = adopted;
      adopted.then(
        (value) => {
          if (!result.isCompleted) result.complete(false, value);
        },
        (reason) => {
          if (result.isCompleted) return;
          if (isCancelled(reason)) result.isCancelled = true;
          result.complete(true, reason);
        },
      );
      result.isInside = false;
      begun.add(result);
      return result;
    },
    end: endOf(begun),
  };
};
