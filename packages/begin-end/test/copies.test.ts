/** Two copies of the package in one process: what one has begun the other ends. */
import * as here from '@anyasync/begin-end';
import { operation } from '@anyasync/core';
import { expect, test, vi } from 'vitest';

vi.resetModules();
const there = (await import('@anyasync/begin-end')) as typeof here;

test.each([
  ['ours', here, there],
  ['that of the other copy', there, here],
])('end(): %s takes what the other has begun, once', (_which, one, other) => {
  const begun = other.toAsyncResult(operation<number>((receiver) => receiver.resolve(1)));
  expect(one.end(begun)).toBe(1);
  expect(() => other.end(begun)).toThrow('ended before');
});
