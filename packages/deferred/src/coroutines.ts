// Deferreds written as code that waits: async functions, and generators.

import { assertArgument, isCancelled } from '@anyasync/core';
import { Deferred } from './deferred.js';
import { Failure } from './failure.js';
import { isThenable } from './making.js';

/**
 * A Deferred of what somebody else's code ends with. Cancelling asks the code to stop, and the Deferred ends when the code does, with
 * whatever that has to say.
 */
function untilItEnds<T>(result: Deferred<T>, stop: (reason: unknown) => void): Deferred<T> {
  const outer = new Deferred<T>();
  // The first link: a cancellation is not the end yet.
  outer.addErrback((failure): any => {
    if (!isCancelled(failure.value) || result.called) return failure;
    stop(failure.value);
    return result;
  });
  result.addBoth((ended) => {
    if (outer.called) return ended;
    outer.callback(ended);
    return undefined;
  });
  return outer;
}

/**
 * Runs an async function as a Deferred. After Twisted's `fromCoroutine`.
 *
 * - Starts at once. What it returns is the value, what it throws the error.
 * - Cancelling aborts the signal with the CancelledError. The function goes on until it ends, and its end is the Deferred's.
 * - Asynchronous.
 *
 * @throws {ArgumentError} `coroutine` is no function.
 * @example
 * ```ts
 * import { fromCoroutine, succeed } from '@anyasync/deferred';
 *
 * const deferred = fromCoroutine(async (signal) => (await succeed(20)) + (signal.aborted ? 0 : 1));
 * await deferred; //=> 21
 * ```
 */
export function fromCoroutine<T>(coroutine: (signal: AbortSignal) => PromiseLike<T>): Deferred<T> {
  const message = '[deferred] fromCoroutine() takes an async function (signal) => value.';
  assertArgument(typeof coroutine === 'function', 'coroutine', coroutine, message);
  const controller = new AbortController();
  return untilItEnds(Deferred.fromPromise(coroutine(controller.signal)), (reason) =>
    controller.abort(reason),
  );
}

/** What a generator of {@link inlineCallbacks} may yield. */
export type Yielded = Deferred<any> | PromiseLike<any>;

/**
 * Makes a function that returns a Deferred of a generator that yields Deferreds (or promises), and gets their results back. After
 * Twisted's `inlineCallbacks`.
 *
 * - Starts at once, synchronously: what has its result already is not waited for, however many there are.
 * - An error of what it yields is thrown at the `yield`. What it returns is the value.
 * - Cancelling cancels what it waits for, so that a CancelledError is thrown at the `yield`. It may catch it and go on; the Deferred ends
 *   when the generator does.
 *
 * @throws {ArgumentError} `generator` is no function.
 * @example
 * ```ts
 * import { inlineCallbacks, succeed } from '@anyasync/deferred';
 *
 * const sum = inlineCallbacks(function* (a: number) {
 *   const b: number = yield succeed(2);
 *   return a + b;
 * });
 * sum(1).result; //=> 3
 * ```
 */
export function inlineCallbacks<This, A extends any[], R>(
  generator: (this: This, ...args: A) => Generator<Yielded, R, any>,
): (this: This, ...args: A) => Deferred<R> {
  const message = '[deferred] inlineCallbacks() takes a generator function.';
  assertArgument(typeof generator === 'function', 'generator', generator, message);
  return function (...args) {
    return new Inline(generator.apply(this, args)).run();
  };
}

class Inline<R> {
  private waitedFor: Deferred<unknown> | undefined;
  private readonly result = new Deferred<R>();

  constructor(private readonly generator: Generator<Yielded, R, any>) {}

  run(): Deferred<R> {
    const outer = untilItEnds(this.result, (reason) => this.waitedFor?.cancel(reason));
    this.resume(undefined);
    return outer;
  }

  /** Goes on with a result; a loop, so that results that are there cost no stack. */
  private resume(given: unknown): void {
    for (let next: unknown = given; ; ) {
      let step: IteratorResult<Yielded, R>;
      try {
        step = next instanceof Failure ? this.generator.throw(next.value) : this.generator.next(next);
      } catch (error) {
        return this.result.errback(error);
      }
      if (step.done) return this.result.callback(step.value);
      if (!(step.value instanceof Deferred) && !isThenable(step.value)) {
        next = step.value;
        continue;
      }
      const yielded: Deferred<unknown> =
        step.value instanceof Deferred ? step.value : Deferred.fromPromise(step.value);
      let isWaiting = false;
      let hasResult = false;
      this.waitedFor = yielded;
      yielded.addBoth((result) => {
        hasResult = true;
        next = result;
        if (isWaiting) this.resume(result);
      });
      if (!hasResult) {
        isWaiting = true;
        return;
      }
    }
  }
}
