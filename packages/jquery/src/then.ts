// How a Deferred goes on: `then`, from a timer, and `pipe`, synchronously.

import type { DeferredFunction } from './deferred.js';
import type { Settling } from './settling.js';
import type { JQueryDeferred } from './types.js';

type Fn = (this: any, ...args: any[]) => any;
type Next = JQueryDeferred<any, any, any>;
type Create = () => Next;
type Hooks = () => DeferredFunction;

const pass: Fn = (value) => value;
const rethrow: Fn = (error) => {
  throw error;
};
const handlerOr = (given: unknown, otherwise: Fn): Fn =>
  typeof given === 'function' ? (given as Fn) : otherwise;

/** `then`: each handler is called from a timer, and the promise that is returned adopts what it returns. */
export function later(settling: Settling, hooks: Hooks, create: Create, ...given: unknown[]): unknown {
  const next = create();
  const adoption = new Adoption(next, hooks);
  const [onFulfilled, onRejected, onProgress] = given;
  settling.notify.handlers.add([adoption.step(0, handlerOr(onProgress, pass), next.notifyWith)]);
  settling.resolve.handlers.add([adoption.step(0, handlerOr(onFulfilled, pass))]);
  settling.reject.handlers.add([adoption.step(0, handlerOr(onRejected, rethrow))]);
  return next.promise();
}

/** What one `then` makes of what its handlers return, after Promises/A+: a thenable is followed, however often it leads to another one. */
class Adoption {
  /** How many thenables have been followed: what comes from an earlier one is too late. */
  private depth = 0;

  constructor(
    private readonly next: Next,
    private readonly hooks: Hooks,
  ) {}

  /** @param notify - For progress, which settles nothing. */
  step(depth: number, handler: Fn, notify?: Fn): Fn {
    const adoption = this;
    return function (this: unknown, ...args: unknown[]) {
      const process: { (): void; error?: unknown } = () => {
        if (notify !== undefined) return adoption.process(depth, handler, notify, this, args);
        try {
          adoption.process(depth, handler, undefined, this, args);
        } catch (error) {
          adoption.failed(depth, handler, error, this, args, process.error);
        }
      };
      if (depth > 0) return process();
      process.error = adoption.hooks().getErrorHook?.();
      setTimeout(process);
    };
  }

  private process(
    depth: number,
    handler: Fn,
    notify: Fn | undefined,
    context: unknown,
    args: unknown[],
  ): void {
    if (depth < this.depth) return;
    const { next } = this;
    const returned = Reflect.apply(handler, context, args);
    if (returned === next.promise()) throw new TypeError('Thenable self-resolution');
    const isObject = typeof returned === 'object' || typeof returned === 'function';
    const then = returned && isObject && returned.then;
    if (typeof then !== 'function') {
      const settle = notify ?? next.resolveWith;
      // Without a handler everything is passed on as it came.
      if (handler === pass) settle(context, args);
      else settle(undefined, [returned]);
    } else if (notify !== undefined) {
      Reflect.apply(then, returned, [
        this.step(this.depth, pass, notify),
        this.step(this.depth, rethrow, notify),
      ]);
    } else {
      this.depth++;
      Reflect.apply(then, returned, [
        this.step(this.depth, pass),
        this.step(this.depth, rethrow),
        this.step(this.depth, pass, next.notifyWith),
      ]);
    }
  }

  private failed(
    depth: number,
    handler: Fn,
    error: unknown,
    context: unknown,
    args: unknown[],
    asyncError: unknown,
  ): void {
    this.hooks().exceptionHook?.(error, asyncError);
    if (depth + 1 < this.depth) return;
    if (handler === rethrow) this.next.rejectWith(context, args);
    else this.next.rejectWith(undefined, [error]);
  }
}

/** `pipe`: filters are called synchronously, and only what has a `promise` is followed. */
export function now(promise: object, create: Create, filters: readonly unknown[]): unknown {
  const next = create();
  const source = promise as Record<'progress' | 'done' | 'fail', (callback: Fn) => void>;
  const steps = [
    ['progress', filters[2], next.notifyWith],
    ['done', filters[0], next.resolveWith],
    ['fail', filters[1], next.rejectWith],
  ] as const;
  for (const [add, filter, settle] of steps) {
    source[add](function (this: unknown, ...args: unknown[]) {
      if (typeof filter !== 'function') return settle(this, args);
      const returned = Reflect.apply(filter, this, args);
      if (typeof returned?.promise === 'function')
        returned.promise().progress(next.notify).done(next.resolve).fail(next.reject);
      else settle(this, [returned]);
    });
  }
  return next.promise();
}
