/** Who leaves several operations at once waits for the cleanup of all of them. */
import { asCompleted, type Operation } from '@anyasync/core';
import { toIterable } from '@anyasync/iterable';
import { describe, expect, it } from 'vitest';
import { strays } from '../../core/test/support.js';

/** Gives nothing, and cleans up in a later turn. */
const slow = (log: string[], name: string, error?: Error): Operation<unknown> =>
  ({
    '~anyasync': {
      version: 1,
      start: (receiver) =>
        receiver.onCancel(async () => {
          await new Promise((resolve) => setImmediate(resolve));
          log.push(`${name} is closed`);
          if (error !== undefined) throw error;
        }),
    },
  }) satisfies Operation<unknown>;

describe('leaving asCompleted of several', () => {
  it('return() settles when all have cleaned up', async () => {
    const log: string[] = [];
    const outcomes = toIterable(asCompleted([slow(log, 'a'), slow(log, 'b')]));
    void outcomes.next();
    await outcomes.return?.();
    expect(log).toEqual(['a is closed', 'b is closed']);
  });

  it('the first error reaches the caller, the others are strays', async () => {
    const heard = strays();
    const log: string[] = [];
    const [one, two] = [new Error('one'), new Error('two')];
    const outcomes = toIterable(asCompleted([slow(log, 'a', one), slow(log, 'b', two)]));
    void outcomes.next();
    await expect(outcomes.return?.()).rejects.toBe(one);
    expect(heard.map(({ value }) => value)).toEqual([two]);
  });

  it('with options as without', async () => {
    const log: string[] = [];
    const outcomes = toIterable(asCompleted([slow(log, 'a')]), { timeout: 60_000 });
    void outcomes.next();
    await outcomes.return?.();
    expect(log).toEqual(['a is closed']);
  });
});
