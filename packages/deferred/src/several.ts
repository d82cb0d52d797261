// Several Deferreds as one.

import { assertArgument, readOptions, reportStray } from '@anyasync/core';
import { Deferred, isOurs } from './deferred.js';
import { FailureGroup, FirstError } from './errors.js';
import { type Failure, isFailure } from './failure.js';

/** How one of several ended. */
export type Ended<T> = [succeeded: true, value: T] | [succeeded: false, failure: Failure];

/** What can be asked of a {@link DeferredList}. */
export interface DeferredListOptions {
  /** Ends with the first value, as `[value, index]`. */
  readonly fireOnOneCallback?: boolean | undefined;
  /** Ends with the first error, as a FirstError. */
  readonly fireOnOneErrback?: boolean | undefined;
  /** The members' errors count as handled: their chains go on with undefined. */
  readonly consumeErrors?: boolean | undefined;
}

function assertMembers(members: unknown): asserts members is readonly Deferred<unknown>[] {
  const isList = Array.isArray(members) && members.every(isOurs);
  assertArgument(isList, 'deferreds', members, '[deferred] pass an array of Deferreds.');
}

/**
 * A Deferred of several: fires when all have ended, with how each did, in the order given. After Twisted's DeferredList.
 *
 * - The members' chains go on with their results.
 * - Cancelling cancels all members, unless it has fired.
 * - Synchronous. An empty one fires at once; with `fireOnOneCallback` never.
 *
 * @throws {ArgumentError} They are no Deferreds.
 * @example
 * ```ts
 * import { Deferred, DeferredList, succeed } from '@anyasync/deferred';
 *
 * const later = new Deferred<string>();
 * const list = new DeferredList([succeed('a'), later]);
 * later.callback('b');
 * list.result; //=> [[true, 'a'], [true, 'b']]
 * ```
 */
export class DeferredList<T, R = Ended<T>[]> extends Deferred<R> {
  private readonly ends: Ended<T>[];
  private left: number;
  private readonly flags: DeferredListOptions;

  constructor(
    private readonly members: readonly Deferred<T>[],
    options?: DeferredListOptions,
  ) {
    super();
    assertMembers(members);
    const names = ['fireOnOneCallback', 'fireOnOneErrback', 'consumeErrors'] as const;
    const flags = readOptions(options, names, '[deferred] a DeferredList');
    this.flags = flags;
    this.ends = new Array(members.length);
    this.left = members.length;
    if (this.left === 0 && !flags.fireOnOneCallback) this.callback(this.ends as R);
    for (const [index, member] of members.entries()) member.addBoth((result) => this.ended(index, result));
  }

  override cancel(reason?: unknown): boolean {
    if (this.called) return super.cancel(reason);
    for (const member of this.members) {
      try {
        member.cancel(reason);
      } catch (error) {
        reportStray('thrown', error); // a canceller of Twisted's kind
      }
    }
    return true;
  }

  private ended(index: number, result: T | Failure): unknown {
    const { fireOnOneCallback, fireOnOneErrback, consumeErrors } = this.flags;
    const hasFailed = isFailure(result);
    this.ends[index] = hasFailed ? [false, result] : [true, result];
    this.left--;
    if (!this.called) {
      if (!hasFailed && fireOnOneCallback) this.callback([result, index] as R);
      else if (hasFailed && fireOnOneErrback) this.errback(new FirstError(result, index));
      else if (this.left === 0) this.callback(this.ends as R);
    }
    return hasFailed && consumeErrors ? undefined : result;
  }
}

/**
 * The values of all, in the order given; the first error fails it with a FirstError. After Twisted's `gatherResults`.
 *
 * - Cancelling cancels all of them. The others go on after an error; `{ consumeErrors: true }` counts theirs as handled.
 *
 * @throws {ArgumentError} They are no Deferreds.
 * @example
 * ```ts
 * import { gatherResults, succeed } from '@anyasync/deferred';
 *
 * gatherResults([succeed(1), succeed(2)]).result; //=> [1, 2]
 * ```
 */
export function gatherResults<T>(
  deferreds: readonly Deferred<T>[],
  options?: Pick<DeferredListOptions, 'consumeErrors'>,
): Deferred<T[]> {
  const { consumeErrors } = readOptions(options, ['consumeErrors'], '[deferred] gatherResults()');
  const list = new DeferredList(deferreds, { fireOnOneErrback: true, consumeErrors });
  return list.addCallback((ends) => ends.map(([, value]) => value as T));
}

/**
 * The first value, as `[index, value]`; the others are cancelled. Fails with a FailureGroup if all fail. After Twisted's `race`.
 *
 * - Cancelling cancels all of them. Their errors count as handled.
 *
 * @throws {ArgumentError} They are no Deferreds, or there is none: that race would never end.
 * @example
 * ```ts
 * import { Deferred, race, succeed } from '@anyasync/deferred';
 *
 * race([new Deferred<string>(), succeed('b')]).result; //=> [1, 'b']
 * ```
 */
export function race<T>(deferreds: readonly Deferred<T>[]): Deferred<[index: number, value: T]> {
  assertMembers(deferreds);
  const message = '[deferred] race() of nothing would never end. Pass a Deferred.';
  assertArgument(deferreds.length > 0, 'deferreds', deferreds, message);
  const failures: Failure[] = [];
  let left = deferreds.length;
  const first = new Deferred<[number, T]>(() => {
    for (const each of deferreds) each.cancel();
  });
  for (const [index, each] of deferreds.entries()) {
    each.addCallbacks(
      (value) => {
        if (first.called) return;
        for (const other of deferreds) if (other !== each) other.cancel();
        if (!first.called) first.callback([index, value]);
      },
      (failure) => {
        failures[index] = failure;
        left--;
        if (left === 0 && !first.called) first.errback(new FailureGroup(failures));
      },
    );
  }
  return first;
}
