import { createdAt, reportStray } from '@anyasync/core';
import type { Failure } from './failure.js';

interface Unhandled {
  readonly failure: Failure;
  readonly created: string | undefined;
}

let registry: FinalizationRegistry<Unhandled> | undefined;
const watched = new WeakSet<object>();

/** Reports the failure when the Deferred is collected with it: nobody can handle it any more. */
export function watch(deferred: object, failure: Failure): void {
  registry ??= new FinalizationRegistry(({ failure, created }) => {
    if (!failure._heard) reportStray('unheard', failure.value, false, created);
  });
  forget(deferred);
  watched.add(deferred);
  registry.register(deferred, { failure, created: createdAt(deferred) }, deferred);
}

/** It has been handled. */
export function forget(deferred: object): void {
  if (watched.delete(deferred)) registry?.unregister(deferred);
}
