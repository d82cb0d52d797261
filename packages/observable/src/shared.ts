import { type AnyStart, type Receiver, Run, run } from '@anyasync/core';

type AnyReceiver = Receiver<unknown, unknown>;

/** One of those who share a run: it hears everything from the beginning, in order, at its own pace. It is the teardown of its receiver. */
class Member {
  private heard = 0;
  private isHearing = false;

  constructor(
    private readonly receiver: AnyReceiver,
    private readonly shared: SharedRun,
  ) {}

  /** Tells it what it has not heard yet. What comes while it hears something waits for that. */
  catchUp(): void {
    if (this.isHearing) return;
    this.isHearing = true;
    const { receiver, shared } = this;
    const { items } = shared;
    while (receiver.active && this.heard < items.length) receiver.next(items[this.heard++]);
    this.isHearing = false;
    if (receiver.active && shared.end !== undefined && shared.members.delete(this)) shared.end(receiver);
  }

  /** It leaves; the last one who leaves before the end stops the work. */
  cancel(reason: unknown): void {
    const { shared } = this;
    if (shared.members.delete(this) && shared.members.size === 0) shared.stop(reason);
  }
}

/** The one run of all those who subscribed: keeps what it brought for those who come later. */
class SharedRun extends Run<unknown, unknown> {
  readonly items: unknown[] = [];
  readonly members = new Set<Member>();
  /** How it ended. */
  end: ((receiver: AnyReceiver) => void) | undefined = undefined;

  constructor(private readonly left: () => void) {
    super();
  }

  join(receiver: AnyReceiver): void {
    const member = new Member(receiver, this);
    this.members.add(member);
    receiver.onCancel(member);
    member.catchUp();
  }

  stop(reason: unknown): void {
    if (!this.active) return;
    this.left();
    this.cancel(reason);
  }

  override next(item: unknown): void {
    if (this._state !== 0) return this.late('item', item);
    this.items.push(item);
    this.tell();
  }
  protected override fulfilled(value: unknown): void {
    this.ended((receiver) => receiver.resolve(value));
  }
  protected override completed(): void {
    this.ended((receiver) => (receiver as Receiver<void, unknown>).complete());
  }
  protected override rejected(reason: unknown): void {
    this.ended((receiver) => receiver.reject(reason));
  }
  protected override aborted(reason: unknown): void {
    this.ended((receiver) => receiver.abort(reason));
  }

  private ended(end: (receiver: AnyReceiver) => void): void {
    this.end = end;
    this.tell();
  }
  private tell(): void {
    for (const member of [...this.members]) member.catchUp();
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
