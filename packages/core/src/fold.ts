import { EmptyError, enough, TooManyItemsError } from './errors.js';
import type { Receiver } from './protocol.js';
import type { RunOptions } from './run-options.js';
import type { IsAny, IsNever } from './signatures.js';
import type { AnyStart, Start } from './start.js';
import { reportStray } from './stray.js';
import { Through } from './through.js';

/**
 * Makes one value of many items: `Start<.., void, Item>` becomes `Start<.., R>`. Where items would be lost, a conversion does not
 * compile without one.
 */
export type Fold<Item, R> = <This, Args extends readonly unknown[]>(
  start: Start<This, Args, void, Item>,
) => Start<This, Args, R>;

/** What a `toX(operation, options)` can be asked: a fold where there are items, and the options of one run. */
export interface OperationOptions<T, Item, R> extends RunOptions<T, Item> {
  /** Makes one value of the items: `first() last() only() toArray() count()`. */
  readonly fold?: Fold<Item, R> | undefined;
}

/** What an operation without items has anyway. With items, a type that no operation is assignable to, which says what to pass. */
export type Itemless<Item> =
  IsAny<Item> extends true
    ? unknown
    : IsNever<Item> extends true
      ? unknown
      : 'this operation emits items; pass { fold: first() } or another fold, or { next } to take them';

const firstItem: unique symbol = Symbol.for('anyasync.first/1') as never;
/** An optional member of a start: makes a start of its first item alone, with no run between. `whenEmpty` ends a run that had none. */
interface TakesFirst {
  readonly [firstItem]?: (whenEmpty: (receiver: Receiver<unknown>) => void) => AnyStart;
}

/** A run of items on its way to one value. */
abstract class FoldRun<Item, R> extends Through<void, R, Item, never> {
  /** Takes an item of an active run. */
  protected abstract item(item: Item): void;

  override next(item: Item): void {
    if (this._state === 0) this.item(item);
    else if (this._slot !== enough()) this.late('item', item); // what comes after the fold has its value was not asked for
  }
  /** A value that the source may end with is not an item. */
  protected override fulfilled(value: unknown): void {
    if (value !== undefined) reportStray('value', value);
    this.completed();
  }
  /** Has the value before the source has ended: the source is stopped first. */
  protected finish(value: R): void {
    if (this._close(enough())) this.down.resolve(value);
  }
}

/** A fold from the class of its run. */
function foldWith<Item, R, A = undefined>(
  Class: new (down: Receiver<R>, arg: A) => FoldRun<Item, R>,
  arg?: A,
): Fold<Item, R> {
  return (start) => (receiver, self, args) => start(new Class(receiver, arg as A), self, args);
}

class First<Item> extends FoldRun<Item, Item> {
  constructor(
    down: Receiver<Item>,
    private readonly whenEmpty: (receiver: Receiver<any>) => void,
  ) {
    super(down);
  }
  protected override item(item: Item): void {
    this.finish(item);
  }
  protected override completed(): void {
    this.whenEmpty(this.down);
  }
}

class Last<Item, D> extends FoldRun<Item, Item | D> {
  constructor(
    down: Receiver<Item | D>,
    private latest: readonly [(Item | D)?],
  ) {
    super(down);
  }
  protected override item(item: Item): void {
    this.latest = [item];
  }
  protected override completed(): void {
    if (this.latest.length === 0) this.down.reject(new EmptyError('last'));
    else this.down.resolve(this.latest[0] as Item | D);
  }
}

class Only<Item> extends FoldRun<Item, Item> {
  private found: readonly [Item] | undefined;
  protected override item(item: Item): void {
    if (this.found === undefined) this.found = [item];
    else this._crash(new TooManyItemsError(item));
  }
  protected override completed(): void {
    if (this.found === undefined) this.down.reject(new EmptyError('only'));
    else this.down.resolve(this.found[0]);
  }
}

class ToArray<Item> extends FoldRun<Item, Item[]> {
  private readonly items: Item[] = [];
  protected override item(item: Item): void {
    this.items.push(item);
  }
  protected override completed(): void {
    this.down.resolve(this.items);
  }
}

