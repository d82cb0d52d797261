import {
  assertArgument,
  assertNoMore,
  fail,
  hasMethods,
  type Operation,
  type Receiver,
  readOptions,
  reportStray,
} from '@anyasync/core';
import type { EventArgs, EventItem } from './event-types.js';

type Listener = (...args: any[]) => void;

/** What is needed of an EventEmitter. */
export interface EventEmitterLike {
  on(name: any, listener: Listener): unknown;
  removeListener(name: any, listener: Listener): unknown;
}

/** What is needed of an EventTarget. */
export interface EventTargetLike {
  addEventListener(name: any, listener: Listener, options?: any): unknown;
  removeEventListener(name: any, listener: Listener, options?: any): unknown;
}

/** Which of an event's arguments are the item: the first, all as an array, or all as an object of these names. */
export type EventValues = 'one' | 'all' | readonly string[];

/** What of an event source is read. */
export interface FromEventOptions<V extends EventValues = EventValues> {
  /** Which of the arguments are the item: the first (`one`, the default), all of them (`all`, an array), or an object of these names. */
  readonly values?: V | undefined;
  /** The events that end it. Without one it does not end by itself. */
  readonly end?: string | symbol | readonly (string | symbol)[] | undefined;
  /** The event that is its error; `error` for an EventEmitter and none for an EventTarget, if left out. False for none. */
  readonly error?: string | symbol | false | undefined;
  /** Whether an EventTarget of the DOM is heard before the targets inside it. */
  readonly capture?: boolean | undefined;
  /** What `passive` says for an EventTarget of the DOM: true where nobody prevents the default. */
  readonly passive?: boolean | undefined;
}

/** What `addEventListener` takes as its third argument; undefined where nothing was asked. */
type ListenerOptions = Pick<FromEventOptions, 'capture' | 'passive'> | undefined;

/** Listens for one run. One list of what was added, so that nothing is left. */
class Listening {
  private readonly options: ListenerOptions;
  private readonly added: [name: string | symbol, listener: Listener][] = [];

  constructor(
    private readonly receiver: Receiver<unknown, unknown>,
    private readonly target: EventEmitterLike | EventTargetLike,
    name: string | symbol,
    options: FromEventOptions,
  ) {
    const { capture, passive } = options;
    if (capture !== undefined || passive !== undefined) this.options = { capture, passive };
    receiver.onCancel(this);
    try {
      this.listenTo(name, options);
    } catch (error) {
      this.cancel(); // what was added before the one that failed
      throw error;
    }
  }

  private listenTo(name: string | symbol, { values = 'one', end = [], error }: FromEventOptions): void {
    const { receiver } = this;
    const errorName = error ?? (isEmitter(this.target) ? 'error' : false);
    this.listen(name, (...args) => {
      receiver.next(packed(values, args));
      if (!receiver.active) this.cancel(); // its consumer gave up waiting, and left it alone
    });
    for (const each of typeof end === 'object' ? end : [end]) {
      this.listen(each, () => {
        this.cancel();
        (receiver as Receiver<void, unknown>).complete();
      });
    }
    if (errorName !== false && errorName !== name) {
      this.listen(errorName, (reason) => {
        this.cancel();
        fail(receiver, reason);
      });
    }
  }

  /** Removes all listeners, also when one of them cannot be removed. */
  cancel(): void {
    for (const [name, listener] of this.added.splice(0)) {
      try {
        this.remove(name, listener);
      } catch (error) {
        reportStray('thrown', error);
      }
    }
  }
  /** Its consumer gives up waiting: there is no work that could go on. */
  _detach(): void {
    this.cancel();
  }

  private remove(name: string | symbol, listener: Listener): void {
    const { target } = this;
    if (isEmitter(target)) target.removeListener(name, listener);
    else if (this.options === undefined) target.removeEventListener(name, listener);
    else target.removeEventListener(name, listener, this.options);
  }

  private listen(name: string | symbol, listener: Listener): void {
    if (!this.receiver.active) return;
    this.added.push([name, listener]);
    if (isEmitter(this.target)) this.target.on(name, listener);
    else if (this.options === undefined) this.target.addEventListener(name, listener);
    else this.target.addEventListener(name, listener, this.options);
  }
}

/** First, as Node's own `once` does: some of Node's objects are both. Only looks. */
function isEmitter(target: unknown): target is EventEmitterLike {
  return hasMethods(target, 'on', 'removeListener');
}

