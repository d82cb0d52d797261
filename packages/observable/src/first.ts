import { createdAt, enough, isCancelled, type Receiver, reportStray } from '@anyasync/core';
import { Listening } from './listening.js';

/** Key by which the fold `first()` finds what a start makes of its first item alone; registered, so that it works across copies. */
export const firstItem: unique symbol = Symbol.for('anyasync.first/1') as never;

/** Ends a run that has had no item. */
export type WhenEmpty = (receiver: Receiver<any>) => void;

/** Who wants the first item only: the fold `first()` and the observer in one object. */
export class FirstListening extends Listening {
  constructor(
    receiver: Receiver<any, unknown>,
    /** None when the item is there. */
    private whenEmpty: WhenEmpty | undefined,
  ) {
    super(receiver);
  }

  override next(item: unknown): void {
    const { own } = this;
    const { receiver } = own;
    if (own.whenEmpty !== undefined && !receiver.active) return super.next(item);
    const isFirst = own.whenEmpty !== undefined;
    own.whenEmpty = undefined;
    own.cancel(enough()); // the source is stopped first
    if (own !== this) this.unsubscribe();
    if (isFirst) receiver.resolve(item); // more was not asked for
  }

  override error(error: unknown): void {
    const { own } = this;
    if (own.whenEmpty !== undefined) super.error(error);
    else if (!isCancelled(error)) reportStray('error', error, true, createdAt(own.receiver));
  }

  protected override completed(receiver: Receiver<any, unknown>): void {
    const { whenEmpty } = this;
    if (whenEmpty === undefined) return;
    if (receiver.active) whenEmpty(receiver);
    else super.completed(receiver);
  }
}