class Count extends FoldRun<unknown, number> {
  private items = 0;
  protected override item(): void {
    this.items++;
  }
  protected override completed(): void {
    this.down.resolve(this.items);
  }
}

/**
 * The first item. The source is cancelled as soon as it is there, in the same turn.
 *
 * - Nobody waits for the source's cleanup: an error of that is a stray, uncaught by default. To hear it, catch it in the source, or leave a
 *   `for await` loop instead.
 *
 * @param otherwise - The value if there is no item; `first(undefined)` has a default, `first()` has none.
 * @throws {EmptyError} As the run's error: no item and no default.
 * @example
 * ```ts
 * import { convert, first } from '@anyasync/core';
 * import { convention } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * const interval = convention({ style: 'value-only', position: 'first', multiple: true, stop: clearInterval });
 * const tick = convert(setInterval as (tick: () => void, ms: number) => NodeJS.Timeout, interval, promise, { fold: first() });
 * await tick(1); //=> undefined
 * ```
 */
export function first<Item>(): Fold<Item, Item>;
export function first<Item, D>(otherwise: D): Fold<Item, Item | D>;
export function first(...otherwise: [unknown?]): Fold<unknown, unknown> {
  const whenEmpty = (receiver: Receiver<unknown>): void => {
    if (otherwise.length === 0) receiver.reject(new EmptyError('first'));
    else receiver.resolve(otherwise[0]);
  };
  const fold = foldWith(First, whenEmpty);
  return (start) => (start as TakesFirst)[firstItem]?.(whenEmpty) ?? fold(start);
}

/**
 * The last item. Settles when the source ends: with one that never does, give a `signal` or a `timeout`.
 *
 * @param otherwise - The value if there is no item; `last(undefined)` has a default, `last()` has none.
 * @throws {EmptyError} As the run's error: no item and no default.
 * @example
 * ```ts
 * import { last, operation } from '@anyasync/core';
 * import { toPromise } from '@anyasync/promise';
 *
 * const numbers = operation<void, number>((receiver) => { receiver.next(1); receiver.next(2); receiver.complete(); });
 * await toPromise(numbers, { fold: last() }); //=> 2
 * ```
 */
export function last<Item>(): Fold<Item, Item>;
export function last<Item, D>(otherwise: D): Fold<Item, Item | D>;
export function last(...otherwise: [unknown?]): Fold<unknown, unknown> {
  return foldWith(Last, otherwise);
}

/**
 * The only item. A second one is an error at once and cancels the source.
 *
 * @throws {EmptyError} As the run's error: there was none.
 * @throws {TooManyItemsError} As the run's error: there was a second one.
 * @example
 * ```ts
 * import { only, operation } from '@anyasync/core';
 * import { toPromise } from '@anyasync/promise';
 *
 * const one = operation<void, string>((receiver) => { receiver.next('a'); receiver.complete(); });
 * await toPromise(one, { fold: only() }); //=> 'a'
 * ```
 */
export function only<Item>(): Fold<Item, Item> {
  return foldWith(Only<Item>);
}

/**
 * All items, in an array, when the source ends.
 *
 * @example
 * ```ts
 * import { operation, toArray } from '@anyasync/core';
 * import { toPromise } from '@anyasync/promise';
 *
 * const numbers = operation<void, number>((receiver) => { receiver.next(1); receiver.next(2); receiver.complete(); });
 * await toPromise(numbers, { fold: toArray() }); //=> [1, 2]
 * ```
 */
export function toArray<Item>(): Fold<Item, Item[]> {
  return foldWith(ToArray<Item>);
}

/**
 * How many items there were, when the source ends.
 *
 * @example
 * ```ts
 * import { count, operation } from '@anyasync/core';
 * import { toPromise } from '@anyasync/promise';
 *
 * const numbers = operation<void, number>((receiver) => { receiver.next(1); receiver.next(2); receiver.complete(); });
 * await toPromise(numbers, { fold: count() }); //=> 2
 * ```
 */
export function count(): Fold<unknown, number> {
  return foldWith(Count);
}
