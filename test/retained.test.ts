/** A result that has been delivered is kept by nobody, not even the last one of all. */
import { expect, test } from 'vitest';
import { inChild } from '../packages/core/test/support.js';

/** How a style delivers `value`, later. */
const deliveries = {
  promise: `await toPromise(later(value));`,
  callback: `await new Promise((done) => toCallback(later(value), () => done()));`,
  iterable: `for await (const _ of toIterable(later(value))) break;`,
  future: `await toFuture(later(value));`,
  deferred: `await toDeferred(later(value)).asPromise();`,
  'a stream that is left': `
    async function* twice() { yield value; yield value; }
    await toReadableStream(fromIterable(twice())).getReader().read();`,
  'first value of an Observable': `await firstValueFrom(toObservable(later(value), { Observable }));`,
};

test.each(Object.entries(deliveries))('%s', (_name, deliver) => {
  const { out, err } = inChild(
    `
    import { operation } from '@anyasync/core';
    import { toCallback } from '@anyasync/callback';
    import { toDeferred } from '@anyasync/deferred';
    import { toFuture } from '@anyasync/future';
    import { fromIterable, toIterable, toReadableStream } from '@anyasync/iterable';
    import { firstValueFrom, toObservable } from '@anyasync/observable';
    import { toPromise } from '@anyasync/promise';
    import { Observable } from 'rxjs';
    const later = (value) => operation((receiver) => void setTimeout(() => receiver.resolve(value)));
    const turn = () => new Promise((done) => setTimeout(done));
    const values = [];
    const deliver = async () => {
      const value = {};
      values.push(new WeakRef(value));
      ${deliver}
    };
    for (let i = 0; i < 3; i++) {
      await deliver();
      await turn();
    }
    for (let i = 0; i < 3; i++) {
      gc();
      await turn();
    }
    console.log(values.filter((value) => value.deref() !== undefined).length);
    `,
    '--expose-gc',
  );
  expect({ out, err }).toEqual({ out: '0\n', err: '' });
});
