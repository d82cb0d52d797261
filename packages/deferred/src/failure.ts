import { branded } from '@anyasync/core';

/** A class of errors, as `instanceof` takes it. */
export type ErrorClass = abstract new (...args: never[]) => unknown;

/**
 * An error on its way through a chain of callbacks: errbacks get it, `value` is what was thrown, the same object. After Twisted's Failure.
 *
 * @example
 * ```ts
 * import { fail, type Failure } from '@anyasync/deferred';
 *
 * const log: unknown[] = [];
 * fail(new RangeError('too far')).addErrback((failure: Failure) => {
 *   failure.trap(RangeError);
 *   log.push(failure.value);
 * });
 * String(log); //=> 'RangeError: too far'
 * ```
 */
export class Failure {
  /** @internal Somebody outside of the chain has heard it: it is not unhandled, though nobody recovered from it. */
  _heard = false;

  /** @param value - What was thrown, or what means the failure: any value. */
  constructor(readonly value: unknown) {}

  /** The first of the classes that the error is an instance of; undefined if none. */
  check(...classes: readonly ErrorClass[]): ErrorClass | undefined {
    return classes.find((each) => isInstance(this.value, each));
  }

  /** The same, for an errback that handles only these: throws the failure itself on to the next errback if it is none of them. */
  trap(...classes: readonly ErrorClass[]): ErrorClass {
    const found = this.check(...classes);
    if (found === undefined) throw this;
    return found;
  }

  toString(): string {
    return `[Failure: ${textOf(this.value)}]`;
  }
}

/** A revoked proxy is an instance of nothing. */
function isInstance(value: unknown, Class: ErrorClass): boolean {
  try {
    return value instanceof Class;
  } catch {
    return false;
  }
}

/** Some values have no text: an object without a prototype, one that throws. */
export function textOf(value: unknown): string {
  try {
    return String(value);
  } catch {
    return typeof value;
  }
}

/** Whether a value is a Failure, of this copy of the package or another. */
export const isFailure: (value: unknown) => value is Failure = branded(Failure, 'anyasync.failure/1');

/** What was thrown, as a failure; a failure that was thrown is itself. */
export function failureOf(thrown: unknown): Failure {
  return isFailure(thrown) ? thrown : new Failure(thrown);
}
