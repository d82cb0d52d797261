import {
  type AnyStart,
  assertArgument,
  assertOperation,
  discard,
  type Fold,
  inContext,
  type Operation,
  type OperationOptions,
  optionsOf,
  Run,
  type RunOptions,
  reportStray,
  run,
  startSelf,
  withOptions,
} from '@anyasync/core';
import { assertNoMore } from './arguments.js';
import { native } from './from.js';
import { shared } from './shared.js';
import type { Emitted, ObservableConstructor, ObservableLike, SubscriberLike } from './types.js';

/** What the constructors call their function with: RxJS 6 to 8, zen-observable. */
interface Subscriber extends SubscriberLike<unknown> {
  readonly closed?: boolean;
  add?(finalizer: { unsubscribe(): void }): unknown;
}

/** The same of the platform and RxJS 9. */
interface PlatformSubscriber extends SubscriberLike<unknown> {
  readonly active: boolean;
  readonly signal: AbortSignal;
  addTeardown(teardown: () => void): void;
}

/** A run that is heard by the subscriber of an Observable. */
class ToSubscriber<S extends SubscriberLike<unknown> = Subscriber> extends Run<unknown, unknown> {
  constructor(protected readonly subscriber: S) {
    super();
  }
  /** Also false when the subscriber has closed, of which those of the old proposal tell only who asks. */
  override get active(): boolean {
    return this._state === 0 && !(this.subscriber as Subscriber).closed;
  }
  override next(item: unknown): void {
    if (this._state !== 0) return this.late('item', item);
    this.emit(item);
  }
  protected override fulfilled(value: unknown): void {
    this.emit(value);
    this.completed();
  }
  protected override completed(): void {
    try {
      this.subscriber.complete();
    } catch (error) {
      reportStray('thrown', error);
    }
  }
  protected override rejected(reason: unknown): void {
    try {
      this.subscriber.error(reason);
    } catch (error) {
      reportStray('thrown', error);
    }
  }
  /** What a subscriber throws is not for the source. */
  private emit(item: unknown): void {
    try {
      this.subscriber.next(item);
    } catch (error) {
      reportStray('thrown', error);
    }
  }
  /** As a subscription, for those who keep it: the subscriber has closed. */
  unsubscribe(): void {
    this.cancel();
  }
  /** Has itself told when the subscriber closes; returns what must be returned for that. */
  watch(): (() => void) | undefined {
    const subscriber = this.subscriber as Subscriber;
    if (typeof subscriber.add !== 'function') return () => this.unsubscribe();
    subscriber.add(this);
    return undefined;
  }
}

class ToPlatformSubscriber extends ToSubscriber<PlatformSubscriber> {
  override get active(): boolean {
    return this._state === 0 && this.subscriber.active;
  }
  override unsubscribe(): void {
    this.cancel(this.subscriber.signal.reason);
  }
  override watch(): undefined {
    // RxJS 9's ColdObservable does not call what is added when the signal has been aborted before.
    if (this.subscriber.signal.aborted) this.unsubscribe();
    else this.subscriber.addTeardown(() => this.unsubscribe());
  }
}

/** By what only one of them has. */
const receiverOf = (subscriber: Subscriber & Partial<PlatformSubscriber>): ToSubscriber<any> =>
  typeof subscriber.addTeardown === 'function'
    ? new ToPlatformSubscriber(subscriber as PlatformSubscriber)
    : new ToSubscriber(subscriber);

/** Any constructor of Observables: what it makes is not known by type. */
export type AnyObservable = new (subscribe: (subscriber: any) => any) => object;

/** The platform's constructor, or what to do where there is none. */
function platform(): AnyObservable {
  const { Observable } = globalThis as { readonly Observable?: AnyObservable };
  const message =
    '[observable] this platform has no Observable. Pass the constructor, as in { Observable }, or use @anyasync/rxjs.';
  assertArgument(typeof Observable === 'function', 'Observable', Observable, message);
  return Observable;
}

/** How Observables are written, and what of it can be meant. */
export const names: readonly string[] = ['Observable', 'share', 'context'];

/** Throws an ArgumentError for options that cannot be meant; gives the constructor. */
export function constructorOf({ Observable = platform(), share, context }: ObservableOptions): AnyObservable {
  const message = '[observable] the Observable option is a constructor, such as that of RxJS.';
  assertArgument(typeof Observable === 'function', 'Observable', Observable, message);
  const shareMessage = "[observable] the share option is 'replay', or is left out.";
  assertArgument(share === undefined || share === 'replay', 'share', share, shareMessage);
  inContext(startSelf, context); // throws for one that is none
  return Observable;
}

/** How Observables are written. */
export interface ObservableOptions {
  /** Makes them; without it the platform's own constructor. */
  readonly Observable?: AnyObservable | undefined;
  /**
   * `replay`: all subscribers of one Observable share one run, which begins with the first and is kept for those who come later. It is
   * cancelled, and forgotten, when the last one leaves before its end. Without it each subscriber has a run of its own. The platform's own
   * sharing comes before: who subscribes while others listen joins them, and hears what comes from then on.
   */
  readonly share?: 'replay' | undefined;
  /** In whose async context (AsyncLocalStorage) the subscriber hears: that of whoever emits, or its own, as when it subscribed. */
  readonly context?: 'emitter' | 'subscriber' | undefined;
}

