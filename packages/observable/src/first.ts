import { enough, type Receiver, reportStray } from '@anyasync/core';
import { Listening } from './listening.js';

/** Hears what a source says after its first item: more was not asked for, but an error is not lost. */
const satisfied: Receiver<unknown, unknown> = {
  active: false,
  next() {},
  resolve() {},
  complete() {},
  reject: (reason) => reportStray('error', reason, true),
  abort() {},
  onCancel() {},
};

/** What becomes of a run that has had no item. */
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
    own.receiver = satisfied;
    own.cancel(enough()); // the source is stopped first
    if (own !== this) this.unsubscribe();
    receiver.resolve(item);
  }

  protected override completed(receiver: Receiver<any, unknown>): void {
    if (receiver.active) this.whenEmpty(receiver);
    else super.completed(receiver);
  }
}
