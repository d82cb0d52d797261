import { isCancelled } from './errors.js';
import type { Receiver } from './protocol.js';

/**
 * Ends a run with a source's error. One that is branded as cancelled is a cancellation by somebody else. For writers of styles.
 *
 * @example
 * ```ts
 * import { fail, operation } from '@anyasync/core';
 *
 * export const read = (file: { onerror: (error: unknown) => void }) =>
 *   operation<string>((receiver) => { file.onerror = (error) => fail(receiver, error); });
 * ```
 */
export function fail(receiver: Pick<Receiver<unknown, unknown>, 'abort' | 'reject'>, reason: unknown): void {
  if (isCancelled(reason)) receiver.abort(reason);
  else receiver.reject(reason);
}
