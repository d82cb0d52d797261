/** jQuery 4 itself, with a real DOM and real requests. */
import { convert, outcome } from '@anyasync/core';
import { Deferred, fromJQuery, jquery, toJQuery } from '@anyasync/jquery';
import { fromPromise, promise, toPromise } from '@anyasync/promise';
import { toObservable } from '@anyasync/rxjs';
import { assert } from 'chai';
import type { Tests } from './recording.js';

/** jQuery 4, on this page. Its package has no types. */
async function loadJQuery(): Promise<any> {
  // @ts-expect-error
  return (await import('jquery')).default;
}

/** Asks the server of this page. */
const told = async (path: string): Promise<string> => (await fetch(path)).text();

export const tests: Tests = {
  'its promises are read, and ours are taken by $.when': async () => {
    const $ = await loadJQuery();
    assert.match($.fn.jquery, /^4\./);
    const done = $.Deferred().resolve('a', 'b').promise();
    assert.strictEqual(await toPromise(fromJQuery(done)), 'a');
    assert.strictEqual(toJQuery(fromJQuery(done)), done);
    const joined = $.when(
      toJQuery(fromPromise(Promise.resolve('value'))),
      Deferred().resolve('ours'),
      'plain',
    );
    assert.deepEqual(await toPromise(fromJQuery(joined, { values: 'all' })), ['value', 'ours', 'plain']);
  },

  '$.ajax, with its value and its failure': async () => {
    const $ = await loadJQuery();
    assert.strictEqual(await toPromise(fromJQuery($.ajax('/ok'))), 'data');
    const get = convert((path: string) => $.ajax(path), jquery, promise);
    assert.strictEqual(await get('/ok'), 'data');
    const failed = await outcome(fromJQuery($.ajax('/ok', { dataType: 'json' })));
    assert.strictEqual(failed.status, 'rejected');
  },

  'cancelling aborts $.ajax, and the server sees the connection close': async () => {
    const $ = await loadJQuery();
    const request = $.ajax('/never?cancelled');
    const controller = new AbortController();
    const promised = toPromise(fromJQuery(request), { signal: controller.signal });
    assert.strictEqual(await told('/arrived?cancelled'), 'yes');
    controller.abort('enough');
    assert.strictEqual(request.statusText, 'abort');
    assert.strictEqual(await promised.catch((rejected) => rejected), 'enough');
    assert.strictEqual(await told('/closed?cancelled'), 'yes');
  },

  'unsubscribing aborts $.ajax; an abort of its own is a cancellation': async () => {
    const $ = await loadJQuery();
    const subscription = toObservable(fromJQuery($.ajax('/never?unsubscribed'))).subscribe();
    assert.strictEqual(await told('/arrived?unsubscribed'), 'yes');
    subscription.unsubscribe();
    assert.strictEqual(await told('/closed?unsubscribed'), 'yes');
    const request = $.ajax('/never?aborted');
    const ended = outcome(fromJQuery(request));
    request.abort();
    assert.strictEqual((await ended).status, 'cancelled');
  },
};
