import { isCancelled, type Receiver } from '@anyasync/core';

/** A source's error; one that is branded as cancelled is a cancellation. */
export function fail(receiver: Receiver<unknown, unknown>, reason: unknown): void {
  if (isCancelled(reason)) receiver.abort(reason);
  else receiver.reject(reason);
}
