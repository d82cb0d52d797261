import { type ValueFrom, valueFromWith } from '@anyasync/observable';
import { InstalledEmptyError } from './installed.js';

const bound = /* @__PURE__ */ valueFromWith(InstalledEmptyError);

/**
 * The first value of an Observable as a promise: RxJS's function, with a signal and a timeout.
 *
 * - Subscribes at once, and unsubscribes when the value is there, in the same turn.
 * - Errors: the Observable's, the same object. RxJS's own EmptyError if it completed without a value, and there is no `defaultValue`.
 * - Cancelling: `{ signal }` unsubscribes and rejects with `signal.reason`, `{ timeout }` (milliseconds) with a TimeoutError; never with an
 *   EmptyError.
 * - Asynchronous always. Takes Observables of every library, and of the platform.
 *
 * @throws {ArgumentError} `source` is no Observable, or an option cannot be meant.
 * @example
 * ```ts
 * import { firstValueFrom } from '@anyasync/rxjs';
 * import { EMPTY, EmptyError, NEVER } from 'rxjs';
 *
 * await firstValueFrom(EMPTY).catch((error) => error instanceof EmptyError); //=> true
 * await firstValueFrom(NEVER, { signal: AbortSignal.abort('leave') }).catch((reason) => reason); //=> 'leave'
 * ```
 */
export const firstValueFrom: ValueFrom = bound.firstValueFrom;

/**
 * The last value of an Observable, when it completes; with one that never does, give a `signal` or a `timeout`. As {@link firstValueFrom}
 * otherwise.
 *
 * @throws {ArgumentError} `source` is no Observable, or an option cannot be meant.
 * @example
 * ```ts
 * import { lastValueFrom } from '@anyasync/rxjs';
 * import { of } from 'rxjs';
 *
 * await lastValueFrom(of('a', 'b')); //=> 'b'
 * ```
 */
export const lastValueFrom: ValueFrom = bound.lastValueFrom;
