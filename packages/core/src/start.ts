import { assertArgument } from './errors.js';
import type { Operation, Receiver } from './protocol.js';
import type { Run } from './run.js';
import { attempt, reportStray } from './stray.js';

/**
 * A function of any style, read into the core: each call starts one run with this `this` and these arguments, which all runs share
 * and none changes. It may throw: whoever starts it uses {@link run} or {@link runOrThrow}.
 */
export type Start<This, Args extends readonly unknown[], T, Item = never> = (
  receiver: Receiver<T, Item>,
  self: This,
  args: Args,
) => void;

/** Any start: what is known of one where types are not. */
export type AnyStart = (receiver: any, self: any, args: any) => void;

class Call<This, Args extends readonly unknown[], T, Item> implements Operation<T, Item> {
  constructor(
    private readonly fn: Start<This, Args, T, Item>,
    private readonly self: This,
    private readonly args: Args,
  ) {}
  get version(): 1 {
    return 1;
  }
  get '~anyasync'(): this {
    return this;
  }
  start(receiver: Receiver<T, Item>): void {
    this.fn(receiver, this.self, this.args);
  }
}

/**
 * One call of a start, with its `this` and arguments, as an operation. For writers of styles.
 *
 * @example
 * ```ts
 * import { operationOf, outcome, type Start, sync } from '@anyasync/core';
 *
 * const sum: Start<undefined, [number, number], number> = sync.lift((a: number, b: number) => a + b);
 * await outcome(operationOf(sum, undefined, [1, 2])); //=> { status: 'fulfilled', value: 3 }
 * ```
 */
export function operationOf<This, Args extends readonly unknown[], T, Item>(
  start: Start<This, Args, T, Item>,
  self: This,
  args: Args,
): Operation<T, Item> {
  return new Call(start, self, args);
}

/**
 * Whether a value is an operation, of this copy of the package or another, and of a version that this one understands. Only looks: nothing
 * is called, and nothing is thrown.
 *
 * @example
 * ```ts
 * import { isOperation, operation } from '@anyasync/core';
 *
 * isOperation(operation(() => {})); //=> true
 * isOperation(Promise.resolve()); //=> false
 * ```
 */
export function isOperation(value: unknown): value is Operation<unknown, unknown> {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false;
  try {
    const protocol = (value as Partial<Operation<unknown>>)['~anyasync'];
    return typeof protocol === 'object' && protocol?.version === 1 && typeof protocol.start === 'function';
  } catch {
    return false;
  }
}

/**
 * Throws an ArgumentError unless the value is an operation. For writers of styles.
 *
 * @example
 * ```ts
 * import { assertOperation, operation } from '@anyasync/core';
 *
 * assertOperation(operation(() => {}));
 * ```
 */
export function assertOperation(value: unknown, argument = 'operation'): void {
  assertArgument(
    isOperation(value),
    argument,
    value,
    '[core] pass an operation, as from fromPromise(promise) or fromCallback(fn, ...args).',
  );
}

/**
 * A start that runs the operation it is given as `this`: operations run through everything that functions do. For writers of styles.
 *
 * @example
 * ```ts
 * import { type Operation, startSelf, sync } from '@anyasync/core';
 *
 * const valueOf = sync.lower(startSelf, sync.traits);
 * export const now = <T>(operation: Operation<T>): T => valueOf.call(operation);
 * ```
 */
export const startSelf = <T, Item>(receiver: Receiver<T, Item>, self: Operation<T, Item>): void =>
  self['~anyasync'].start(receiver);

/**
 * Lets go of an operation whose run was asked for and will not be started: a promise is observed, so that its rejection ends no process; a
 * stream is destroyed. Never throws: what letting go throws, or rejects with, is a stray. For writers of styles.
 *
 * @example
 * ```ts
 * import { discard } from '@anyasync/core';
 * import { fromPromise } from '@anyasync/promise';
 *
 * discard(fromPromise(Promise.reject(new Error('not waited for'))), 'too late'); // no unhandledRejection
 * ```
 */
export function discard<T, Item>(operation: Operation<T, Item>, reason: unknown): void {
  attempt(() => {
    const protocol = operation['~anyasync'];
    if (typeof protocol.discard === 'function') return protocol.discard(reason);
  });
}

/**
 * Starts a run where a throw means the same as a rejection (promise, future, deferred, observable). For writers of styles.
 *
 * @example
 * ```ts
 * import { operation, Run, run, startSelf } from '@anyasync/core';
 *
 * class Printed extends Run<string> {
 *   protected override fulfilled(value: string) { console.log(value); }
 *   protected override rejected(reason: unknown) { console.error(reason); }
 * }
 * run(startSelf, new Printed(), operation<string>((receiver) => receiver.resolve('done')), []);
 * ```
 */
export function run<This, Args extends readonly unknown[], T, Item>(
  start: Start<This, Args, T, Item>,
  receiver: Run<T, Item>,
  self: This,
  args: Args,
): void {
  try {
    start(receiver, self, args);
  } catch (error) {
    receiver._crash(error);
  }
}

/**
 * Starts a run where the style can throw synchronously (a plain call, a callback, a Begin): what the start throws is thrown, unless
 * the run had ended. For writers of styles.
 *
 * @example
 * ```ts
 * import { operation, Run, runOrThrow, startSelf } from '@anyasync/core';
 *
 * class Ignored extends Run<string> {}
 * runOrThrow(startSelf, new Ignored(), operation<string>((receiver) => receiver.resolve('done')), []);
 * ```
 */
export function runOrThrow<This, Args extends readonly unknown[], T, Item>(
  start: Start<This, Args, T, Item>,
  receiver: Run<T, Item>,
  self: This,
  args: Args,
): void {
  try {
    start(receiver, self, args);
  } catch (error) {
    if (receiver._close(error)) throw error;
    reportStray('thrown', error);
  }
}
