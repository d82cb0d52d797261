/** The same for callbacks of other conventions: value only, a pair, options, a handler object. */
import type { Fn } from './conversion.js';
import { reportLate, throwToHost, warnOfPromise } from './hand-written.js';

/** One call of a function with separate ways for the value and the error. */
function guardedCall(fn: Fn, call: (onValue: Fn, onError: Fn) => unknown): Promise<unknown> {
  return new Promise((resolve, reject) => {
    let settled = false;
    try {
      const handle = call(
        (value) => {
          if (settled) return reportLate(fn);
          settled = true;
          resolve(value);
        },
        (error) => {
          if (settled) return reportLate(fn);
          settled = true;
          reject(error);
        },
      ) as any;
      if (typeof handle?.then === 'function') warnOfPromise(fn);
    } catch (error) {
      if (settled) return throwToHost(error);
      settled = true;
      reject(error);
    }
  });
}

export const guardedValueOnly = (fn: Fn): Fn =>
  function (this: unknown, ...args) {
    return new Promise((resolve, reject) => {
      let settled = false;
      try {
        const handle = fn.call(this, ...args, (value: unknown) => {
          if (settled) return reportLate(fn);
          settled = true;
          resolve(value);
        }) as any;
        if (typeof handle?.then === 'function') warnOfPromise(fn);
      } catch (error) {
        if (settled) return throwToHost(error);
        settled = true;
        reject(error);
      }
    });
  };
export const naiveValueOnly = (fn: Fn): Fn =>
  function (this: unknown, ...args) {
    return new Promise((resolve) => fn.call(this, ...args, resolve));
  };

export const guardedPair = (fn: Fn): Fn =>
  function (this: unknown, ...args) {
    return guardedCall(fn, (onValue, onError) => fn.call(this, ...args, onValue, onError));
  };
export const naivePair = (fn: Fn): Fn =>
  function (this: unknown, ...args) {
    return new Promise((resolve, reject) => fn.call(this, ...args, resolve, reject));
  };

/** The options object comes last, and may be left out. */
export const guardedOptions = (fn: Fn): Fn =>
  function (this: unknown, ...args) {
    const options = typeof args[args.length - 1] === 'object' ? (args.pop() as object) : undefined;
    return guardedCall(fn, (success, error) => fn.call(this, ...args, { ...options, success, error }));
  };
export const naiveOptions = (fn: Fn): Fn =>
  function (this: unknown, value, options) {
    return new Promise((success, error) => fn.call(this, value, { ...(options as object), success, error }));
  };

/** Functions, not methods of a class: some libraries take them off the handler, or call them with another `this`. */
export const guardedHandler = (fn: Fn): Fn =>
  function (this: unknown, ...args) {
    return new Promise((resolve, reject) => {
      let settled = false;
      const end = (settle: Fn, value?: unknown): void => {
        if (settled) return reportLate(fn);
        settled = true;
        settle(value);
      };
      try {
        const handle = fn.call(this, ...args, {
          onSuccess: (value: unknown) => end(resolve as Fn, value),
          onError: (error: unknown) => end(reject, error),
          onComplete: () => end(resolve as Fn),
          onCancel: (reason: unknown) => end(reject, reason),
        }) as any;
        if (typeof handle?.then === 'function') warnOfPromise(fn);
      } catch (error) {
        if (settled) return throwToHost(error);
        settled = true;
        reject(error);
      }
    });
  };
export const naiveHandler = (fn: Fn): Fn =>
  function (this: unknown, ...args) {
    return new Promise((resolve, reject) => fn.call(this, ...args, { onSuccess: resolve, onError: reject }));
  };
