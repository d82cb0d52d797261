import {
  type AnyStart,
  assertOperation,
  type Fold,
  type Itemless,
  type Operation,
  type OperationOptions,
  optionsOf,
  Run,
  type RunOptions,
  run,
  startSelf,
  withOptions,
} from '@anyasync/core';
import { native } from './from.js';

type Settle = (what: unknown) => void;

class ToPromise extends Run<unknown> {
  constructor(
    private readonly onResolve: Settle,
    private readonly onReject: Settle,
  ) {
    super();
  }
  override get _stays(): boolean {
    return true;
  }
  protected override fulfilled(value: unknown): void {
    this.onResolve(value);
  }
  protected override rejected(reason: unknown): void {
    this.onReject(reason);
  }
}

// One executor for all promises: a closure for each costs as much again as the promise.
let made: ToPromise | undefined;
const make = (resolve: Settle, reject: Settle): void => {
  made = new ToPromise(resolve, reject);
};

/** Writes a start as a function that returns a promise. */
export function lowerPromise(start: AnyStart): (this: unknown, ...args: unknown[]) => Promise<unknown> {
  return function (...args) {
    const promise = new Promise(make);
    const receiver = made as ToPromise;
    made = undefined; // or the last promise, with its value, would stay reachable from here
    run(start, receiver, this, args);
    return promise;
  };
}

const runSelf = /* @__PURE__ */ lowerPromise(startSelf);

/**
 * Writes an operation as a native promise.
 *
 * - Starts the work at once.
 * - Errors: rejects with the source's reason, the same object. What starting throws rejects too.
 * - Cancelling: a promise has no cancel of its own. `{ signal }` cancels the work and rejects with `signal.reason`; when the source
 *   was cancelled by somebody else, the promise rejects with the reason given there, or a CancelledError.
 * - Asynchronous always. A value that is a thenable is adopted, as the language does.
 * - Items need a `fold`, or `next` to take them.
 * - `toPromise(fromPromise(promise))` is that promise.
 *
 * @throws {ArgumentError} `operation` is none, or an option cannot be meant. Thrown, not rejected: it is a mistake in the calling line.
 * @example
 * ```ts
 * import { operation } from '@anyasync/core';
 * import { toPromise } from '@anyasync/promise';
 *
 * await toPromise(operation<number>((receiver) => receiver.resolve(1))); //=> 1
 * ```
 */
export function toPromise<T, Item = never>(
  operation: Operation<T, Item> & Itemless<Item>,
  options?: RunOptions<T, never>,
): Promise<T>;
export function toPromise<T, Item>(
  operation: Operation<T, Item>,
  options: RunOptions<T, Item> & { readonly next: (item: Item) => void },
): Promise<T>;
export function toPromise<Item, R>(
  operation: Operation<void, Item>,
  options: OperationOptions<void, Item, R> & { readonly fold: Fold<Item, R> },
): Promise<R>;
export function toPromise(operation: unknown, options?: object): Promise<unknown> {
  assertOperation(operation);
  if (options === undefined) {
    const promise = (operation as { [native]?: unknown })[native];
    return promise instanceof Promise ? promise : runSelf.call(operation);
  }
  return lowerPromise(withOptions(startSelf, optionsOf(options))).call(operation);
}
