import { createdAt, isCancelled, type Receiver, reportStray, type Teardown } from '@anyasync/core';

interface Hears extends Pick<Receiver<any>, 'active' | 'resolve' | 'reject' | 'abort' | 'dispose'> {
  /** Whether somebody takes a value that comes late, of a receiver in the middle. */
  readonly _disposes?: boolean;
}

/** What the reactions of a promise hold in place of the run, which it lets go when that is cancelled: one that is pending keeps them for ever. */
export class Listening {
  // Declared only: to define a field and then to write it costs a tenth of the run.
  declare private hears: Hears;
  /** Stops the work, if there is a way. */
  declare private stop?: Teardown | undefined;

  constructor(receiver: Receiver<any>) {
    this.hears = receiver;
  }

  get active(): boolean {
    return this.hears.active;
  }

  resolve(value: unknown): void {
    this.hears.resolve(value);
  }

  reject(reason: unknown): void {
    this.hears.reject(reason);
  }

  abort(reason: unknown): void {
    this.hears.abort(reason);
  }

  onCancel(teardown: Teardown): void {
    this.stop = teardown;
  }

  cancel(reason: unknown): unknown {
    const { hears, stop } = this;
    if (stop !== undefined) this.stop = undefined;
    const answer = typeof stop === 'function' ? stop(reason) : stop?.cancel(reason);
    // It stays who takes late values, or waits for what the work makes of being stopped.
    const stays = (hears._disposes ?? hears.dispose) || (stop !== undefined && hears.active);
    if (!stays) this.hears = new Left(reason, createdAt(hears));
    return answer;
  }
}

/** Hears what comes when its consumer has left: that is no news but for `onStray`. */
class Left implements Hears {
  readonly active = false;
  /** What it was cancelled with, which the source may answer; kept by others, or it cannot come. */
  private readonly reason: WeakRef<object> | undefined;
  constructor(
    reason: unknown,
    private readonly created: string | undefined,
  ) {
    this.reason =
      Object(reason) === reason && !isCancelled(reason) ? new WeakRef(reason as object) : undefined;
  }
  resolve(value: unknown): void {
    reportStray('value', value, true, this.created);
  }
  reject(reason: unknown): void {
    const given = this.reason?.deref();
    // Node's own promises answer a signal with an AbortError of its reason.
    if (given === undefined || (reason !== given && causeOf(reason) !== given))
      reportStray('error', reason, true, this.created);
  }
  abort(): void {}
}

function causeOf(error: unknown): unknown {
  try {
    return Object(error).cause;
  } catch {
    return undefined; // a revoked proxy
  }
}
