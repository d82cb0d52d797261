import { type Operation, type Receiver, Run } from '@anyasync/core';

/** An operation that has been begun: it keeps its outcome for whoever comes. */
export class Hot<T> extends Run<T> implements Operation<T> {
  private receivers: Receiver<T>[] = [];
  /** Takes a value that comes after a cancellation. */
  declare private disposing?: Receiver<T> | undefined;
  static {
    Hot.prototype.disposing = undefined; // not read from Object.prototype
  }
  get '~anyasync'(): this {
    return this;
  }
  get version(): 1 {
    return 1;
  }
  start(receiver: Receiver<T>): void {
    if (this._state !== 0) return this.tell(receiver);
    receiver.onCancel(this);
    // Those that have left go when the list would grow: it stays as long as there are listeners.
    const { length } = this.receivers;
    if (length > 0 && (length & (length - 1)) === 0)
      this.receivers = this.receivers.filter((each) => each.active);
    this.receivers.push(receiver);
  }
  protected override fulfilled(value: T): void {
    this.settled(value);
  }
  protected override rejected(reason: unknown): void {
    this.settled(reason);
  }
  protected override aborted(reason: unknown): void {
    this.settled(reason);
  }
  protected override stopped(reason: unknown): void {
    this.disposing = this.receivers.find((receiver) => receiver.dispose !== undefined);
    this.settled(reason);
  }
  protected override late(kind: 'value' | 'complete' | 'error' | 'abort' | 'item', what: unknown): void {
    if (kind === 'value' && this._state === 4 && this.disposing !== undefined) this.disposing.dispose?.(what);
    else super.late(kind, what);
  }
  private settled(outcome: unknown): void {
    this._slot = outcome;
    const { receivers } = this;
    this.receivers = [];
    for (const receiver of receivers) this.tell(receiver);
  }
  private tell(receiver: Receiver<T>): void {
    if (!receiver.active) return;
    if (this._state === 1) receiver.resolve(this._slot as T);
    else if (this._state === 2) receiver.reject(this._slot);
    else receiver.abort(this._slot);
  }
}
