import { createdAt, enough, type Receiver, reportStray } from '@anyasync/core';
import { Listening } from './listening.js';

/** Key by which the fold `first()` finds what a start makes of its first item alone; registered, so that it works across copies. */
export const firstItem: unique symbol = Symbol.for('anyasync.first/1') as never;

/** Ends a run that has had no item. */
export type WhenEmpty = (receiver: Receiver<any>) => void;

/** Hears what a source says after its first item, in place of the run, which is free to go: more was not asked for, but an error is not lost. */
class Satisfied implements Receiver<unknown, unknown> {
  readonly active = false;
  /** @param created - Where the run was created, in debug mode. */
  constructor(private readonly created: string | undefined) {}
  next(): void {}
  resolve(): void {}
  complete(): void {}
  reject(reason: unknown): void {
    reportStray('error', reason, true, this.created);
  }
  abort(): void {}
  onCancel(): void {}
}
const satisfied = /* @__PURE__ */ new Satisfied(undefined);

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
    const created = createdAt(receiver);
    own.receiver = created === undefined ? satisfied : new Satisfied(created);
    own.cancel(enough()); // the source is stopped first
    if (own !== this) this.unsubscribe();
    receiver.resolve(item);
  }

  protected override completed(receiver: Receiver<any, unknown>): void {
    if (receiver.active) this.whenEmpty(receiver);
    else super.completed(receiver);
  }
}
