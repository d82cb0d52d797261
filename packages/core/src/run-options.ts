import { ArgumentError, enough, TimeoutError } from './errors.js';
import type { StopHandle } from './handle.js';
import type { Operation, Receiver, Teardown } from './protocol.js';
import { realm } from './realm.js';
import { type Hearer, type Hub, hear, type Signal, unhear } from './signal.js';
import { type AnyStart, discard, startSelf } from './start.js';
import { attempt } from './stray.js';
import { Through } from './through.js';

/**
 * What can be asked for one run: per call with `fn.with(options)`, and by every `toX(operation, options)`. `next`, `dispose` and `onHandle`
 * run inside the source's call, so in the async context of the source, not that of the consumer.
 */
export interface RunOptions<T = unknown, Item = unknown> {
  /**
   * Cancels the run when it is aborted; the consumer hears `signal.reason`, the same object. Already aborted: nothing is started.
   * The listener is removed on every end.
   */
  readonly signal?: Signal | undefined;
  /** Milliseconds after which the run is cancelled and rejected with a TimeoutError. Infinity for none. */
  readonly timeout?: number | undefined;
  /** Takes a result that arrives after the run was cancelled, so that no handle leaks: `(fd) => fs.close(fd)`. */
  readonly dispose?: ((value: T) => unknown) | undefined;
  /** Takes what the original returned (a request, a child process, a timer), inside the call. */
  readonly onHandle?: ((handle: unknown) => void) | undefined;
  /** Whether cancelling (by `signal`, `timeout`, or the means of the style) stops the work, the default, or only stops listening to it. */
  readonly cancel?: 'stop' | 'detach' | undefined;
  /**
   * How what the original returned is stopped: its method's name, such as `'destroy'`, or a function of it. Without it, only by `cancel()` or
   * `abort()`, and a child process; never what two calls have returned. What this names is stopped also if it is the method's own `this`, or an object that other calls return.
   */
  readonly stop?: StopHandle | undefined;
  /** Takes the items, where the style written to has no place for them. */
  readonly next?: ((item: Item) => unknown) | undefined;
}

const longestTimeout = 2 ** 31 - 1;
/**
 * Whether a value is a time that a timer can wait, in milliseconds, or Infinity for none: a timer takes a longer one for none at all. For
 * writers of styles.
 *
 * @example
 * ```ts
 * import { isTime } from '@anyasync/core';
 *
 * isTime(5000); //=> true
 * isTime(2 ** 31); //=> false
 * ```
 */
export const isTime = (ms: unknown): ms is number =>
  typeof ms === 'number' && ms >= 0 && (ms <= longestTimeout || ms === Number.POSITIVE_INFINITY);
export const isFunction = (value: unknown): boolean => typeof value === 'function';
/** What makes a fold takes no start. */
const isFold = (value: unknown): boolean => isFunction(value) && (value as Function).length > 0;

type Rule = readonly [fits: (given: unknown) => boolean, what: string];

const aFunction: Rule = [isFunction, 'a function'];

/** What each option of every conversion can be. */
export const rules: Readonly<Record<string, Rule>> = {
  __proto__: null as never,
  signal: [isSignal, 'an AbortSignal'],
  timeout: [isTime, 'milliseconds below 2 ** 31, or Infinity for none'],
  dispose: aFunction,
  onHandle: aFunction,
  cancel: [(way) => way === 'stop' || way === 'detach', "'stop' or 'detach'"],
  stop: [(how) => typeof how === 'string' || isFunction(how), "a method's name, or a function"],
  next: aFunction,
  fold: [isFold, 'a fold, called, such as first()'],
};

/** Throws an ArgumentError for an option that is given and does not fit. */
export function assertOption(
  name: string,
  given: unknown,
  fits: (given: unknown) => boolean,
  what: string,
): void {
  if (given !== undefined && !fits(given))
    throw new ArgumentError(name, given, `[core] the ${name} option is ${what}.`);
}

function isSignal(value: unknown): boolean {
  const { aborted, addEventListener, removeEventListener } = Object(value) as Partial<Signal>;
  return typeof aborted === 'boolean' && isFunction(addEventListener) && isFunction(removeEventListener);
}

