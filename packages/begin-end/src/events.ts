// .NET's event-based pattern: readAsync(..., userState), the events readCompleted and progressChanged, cancelAsync(userState).

import { assertArgument, CancelledError, type Operation, operation, type Receiver } from '@anyasync/core';
import { InvalidOperationError } from './errors.js';

/** What a `...Completed` event carries. */
export interface CompletedArgs<T = unknown> {
  readonly error?: unknown;
  readonly cancelled?: boolean;
  readonly userState?: unknown;
  readonly result?: T;
}

/** What a `progressChanged` event carries; the percentage is from 0 to 100. */
export interface ProgressArgs {
  readonly progressPercentage: number;
  readonly userState?: unknown;
}

type Listener = (...args: any[]) => void;

/** An object with events: Node's `on` and `off`, or the platform's `addEventListener`. */
export type EventBased =
  | { on(name: string, listener: Listener): unknown; off(name: string, listener: Listener): unknown }
  | {
      addEventListener(name: string, listener: Listener): void;
      removeEventListener(name: string, listener: Listener): void;
    };

/** What can be asked of {@link fromEvents}. */
export interface FromEventsOptions {
  /** False for a class that knows no userState: it is not passed, and one call runs at a time. */
  readonly userState?: boolean | undefined;
  /** Whether the progress is read, as items. */
  readonly progress?: boolean | undefined;
}

/** The methods of each object that run without a userState. */
const running = new WeakMap<object, Set<string>>();

/**
 * Reads one call of the event-based pattern: `nameAsync(...args, userState)`, answered by the event `nameCompleted`.
 *
 * - Cold: listens, and calls, at each start, with a userState of its own; the listeners are removed at every end.
 * - The event's last argument tells: `cancelled` before `error` before `result`. Any error but null and undefined is one.
 * - Progress (`progressChanged`) is read with `{ progress: true }`, as items; what comes after the end is dropped.
 * - Cancelling: calls `cancelAsync(userState)`, or `nameAsyncCancel`, where there is one. Without a userState the call keeps its place, and
 *   its listener, until its event has come; a result goes to `dispose`.
 * - Synchronous if the event comes inside the call.
 *
 * @throws {ArgumentError} The object has no such method, or no events.
 * @example
 * ```ts
 * import { EventEmitter } from 'node:events';
 * import { fromEvents } from '@anyasync/begin-end';
 * import { toPromise } from '@anyasync/promise';
 *
 * class Reader extends EventEmitter {
 *   readAsync(path: string, userState: unknown) {
 *     setTimeout(() => this.emit('readCompleted', { result: `text of ${path}`, userState }), 1);
 *   }
 * }
 * await toPromise(fromEvents<string>(new Reader(), 'read', ['a.txt'])); //=> 'text of a.txt'
 * ```
 */
export function fromEvents<T>(
  object: EventBased,
  name: string,
  args?: readonly unknown[],
  options?: FromEventsOptions & { readonly progress?: false | undefined },
): Operation<T>;
export function fromEvents<T>(
  object: EventBased,
  name: string,
  args: readonly unknown[],
  options: FromEventsOptions & { readonly progress: true },
): Operation<T, ProgressArgs>;
export function fromEvents(
  object: EventBased,
  name: string,
  args: readonly unknown[] = [],
  { userState = true, progress = false }: FromEventsOptions = {},
): Operation<any, any> {
  const methods = Object(object) as Record<string, unknown>;
  const hasEvents = typeof methods.on === 'function' || typeof methods.addEventListener === 'function';
  assertArgument(
    hasEvents,
    'object',
    object,
    '[begin-end] fromEvents() takes an object with on() and off(), or addEventListener().',
  );
  assertArgument(
    typeof methods[`${name}Async`] === 'function',
    'name',
    name,
    `[begin-end] the object has no method ${name}Async().`,
  );
  return operation((receiver) => new EventRun(object, name, receiver, userState, progress).begin(args));
}

/** One call, and its listeners. */
class EventRun {
  /** Recognises this call's events. */
  private readonly userState = {};

  constructor(
    private readonly object: EventBased,
    private readonly name: string,
    private readonly receiver: Receiver<unknown, unknown>,
    private readonly hasUserState: boolean,
    private readonly hasProgress: boolean,
  ) {}

  begin(args: readonly unknown[]): void {
    const methods = this.object as unknown as Record<string, Listener>;
    if (!this.hasUserState) this.enter();
    this.listen('on', 'addEventListener');
    this.receiver.onCancel(this);
    try {
      methods[`${this.name}Async`]?.(...args, ...(this.hasUserState ? [this.userState] : []));
    } catch (error) {
      this.leave();
      throw error;
    }
  }

  cancel(): void {
    // Without a userState, what this call brings yet could be taken for what the next one brings: it listens until then.
    if (this.hasUserState) this.leave();
    const methods = this.object as unknown as Record<string, Listener | undefined>;
    const own = `${this.name}AsyncCancel`;
    const method = typeof methods[own] === 'function' ? own : 'cancelAsync';
    methods[method]?.(...(this.hasUserState ? [this.userState] : []));
  }

  private readonly completed = (...given: unknown[]): void => {
    const args = argsOf<CompletedArgs>(given);
    if (this.hasUserState && args.userState !== this.userState) return;
    this.leave();
    const { cancelled, error } = args;
    if (cancelled) return this.receiver.abort(error ?? new CancelledError());
    if (error !== undefined && error !== null) return this.receiver.reject(error);
    let result: unknown;
    try {
      result = args.result; // only now: it throws where there is none
    } catch (thrown) {
      return this.receiver.reject(thrown);
    }
    this.receiver.resolve(result);
  };

  private readonly progressed = (...given: unknown[]): void => {
    const args = argsOf<ProgressArgs>(given);
    if (!this.hasUserState || args.userState === this.userState) void this.receiver.next(args);
  };

  private enter(): void {
    const calls = running.get(this.object) ?? new Set();
    if (calls.has(this.name))
      throw new InvalidOperationError(
        `[begin-end] ${this.name}Async() runs already. Without a userState, call it once at a time.`,
      );
    running.set(this.object, calls.add(this.name));
  }

  private leave(): void {
    if (!this.hasUserState) running.get(this.object)?.delete(this.name);
    this.listen('off', 'removeEventListener');
  }

  private listen(emitter: 'on' | 'off', target: 'addEventListener' | 'removeEventListener'): void {
    const methods = this.object as unknown as Record<string, Listener>;
    const method = typeof methods.on === 'function' ? emitter : target;
    methods[method]?.(`${this.name}Completed`, this.completed);
    if (this.hasProgress) methods[method]?.('progressChanged', this.progressed);
  }
}

/** An emitter gives (sender, args) or (args); an EventTarget an event, whose `detail` they may be. */
function argsOf<A extends object>(given: readonly unknown[]): A {
  const last = Object(given.at(-1)) as A & { readonly detail?: unknown };
  return typeof last.detail === 'object' && last.detail !== null ? (last.detail as A) : last;
}
