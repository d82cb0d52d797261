/** The styles of one object with a state: futures, Deferreds of Twisted and of jQuery, begin and end. */
import { adopt, beginEnd, end, expose, fromAsync, toAsyncResult } from '@anyasync/begin-end';
import { convert, operation } from '@anyasync/core';
import { Deferred, fromDeferred, toDeferred } from '@anyasync/deferred';
import { Future, fromFuture, toFuture, wait } from '@anyasync/future';
import { fromJQuery, Deferred as JQueryDeferred, toJQuery } from '@anyasync/jquery';
import { fromPromise, promise, toPromise } from '@anyasync/promise';
import { assert } from 'chai';
import { type Tests, turn } from './recording.js';

const error = new Error('an error');
const soon = (): Promise<string> => new Promise((resolve) => setTimeout(resolve, 1, 'value'));

export const tests: Tests = {
  'a Future: pending, then its result; awaited; cancel has an answer': async () => {
    const future = toFuture(fromPromise(soon));
    assert.strictEqual(future.state, 'PENDING');
    assert.isTrue((await wait([future], { timeout: 5000 })).done.has(future));
    assert.deepEqual([future.result(), await future, future.cancel()], ['value', 'value', false]);
    const failed = new Future<number>();
    failed.setException(error);
    assert.strictEqual(await toPromise(fromFuture(failed)).catch((rejected) => rejected), error);
  },

  'a Future: cancelling aborts the signal of what was made for it': () => {
    let signal!: AbortSignal;
    const future = toFuture(
      fromPromise((given) => {
        signal = given;
        return new Promise(() => {});
      }),
    );
    assert.isTrue(future.cancel('enough'));
    assert.deepEqual([future.cancelled(), signal.aborted, signal.reason], [true, true, 'enough']);
  },

  "Twisted's Deferred: a chain of callbacks in one turn; awaited": async () => {
    const log: unknown[] = [];
    const deferred = new Deferred<string>();
    deferred
      .addCallback((text) => JSON.parse(text))
      .addErrback((failure) => log.push(failure.check(SyntaxError) !== undefined) && 'mended');
    deferred.callback('no JSON');
    assert.deepEqual(log, [true]);
    assert.strictEqual(await deferred, 'mended');
    assert.strictEqual(await toPromise(fromDeferred(toDeferred(fromPromise(soon)))), 'value');
  },

  "jQuery's Deferred, without jQuery: callbacks in one turn, progress; awaited": async () => {
    const log: unknown[] = [];
    const deferred = JQueryDeferred<string, unknown, number>();
    deferred.progress((percent) => log.push(percent)).done((...values) => log.push(...values));
    deferred.notify(50).resolve('a', 'b');
    assert.deepEqual(log, [50, 'a', 'b']);
    assert.strictEqual(await deferred, 'a');
    assert.strictEqual(await toPromise(fromJQuery(toJQuery(fromPromise(soon)))), 'value');
  },

  'begin and end: a result to wait for, ended once': async () => {
    const begun = toAsyncResult(fromPromise(soon), null, 'state');
    assert.deepEqual([begun.isCompleted, begun.asyncState], [false, 'state']);
    assert.isTrue(await begun.asyncWaitHandle.waitAsync());
    assert.strictEqual(end(begun), 'value');
    const pair = convert(soon, promise, beginEnd);
    assert.strictEqual(await toPromise(fromAsync(pair.begin, pair.end, [])), 'value');
    assert.strictEqual(await adopt(expose({ half: async (n: number) => n / 2 })).half(8), 4);
  },

  'what is cancelled before it begins does not begin': async () => {
    const log: string[] = [];
    const source = operation<number>(() => log.push('started'));
    const signal = AbortSignal.abort('before');
    for (const made of [
      toFuture(source, { signal }),
      toDeferred(source, { signal }),
      toJQuery(source, { signal }),
    ])
      assert.strictEqual(
        await Promise.resolve(made as PromiseLike<unknown>).catch((rejected) => rejected),
        'before',
      );
    await turn();
    assert.deepEqual(log, []);
  },
};
