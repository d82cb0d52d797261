/** What a careful programmer writes by hand to get a future, an AsyncResult, a Deferred or a jQuery promise. */
import { isCancelled } from '@anyasync/core';
import { Deferred as Twisted } from '@anyasync/deferred';
import { Future } from '@anyasync/future';
import { Deferred as makeJQuery } from '@anyasync/jquery';
import { adopt, reportLate, stop, throwToHost, warnOfPromise } from './hand-written.js';

type Fn = (this: unknown, ...args: any[]) => any;

/** A future that stops its work when it is cancelled. Nobody else acknowledges that. */
class Work extends Future<unknown> {
  handle: unknown = undefined;
  override cancel(reason?: unknown): boolean {
    if (this.done()) return this.cancelled();
    if (!super.cancel(reason)) return false;
    this.setRunningOrNotifyCancel();
    stop(this.handle, reason);
    return true;
  }
}

export const callbackToFuture = (fn: Fn): Fn =>
  function (...args) {
    const future = new Work();
    try {
      const handle = fn.call(this, ...args, (error: unknown, value: unknown) => {
        if (future.done()) return future.cancelled() ? undefined : reportLate(fn);
        if (error) future.setException(error);
        else future.setResult(value);
      });
      future.handle = handle;
      if (typeof handle?.then === 'function') warnOfPromise(fn);
      if (future.cancelled()) stop(handle, undefined);
    } catch (error) {
      if (future.done()) throwToHost(error);
      else future.setException(error);
    }
    return future;
  };

export const promiseToFuture = (fn: Fn): Fn =>
  function (...args) {
    const future = new Work();
    try {
      const promise = adopt(fn, fn.apply(this, args));
      future.handle = promise;
      promise.then(
        (value) => {
          if (!future.done()) future.setResult(value);
        },
        (reason) => {
          if (future.done()) return;
          if (isCancelled(reason)) future.cancel(reason);
          else future.setException(reason);
        },
      );
    } catch (error) {
      future.setException(error);
    }
    return future;
  };

export const deferredToFuture = (fn: Fn): Fn =>
  function (...args) {
    const future = new Work();
    try {
      const deferred = fn.apply(this, args);
      if (typeof deferred?.addCallbacks !== 'function')
        throw new TypeError(`${fn.name} returned no Deferred`);
      future.handle = deferred;
      deferred.addCallbacks(
        (value: unknown) => {
          if (!future.done()) future.setResult(value);
          return value;
        },
        (failure: { value: unknown }) => {
          if (!future.done()) {
            if (isCancelled(failure.value)) future.cancel(failure.value);
            else future.setException(failure.value);
          }
          return failure;
        },
      );
    } catch (error) {
      future.setException(error);
    }
    return future;
  };

export const callbackToDeferred = (fn: Fn): Fn =>
  function (...args) {
    let handle: any;
    let wasCancelled = false;
    const deferred = new Twisted<unknown>(() => {
      wasCancelled = true;
      stop(handle, undefined);
    });
    try {
      handle = fn.call(this, ...args, (error: unknown, value: unknown) => {
        if (deferred.called) return wasCancelled ? undefined : reportLate(fn);
        if (error) deferred.errback(error);
        else deferred.callback(value);
      });
      if (typeof handle?.then === 'function') warnOfPromise(fn);
      if (wasCancelled) stop(handle, undefined);
    } catch (error) {
      if (deferred.called) throwToHost(error);
      else deferred.errback(error);
    }
    return deferred;
  };

export const futureToDeferred = (fn: Fn): Fn =>
  function (...args) {
    let future: any;
    const deferred = new Twisted<unknown>(() => void future?.cancel());
    try {
      future = fn.apply(this, args);
      if (typeof future?.addDoneCallback !== 'function') throw new TypeError(`${fn.name} returned no future`);
      future.addDoneCallback((done: Future<unknown>) => {
        if (deferred.called) return;
        let value: unknown;
        try {
          value = done.result();
        } catch (error) {
          return deferred.errback(error);
        }
        deferred.callback(value);
      });
    } catch (error) {
      if (deferred.called) throwToHost(error);
      else deferred.errback(error);
    }
    return deferred;
  };

