import { assertArgument } from './errors.js';
import { optionsOf } from './options-of.js';
import type { Operation } from './protocol.js';
import { mergeOptions } from './read-options.js';
import { isTime, type RunOptions, withRunOptions } from './run-options.js';
import { assertOperation, discard, startSelf } from './start.js';

/**
 * The same operation with a time limit: rejects with a TimeoutError after so many milliseconds.
 *
 * @param options - `{ cancel: 'stop' }`, the default, cancels the work; `'detach'` only gives up waiting for it, after .NET's WaitAsync.
 * @throws {ArgumentError} `operation` is none, or `ms` is not a time.
 * @example
 * ```ts
 * import { operation, timeout } from '@anyasync/core';
 * import { toPromise } from '@anyasync/promise';
 *
 * const never = operation<string>(() => {});
 * await toPromise(timeout(never, 5)).catch((error) => error.name); //=> 'TimeoutError'
 * ```
 */
export function timeout<T, Item = never>(
  operation: Operation<T, Item>,
  ms: number,
  options?: { readonly cancel?: 'stop' | 'detach' },
): Operation<T, Item> {
  assertOperation(operation);
  assertArgument(isTime(ms), 'timeout', ms, '[core] timeout() takes milliseconds, or Infinity for none.');
  const given: RunOptions | undefined = options === undefined ? undefined : optionsOf(options);
  const limited = withRunOptions(startSelf<T, Item>, mergeOptions(given, { timeout: ms }));
  return {
    '~anyasync': {
      version: 1,
      start: (receiver) => limited(receiver, operation, []),
      discard: (reason) => discard(operation, reason),
    },
  };
}