/** The start with these options in the middle. Without any it is the start itself. */
export function withRunOptions(start: AnyStart, options: RunOptions<never, never>, fn?: unknown): AnyStart {
  const { signal, timeout, dispose, onHandle, next } = options;
  const detaches = options.cancel === 'detach' || undefined;
  const limit = (timeout as number) <= longestTimeout || undefined;
  // With a signal only, the usual case, no run keeps the options.
  const others =
    (dispose ?? onHandle ?? next ?? limit ?? detaches ?? options.stop) === undefined ? none : options;
  if (signal === undefined && others === none) return start;
  return (receiver: Receiver<unknown, unknown>, self: unknown, args: readonly unknown[]): void => {
    let guard: Guard | undefined;
    let reason: unknown = enough();
    try {
      if (signal?.aborted) {
        reason = signal.reason;
        receiver.abort(reason);
      } else if (receiver.active) guard = new Guard(receiver, signal, others as RunOptions, fn);
    } catch (error) {
      receiver.reject(error); // a signal may be anybody's
    }
    if (guard?.active) start(guard, self, args);
    else if (start === startSelf) discard(self as Operation<unknown>, reason);
  };
}

const none = { __proto__: null } as RunOptions;

/** The receiver that keeps the options of one run. One object is what hears the signal, teardown and receiver. */
class Guard extends Through<unknown, unknown, unknown> implements Hearer {
  _hub: Hub | undefined = undefined;
  _before: Hearer | undefined = undefined;
  _after: Hearer | undefined = undefined;
  /** For a run with a timeout, and not for the others. */
  private clock: { readonly timer: unknown; readonly deadline: number } | undefined = undefined;
  /** It gave up waiting, and leaves the work alone. */
  private detached = false;

  constructor(
    down: Receiver<unknown, unknown>,
    signal: Signal | undefined,
    private readonly options: RunOptions,
    fn: unknown,
  ) {
    super(down);
    if (signal !== undefined) hear(signal, this);
    if (this._state !== 0) return;
    const { timeout } = options;
    if (timeout !== undefined && timeout <= longestTimeout) {
      const timer = setTimeout(() => this.expire(fn), timeout);
      this.clock = { timer, deadline: performance.now() + timeout };
    }
    down.onCancel(this);
  }

  private expire(fn?: unknown): void {
    const error = new TimeoutError(this.options.timeout as number, fn);
    const created = realm.debug?.createdAt(this);
    if (created !== undefined) error.stack = `${error}${created}`;
    if (this.stop(error)) this.down.reject(error);
  }

  _abort(reason: unknown): void {
    if (this.stop(reason)) this.down.abort(reason);
  }

  override next(item: unknown): void | PromiseLike<void> {
    const { next } = this.options;
    // A source that is always ready lets no timer run.
    if (this.clock !== undefined && performance.now() >= this.clock.deadline) this.expire();
    if (next === undefined || this._state !== 0) return super.next(item);
    return attempt(() => next(item)) as void | PromiseLike<void>;
  }

  override handle(handle: unknown): void {
    attempt(() => this.options.onHandle?.(handle));
    super.handle(handle);
  }

  override get _stop(): StopHandle | undefined {
    return this.options.stop ?? super._stop;
  }

  override onCancel(teardown: Teardown): void {
    if (!this.detached) super.onCancel(teardown);
  }

  /** No listener and no timer outlives the run, whichever way it ends. */
  protected override _end(state: 1 | 2 | 3 | 4, reason?: unknown): boolean {
    if (!super._end(state, reason)) return false;
    if (this._hub !== undefined) unhear(this);
    if (this.clock !== undefined) clearTimeout(this.clock.timer as never);
    return true;
  }

  protected override fulfilled(value: unknown): void {
    if (this.down.active) this.down.resolve(value);
    else this.dispose(value);
  }

  override dispose(value: unknown): void {
    const { dispose } = this.options;
    if (dispose === undefined) super.dispose(value);
    else attempt(() => dispose(value));
  }

  override get _disposes(): boolean {
    return this.options.dispose !== undefined || super._disposes;
  }

  /** From below: the consumer cancelled by the means of its style. */
  override cancel(reason?: unknown): boolean {
    this._detach();
    return super.cancel(reason);
  }

  private stop(reason: unknown): boolean {
    this._detach();
    return this._close(reason);
  }

  /** Leaves the work alone, if that was asked for. */
  override _detach(): void {
    if (this.options.cancel !== 'detach' || this._state !== 0) return;
    this.detached = true;
    const source = this._slot as { _detach?(): void } | undefined;
    this._slot = undefined;
    if (typeof source?._detach === 'function') source._detach(); // it forgets its consumer at once
  }
}
