// .NET's event-based pattern: readAsync(..., userState), the events readCompleted and progressChanged, cancelAsync(userState).

import {
  assertArgument,
  CancelledError,
  hasMethods,
  type Operation,
  operation,
  type Receiver,
  readOptions,
  reportStray,
} from '@anyasync/core';
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
  options?: FromEventsOptions,
): Operation<any, any> {
  const read = readOptions(options, ['userState', 'progress'], '[begin-end] fromEvents()');
  const { userState = true, progress = false } = read;
  for (const [option, given] of Object.entries({ userState, progress }))
    assertArgument(typeof given === 'boolean', option, given, `[begin-end] ${option} is true or false.`);
  const message = '[begin-end] the arguments of the call are an array.';
  assertArgument(Array.isArray(args), 'args', args, message);
  const hasEvents =
    hasMethods(object, 'on', 'off') || hasMethods(object, 'addEventListener', 'removeEventListener');
  assertArgument(
    hasEvents,
    'object',
    object,
    '[begin-end] fromEvents() takes an object with on() and off(), or addEventListener().',
  );
  assertArgument(
    typeof name === 'string' && hasMethods(object, `${name}Async`),
    'name',
    name,
    '[begin-end] the name is that of the operation: the object has a method of this name with Async behind it.',
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
    try {
      this.listen('on', 'addEventListener');
      this.receiver.onCancel(this);
      if (this.receiver.active)
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
    const method = hasMethods(methods, own) ? own : 'cancelAsync';
    if (hasMethods(methods, method)) methods[method]?.(...(this.hasUserState ? [this.userState] : []));
  }

  private readonly completed = (...given: unknown[]): void => {
    const { receiver } = this;
    let args: CompletedArgs | undefined;
    try {
      args = this.ownArgs<CompletedArgs>(given);
      if (args === undefined) return;
      const { cancelled, error } = args;
      this.leave();
      if (cancelled) return receiver.abort(error ?? new CancelledError());
      if (error !== undefined && error !== null) return receiver.reject(error);
      receiver.resolve(args.result); // read only now: it throws where there is none
    } catch (thrown) {
      // Of what cannot be looked at nobody knows whose it is: whoever raised the event need not hear of that.
      if (args === undefined && this.hasUserState) return reportStray('thrown', thrown);
      this.leave();
      receiver.reject(thrown);
    }
  };

  private readonly progressed = (...given: unknown[]): void => {
    if (!this.receiver.active) return;
    try {
      const args = this.ownArgs<ProgressArgs>(given);
      if (args !== undefined) void this.receiver.next(args);
    } catch (thrown) {
      reportStray('thrown', thrown);
    }
  };

  /** What an event carries, if it is this call's. */
  private ownArgs<A extends { readonly userState?: unknown }>(given: readonly unknown[]): A | undefined {
    const args = argsOf<A>(given);
    return !this.hasUserState || args.userState === this.userState ? args : undefined;
  }

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
    try {
      this.listen('off', 'removeEventListener');
    } catch (error) {
      reportStray('thrown', error);
    }
  }

  private listen(emitter: 'on' | 'off', target: 'addEventListener' | 'removeEventListener'): void {
    const methods = this.object as unknown as Record<string, Listener>;
    const method = hasMethods(methods, 'on', 'off') ? emitter : target;
    methods[method]?.(`${this.name}Completed`, this.completed);
    if (this.hasProgress) methods[method]?.('progressChanged', this.progressed);
  }
}

/** An emitter gives (sender, args) or (args); an EventTarget an event, whose `detail` they may be. */
function argsOf<A extends object>(given: readonly unknown[]): A {
  const last = Object(given.at(-1)) as A & { readonly detail?: unknown };
  return typeof last.detail === 'object' && last.detail !== null ? (last.detail as A) : last;
}
