/**
 * What an error-first callback gets for a rejection that it could not tell from success, such as null. Node's own error for it.
 *
 * @example
 * ```ts
 * import { callbackify } from '@anyasync/callback';
 *
 * const failing = callbackify(() => Promise.reject(null));
 * await new Promise((done) => failing((error) => done((error as { code?: string }).code))); //=> 'ERR_FALSY_VALUE_REJECTION'
 * ```
 */
export class FalsyRejectionError extends Error {
  override get name(): 'FalsyRejectionError' {
    return 'FalsyRejectionError';
  }
  /** Node's code for this error. */
  readonly code = 'ERR_FALSY_VALUE_REJECTION';
  /** The value that was rejected with. */
  readonly reason: unknown;
  constructor(reason: unknown) {
    super('Promise was rejected with falsy value', { cause: reason });
    this.reason = reason;
  }
}
