import { assertArgument } from './errors.js';
import type { Fold } from './fold.js';
import type { Receiver } from './protocol.js';
import { Through } from './through.js';

class ThrowIfEmpty<Item> extends Through<void, void, Item> {
  private isEmpty = true;
  constructor(
    down: Receiver<void, Item>,
    private readonly error: () => unknown,
  ) {
    super(down);
  }
  override next(item: Item): void | PromiseLike<void> {
    this.isEmpty = false;
    return super.next(item);
  }
  protected override completed(): void {
    if (this.isEmpty) this.down.reject(this.error());
    else super.completed();
  }
}

/**
 * A fold that ends with an error of your own where there is no item, instead of an {@link EmptyError}. After RxJS's throwIfEmpty.
 *
 * @param fold - `first() last() only()`, or any other.
 * @param error - Makes the error; called only when it is needed.
 * @throws {ArgumentError} One of them is no function.
 * @example
 * ```ts
 * import { first, operation, throwIfEmpty } from '@anyasync/core';
 * import { toPromise } from '@anyasync/promise';
 *
 * const none = operation<void, string>((receiver) => receiver.complete());
 * const one = throwIfEmpty(first<string>(), () => new RangeError('no line'));
 * await toPromise(none, { fold: one }).catch((error) => error.name); //=> 'RangeError'
 * ```
 */
export function throwIfEmpty<Item, R>(fold: Fold<Item, R>, error: () => unknown): Fold<Item, R> {
  assertArgument(
    typeof fold === 'function',
    'fold',
    fold,
    '[core] throwIfEmpty() takes a fold, called, such as first().',
  );
  assertArgument(
    typeof error === 'function',
    'error',
    error,
    '[core] throwIfEmpty() takes a function that makes the error.',
  );
  return (start) => fold((receiver, self, args) => start(new ThrowIfEmpty(receiver, error), self, args));
}
