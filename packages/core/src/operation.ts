import { assertArgument } from './errors.js';
import type { Operation, Receiver, Teardown } from './protocol.js';

/** A receiver whose members can be handed out, as in `promise.then(receiver.resolve, receiver.reject)`: each is bound when it is asked for. */
class Handed<T, Item> implements Receiver<T, Item> {
  readonly #to: Receiver<T, Item>;
  constructor(to: Receiver<T, Item>) {
    this.#to = to;
  }
  get active(): boolean {
    return this.#to.active;
  }
  get next() {
    const to = this.#to;
    return (item: Item): void | PromiseLike<void> => to.next(item);
  }
  get resolve() {
    const to = this.#to;
    return (value: T): void => to.resolve(value);
  }
  get complete() {
    const to = this.#to as unknown as Receiver<void, Item>;
    return (): void => to.complete();
  }
  get reject() {
    const to = this.#to;
    return (reason: unknown): void => to.reject(reason);
  }
  get abort() {
    const to = this.#to;
    return (reason: unknown): void => to.abort(reason);
  }
  get onCancel() {
    const to = this.#to;
    return (teardown: Teardown): void => to.onCancel(teardown);
  }
  // Present only where it is wanted.
  get handle() {
    const to = this.#to;
    return typeof to.handle === 'function'
      ? (handle: unknown): void => to.handle?.(handle)
      : (undefined as never);
  }
  get dispose() {
    const to = this.#to;
    return typeof to.dispose === 'function'
      ? (value: unknown): void => to.dispose?.(value)
      : (undefined as never);
  }
}

/**
 * Makes an operation from a start function: the way to write a source of your own.
 *
 * - Cold: work starts when somebody starts the operation, again each time.
 * - Errors: what `start` throws rejects the run; `receiver.reject` takes any value, as the same object.
 * - Cancelling: give `receiver.onCancel` a function or an object with `cancel`.
 * - The receiver's members may be handed out: `promise.then(receiver.resolve, receiver.reject)`.
 * - Synchronous if `start` is.
 *
 * @example
 * ```ts
 * import { operation } from '@anyasync/core';
 * import { toPromise } from '@anyasync/promise';
 *
 * const soon = operation<string>((receiver) => {
 *   const timer = setTimeout(() => receiver.resolve('done'), 5);
 *   receiver.onCancel(() => clearTimeout(timer));
 * });
 * await toPromise(soon); //=> 'done'
 * ```
 */
export function operation<T, Item = never>(start: (receiver: Receiver<T, Item>) => void): Operation<T, Item> {
  assertArgument(
    typeof start === 'function',
    'start',
    start,
    '[core] operation() takes a function (receiver) => void.',
  );
  return { '~anyasync': { version: 1, start: (receiver) => start(new Handed(receiver)) } };
}
