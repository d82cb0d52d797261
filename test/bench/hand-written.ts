/**
 * What a careful programmer writes by hand. The `guarded` ones give what anyasync gives: they settle once and report what comes
 * later, report a throw after the callback, turn a throw into a rejection, keep `this`, and stop the work when a signal says so.
 * The `naive` ones are what is found in most code.
 */
import type { Fn } from './conversion.js';

const warned = new WeakSet<object>();

export function reportLate(fn: Fn): void {
  if (warned.has(fn)) return;
  warned.add(fn);
  process.emitWarning(`${fn.name} called back a second time`);
}

export function warnOfPromise(fn: Fn): void {
  if (warned.has(fn)) return;
  warned.add(fn);
  process.emitWarning(`${fn.name} returned a promise`);
}

export function throwToHost(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** Stops the work by what the call returned. */
export function stop(handle: any, reason: unknown): void {
  try {
    if (typeof handle?.cancel === 'function') handle.cancel(reason);
    else if (typeof handle?.abort === 'function') handle.abort(reason);
  } catch (error) {
    throwToHost(error);
  }
}

export const guardedPromisify = (fn: Fn): Fn =>
  function (this: unknown, ...args) {
    return new Promise((resolve, reject) => {
      let settled = false;
      try {
        const handle = fn.call(this, ...args, (error: unknown, value: unknown) => {
          if (settled) return reportLate(fn);
          settled = true;
          if (error) reject(error);
          else resolve(value);
        }) as any;
        if (typeof handle?.then === 'function') warnOfPromise(fn);
      } catch (error) {
        if (settled) return throwToHost(error);
        settled = true;
        reject(error);
      }
    });
  };

/** The same for one call with a signal. */
export const guardedPromisifySignal = (fn: Fn): Fn =>
  function (this: unknown, given, ...args) {
    const signal = given as AbortSignal;
    if (signal.aborted) return Promise.reject(signal.reason);
    return new Promise((resolve, reject) => {
      let settled = false;
      let handle: any;
      const cancel = (): void => {
        settled = true;
        signal.removeEventListener('abort', cancel);
        reject(signal.reason);
        stop(handle, signal.reason);
      };
      signal.addEventListener('abort', cancel);
      try {
        handle = fn.call(this, ...args, (error: unknown, value: unknown) => {
          if (settled) return signal.aborted ? undefined : reportLate(fn);
          settled = true;
          signal.removeEventListener('abort', cancel);
          if (error) reject(error);
          else resolve(value);
        });
        if (typeof handle?.then === 'function') warnOfPromise(fn);
        if (settled && signal.aborted) stop(handle, signal.reason);
      } catch (error) {
        if (settled) return throwToHost(error);
        settled = true;
        signal.removeEventListener('abort', cancel);
        reject(error);
      }
    });
  };

export const naivePromisify = (fn: Fn): Fn =>
  function (this: unknown, ...args) {
    return new Promise((resolve, reject) => {
      fn.call(this, ...args, (error: unknown, value: unknown) => (error ? reject(error) : resolve(value)));
    });
  };

export const naivePromisifySignal = (fn: Fn): Fn =>
  function (this: unknown, given, ...args) {
    const signal = given as AbortSignal;
    return new Promise((resolve, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      fn.call(this, ...args, (error: unknown, value: unknown) => (error ? reject(error) : resolve(value)));
    });
  };

export function falsyRejection(reason: unknown): Error {
  return Object.assign(new Error('Promise was rejected with falsy value', { cause: reason }), {
    code: 'ERR_FALSY_VALUE_REJECTION',
  });
}

export function adopt(fn: Fn, result: any): Promise<unknown> {
  if (typeof result?.then !== 'function') throw new TypeError(`${fn.name} returned no promise`);
  return Promise.resolve(result); // a thenable settles once and later, whatever it does
}

export const guardedCallbackify = (fn: Fn): Fn =>
  function (this: unknown, ...args) {
    const callback = args.pop() as Fn;
    if (typeof callback !== 'function') throw new TypeError('the last argument must be a callback');
    adopt(fn, fn.apply(this, args)).then(
      (value) => process.nextTick(callback.bind(this), null, value),
      (reason) => process.nextTick(callback.bind(this), reason || falsyRejection(reason)),
    );
  };

export const guardedCallbackifySignal = (fn: Fn): Fn =>
  function (this: unknown, given, ...args) {
    const signal = given as AbortSignal;
    const callback = args.pop() as Fn;
    if (typeof callback !== 'function') throw new TypeError('the last argument must be a callback');
    if (signal.aborted) return process.nextTick(callback.bind(this), signal.reason);
    let settled = false;
    let handle: any;
    const end = (...result: unknown[]): void => {
      if (settled) return;
      settled = true;
      signal.removeEventListener('abort', cancel);
      process.nextTick(callback.bind(this), ...result);
    };
    const cancel = (): void => {
      end(signal.reason);
      stop(handle?.child ?? handle, signal.reason); // exec's promise carries its process
    };
    signal.addEventListener('abort', cancel);
    try {
      handle = fn.apply(this, args);
      adopt(fn, handle).then(
        (value) => end(null, value),
        (reason) => end(reason || falsyRejection(reason)),
      );
    } catch (error) {
      signal.removeEventListener('abort', cancel);
      throw error;
    }
  };

export const naiveCallbackify = (fn: Fn): Fn =>
  function (this: unknown, ...args) {
    const callback = args.pop() as Fn;
    (fn.apply(this, args) as Promise<unknown>).then((value) => callback(null, value), callback);
  };
