import { isMarked } from './recognise.js';
import { describe, hide, nameOf } from './show.js';

// Each name is a getter on the prototype: it survives minification, shows in the stack's first line, and is no own property in every log.

const brand: unique symbol = Symbol.for('anyasync.cancelled/1') as never;

/**
 * The reason of a cancellation for which nobody gave one. Recognised by a registered symbol and not by `instanceof`,
 * so that copies of this package understand each other: ask {@link isCancelled}. After PEP 3148's CancelledError.
 *
 * @example
 * ```ts
 * import { CancelledError, isCancelled } from '@anyasync/core';
 *
 * isCancelled(new CancelledError()); //=> true
 * ```
 */
export class CancelledError extends Error {
  override get name(): 'CancelledError' {
    return 'CancelledError';
  }
  constructor(message = '[core] cancelled. Tell it from a failure with isCancelled(error).') {
    super(message);
  }
  static {
    hide(CancelledError.prototype, brand, true);
  }
}

// Made here and not when it is needed first: its stack would keep that call, and what it knows, for ever.
const reason = /* @__PURE__ */ new CancelledError('[core] cancelled: the consumer has what it asked for.');

/**
 * The reason of a source that is stopped because its consumer has what it asked for. One object: nobody looks for a stack in it. For
 * writers of styles.
 *
 * @example
 * ```ts
 * import { enough, isCancelled } from '@anyasync/core';
 *
 * isCancelled(enough()); //=> true
 * ```
 */
export function enough(): CancelledError {
  return reason;
}

/**
 * Tells whether an error means "cancelled" rather than "failed": it carries the brand of {@link CancelledError}, from any copy of
 * this package. An error of your own becomes one by extending the class. A foreign AbortError is not one: what a signal was aborted
 * with is told apart by {@link outcome}, which knows the run.
 *
 * @example
 * ```ts
 * import { isCancelled } from '@anyasync/core';
 *
 * isCancelled(new Error('disk full')); //=> false
 * ```
 */
export function isCancelled(error: unknown): error is CancelledError {
  return isMarked(error, brand);
}

/**
 * The run took longer than its timeout. The work was cancelled, unless the timeout only gave up waiting.
 *
 * @example
 * ```ts
 * import { TimeoutError } from '@anyasync/core';
 *
 * new TimeoutError(50).timeout; //=> 50
 * ```
 */
export class TimeoutError extends Error {
  override get name(): 'TimeoutError' {
    return 'TimeoutError';
  }
  /** The timeout, in milliseconds. */
  readonly timeout: number;
  /** The name of the function that was called, where it is known. */
  readonly fn: string | undefined;
  /** @param fn - The function that was called. */
  constructor(timeout: number, fn?: unknown) {
    const name = nameOf(fn);
    super(
      `[core] ${name ? `${name}()` : 'the operation'} did not end within ${timeout} ms. Give it a longer timeout, or none.`,
    );
    this.timeout = timeout;
    this.fn = name || undefined;
  }
}

/**
 * A fold that needs an item (`first`, `last`, `only`) met none. Has the name that RxJS uses, so that one test recognises both.
 *
 * @example
 * ```ts
 * import { EmptyError } from '@anyasync/core';
 *
 * new EmptyError('first').name; //=> 'EmptyError'
 * ```
 */
export class EmptyError extends Error {
  override get name(): 'EmptyError' {
    return 'EmptyError';
  }
  /** The fold that needed an item. */
  readonly fold: string;
  constructor(fold: string) {
    super(
      `[core] ${fold}() ended without an item. Pass a default, as in ${fold}(undefined), or use toArray().`,
    );
    this.fold = fold;
  }
}

/**
 * The fold `only()` met a second item; the source has been cancelled.
 *
 * @example
 * ```ts
 * import { TooManyItemsError } from '@anyasync/core';
 *
 * new TooManyItemsError('b').item; //=> 'b'
 * ```
 */
export class TooManyItemsError extends Error {
  override get name(): 'TooManyItemsError' {
    return 'TooManyItemsError';
  }
  /** The second item. Not enumerable: no log shows it. */
  declare readonly item: unknown;
  constructor(item: unknown) {
    super('[core] only() met a second item. Use first(), last() or toArray() where there may be several.');
    hide(this, 'item', item);
  }
}

/**
 * An item arrived where the consumer's style has no place for items; the source has been cancelled. TypeScript rejects such a conversion.
 *
 * @example
 * ```ts
 * import { UnexpectedItemError } from '@anyasync/core';
 *
 * new UnexpectedItemError(1).item; //=> 1
 * ```
 */
export class UnexpectedItemError extends Error {
  override get name(): 'UnexpectedItemError' {
    return 'UnexpectedItemError';
  }
  /** The item that had no place. Not enumerable: no log shows it. */
  declare readonly item: unknown;
  constructor(item: unknown) {
    super(
      '[core] the source delivers items, its consumer takes one value. Pass { fold: first() }, or { next } to take the items.',
    );
    hide(this, 'item', item);
  }
}

/**
 * A synchronous result was asked for work that has not ended and cannot end while its thread waits. A call that was made for the result has
 * cancelled the work; a future that was asked for it is unchanged.
 *
 * @example
 * ```ts
 * import { WouldDeadlockError } from '@anyasync/core';
 *
 * new WouldDeadlockError().name; //=> 'WouldDeadlockError'
 * ```
 */
export class WouldDeadlockError extends Error {
  override get name(): 'WouldDeadlockError' {
    return 'WouldDeadlockError';
  }
  constructor(
    message = '[core] the operation did not settle inside the call, and its own thread cannot wait for it. Convert to an asynchronous style, such as promise.',
  ) {
    super(message);
  }
}

/**
 * An argument is not what the function takes. A TypeError with Node's code, thrown at the call that passed it.
 *
 * @example
 * ```ts
 * import { ArgumentError } from '@anyasync/core';
 * import { promisify } from '@anyasync/callback';
 *
 * try {
 *   promisify('readFile' as never);
 * } catch (error) {
 *   (error as ArgumentError).argument; //=> 'fn'
 *   (error as ArgumentError).code; //=> 'ERR_INVALID_ARG_TYPE'
 * }
 * ```
 */
export class ArgumentError extends TypeError {
  override get name(): 'ArgumentError' {
    return 'ArgumentError';
  }
  /** Node's code for this error. */
  readonly code = 'ERR_INVALID_ARG_TYPE';
  /** The name of the parameter or option. */
  readonly argument: string;
  /** What was passed. Not enumerable: no log shows what it holds. */
  declare readonly received: unknown;
  /** @param message - Begins with the package in brackets and ends with what to pass. */
  constructor(argument: string, received: unknown, message: string, options?: ErrorOptions) {
    super(`${message} Received ${describe(received)}.`, options);
    this.argument = argument;
    hide(this, 'received', received);
  }
}

/**
 * Throws an {@link ArgumentError} unless the condition holds. For writers of styles.
 *
 * @example
 * ```ts
 * import { assertArgument } from '@anyasync/core';
 *
 * export function delay(ms: number) {
 *   assertArgument(ms >= 0, 'ms', ms, '[delay] ms is a time, in milliseconds.');
 * }
 * ```
 */
export function assertArgument(
  holds: boolean,
  argument: string,
  received: unknown,
  message: string,
): asserts holds {
  if (!holds) throw new ArgumentError(argument, received, message);
}
