import {
  assertConvertOptions,
  assertNoMore,
  first,
  type Operation,
  Run,
  type RunOptions,
  readOptions,
  run,
  startSelf,
  withOptions,
} from '@anyasync/core';
import type { EventArgs } from './event-types.js';
import {
  assertName,
  assertTarget,
  type EventEmitterLike,
  EventOperation,
  type EventTargetLike,
  type FromEventOptions,
} from './events.js';

/** What can be asked for one event. */
export interface OnceOptions {
  /** Stops waiting when it is aborted; the promise is rejected with its reason. */
  readonly signal?: RunOptions['signal'];
  /** Milliseconds after which it stops waiting, with a TimeoutError. */
  readonly timeout?: number | undefined;
}

class OnceRun extends Run<unknown> {
  constructor(
    private readonly onResolve: (args: unknown) => void,
    private readonly onReject: (reason: unknown) => void,
  ) {
    super();
  }
  protected override fulfilled(args: unknown): void {
    this.onResolve(args);
  }
  protected override rejected(reason: unknown): void {
    this.onReject(reason);
  }
}

/**
 * The next event of a name, as a promise of its arguments: `once` of `node:events`, where there is no Node too.
 *
 * - Listens at once. No listener is left after any end.
 * - Errors: an emitter's `error` event rejects, with the same object, unless it is the event that is waited for.
 * - Cancelling: `{ signal }` and `{ timeout }` stop listening. It rejects with `signal.reason` itself; Node's has it as `cause`.
 * - Asynchronous, as promises are.
 *
 * @throws {ArgumentError} `target` has no events, or an option cannot be meant. Thrown, not rejected.
 * @example
 * ```ts
 * import { EventEmitter } from 'node:events';
 * import { once } from '@anyasync/iterable';
 *
 * const emitter = new EventEmitter();
 * const exit = once(emitter, 'exit');
 * emitter.emit('exit', 0, null);
 * await exit; //=> [0, null]
 * ```
 */
export function once<Target extends EventEmitterLike | EventTargetLike, const Name extends string | symbol>(
  target: Target,
  name: Name,
  options?: OnceOptions,
): Promise<EventArgs<Target, Name>>;
export function once<Args extends readonly unknown[]>(
  target: EventEmitterLike | EventTargetLike,
  name: string | symbol,
  options?: OnceOptions,
): Promise<Args>;
export function once(
  target: EventEmitterLike | EventTargetLike,
  name: string | symbol,
  given?: OnceOptions,
  ...more: unknown[]
): Promise<any> {
  assertTarget(target, 'once');
  assertName(name, 'name');
  assertNoMore(more, '[iterable] once() takes an object of options last');
  const { signal, timeout } = readOptions(given, ['signal', 'timeout'], '[iterable] once()');
  const options = { signal, timeout, fold: first() };
  assertConvertOptions(options);
  const start = withOptions(startSelf, options);
  const event: Operation<void, unknown> = new EventOperation(target, name, {
    __proto__: null,
    values: 'all',
  } as FromEventOptions);
  return new Promise((resolve, reject) => {
    run(start, new OnceRun(resolve as (args: unknown) => void, reject), event, []);
  });
}
