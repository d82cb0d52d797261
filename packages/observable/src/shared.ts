import { type AnyStart, type Receiver, Run, run } from '@anyasync/core';

/** The one run of all those who subscribed: keeps what it brought for those who come later. */
class SharedRun extends Run<unknown, unknown> {
  private readonly items: unknown[] = [];
  private readonly receivers = new Set<Receiver<unknown, unknown>>();
  private end: ((receiver: Receiver<unknown, unknown>) => void) | undefined;

  constructor(private readonly left: () => void) {
    super();
  }

  /** Tells one who comes what there has been, and lets it hear the rest. */
  join(receiver: Receiver<unknown, unknown>): void {
    for (const item of this.items) {
      if (!receiver.active) return;
      receiver.next(item);
    }
    if (!receiver.active) return;
    if (this.end !== undefined) return this.end(receiver);
    this.receivers.add(receiver);
    receiver.onCancel((reason) => this.leave(receiver, reason));
  }

  override next(item: unknown): void {
    if (this._state !== 0) return this.late('item', item);
    this.items.push(item);
    for (const receiver of [...this.receivers]) if (receiver.active) receiver.next(item);
  }
  protected override fulfilled(value: unknown): void {
    this.tell((receiver) => receiver.resolve(value));
  }
  protected override completed(): void {
    this.tell((receiver) => (receiver as Receiver<void, unknown>).complete());
  }
  protected override rejected(reason: unknown): void {
    this.tell((receiver) => receiver.reject(reason));
  }
  protected override aborted(reason: unknown): void {
    this.tell((receiver) => receiver.abort(reason));
  }

  private tell(end: (receiver: Receiver<unknown, unknown>) => void): void {
    this.end = end;
    const receivers = [...this.receivers];
    this.receivers.clear();
    for (const receiver of receivers) if (receiver.active) end(receiver);
  }

  /** The last one who leaves before the end stops the work. */
  private leave(receiver: Receiver<unknown, unknown>, reason: unknown): void {
    if (!this.receivers.delete(receiver) || this.receivers.size > 0) return;
    this.left();
    this.cancel(reason);
  }
}

/** One call as a start whose receivers share one run: begun by the first, and anew after all have left it before its end. */
export function shared(call: AnyStart, self: unknown, args: readonly unknown[]): AnyStart {
  let current: SharedRun | undefined;
  return (receiver) => {
    if (current !== undefined) return current.join(receiver);
    const first = new SharedRun(() => {
      current = undefined;
    });
    current = first;
    first.join(receiver);
    run(call, first, self, args);
  };
}
