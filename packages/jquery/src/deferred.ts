import { assertArgument } from '@anyasync/core';
import { type Action, Settling } from './settling.js';
import { later, now } from './then.js';
import type { JQueryDeferred } from './types.js';

/** Called before the Deferred is returned, with it, also as `this`. */
export type BeforeStart<T, E, P> = (this: JQueryDeferred<T, E, P>, deferred: JQueryDeferred<T, E, P>) => void;

/** The type of {@link Deferred}: a function with two hooks. */
export interface DeferredFunction {
  <T, E = unknown, P = never>(beforeStart?: BeforeStart<T, E, P> | null): JQueryDeferred<T, E, P>;
  /** Hears what a handler of `then` throws, and what `getErrorHook` had given. By default it warns of the language's own errors. */
  exceptionHook: ((error: any, asyncError?: unknown) => void) | undefined;
  /** Gives an error whose stack shows where a handler was to be called from, before the timer. */
  getErrorHook: (() => unknown) | undefined;
}

/**
 * jQuery 4's Deferred, without jQuery and without a DOM: a value, an error and progress, each for callbacks that are called synchronously
 * and in order.
 *
 * - Whoever makes it settles it: `resolve`, `reject`, `notify`, with any number of arguments; `resolveWith(context, args)` gives them a `this`.
 *   What comes after the end is ignored. A thenable is a value like any other.
 * - `done fail progress always` call at once when there is something; `then` and `catch` call from a timer, and go on with what the
 *   handler returns or throws. The last progress is remembered.
 * - Errors: a `then` handler that throws rejects; `Deferred.exceptionHook` hears of it. What a `done` callback throws is thrown at whoever
 *   calls `resolve`, and the callbacks after it are never called, as in jQuery.
 * - Cancelling: there is none. Nobody is told of an error that has no callback.
 *
 * @throws {ArgumentError} `beforeStart` is no function.
 * @example
 * ```ts
 * import { Deferred } from '@anyasync/jquery';
 *
 * const log: unknown[] = [];
 * const deferred = Deferred<number, Error, string>();
 * deferred.progress((what) => log.push(what)).done((n, unit) => log.push(n, unit));
 * deferred.notify('half way').resolve(10, 'ms');
 * log; //=> ['half way', 10, 'ms']
 * deferred.state(); //=> 'resolved'
 * ```
 */
export const Deferred: DeferredFunction = /* @__PURE__ */ Object.assign(
  <T, E, P>(beforeStart?: BeforeStart<T, E, P> | null) => make(false, beforeStart),
  { exceptionHook: warnOfMistakes, getErrorHook: undefined },
);

const mistakes = /^(Eval|Internal|Range|Reference|Syntax|Type|URI)Error$/;

function warnOfMistakes(error: any, asyncError?: unknown): void {
  let name: unknown;
  try {
    name = error?.name;
  } catch {} // whoever threw it need not hear of that
  if (typeof name === 'string' && mistakes.test(name))
    console.warn('jQuery.Deferred exception', error, asyncError);
}

/** @param isolated - What a callback throws harms nobody else: for what passes through the core. */
export function make(
  isolated: boolean,
  beforeStart?: BeforeStart<any, any, any> | null,
): JQueryDeferred<any, any, any> {
  if (beforeStart !== undefined && beforeStart !== null)
    assertArgument(
      typeof beforeStart === 'function',
      'beforeStart',
      beforeStart,
      '[jquery] Deferred() takes a function of the Deferred, or nothing.',
    );
  const settling = new Settling(isolated);
  // Methods are functions of their own: they work unbound, and are mixed into other objects.
  const promise = {
    state: () => settling.state,
    always(this: unknown, ...callbacks: unknown[]) {
      settling.resolve.callbacks.add(callbacks);
      settling.reject.callbacks.add(callbacks);
      return this;
    },
    catch: (onRejected: unknown) => later(settling, hooks, create, undefined, onRejected),
    pipe: (...filters: unknown[]) => now(promise, create, filters),
    then: (...handlers: unknown[]) => later(settling, hooks, create, ...handlers),
    promise: (target?: object | null) =>
      target === undefined || target === null ? promise : Object.assign(target, promise),
    progress: adder('notify'),
    done: adder('resolve'),
    fail: adder('reject'),
  };
  function adder(action: Action) {
    const { callbacks } = settling[action];
    return function (this: unknown, ...added: unknown[]): unknown {
      callbacks.add(added);
      return this;
    };
  }
  const deferred: Record<string, unknown> = {};
  for (const action of ['notify', 'resolve', 'reject'] as const) {
    const { callbacks } = settling[action];
    deferred[action] = function (this: unknown, ...args: unknown[]): unknown {
      callbacks.fire(this === deferred ? undefined : this, args);
      return this;
    };
    deferred[`${action}With`] = function (
      this: unknown,
      context: unknown,
      args?: ArrayLike<unknown>,
    ): unknown {
      callbacks.fire(context, args);
      return this;
    };
  }
  promise.promise(deferred);
  const made = deferred as unknown as JQueryDeferred<any, any, any>;
  if (beforeStart) Reflect.apply(beforeStart, made, [made]);
  return made;
}

const create = (isolated = false): JQueryDeferred<any, any, any> => make(isolated);
/** Looked up when they are needed: they can be set. */
const hooks = (): DeferredFunction => Deferred;
