/** What a careful programmer writes by hand to give what a begin/end pair, a Deferred or a jQuery promise brings to a callback. */
import { falsyRejection } from './hand-written.js';

type Fn = (this: unknown, ...args: any[]) => any;
/** What a style is asked: it calls one of the two, once, now or later. */
type Ask = (
  call: { readonly self: unknown; readonly args: readonly unknown[] },
  onValue: (value: unknown) => void,
  onError: (error: unknown) => void,
) => void;

/** By a promise: it keeps the async context of the caller, and calls later. */
const toCallback = (ask: Ask): Fn =>
  function (...args) {
    const callback = args.pop();
    if (typeof callback !== 'function') throw new TypeError('the last argument must be a callback');
    let onEnd!: (given: readonly [error: unknown, value?: unknown]) => void;
    const ended = new Promise<readonly [error: unknown, value?: unknown]>((resolve) => {
      onEnd = resolve;
    });
    ask(
      { self: this, args },
      (value) => onEnd([null, value]),
      (error) => onEnd([error || falsyRejection(error)]),
    );
    void ended.then((given) => process.nextTick(callback.bind(this), ...given));
  };

export const deferredToCallback = (fn: Fn): Fn =>
  toCallback(({ self, args }, onValue, onError) => {
    const deferred = fn.apply(self, args as unknown[]);
    if (typeof deferred?.addCallbacks !== 'function') throw new TypeError(`${fn.name} returned no Deferred`);
    deferred.addCallbacks(
      (value: unknown) => {
        onValue(value);
        return value;
      },
      (failure: { value: unknown }) => {
        onError(failure.value);
        return failure;
      },
    );
  });

export const jqueryToCallback = (fn: Fn): Fn =>
  toCallback(({ self, args }, onValue, onError) => {
    const promise = fn.apply(self, args as unknown[]);
    if (typeof promise?.done !== 'function' || typeof promise.fail !== 'function')
      throw new TypeError(`${fn.name} returned no jQuery promise`);
    promise
      .done((value: unknown) => onValue(value))
      .fail((error: any, textStatus: unknown) => {
        const isAborted = typeof error?.abort === 'function' && error.status === 0 && textStatus === 'abort';
        onError(isAborted ? Object.assign(new Error('aborted'), { name: 'CancelledError' }) : error);
      });
  });

export const beginEndToCallback = ({ begin, end }: { begin: Fn; end: Fn }): Fn =>
  toCallback(({ self, args }, onValue, onError) => {
    let isInside = true;
    let isSeen = false;
    let isEnded = false;
    const finish = (): void => {
      if (isEnded) return;
      isEnded = true;
      let value: unknown;
      try {
        value = end.call(self, result);
      } catch (error) {
        return onError(error);
      }
      onValue(value);
    };
    const given = [...args];
    while (given.length < begin.length - 2) given.push(undefined);
    const called = (): void => {
      if (isInside) isSeen = true;
      else finish();
    };
    const result = begin.call(self, ...given, called, undefined);
    isInside = false;
    if (typeof result?.completedSynchronously !== 'boolean' || typeof result.isCompleted !== 'boolean')
      throw new TypeError(`${begin.name} returned no AsyncResult`);
    if (isSeen || result.completedSynchronously) finish();
  });
