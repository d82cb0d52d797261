import { onStray, type Stray } from '@anyasync/core';
import { expect, test } from 'vitest';
import { promisify } from '../src/index.js';

test('a function that calls back and returns a promise says its error once', async () => {
  const strays: Stray[] = [];
  const stop = onStray((stray) => strays.push(stray));
  const both = (done: (error: Error) => void) => {
    const promise = Promise.reject(new Error('no'));
    promise.catch((error) => done(error));
    return promise;
  };
  await expect(promisify(both as (done: (error: Error | null) => void) => unknown)()).rejects.toThrow('no');
  await new Promise((resolve) => setImmediate(resolve));
  stop();
  expect(strays).toEqual([]);
});