/** Throws unless it has events. */
export function assertTarget(target: unknown, whose: string): void {
  const isTarget = isEmitter(target) || hasMethods(target, 'addEventListener', 'removeEventListener');
  const what = `[iterable] ${whose}() takes an EventEmitter, with on() and removeListener(), or an EventTarget.`;
  assertArgument(isTarget, 'target', target, what);
}

function packed(values: EventValues, args: readonly unknown[]): unknown {
  if (values === 'one') return args[0];
  if (values === 'all') return args;
  return Object.fromEntries(values.map((name, index) => [name, args[index]]));
}

/** The events of one name. */
export class EventOperation implements Operation<any, any> {
  constructor(
    private readonly target: EventEmitterLike | EventTargetLike,
    private readonly name: string | symbol,
    private readonly options: FromEventOptions,
  ) {}
  get version(): 1 {
    return 1;
  }
  get '~anyasync'(): this {
    return this;
  }
  start(receiver: Receiver<any, any>): void {
    new Listening(receiver, this.target, this.name, this.options);
  }
}

/**
 * Reads the events of one name as an operation: those of an EventEmitter, or of an EventTarget.
 *
 * - Listens at each start, for that run. An event before it is missed: with `toIterable` pass `{ eager: true }`.
 * - Items: the first argument of each event; `{ values: 'all' }` gives all as an array, `{ values: ['code', 'signal'] }` as an object. Their
 *   type is known of an `EventEmitter<{ line: [text: string] }>` and, for a target with an `onclick` and so on, of those events; for others
 *   say it, as in `fromEvent<string>(emitter, 'line')`.
 * - It ends with one of the events that `{ end }` names, and without them never.
 * - Errors: what an emitter's `error` event brings, the same object; `{ error }` names another event, or is false.
 * - Cancelling: stops listening. No listener is left after any end.
 * - Synchronous, in the async context of whoever emits. An emitter does not wait: give what you write a `limit`.
 *
 * @throws {ArgumentError} `target` has no events, or an option cannot be meant.
 * @example
 * ```ts
 * import { EventEmitter } from 'node:events';
 * import { fromEvent, toIterable } from '@anyasync/iterable';
 *
 * const emitter = new EventEmitter<{ line: [text: string]; close: [] }>();
 * const lines = toIterable(fromEvent(emitter, 'line', { end: 'close' }), { eager: true });
 * emitter.emit('line', 'a');
 * emitter.emit('close');
 * await lines.next(); //=> { done: false, value: 'a' }
 * (await lines.next()).done; //=> true
 * ```
 */
export function fromEvent<
  Target extends EventEmitterLike | EventTargetLike,
  const Name extends string | symbol,
  const V extends EventValues = 'one',
>(
  target: Target,
  name: Name,
  options?: FromEventOptions<V>,
): Operation<void, EventItem<EventArgs<Target, Name>, V>>;
export function fromEvent<Item>(
  target: EventEmitterLike | EventTargetLike,
  name: string | symbol,
  options?: FromEventOptions,
): Operation<void, Item>;
export function fromEvent(
  target: EventEmitterLike | EventTargetLike,
  name: string | symbol,
  given?: FromEventOptions,
  ...more: unknown[]
): Operation<any, any> {
  assertTarget(target, 'fromEvent');
  assertName(name, 'name');
  assertNoMore(more, '[iterable] fromEvent() takes an object of options last');
  const options = readOptions(
    given,
    ['values', 'end', 'error', 'capture', 'passive'],
    '[iterable] fromEvent()',
  );
  const { values = 'one', end = [], error = false, capture, passive } = options;
  const areValues = values === 'one' || values === 'all' || (Array.isArray(values) && areNames(values));
  const which = "[iterable] values is 'one', 'all', or an array of different names.";
  assertArgument(areValues, 'values', values, which);
  for (const each of Array.isArray(end) ? end : [end]) assertName(each, 'end');
  if (error !== false) assertName(error, 'error');
  for (const [option, value] of Object.entries({ capture, passive })) {
    const isMeant = value === undefined || (typeof value === 'boolean' && !isEmitter(target));
    const how = `[iterable] the ${option} option is true or false, and for an EventTarget only.`;
    assertArgument(isMeant, option, value, how);
  }
  return new EventOperation(target, name, options);
}

function areNames(names: readonly unknown[]): boolean {
  return (
    names.length > 0 && new Set(names).size === names.length && names.every((n) => typeof n === 'string')
  );
}

/** Throws unless it is the name of an event. */
export function assertName(name: unknown, argument: string): void {
  const what = "[iterable] the name of an event is a string or a symbol, as 'data'.";
  assertArgument(typeof name === 'string' || typeof name === 'symbol', argument, name, what);
}
