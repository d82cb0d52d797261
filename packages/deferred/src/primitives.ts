// What takes turns: a lock, a semaphore, a queue. Whoever waits is served first come, first served.

import { assertArgument, enterHere, readOptions } from '@anyasync/core';
import { Deferred } from './deferred.js';
import { QueueOverflow, QueueUnderflow } from './errors.js';
import { Fifo } from './fifo.js';
import { maybeDeferred } from './making.js';
import type { Resulting } from './types.js';

/** Whoever waits; one that is cancelled leaves. */
class Waiting<T> {
  private readonly deferreds = new Fifo<Deferred<T>>();

  get length(): number {
    return this.deferreds.length;
  }

  add(): Deferred<T> {
    const deferred = new Deferred<T>((cancelled) => this.deferreds.remove(cancelled));
    this.deferreds.push(deferred);
    return deferred;
  }

  /** One that somebody else has fired has no turn any more. */
  first(): Deferred<T> | undefined {
    let first = this.deferreds.shift();
    while (first?.called) first = this.deferreds.shift();
    return first;
  }
}

/** Whoever is let in may release at once, which lets the next one in, inside that call: up to this depth. */
const deepest = 100;

/**
 * Lets so many in at the same time. After Twisted's DeferredSemaphore.
 *
 * - `acquire()` gives a Deferred of the semaphore, fired at once while there are tokens. Cancelling a waiting one leaves the line.
 * - `run(fn, ...args)` acquires, calls, and releases when what the function returned has ended, whichever way.
 *
 * @throws {ArgumentError} The limit is no whole number, or less than one.
 * @example
 * ```ts
 * import { Deferred, DeferredSemaphore } from '@anyasync/deferred';
 *
 * const two = new DeferredSemaphore(2);
 * const work = [new Deferred<string>(), new Deferred<string>(), new Deferred<string>()];
 * const started: number[] = [];
 * work.map((each, index) => two.run(() => { started.push(index); return each; }));
 * started.slice(); //=> [0, 1]
 * work[0]?.callback('done');
 * started; //=> [0, 1, 2]
 * ```
 */
export class DeferredSemaphore {
  private readonly waiting = new Waiting<this>();
  /** How many more may come in. */
  tokens: number;
  private depth = 0;

  /** @param limit - How many may be in at the same time. */
  constructor(readonly limit: number) {
    const isCount = Number.isInteger(limit) && limit >= 1;
    assertArgument(
      isCount,
      'limit',
      limit,
      '[deferred] a semaphore has a whole number of tokens, at least one.',
    );
    this.tokens = limit;
  }

  /** A Deferred that fires, with the semaphore, when its turn has come. */
  acquire(): Deferred<this> {
    const deferred = this.waiting.add();
    this.admit();
    return deferred;
  }

  /** @throws {ReleasedError} More were released than acquired. */
  release(): void {
    if (this.tokens >= this.limit) throw new ReleasedError();
    this.tokens++;
    this.admit();
  }

  /** Lets those in who wait, as long as there are tokens. Where releases are nested too deeply, the one further out goes on. */
  private admit(): void {
    if (this.depth >= deepest) return;
    this.depth++;
    for (let next = this.next(); next !== undefined; next = this.next()) next.callback(this);
    this.depth--;
  }

  private next(): Deferred<this> | undefined {
    if (this.tokens === 0) return undefined;
    const next = this.waiting.first();
    if (next !== undefined) this.tokens--;
    return next;
  }

  /** Calls the function in its turn, in the async context (AsyncLocalStorage) of this call, and releases when it has ended. */
  run<A extends readonly unknown[], R>(fn: (...args: A) => R, ...args: A): Deferred<Resulting<R>> {
    assertArgument(
      typeof fn === 'function',
      'fn',
      fn,
      '[deferred] run() takes a function and its arguments.',
    );
    const turn = this.acquire();
    const call = (): Deferred<unknown> =>
      maybeDeferred(fn, ...args).addBoth((result) => {
        this.release();
        return result;
      });
    if (turn.called) return turn.addCallback(call) as Deferred<any>;
    const enter = enterHere(); // it is let in by whoever releases
    return turn.addCallback(() => enter(call)) as Deferred<any>;
  }
}

/**
 * Something was released that nobody has acquired.
 *
 * @example
 * ```ts
 * import { DeferredLock } from '@anyasync/deferred';
 *
 * try {
 *   new DeferredLock().release();
 * } catch (error) {
 *   (error as Error).name; //=> 'ReleasedError'
 * }
 * ```
 */
export class ReleasedError extends Error {
  override get name(): 'ReleasedError' {
    return 'ReleasedError';
  }
  constructor() {
    super('[deferred] release() without an acquire(). Release once for each acquire(), or use run().');
  }
}

/**
 * Lets one in at a time. After Twisted's DeferredLock.
 *
 * @example
 * ```ts
 * import { DeferredLock } from '@anyasync/deferred';
 *
 * const lock = new DeferredLock();
 * lock.acquire();
 * const second = lock.acquire();
 * second.called; //=> false
 * lock.release();
 * second.called; //=> true
 * ```
 */
export class DeferredLock extends DeferredSemaphore {
  constructor() {
    super(1);
  }

  /** Whether somebody is in. */
  get locked(): boolean {
    return this.tokens === 0;
  }
}

/** The limits of a {@link DeferredQueue}. */
export interface DeferredQueueOptions {
  /** How many objects may wait for somebody. Without it, any number. */
  readonly size?: number | undefined;
  /** How many may wait for an object. Without it, any number. */
  readonly backlog?: number | undefined;
}

/**
 * Objects for whoever waits for one, in order. After Twisted's DeferredQueue.
 *
 * @example
 * ```ts
 * import { DeferredQueue } from '@anyasync/deferred';
 *
 * const queue = new DeferredQueue<string>();
 * const got = queue.get();
 * queue.put('a');
 * got.result; //=> 'a'
 * ```
 */
export class DeferredQueue<T> {
  private readonly waiting = new Waiting<T>();
  private readonly objects = new Fifo<T>();
  private readonly limits: DeferredQueueOptions;

  /** @throws {ArgumentError} A limit is no number of objects. */
  constructor(limits?: DeferredQueueOptions) {
    const { size, backlog } = readOptions(limits, ['size', 'backlog'], '[deferred] a DeferredQueue');
    this.limits = { size, backlog };
    for (const [name, limit] of Object.entries({ size, backlog })) {
      const isLimit = limit === undefined || limit >= 0;
      assertArgument(isLimit, name, limit, `[deferred] the ${name} is a number, not below zero.`);
    }
  }

  /** Gives an object to who waits first, or keeps it. @throws {QueueOverflow} Too many are kept. */
  put(object: T): void {
    const { size } = this.limits;
    const next = this.waiting.first();
    if (next !== undefined) next.callback(object);
    else if (size === undefined || this.objects.length < size) this.objects.push(object);
    else throw new QueueOverflow(size);
  }

  /** A Deferred of the next object. @throws {QueueUnderflow} Too many wait. */
  get(): Deferred<T> {
    const { backlog } = this.limits;
    if (this.objects.length === 0 && backlog !== undefined && this.waiting.length >= backlog)
      throw new QueueUnderflow(backlog);
    const deferred = this.waiting.add();
    if (this.objects.length > 0) this.waiting.first()?.callback(this.objects.shift() as T);
    return deferred;
  }
}
