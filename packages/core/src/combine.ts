import { assertArgument, enough } from './errors.js';
import { type Outcome, OutcomeRun } from './outcome.js';
import type { Operation, Receiver } from './protocol.js';
import { assertOperation, discard, run, startSelf } from './start.js';
import { reportStray } from './stray.js';
import { trampoline } from './trampoline.js';

type Values<Ops extends readonly Operation<unknown>[]> = {
  -readonly [K in keyof Ops]: Ops[K] extends Operation<infer T> ? T : never;
};
type ValueOf<Ops extends readonly Operation<unknown>[]> = Values<Ops>[number];

/** What a combinator does with the outcomes. */
interface Combination {
  /** Hears each, while nobody has settled the receiver. */
  readonly each: (outcome: Outcome<unknown>, index: number) => void;
  /** Nobody has settled it when all of them have ended. */
  readonly end: () => void;
}

/** Several runs under one receiver: what one of them cancels, all of them are. */
class Group {
  private readonly runs: OutcomeRun<unknown>[] = [];
  constructor(private readonly receiver: Receiver<never, never>) {}

  /** Starts them in order; as soon as the receiver has its answer, the rest is let go of. */
  start(operations: readonly Operation<unknown>[], { each, end }: Combination): void {
    const { receiver } = this;
    let left = operations.length;
    if (left === 0) return end();
    receiver.onCancel(this);
    for (const [index, operation] of operations.entries()) {
      if (!receiver.active) {
        discard(operation, enough());
        continue;
      }
      const member = new OutcomeRun<unknown>(
        (outcome) =>
          trampoline(() => {
            if (receiver.active) each(outcome, index);
            if (--left === 0 && receiver.active) end();
          }),
        receiver,
      );
      this.runs.push(member);
      trampoline(() => {
        if (member.active) run(startSelf<unknown, never>, member, operation, []);
        else discard(operation, enough());
      });
    }
  }

  /** The losers: nobody waits for them. */
  stop(reason: unknown): void {
    for (const member of this.runs) trampoline(() => member._close(reason));
  }

  /** The consumer has left: cancels what still runs. Gives their completion, where they have one. */
  cancel(reason: unknown): unknown {
    const ends: unknown[] = [];
    for (const member of this.runs) trampoline(() => void ends.push(member._leave(reason)));
    const waiting = ends.filter(
      (end) => typeof (end as PromiseLike<unknown> | undefined)?.then === 'function',
    );
    return waiting.length === 0 ? undefined : completionOf(waiting);
  }
}

/** Settles when all have; with the first error, and the others are strays. */
async function completionOf(ends: readonly unknown[]): Promise<void> {
  const outcomes = await Promise.allSettled(ends);
  const failed = outcomes.filter((outcome) => outcome.status === 'rejected');
  for (const { reason } of failed.slice(1)) reportStray('thrown', reason);
  for (const { reason } of failed) throw reason;
}

/** An operation over others. `group.cancel` stops the losers. */
function over<T, Item = never>(
  operations: readonly Operation<unknown>[],
  combine: (receiver: Receiver<T, Item>, group: Group) => Combination,
): Operation<T, Item> {
  assertArgument(Array.isArray(operations), 'operations', operations, '[core] pass an array of operations.');
  for (const [index, each] of operations.entries()) assertOperation(each, `operations[${index}]`);
  const discardAll = (reason: unknown): void => {
    for (const each of operations) discard(each, reason);
  };
  const start = (receiver: Receiver<T, Item>): void => {
    const group = new Group(receiver as Receiver<never, never>);
    if (receiver.active) group.start(operations, combine(receiver, group));
    else discardAll(enough());
  };
  return { '~anyasync': { version: 1, start, discard: discardAll } };
}

function endWith(receiver: Receiver<never>, group: Group, outcome: Outcome<unknown>): void {
  if (outcome.status === 'fulfilled') receiver.resolve(outcome.value as never);
  else if (outcome.status === 'rejected') receiver.reject(outcome.reason);
  else receiver.abort(outcome.reason);
  group.stop(outcome.status === 'fulfilled' ? enough() : outcome.reason);
}

/**
 * All values, in the order given. The first error or cancellation ends it, the same object, and cancels the others.
 *
 * - Cold: starts all of them when it is started. Synchronous where they are.
 *
 * @throws {ArgumentError} One of them is no operation.
 * @example
 * ```ts
 * import { all } from '@anyasync/core';
 * import { fromPromise, toPromise } from '@anyasync/promise';
 * import { fromCallback } from '@anyasync/callback';
 *
 * const later = (n: number, done: (error: Error | null, n: number) => void) => void setTimeout(done, 1, null, n);
 * await toPromise(all([fromPromise(Promise.resolve('a')), fromCallback(later, 2)])); //=> ['a', 2]
 * ```
 */
