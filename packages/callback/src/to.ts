import {
  type AnyStart,
  assertArgument,
  assertConvertOptions,
  assertNoMore,
  assertOperation,
  type Context,
  contextHere,
  FalsyRejectionError,
  type Fold,
  type Itemless,
  type Operation,
  type OperationOptions,
  Run,
  type RunOptions,
  runOrThrow,
  startSelf,
  type Traits,
  withOptions,
} from '@anyasync/core';
import { callLater, callNodeLater } from './call-later.js';
import type { Fn } from './from.js';
import type { NodeCallback } from './types.js';

/**
 * Writes an operation as a call of a Node-style callback: `(error)` or `(null, value)`.
 *
 * - Starts the work at once. The callback is called once, after this call has returned, in the caller's async context.
 * - Errors: the source's reason, the same object; a falsy one arrives as a {@link FalsyRejectionError}. What starting throws is thrown.
 * - A callback that throws is an uncaught exception of the host, and changes nothing else.
 * - Cancelling: `{ signal }` cancels the work, and the callback hears `signal.reason`.
 *
 * @throws {ArgumentError} `operation` is none, the callback is missing, or an option cannot be meant.
 * @example
 * ```ts
 * import { toCallback } from '@anyasync/callback';
 * import { fromPromise } from '@anyasync/promise';
 *
 * await new Promise((done) => toCallback(fromPromise(Promise.resolve(1)), (error, value) => done([error, value]))); //=> [null, 1]
 * ```
 */
export function toCallback<T, Item = never>(
  operation: Operation<T, Item> & Itemless<Item>,
  callback: NodeCallback<T>,
  options?: RunOptions<T, never>,
): void;
export function toCallback<T, Item>(
  operation: Operation<T, Item>,
  callback: NodeCallback<T>,
  options: RunOptions<T, Item> & { readonly next: (item: Item) => void },
): void;
export function toCallback<Item, R>(
  operation: Operation<void, Item>,
  callback: NodeCallback<R>,
  options: OperationOptions<void, Item, R> & { readonly fold: Fold<Item, R> },
): void;
export function toCallback(
  operation: unknown,
  callback: unknown,
  options?: object,
  ...surplus: unknown[]
): void {
  assertNoMore(surplus, '[callback] toCallback() takes an operation, a callback, and options');
  assertOperation(operation);
  if (options !== undefined) assertConvertOptions(options);
  // It may come from a source that keeps no async context.
  const start = withOptions(startSelf, options);
  lowerNode((receiver) => start(receiver, operation, []), 'emitter')(callback);
}

/** Writes a start as a function of Node's convention; `context` is the trait of the style it was read from. */
export function lowerNode(start: AnyStart, context: Traits['context']): Fn {
  const Class = context === 'emitter' ? ContextRun : NodeRun;
  return function (this: unknown, ...args) {
    const callback = args.pop();
    assertCallback(callback);
    runOrThrow(start, new Class(callback, this), this, args);
  };
}

function assertCallback(callback: unknown): asserts callback is Fn {
  assertArgument(
    typeof callback === 'function',
    'callback',
    callback,
    '[callback] the callback is missing. Pass a function last.',
  );
}

/** Calls a Node-style callback. */
class NodeRun extends Run<unknown> {
  constructor(
    protected readonly callback: Fn,
    protected readonly self: unknown,
  ) {
    super();
  }
  override get _stays(): boolean {
    return true;
  }
  protected override fulfilled(value: unknown): void {
    callNodeLater(this.callback, this.self, value);
  }
  protected override rejected(reason: unknown): void {
    callLater(this.callback, this.self, [reason || new FalsyRejectionError(reason)]);
  }
}

let wake!: (run: ContextRun) => void;
const capture = (resolve: typeof wake): void => {
  wake = resolve;
};
const released = (): void => {};
/** One function for all: nothing is made for a run while it is pending. */
const deliver = (run: ContextRun): void => run.deliver();

/** The same in the async context of the caller; for sources that keep none. Where a platform cannot tell it, a promise's reactions keep it. */
class ContextRun extends NodeRun {
  private readonly wake: typeof wake | Context;
  constructor(callback: Fn, self: unknown) {
    super(callback, self);
    const here = contextHere();
    if (here === undefined) {
      const settled = new Promise<ContextRun>(capture);
      this.wake = wake;
      wake = released; // or the last run would stay reachable from here
      void settled.then(deliver);
    } else this.wake = here;
  }
  // What is to be delivered waits in the slot: a field that is first written after the constructor is kept outside the object.
  protected override fulfilled(value: unknown): void {
    this.leave(value);
  }
  protected override rejected(reason: unknown): void {
    this.leave(reason);
  }
  private leave(what: unknown): void {
    this._slot = what;
    const { wake } = this;
    if (typeof wake === 'function') wake(this);
    else wake.run(deliver, this);
  }
  deliver(): void {
    if (this._state === 1) super.fulfilled(this._slot);
    else super.rejected(this._slot);
  }
}
