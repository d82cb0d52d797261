import { hide } from './show.js';

/**
 * What a style gets for an error that it could not tell from success: an error-first callback for a rejection with null, say, or a stream of
 * Node. The name, the code, and unless another is given the message, are those of Node's own error for it.
 *
 * @example
 * ```ts
 * import { callbackify } from '@anyasync/callback';
 * import type { FalsyRejectionError } from '@anyasync/core';
 *
 * const failing = callbackify(() => Promise.reject(0));
 * const error = await new Promise<unknown>((done) => failing(done));
 * (error as FalsyRejectionError).code; //=> 'ERR_FALSY_VALUE_REJECTION'
 * (error as FalsyRejectionError).reason; //=> 0
 * ```
 */
export class FalsyRejectionError extends Error {
  override get name(): 'FalsyRejectionError' {
    return 'FalsyRejectionError';
  }
  /** Node's code for this error. */
  readonly code = 'ERR_FALSY_VALUE_REJECTION';
  /** What the source failed with. It is the `cause`, too. Not enumerable. */
  declare readonly reason: unknown;
  constructor(reason: unknown, message = 'Promise was rejected with falsy value') {
    super(message, { cause: reason });
    hide(this, 'reason', reason);
  }
}
