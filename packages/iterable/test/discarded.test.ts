/** A stream that was handed over for a run that never starts. */
import { PassThrough } from 'node:stream';
import { all, any, type Operation, operation, race } from '@anyasync/core';
import { fromStream, toIterable } from '@anyasync/iterable';
import { describe, expect, it } from 'vitest';
import { toPromise } from '../../promise/src/index.js';
import { name, shown } from './support.js';

type Tuple = readonly [Operation<string>, Operation<string>, Operation<string>, Operation<string>];

describe('a stream of a run that never starts', () => {
  it('is let go of when its signal was aborted before, and when an earlier member has won or failed', async () => {
    const failed = operation<never>((receiver) => receiver.reject(new Error('earlier')));
    const won = operation<string>((receiver) => receiver.resolve('won'));
    const log: string[] = [];
    const streams = [0, 1, 2, 3].map(() => new PassThrough());
    const [aborted, member, loser, late] = streams.map((each) => fromStream(each)) as unknown as Tuple;
    const signal = AbortSignal.abort(new Error('before'));
    log.push(await shown(toIterable(aborted, { signal }).next()));
    log.push(String(await toPromise(all([failed, member])).catch(name)));
    log.push(await toPromise(race([won, loser])));
    log.push(await toPromise(any([won, late])));
    expect(log).toEqual(['error before', 'earlier', 'won', 'won']);
    expect(streams.map((each) => each.destroyed)).toEqual([true, true, true, true]);
  });
});
