/** A consumer that has left is kept by nobody, however long its promise is pending: 120 to 190 bytes stay beside the reaction itself. */
import { describe, expect, test } from 'vitest';
import { inChild } from '../packages/core/test/support.js';

/** Each leaves at once a promise that never settles; what it kept was reachable from its run. */
const leaving = {
  'a future that is cancelled': `{
    const future = toFuture(fromPromise(pending));
    future.addDoneCallback(() => kept);
    future.cancel();
  }`,
  'a Deferred that is cancelled': `{
    const deferred = toDeferred(fromPromise(pending));
    deferred.addBoth(() => kept);
    deferred.cancel();
  }`,
  'a callback whose signal is aborted': `{
    const controller = new AbortController();
    toCallback(fromPromise(pending), () => kept, { signal: controller.signal });
    controller.abort(shared);
  }`,
  'a promise whose signal is aborted': `{
    const controller = new AbortController();
    toPromise(fromPromise(pending), { signal: controller.signal }).catch(() => kept);
    controller.abort(shared);
  }`,
  'an Observable that is left': `toObservable(fromPromise(pending), { Observable }).subscribe(() => kept).unsubscribe();`,
  'an Observable of a function that is left': `toObservable(fromPromise(() => pending), { Observable }).subscribe(() => kept).unsubscribe();`,
  'a converted function': `{
    const controller = new AbortController();
    convert(() => pending, promise, callback).with({ signal: controller.signal })(() => kept);
    controller.abort(shared);
  }`,
  'an iterator that is returned': `{
    const iterator = toIterable(fromPromise(pending))[Symbol.asyncIterator]();
    iterator.next().then(() => kept);
    iterator.return();
  }`,
};

describe('hostile 12: a consumer that has left is forgotten by its source', () => {
  test.concurrent.each(Object.entries(leaving))('%s', async (_name, leave) => {
    const { out, err } = inChild(
      `
    import { convert } from '@anyasync/core';
    import { callback, toCallback } from '@anyasync/callback';
    import { toDeferred } from '@anyasync/deferred';
    import { toFuture } from '@anyasync/future';
    import { toIterable } from '@anyasync/iterable';
    import { toObservable } from '@anyasync/observable';
    import { fromPromise, promise, toPromise } from '@anyasync/promise';
    import { Observable } from 'rxjs';
    const shared = new Error('left');
    const turn = () => new Promise((done) => setTimeout(done));
    const refs = [];
    const pending = new Promise(() => {});
    globalThis.pending = pending;
    const leave = () => {
      const kept = { large: new Array(100) };
      refs.push(new WeakRef(kept));
      ${leave}
    };
    for (let i = 0; i < 20; i++) leave();
    for (let i = 0; i < 3; i++) { await turn(); gc(); }
    console.log(refs.filter((ref) => ref.deref() !== undefined).length);
    const once = async (each) => {
      await turn(); gc(); gc();
      const before = process.memoryUsage().heapUsed;
      for (let i = 0; i < 2000; i++) each();
      for (let i = 0; i < 3; i++) { await turn(); gc(); }
      return (process.memoryUsage().heapUsed - before) / 2000;
    };
    // The least of some: what else the process does is in the others.
    const alone = async (each) => Math.min(await once(each), await once(each), await once(each));
    refs.push = () => {};
    await alone(leave);
    const theirs = await alone(() => pending.then(() => {}, () => {}));
    console.log((await alone(leave)) - theirs < 350 ? 'small' : 'large');
    `,
      '--expose-gc',
    );
    expect({ out, err }).toEqual({ out: '0\nsmall\n', err: '' });
  });
});
