import {
  assertArgument,
  FalsyRejectionError,
  isCancelled,
  type Operation,
  Run,
  reportStray,
  run,
  startSelf,
} from '@anyasync/core';
import { fromPromise } from '@anyasync/promise';
import { InvalidOperationError } from './errors.js';
import type { CompletedArgs, ProgressArgs } from './events.js';
import { Progress } from './progress.js';

/** What {@link toEvents} tells its events to. */
export interface Emitter {
  emit(name: string, args: never): unknown;
}

/** What a function of {@link toEvents} gets beside its arguments. */
export interface EventCall {
  /** Aborted by `cancelAsync(userState)`. */
  readonly signal: AbortSignal;
  /** Reports a percentage, from 0 to 100: a `progressChanged` event. */
  readonly progress: Progress<number>;
}

/** The methods of the event-based pattern for one operation. */
export type EventMethods<Name extends string, A extends readonly unknown[]> = {
  [K in `${Name}Async`]: (userState: unknown, ...args: A) => void;
} & { cancelAsync(userState: unknown): void };

/** The arguments of a `...Completed` event: there is a result only if there is one. */
class Completed implements CompletedArgs {
  constructor(
    readonly error: unknown,
    readonly cancelled: boolean,
    readonly userState: unknown,
    private readonly value: unknown,
  ) {}
  /** @throws The error; an InvalidOperationError if it was cancelled. */
  get result(): unknown {
    if (this.cancelled)
      throw new InvalidOperationError(
        '[begin-end] the operation was cancelled, it has no result. Ask cancelled before.',
      );
    if (this.error !== undefined) throw this.error;
    return this.value;
  }
}

/** One call: raises its event once, however it ends. */
class Call extends Run<unknown> {
  constructor(
    private readonly ended: (args: Completed) => void,
    private readonly userState: unknown,
  ) {
    super();
  }
  protected override fulfilled(value: unknown): void {
    this.ended(new Completed(undefined, false, this.userState, value));
  }
  protected override rejected(reason: unknown): void {
    const error = reason === null || reason === undefined ? noError(reason) : reason;
    this.ended(new Completed(error, isCancelled(error), this.userState, undefined));
  }
  protected override aborted(reason: unknown): void {
    this.ended(new Completed(reason, true, this.userState, undefined));
  }
  protected override stopped(reason: unknown): void {
    this.aborted(reason);
  }
}

function noError(reason: null | undefined): FalsyRejectionError {
  const why = `[begin-end] the operation failed with ${reason}, which an event cannot tell from success. See cause.`;
  return new FalsyRejectionError(reason, why);
}

/**
 * Writes a function that returns a promise in the event-based pattern: `nameAsync(userState, ...args)`, whose end is the event
 * `nameCompleted` of an emitter, always once.
 *
 * - Work starts with the call. `cancelAsync(userState)` aborts the call's signal, and raises the event with `cancelled`.
 * - Errors, also thrown ones, are in the event: `error`; then reading its `result` throws it. A rejection with null or undefined is a
 *   {@link FalsyRejectionError} there.
 * - `progress.report(percentage)` raises `progressChanged`, never after the end.
 * - The userState tells calls from each other. A second call with one that is in use throws.
 *
 * @throws {ArgumentError} The emitter, the name or the function is none.
 * @example
 * ```ts
 * import { EventEmitter } from 'node:events';
 * import { toEvents } from '@anyasync/begin-end';
 *
 * const emitter = new EventEmitter();
 * const reader = toEvents(emitter, 'read', async (_call, path: string) => `text of ${path}`);
 * const completed = new Promise<{ result: string }>((resolve) => emitter.once('readCompleted', resolve));
 * reader.readAsync('first', 'a.txt');
 * (await completed).result; //=> 'text of a.txt'
 * ```
 */
export function toEvents<const Name extends string, A extends readonly unknown[]>(
  emitter: Emitter,
  name: Name,
  fn: (call: EventCall, ...args: A) => PromiseLike<unknown>,
): EventMethods<Name, A> {
  assertArgument(
    typeof Object(emitter).emit === 'function',
    'emitter',
    emitter,
    '[begin-end] toEvents() takes an emitter, with emit(name, args).',
  );
  assertArgument(
    typeof name === 'string' && name !== '',
    'name',
    name,
    "[begin-end] the name is that of the operation, such as 'read'.",
  );
  assertArgument(
    typeof fn === 'function',
    'fn',
    fn,
    '[begin-end] toEvents() takes a function (call, ...args) => promise.',
  );
  const calls = new Map<unknown, Call>();
  const emit = (event: string, args: object): void => {
    try {
      emitter.emit(event, args as never);
    } catch (error) {
      reportStray('thrown', error); // a listener's own problem
    }
  };
  const start = (userState: unknown, ...args: A): void => {
    if (calls.has(userState))
      throw new InvalidOperationError(
        `[begin-end] a call with this userState runs already. Give each ${name}Async() its own.`,
      );
    const call = new Call((completed) => {
      calls.delete(userState);
      emit(`${name}Completed`, completed);
    }, userState);
    calls.set(userState, call);
    const progress = new Progress<number>((progressPercentage) => {
      const changed: ProgressArgs = { progressPercentage, userState };
      if (call.active) emit('progressChanged', changed);
    });
    const work = fromPromise((signal) => fn({ signal, progress }, ...args)) as Operation<unknown>;
    run(startSelf<unknown, never>, call, work, []);
  };
  return {
    [`${name}Async`]: start,
    cancelAsync: (userState: unknown) => void calls.get(userState)?.cancel(),
  } as unknown as EventMethods<Name, A>;
}
