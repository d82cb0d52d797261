import { assertArgument } from '@anyasync/core';

/**
 * What becomes of items that nobody has asked for yet: `each` keeps them in order, `batch` gives all of them as one array, `latest` keeps
 * the last one, `next` keeps none.
 */
export type Policy = 'each' | 'batch' | 'latest' | 'next';

/** What happens when more items would wait than the limit says. */
export type Overflow = 'error' | 'drop-oldest' | 'drop-newest' | 'pause';

/** How items wait for their consumer. */
export interface BufferOptions {
  /**
   * What becomes of items that come before they are asked for: `each` (the default) keeps all, in order; `batch` gives all that wait as an
   * array; `latest` keeps the last one (of a burst inside one turn both see all); `next` drops them, so that a source that answers inside the call shows nothing.
   */
  readonly policy?: Policy | undefined;
  /** The most items that may wait, for `each` and `batch`. Without it a source that waits is not read ahead, and one that does not wait has no bound. */
  readonly limit?: number | undefined;
  /**
   * What happens at the limit: `pause` (the default) makes a source wait that can, and is an OverflowError with one that cannot;
   * `error` is one at once, and makes no source wait; `drop-oldest` and `drop-newest` drop an item.
   */
  readonly overflow?: Overflow | undefined;
}

/** The same, complete. */
export interface Buffering {
  readonly policy: Policy;
  readonly limit: number;
  readonly overflow: Overflow;
}

/** Nothing was asked for. */
export const unbounded: Buffering = { policy: 'each', limit: Number.POSITIVE_INFINITY, overflow: 'pause' };

const policies: readonly unknown[] = ['each', 'batch', 'latest', 'next'];
const overflows: readonly unknown[] = ['error', 'drop-oldest', 'drop-newest', 'pause'];

/** Throws for options that cannot be meant. */
export function bufferingOf({ policy = 'each', limit, overflow }: BufferOptions): Buffering {
  const what = "[iterable] the policy option is 'each', 'batch', 'latest' or 'next'.";
  assertArgument(policies.includes(policy), 'policy', policy, what);
  if (limit !== undefined) {
    const isBounded = policy === 'each' || policy === 'batch';
    const bound = `[iterable] nothing waits with { policy: '${policy}' }. Leave { limit } out, or pass { policy: 'each' }.`;
    assertArgument(isBounded, 'limit', limit, bound);
    const isLimit = limit === Number.POSITIVE_INFINITY || (Number.isSafeInteger(limit) && limit > 0);
    assertArgument(
      isLimit,
      'limit',
      limit,
      '[iterable] the limit option is a number of items, 1 or more, or Infinity.',
    );
  }
  if (overflow !== undefined) {
    const how = "[iterable] the overflow option is 'error', 'drop-oldest', 'drop-newest' or 'pause'.";
    assertArgument(overflows.includes(overflow), 'overflow', overflow, how);
    const at = '[iterable] { overflow } says what happens at the limit. Pass { limit } too.';
    assertArgument(limit !== undefined, 'overflow', overflow, at);
  }
  return { policy, limit: limit ?? Number.POSITIVE_INFINITY, overflow: overflow ?? 'pause' };
}
