// Deferreds written as code that waits: async functions, and generators.

import { assertArgument, CancelledError, run, startSelf } from '@anyasync/core';
import { fromPromise } from '@anyasync/promise';
import { Deferred } from './deferred.js';
import { Failure } from './failure.js';
import { isThenable } from './making.js';

/** Ends when somebody else's code does, with whatever that has to say. Cancelling only asks the code to stop. */
class Coroutine<T> extends Deferred<T> {
  override cancel(reason?: unknown): boolean {
    if (this.called) return super.cancel(reason);
    this.halt(reason === undefined ? new CancelledError() : reason);
    return true;
  }
}

/**
 * Runs an async function as a Deferred. After Twisted's `fromCoroutine`.
 *
 * - Starts at once. What it returns is the value, what it throws the error.
 * - Cancelling aborts the signal with the reason, or a CancelledError. The function goes on until it ends, and its end is the Deferred's.
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
  const result = new Coroutine<T>();
  run(startSelf<T, never>, result, fromPromise(coroutine), []);
  return result;
}

/** What a generator of {@link inlineCallbacks} may yield. */
export type Yielded = Deferred<any> | PromiseLike<any>;

/**
 * Makes a function that returns a Deferred of a generator that yields Deferreds (or promises), and gets their results back. After
 * Twisted's `inlineCallbacks`.
 *
 * - Starts at once, synchronously: what has its result already is not waited for, however many there are.
 * - An error of what it yields is thrown at the `yield`. What it returns is the value.
 * - Cancelling cancels what it waits for, so that the reason, or a CancelledError, is thrown at the `yield`. It may catch it and go on; the
 *   Deferred ends when the generator does.
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
    return new Inline(Reflect.apply(generator, this, args)).run();
  };
}

class Inline<R> {
  private readonly result = new Coroutine<R>();

  constructor(private readonly generator: Generator<Yielded, R, any>) {}

  run(): Deferred<R> {
    this.resume(undefined);
    return this.result;
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
      this.result.onCancel(yielded);
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