export function all<const Ops extends readonly Operation<unknown>[]>(
  operations: Ops,
): Operation<Values<Ops>> {
  return over(operations, (receiver, group) => {
    const values: unknown[] = new Array(operations.length);
    return {
      each(outcome, index) {
        if (outcome.status === 'fulfilled') values[index] = outcome.value;
        else endWith(receiver as Receiver<never>, group, outcome);
      },
      end: () => receiver.resolve(values as never),
    };
  });
}

/**
 * All outcomes, in the order given, whatever they are. Never rejects.
 *
 * @throws {ArgumentError} One of them is no operation.
 * @example
 * ```ts
 * import { allSettled } from '@anyasync/core';
 * import { fromPromise, toPromise } from '@anyasync/promise';
 *
 * await toPromise(allSettled([fromPromise(Promise.resolve(1))])); //=> [{ status: 'fulfilled', value: 1 }]
 * ```
 */
export function allSettled<const Ops extends readonly Operation<unknown>[]>(
  operations: Ops,
): Operation<{ -readonly [K in keyof Ops]: Outcome<Values<Ops>[K]> }> {
  return over(operations, (receiver) => {
    const outcomes: unknown[] = new Array(operations.length);
    return {
      each(outcome, index) {
        outcomes[index] = outcome;
      },
      end: () => receiver.resolve(outcomes as never),
    };
  });
}

/**
 * The first value; the others are cancelled. If there is none, an AggregateError with all reasons, in the order given.
 *
 * @throws {ArgumentError} One of them is no operation.
 * @example
 * ```ts
 * import { any } from '@anyasync/core';
 * import { fromPromise, toPromise } from '@anyasync/promise';
 *
 * await toPromise(any([fromPromise(Promise.reject(new Error('no'))), fromPromise(Promise.resolve('yes'))])); //=> 'yes'
 * ```
 */
export function any<const Ops extends readonly Operation<unknown>[]>(
  operations: Ops,
): Operation<ValueOf<Ops>> {
  return over(operations, (receiver, group) => {
    const reasons: unknown[] = new Array(operations.length);
    return {
      each(outcome, index) {
        if (outcome.status === 'fulfilled') endWith(receiver as Receiver<never>, group, outcome);
        else reasons[index] = outcome.reason;
      },
      end: () =>
        receiver.reject(
          new AggregateError(reasons, '[core] any() got no value: see errors for each reason.'),
        ),
    };
  });
}

/**
 * The first to end, whichever way; the others are cancelled.
 *
 * @throws {ArgumentError} One of them is no operation, or there is none: that race would never end.
 * @example
 * ```ts
 * import { operation, race } from '@anyasync/core';
 * import { fromPromise, toPromise } from '@anyasync/promise';
 *
 * const never = operation<string>(() => {});
 * await toPromise(race([never, fromPromise(Promise.resolve('won'))])); //=> 'won'
 * ```
 */
export function race<const Ops extends readonly Operation<unknown>[]>(
  operations: Ops,
): Operation<ValueOf<Ops>> {
  assertArgument(
    operations?.length !== 0,
    'operations',
    operations,
    '[core] race() of nothing would never end. Pass an operation.',
  );
  return over(operations, (receiver, group) => ({
    each: (outcome) => endWith(receiver as Receiver<never>, group, outcome),
    end() {}, // the first has ended it
  }));
}

/**
 * The outcomes as items, in the order in which they come, each with its index among the operations. After .NET's WhenEach and
 * PEP 3148's as_completed.
 *
 * @throws {ArgumentError} One of them is no operation.
 * @example
 * ```ts
 * import { asCompleted, operation, toArray } from '@anyasync/core';
 * import { fromPromise, toPromise } from '@anyasync/promise';
 *
 * const late = operation<string>((receiver) => void setTimeout(receiver.resolve.bind(receiver), 5, 'late'));
 * const outcomes = await toPromise(asCompleted([late, fromPromise(Promise.resolve('soon'))]), { fold: toArray() });
 * outcomes.map((each) => each.index); //=> [1, 0]
 * ```
 */
export function asCompleted<const Ops extends readonly Operation<unknown>[]>(
  operations: Ops,
): Operation<void, Outcome<ValueOf<Ops>> & { index: number }> {
  return over<void, Outcome<ValueOf<Ops>> & { index: number }>(operations, (receiver) => {
    return {
      each: (outcome, index) => void receiver.next({ ...(outcome as Outcome<ValueOf<Ops>>), index }),
      end: () => receiver.complete(),
    };
  });
}
