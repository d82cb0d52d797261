/** What a careful programmer writes by hand to get an Observable of RxJS, or the first value of one. */
import { Future } from '@anyasync/future';
import { config, EmptyError, Observable } from 'rxjs';
import { adopt, falsyRejection, reportLate, stop, throwToHost, warnOfPromise } from './hand-written.js';

type Fn = (this: unknown, ...args: any[]) => any;

export const callbackToRxjs = (fn: Fn): Fn =>
  function (...args) {
    return new Observable((subscriber) => {
      let settled = false;
      let handle: any;
      try {
        handle = fn.call(this, ...args, (error: unknown, value: unknown) => {
          if (settled) return reportLate(fn);
          if (subscriber.closed) return;
          settled = true;
          if (error) return subscriber.error(error);
          subscriber.next(value);
          subscriber.complete();
        });
        if (typeof handle?.then === 'function') warnOfPromise(fn);
      } catch (error) {
        if (settled || subscriber.closed) return throwToHost(error);
        settled = true;
        subscriber.error(error);
      }
      return () => {
        if (!settled) stop(handle, undefined);
      };
    });
  };
export const naiveCallbackToRxjs = (fn: Fn): Fn =>
  function (...args) {
    return new Observable((subscriber) => {
      fn.call(this, ...args, (error: unknown, value: unknown) => {
        if (error) return subscriber.error(error);
        subscriber.next(value);
        subscriber.complete();
      });
    });
  };

export const promiseToRxjs = (fn: Fn): Fn =>
  function (...args) {
    return new Observable((subscriber) => {
      let settled = false;
      const promise = fn.apply(this, args); // RxJS tells the subscriber what is thrown here
      adopt(fn, promise).then(
        (value) => {
          if (subscriber.closed) return;
          settled = true;
          subscriber.next(value);
          subscriber.complete();
        },
        (reason) => {
          if (subscriber.closed) return;
          settled = true;
          subscriber.error(reason);
        },
      );
      return () => {
        if (!settled) stop(promise.child ?? promise, undefined); // exec's promise carries its process
      };
    });
  };

export const futureToRxjs = (fn: Fn): Fn =>
  function (...args) {
    return new Observable((subscriber) => {
      const future = fn.apply(this, args);
      if (typeof future?.addDoneCallback !== 'function') throw new TypeError(`${fn.name} returned no future`);
      future.addDoneCallback((done: Future<unknown>) => {
        if (subscriber.closed) return;
        let value: unknown;
        try {
          value = done.result();
        } catch (error) {
          return subscriber.error(error);
        }
        subscriber.next(value);
        subscriber.complete();
      });
      return () => void future.cancel(); // one that has ended refuses
    });
  };

/**
 * The subscriber for the first value. It is there before the subscription, because a source may emit in a loop inside `subscribe`: RxJS 7 and 8
 * take it for one of their own, RxJS 6 calls it with a `this` that inherits from it and has its `unsubscribe`.
 */
class First {
  closed = false;
  private readonly own = this;
  private readonly finalizers: any[] = [];

  constructor(
    private readonly onValue: (value: unknown) => void,
    private readonly onError: (error: unknown) => void,
  ) {}

  next(value: unknown): void {
    const { own } = this;
    if (own.closed) return;
    this.unsubscribe();
    own.unsubscribe();
    own.onValue(value);
  }
  error(error: unknown): void {
    const { own } = this;
    if (own.closed) return config.onStoppedNotification?.({ kind: 'E', error }, own as never);
    own.unsubscribe();
    own.onError(error);
  }
  complete(): void {
    const { own } = this;
    if (own.closed) return;
    own.unsubscribe();
    own.onError(new EmptyError());
  }
  unsubscribe(): void {
    const { own } = this;
    if (own.closed) return;
    own.closed = true;
    for (const each of own.finalizers) finalize(each);
    own.finalizers.length = 0;
  }
  add(finalizer: any): void {
    if (finalizer === undefined || finalizer === null || finalizer === this) return;
    if (this.closed) finalize(finalizer);
    else this.finalizers.push(finalizer);
  }
  remove(finalizer: unknown): void {
    const at = this.finalizers.indexOf(finalizer);
    if (at >= 0) this.finalizers.splice(at, 1);
  }
}

function finalize(finalizer: any): void {
  try {
    if (typeof finalizer === 'function') finalizer();
    else finalizer.unsubscribe();
  } catch (error) {
    throwToHost(error);
  }
}

/** To one of the platform or of RxJS 9, which is stopped by a signal only. */
function subscribeByMethods(source: any, first: First): void {
  const controller = new AbortController();
  first.add(() => controller.abort());
  source.subscribe(
    {
      next: (value: unknown) => first.next(value),
      error: (error: unknown) => first.error(error),
      complete: () => first.complete(),
    },
    { signal: controller.signal },
  );
}

function subscribeForFirst(
  fn: Fn,
  observable: any,
  onValue: (value: unknown) => void,
  onError: (error: unknown) => void,
): First {
  const source =
    observable?.[(Symbol as any).observable]?.() ?? observable?.['@@observable']?.() ?? observable;
  if (typeof source?.subscribe !== 'function') throw new TypeError(`${fn.name} returned no Observable`);
  const first = new First(onValue, onError);
  if (typeof source.takeUntil === 'function') subscribeByMethods(source, first);
  else first.add(source.subscribe(first));
  return first;
}

export const rxjsToPromise = (fn: Fn): Fn =>
  function (...args) {
    return new Promise((resolve, reject) => {
      subscribeForFirst(fn, fn.apply(this, args), resolve, reject);
    });
  };

export const rxjsToCallback = (fn: Fn): Fn =>
  function (...args) {
    const callback = args.pop();
    if (typeof callback !== 'function') throw new TypeError('the last argument must be a callback');
    const observable = fn.apply(this, args);
    // By a promise: it keeps the async context of the caller, and calls later.
    new Promise<readonly [error: unknown, value?: unknown]>((resolve) => {
      subscribeForFirst(
        fn,
        observable,
        (value) => resolve([null, value]),
        (error) => resolve([error || falsyRejection(error)]),
      );
    }).then((given) => process.nextTick(callback.bind(this), ...given));
  };

/** A future that unsubscribes when it is cancelled. Nobody else acknowledges that. */
class Subscribed extends Future<unknown> {
  subscription: { unsubscribe(): void } | undefined = undefined;
  override cancel(reason?: unknown): boolean {
    if (this.done()) return this.cancelled();
    if (!super.cancel(reason)) return false;
    this.setRunningOrNotifyCancel();
    this.subscription?.unsubscribe();
    return true;
  }
}

export const rxjsToFuture = (fn: Fn): Fn =>
  function (...args) {
    const future = new Subscribed();
    try {
      future.subscription = subscribeForFirst(
        fn,
        fn.apply(this, args),
        (value) => {
          if (!future.done()) future.setResult(value);
        },
        (error) => {
          if (!future.done()) future.setException(error);
        },
      );
      if (future.cancelled()) future.subscription.unsubscribe();
    } catch (error) {
      future.setException(error);
    }
    return future;
  };