/** No option, and no Object.prototype on which there may be one. */
export const nothing: ObservableOptions = /* @__PURE__ */ Object.create(null);

/** Writes a start as a function that returns an Observable. */
export function lowerObservable(
  source: AnyStart,
  Observable: AnyObservable,
  { share, context }: ObservableOptions = nothing,
): (this: unknown, ...args: unknown[]) => object {
  const own = inContext(source, context);
  return function (this: unknown, ...args: unknown[]): object {
    const start = share === undefined ? own : inContext(shared(source, this, args), context);
    return new Observable((subscriber: Subscriber) => {
      const receiver = receiverOf(subscriber);
      const teardown = receiver.watch();
      // The platform calls this for a signal that was aborted before, too.
      if (receiver.active) run(start, receiver, this, args);
      return teardown;
    });
  };
}

/** The options of {@link toObservable}: how it is written, and those of its runs. */
type Options<T, Item> = RunOptions<T, Item> & Omit<ObservableOptions, 'Observable'>;

/** The options with a constructor, which decides what is returned. */
interface Made<T, O> {
  readonly Observable: ObservableConstructor<T, O>;
}

/**
 * Writes an operation as an Observable: of the constructor that is given, or of the platform.
 *
 * - Cold: starts the operation for each subscriber, again for each `retry`; `{ share: 'replay' }` starts it once for all.
 * - Items are emitted as they come; a value is emitted, and the Observable completes. Of an operation with both, the value comes last,
 *   unless `next` takes the items.
 * - Errors: the source's reason, the same object. A source that was cancelled by somebody else is an error too, never a completion.
 * - Cancelling: unsubscribing, or aborting the signal, cancels the run before it returns; `{ cancel: 'detach' }` only stops listening. Of
 *   an operation that is running already (a promise, a future), what its own style says.
 * - Synchronous where the source is. In the async context of whoever emits; `{ context: 'subscriber' }` keeps the subscriber's.
 * - `toObservable(fromObservable(observable), { Observable })` is that Observable, if it is of that constructor.
 *
 * @param options - `{ Observable }`, and those of one run. Times are milliseconds. The result has the type of what the constructor makes; for
 *   one of RxJS 9 the compiler wants to be told the item: `{ Observable: ColdObservable<number> }`.
 * @throws {ArgumentError} `operation` is none, an option cannot be meant, or the platform has no Observable and none was passed.
 * @example
 * ```ts
 * import { readFile } from 'node:fs';
 * import { fromCallback } from '@anyasync/callback';
 * import { toObservable } from '@anyasync/observable';
 * import { firstValueFrom, map, Observable, retry } from 'rxjs';
 *
 * const text = toObservable(fromCallback(readFile, 'package.json', 'utf8'), { Observable }); // Observable<string>
 * await firstValueFrom(text.pipe(retry(2), map((json) => JSON.parse(json).license))); //=> 'MIT'
 * ```
 */
export function toObservable<T, Item, R, O>(
  operation: Operation<T, Item>,
  options: OperationOptions<T, Item, R> & Options<T, Item> & Made<R, O> & { readonly fold: Fold<Item, R> },
): O;
export function toObservable<T, Item, O>(
  operation: Operation<T, Item>,
  options: Options<T, Item> & Made<T, O> & { readonly next: (item: Item) => void },
): O;
export function toObservable<T, O, Item = never>(
  operation: Operation<T, Item>,
  options: Options<T, Item> & Made<Emitted<T, Item>, O>,
): O;
export function toObservable<T, Item, R>(
  operation: Operation<T, Item>,
  options: OperationOptions<T, Item, R> & Options<T, Item> & { readonly fold: Fold<Item, R> },
): ObservableLike<R>;
export function toObservable<T, Item>(
  operation: Operation<T, Item>,
  options: Options<T, Item> & { readonly next: (item: Item) => void },
): ObservableLike<T>;
export function toObservable<T, Item = never>(
  operation: Operation<T, Item>,
  options?: Options<T, Item>,
): ObservableLike<Emitted<T, Item>>;
export function toObservable(operation: unknown, options: object = {}, surplus?: unknown): object {
  assertNoMore(surplus, 'toObservable() takes an operation and options');
  assertOperation(operation);
  const given = optionsOf<ObservableOptions & RunOptions>(options, undefined, names);
  const { Observable: _, share, context, ...asked } = given;
  const Observable = constructorOf(given);
  const observable = (operation as { [native]?: object })[native];
  const { signal } = asked;
  if (signal?.aborted) discard(operation as Operation<unknown>, signal.reason); // whether or not somebody subscribes
  const isPlain =
    (share ?? context) === undefined && Object.values(asked).every((option) => option === undefined);
  if (isPlain && observable instanceof Observable) return observable;
  return lowerObservable(withOptions(startSelf, asked), Observable, { share, context }).call(operation);
}
