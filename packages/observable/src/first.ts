import { enough, type Receiver } from '@anyasync/core';
import { gone } from './gone.js';
import { Listening } from './listening.js';

/** Key by which the fold `first()` finds what a start makes of its first item alone; registered, so that it works across copies. */
export const firstItem: unique symbol = Symbol.for('anyasync.first/1') as never;

/** Ends a run that has had no item. */
export type WhenEmpty = (receiver: Receiver<any>) => void;

/** Who wants the first item only: the fold `first()` and the observer in one object. */
export class FirstListening extends Listening {
  constructor(
    receiver: Receiver<any, unknown>,
    private readonly whenEmpty: WhenEmpty,
  ) {
    super(receiver);
  }

  override next(item: unknown): void {
    const { own } = this;
    const { receiver } = own;
    if (!receiver.active) return super.next(item);
    own.receiver = gone(receiver, 'satisfied');
    own.cancel(enough()); // the source is stopped first
    if (own !== this) this.unsubscribe();
    receiver.resolve(item);
  }

  protected override completed(receiver: Receiver<any, unknown>): void {
    if (receiver.active) this.whenEmpty(receiver);
    else super.completed(receiver);
  }
}
