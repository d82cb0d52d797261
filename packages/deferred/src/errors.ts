import { type Failure, textOf } from './failure.js';

/**
 * A Deferred was fired twice. In debug mode the message tells where it was created and where it was fired first. After Twisted's
 * AlreadyCalledError.
 *
 * @example
 * ```ts
 * import { succeed } from '@anyasync/deferred';
 *
 * try {
 *   succeed(1).callback(2);
 * } catch (error) {
 *   (error as Error).name; //=> 'AlreadyCalledError'
 * }
 * ```
 */
export class AlreadyCalledError extends Error {
  override get name(): 'AlreadyCalledError' {
    return 'AlreadyCalledError';
  }
  /** Where it was created, in debug mode. */
  readonly created: string | undefined;
  /** Where it was fired first, in debug mode. */
  readonly invoked: string | undefined;
  constructor(created?: string, invoked?: string) {
    super(
      '[deferred] the Deferred was fired before. Fire it once, or ask called before.' +
        (created === undefined ? '' : `\nThe Deferred was created at:${created}`) +
        (invoked === undefined ? '' : `\nIt was fired first at:${invoked}`),
    );
    this.created = created;
    this.invoked = invoked;
  }
}

/**
 * `errback()` was called without an error. JavaScript knows of no current exception that it could take.
 *
 * @example
 * ```ts
 * import { Deferred } from '@anyasync/deferred';
 *
 * try {
 *   (new Deferred() as unknown as { errback: () => void }).errback();
 * } catch (error) {
 *   (error as Error).name; //=> 'NoCurrentExceptionError'
 * }
 * ```
 */
export class NoCurrentExceptionError extends Error {
  override get name(): 'NoCurrentExceptionError' {
    return 'NoCurrentExceptionError';
  }
  constructor() {
    super('[deferred] errback() was called without an error. Pass the error, or a Failure.');
  }
}

/**
 * `unpause()` without a `pause()` before it. In Twisted the Deferred would never deliver again.
 *
 * @example
 * ```ts
 * import { Deferred } from '@anyasync/deferred';
 *
 * try {
 *   new Deferred().unpause();
 * } catch (error) {
 *   (error as Error).name; //=> 'NotPausedError'
 * }
 * ```
 */
export class NotPausedError extends Error {
  override get name(): 'NotPausedError' {
    return 'NotPausedError';
  }
  constructor() {
    super('[deferred] unpause() without a pause(). Call it once for each pause().');
  }
}

/**
 * The first of several Deferreds failed; see {@link DeferredList} and {@link gatherResults}.
 *
 * @example
 * ```ts
 * import { fail, type Failure, type FirstError, gatherResults, succeed } from '@anyasync/deferred';
 *
 * let index: number | undefined;
 * gatherResults([succeed(1), fail(new Error('no'))], { consumeErrors: true })
 *   .addErrback((failure: Failure) => { index = (failure.value as FirstError).index; });
 * index; //=> 1
 * ```
 */
export class FirstError extends Error {
  override get name(): 'FirstError' {
    return 'FirstError';
  }
  /** What it failed with; its value is the `cause` too. */
  readonly subFailure: Failure;
  /** Which of them it was. */
  readonly index: number;
  constructor(subFailure: Failure, index: number) {
    super(`[deferred] Deferred ${index} failed: ${textOf(subFailure.value)}. See subFailure.`, {
      cause: subFailure.value,
    });
    this.subFailure = subFailure;
    this.index = index;
  }
}

/**
 * All Deferreds of a {@link race} failed.
 *
 * @example
 * ```ts
 * import { fail, type Failure, type FailureGroup, race } from '@anyasync/deferred';
 *
 * let count = 0;
 * race([fail('a'), fail('b')]).addErrback((failure: Failure) => { count = (failure.value as FailureGroup).failures.length; });
 * count; //=> 2
 * ```
 */
export class FailureGroup extends Error {
  override get name(): 'FailureGroup' {
    return 'FailureGroup';
  }
  /** What each of them failed with, in the order given. */
  readonly failures: readonly Failure[];
  constructor(failures: readonly Failure[]) {
    super(`[deferred] all ${failures.length} Deferreds failed. See failures.`);
    this.failures = failures;
  }
}

/**
 * A {@link DeferredQueue} is full.
 *
 * @example
 * ```ts
 * import { DeferredQueue } from '@anyasync/deferred';
 *
 * try {
 *   new DeferredQueue({ size: 0 }).put('a');
 * } catch (error) {
 *   (error as Error).name; //=> 'QueueOverflow'
 * }
 * ```
 */
export class QueueOverflow extends Error {
  override get name(): 'QueueOverflow' {
    return 'QueueOverflow';
  }
  /** How many objects may wait. */
  readonly size: number;
  constructor(size: number) {
    super(`[deferred] the queue is full, ${size} objects wait. Get some first, or give it a larger size.`);
    this.size = size;
  }
}

/**
 * Too many wait for an object of a {@link DeferredQueue}.
 *
 * @example
 * ```ts
 * import { DeferredQueue } from '@anyasync/deferred';
 *
 * try {
 *   new DeferredQueue({ backlog: 0 }).get();
 * } catch (error) {
 *   (error as Error).name; //=> 'QueueUnderflow'
 * }
 * ```
 */
export class QueueUnderflow extends Error {
  override get name(): 'QueueUnderflow' {
    return 'QueueUnderflow';
  }
  /** How many may wait for an object. */
  readonly backlog: number;
  constructor(backlog: number) {
    super(
      `[deferred] ${backlog} wait for an object already. Put some first, or give the queue a larger backlog.`,
    );
    this.backlog = backlog;
  }
}
