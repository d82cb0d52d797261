import { type AnyStart, type Operation, type Run, run, type Signal } from '@anyasync/core';

/** What begins with the first read: starts a run, or, without one, lets go of what was handed over, because nobody will read it. */
export type LazyStart = ((receiver: Run<unknown, unknown> | undefined, reason?: unknown) => unknown) & {
  /** Of what is in the hand: when it is aborted before the first read, that is let go of. */
  signal?: Signal | undefined;
};

/** @param isOperation - `self` is an operation in the hand, and not the `this` of a function that was never called. */
export function lazyStartOf(
  start: AnyStart,
  self: unknown,
  args: readonly unknown[],
  isOperation: boolean,
  signal?: Signal,
): LazyStart {
  const begin: LazyStart = (receiver, reason) => {
    if (receiver !== undefined) run(start, receiver, self, args);
    else if (isOperation) return discard(self as Operation<unknown>, reason);
    return undefined;
  };
  begin.signal = signal; // also where there is none, or that of Object.prototype would be read
  return begin;
}

/** As core's, but who leaves waits for it. */
function discard(operation: Operation<unknown>, reason: unknown): unknown {
  const protocol = operation['~anyasync'] as { readonly discard?: (reason: unknown) => unknown };
  return typeof protocol.discard === 'function' ? protocol.discard(reason) : undefined;
}

/** What stops is waited for: a promise, if there is something to wait for. What the call throws is its rejection. */
export function completionOf(stop: () => unknown): Promise<unknown> | undefined {
  try {
    const answer = stop() as Partial<PromiseLike<unknown>> | null | undefined;
    return typeof answer?.then === 'function' ? Promise.resolve(answer) : undefined;
  } catch (error) {
    return Promise.reject(error);
  }
}