export const callbackToJQuery = (fn: Fn): Fn =>
  function (...args) {
    let handle: any;
    let wasCancelled = false;
    const deferred = makeJQuery<any>();
    const promise = deferred.promise({
      abort(reason: unknown = new Error('aborted')): void {
        if (deferred.state() !== 'pending') return;
        wasCancelled = true;
        stop(handle, reason);
        deferred.reject(reason);
      },
    });
    try {
      handle = fn.call(this, ...args, (error: unknown, value: unknown) => {
        if (deferred.state() !== 'pending') return wasCancelled ? undefined : reportLate(fn);
        if (error) deferred.reject(error);
        else deferred.resolve(value);
      });
      if (typeof handle?.then === 'function') warnOfPromise(fn);
      if (wasCancelled) stop(handle, undefined);
    } catch (error) {
      if (deferred.state() !== 'pending') throwToHost(error);
      else deferred.reject(error);
    }
    return promise;
  };

/** An AsyncResult: completed once, ended once. */
export class Result {
  isCompleted = false;
  completedSynchronously = false;
  isInside = true;
  isEnded = false;
  isFailed = false;
  isCancelled = false;
  outcome: unknown = undefined;
  handle: unknown = undefined;
  private waiting: (() => void)[] | undefined = undefined;
  constructor(
    private readonly callback: ((result: Result) => void) | null | undefined,
    readonly asyncState: unknown,
  ) {}

  get asyncWaitHandle(): { wait(): boolean; waitAsync(): Promise<boolean> } {
    return {
      wait: () => this.isCompleted,
      waitAsync: async () => {
        if (!this.isCompleted) await new Promise<void>((resolve) => (this.waiting ??= []).push(resolve));
        return true;
      },
    };
  }

  complete(isFailed: boolean, outcome: unknown): void {
    this.isCompleted = true;
    this.completedSynchronously = this.isInside;
    this.isFailed = isFailed;
    this.outcome = outcome;
    for (const each of this.waiting ?? []) each();
    try {
      this.callback?.(this);
    } catch (error) {
      throwToHost(error);
    }
  }

  cancel(reason: unknown = new Error('cancelled')): boolean {
    if (this.isCompleted) return false;
    this.isCancelled = true;
    stop(this.handle, reason);
    this.complete(true, reason);
    return true;
  }
}

export const callbackToBeginEnd = (fn: Fn): { begin: Fn; end: Fn } => {
  const begun = new WeakSet<object>();
  return {
    begin(...args) {
      let at = args.length;
      if (typeof args[at - 1] === 'function') at -= 1;
      else if (typeof args[at - 2] === 'function') at -= 2;
      const result = new Result(args[at], args[at + 1]);
      try {
        const handle = fn.call(this, ...args.slice(0, at), (error: unknown, value: unknown) => {
          if (result.isCompleted) return result.isCancelled ? undefined : reportLate(fn);
          if (error) result.complete(true, error);
          else result.complete(false, value);
        });
        result.handle = handle;
        if (typeof handle?.then === 'function') warnOfPromise(fn);
      } catch (error) {
        if (!result.isCompleted) throw error;
        throwToHost(error);
      }
      result.isInside = false;
      begun.add(result);
      return result;
    },
    end: endOf(begun),
  };
};

/** The end of a begin that knows what it has begun. */
export const endOf =
  (begun: WeakSet<object>): Fn =>
  (result: Result) => {
    if (!(result instanceof Result) || (!begun.has(result) && !result.isInside))
      throw new TypeError('end() takes the result of its own begin');
    if (!result.isCompleted) throw new Error('end() came too early');
    if (result.isEnded) throw new Error('end() came twice');
    result.isEnded = true;
    if (result.isFailed) throw result.outcome;
    return result.outcome;
  };
