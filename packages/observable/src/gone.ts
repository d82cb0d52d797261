import { createdAt, type Receiver, reportStray } from '@anyasync/core';

/** How a run went: its source has ended, its consumer has left, or it has all that it asked for. */
type How = 'ended' | 'left' | 'satisfied';

/** Stands where a run was, so that what the source still holds does not keep the run: reports what comes too late. */
export class Gone implements Receiver<unknown, unknown> {
  readonly active = false;
  constructor(
    private readonly how: How,
    private readonly created?: string | undefined,
  ) {}
  next(item: unknown): void {
    if (this.how !== 'satisfied') this.late('item', item);
  }
  resolve(): void {}
  complete(): void {
    if (this.how === 'ended') this.late('complete', undefined);
  }
  reject(reason: unknown): void {
    this.late('error', reason);
  }
  abort(reason: unknown): void {
    if (this.how === 'ended') this.late('abort', reason);
  }
  onCancel(): void {}
  private late(kind: 'item' | 'complete' | 'error' | 'abort', what: unknown): void {
    reportStray(kind, what, this.how !== 'ended', this.created);
  }
}

const each = {
  ended: /* @__PURE__ */ new Gone('ended'),
  left: /* @__PURE__ */ new Gone('left'),
  satisfied: /* @__PURE__ */ new Gone('satisfied'),
};

/** What stands where this run was. */
export function gone(run: Receiver<any, unknown>, how: How): Receiver<any, unknown> {
  if (run instanceof Gone) return run;
  const created = createdAt(run);
  return created === undefined ? each[how] : new Gone(how, created);
}
