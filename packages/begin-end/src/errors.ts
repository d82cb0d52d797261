/**
 * What is asked for cannot be in this state: an operation was ended before, its result has been given out; one that runs already was
 * called again. In debug mode the message of a second end tells where it was begun and where it was ended first. After .NET's
 * InvalidOperationException.
 *
 * @example
 * ```ts
 * import { end, type InvalidOperationError, toAsyncResult } from '@anyasync/begin-end';
 * import { operation } from '@anyasync/core';
 *
 * const result = toAsyncResult(operation<number>((receiver) => receiver.resolve(1)));
 * end(result); //=> 1
 * try {
 *   end(result);
 * } catch (error) {
 *   (error as InvalidOperationError).name; //=> 'InvalidOperationError'
 * }
 * ```
 */
export class InvalidOperationError extends Error {
  override get name(): 'InvalidOperationError' {
    return 'InvalidOperationError';
  }
  /** Where it was begun, in debug mode. */
  readonly begunAt: string | undefined;
  /** Where it was ended first, in debug mode. */
  readonly endedAt: string | undefined;
  constructor(
    message: string,
    stacks: { readonly begunAt?: string | undefined; readonly endedAt?: string | undefined } = {},
  ) {
    const { begunAt, endedAt } = stacks;
    super(
      message +
        (begunAt === undefined ? '' : `\nIt was begun at:${begunAt}`) +
        (endedAt === undefined ? '' : `\nIt was ended first at:${endedAt}`),
    );
    this.begunAt = begunAt;
    this.endedAt = endedAt;
  }
}

/**
 * Operations were begun while an {@link EndScope} was open, and not ended.
 *
 * @example
 * ```ts
 * import { NotEndedError } from '@anyasync/begin-end';
 *
 * new NotEndedError([undefined]).count; //=> 1
 * ```
 */
export class NotEndedError extends Error {
  override get name(): 'NotEndedError' {
    return 'NotEndedError';
  }
  /** How many. */
  readonly count: number;
  /** Where each was begun, in debug mode. */
  readonly begunAt: readonly (string | undefined)[];
  constructor(begunAt: readonly (string | undefined)[]) {
    const stacks = begunAt.filter((stack) => stack !== undefined).map((stack) => `\nBegun at:${stack}`);
    super(
      `[begin-end] ${begunAt.length} operations were begun and not ended. Call the end of each.${stacks.join('')}`,
    );
    this.count = begunAt.length;
    this.begunAt = begunAt;
  }
}
