import { reportStray } from '@anyasync/core';

type Fn = (this: any, ...args: any[]) => unknown;

/** One firing: what the callbacks are called with. */
interface Firing {
  readonly context: unknown;
  readonly args: readonly unknown[];
}

/**
 * jQuery's list of callbacks, with a memory: who comes late is called with the last firing. Its flaw is kept: after a callback has
 * thrown, the list believes for ever that it is being fired, and calls nobody any more.
 */
export class CallbackList {
  /** Undefined once it takes no more callbacks. */
  private callbacks: Fn[] | undefined = [];
  private memory: Firing | undefined = undefined;
  private waiting: Firing[] = [];
  private isFiring = false;
  private isLocked = false;
  private index = -1;

  /**
   * @param once - Fired once only.
   * @param isolated - What a callback throws is reported, and the others run: for what passes through the core.
   */
  constructor(
    private readonly once: boolean,
    private readonly isolated: boolean,
  ) {}

  /** Takes functions, and arrays of them however nested; everything else is ignored. */
  add(callbacks: ArrayLike<unknown>): void {
    if (this.callbacks === undefined) return;
    const isLate = this.memory !== undefined && !this.isFiring;
    if (isLate) this.index = this.callbacks.length - 1;
    collect(callbacks, this.callbacks);
    if (!isLate) return;
    this.waiting.push(this.memory as Firing);
    this.run();
  }

  fire(context: unknown, args: ArrayLike<unknown> | undefined): void {
    if (this.isLocked) return;
    this.waiting.push({ context, args: args === undefined ? [] : Array.from(args) });
    if (!this.isFiring) this.run();
  }

  /** Is not fired again; late callbacks still hear the last firing. */
  lock(): void {
    this.isLocked = true;
    this.waiting = [];
    if (this.memory === undefined && !this.isFiring) this.callbacks = undefined;
  }

  /** Neither fires nor takes callbacks any more. */
  disable(): void {
    this.isLocked = true;
    this.waiting = [];
    this.callbacks = this.memory = undefined;
  }

  private run(): void {
    this.isLocked ||= this.once;
    this.isFiring = true;
    for (let firing = this.waiting.shift(); firing !== undefined; firing = this.waiting.shift()) {
      this.memory = firing;
      for (this.index++; this.index < (this.callbacks?.length ?? 0); this.index++)
        this.call((this.callbacks as Fn[])[this.index] as Fn, firing);
      this.index = -1;
    }
    this.isFiring = false; // not in a `finally`: that is the flaw
    if (this.isLocked) this.callbacks = this.memory === undefined ? undefined : [];
  }

  private call(callback: Fn, { context, args }: Firing): void {
    if (!this.isolated) return void Reflect.apply(callback, context, args);
    try {
      Reflect.apply(callback, context, args);
    } catch (error) {
      reportStray('thrown', error);
    }
  }
}

function collect(given: ArrayLike<unknown>, into: Fn[]): void {
  for (let index = 0; index < given.length; index++) {
    const each = given[index];
    if (typeof each === 'function') into.push(each as Fn);
    else if (typeof each === 'object' && each !== null && (each as Partial<ArrayLike<unknown>>).length)
      collect(each as ArrayLike<unknown>, into);
  }
}
