import { isOperation, operation, outcome } from '@anyasync/core';
import { describe, expect, it } from 'vitest';
import { record } from './support.js';

describe('operation(start)', () => {
  it("hands out the receiver's members: they need no this", async () => {
    const { resolve, reject } = Promise;
    const of = (promise: Promise<number>) =>
      operation<number>((receiver) => void promise.then(receiver.resolve, receiver.reject));
    expect(await outcome(of(resolve.call(Promise, 1) as Promise<number>))).toEqual({
      status: 'fulfilled',
      value: 1,
    });
    expect(await outcome(of(reject.call(Promise, 2) as Promise<number>))).toEqual({
      status: 'rejected',
      reason: 2,
    });
  });

  it('all of them', () => {
    const log: unknown[] = [];
    const recorder = record(
      operation<void, number>((receiver) => {
        const { next, complete, onCancel, abort, handle, dispose } = receiver;
        log.push(receiver.active, handle, dispose);
        onCancel((reason) => log.push(reason));
        next(1);
        complete.call(receiver);
        log.push(receiver.active);
        void abort;
      }),
    );
    expect(recorder.log).toEqual(['next 1', 'complete']);
    expect(log).toEqual([true, undefined, undefined, false]);
    expect(record(operation(({ abort }) => abort('gone'))).log).toEqual(['aborted gone']);
  });
});

describe('isOperation', () => {
  it('hostile 19: another version is refused', () => {
    const start = (): void => {};
    for (const version of [0, 2, '1', true, undefined])
      expect(isOperation({ '~anyasync': { version, start } })).toBe(false);
  });

  it('hostile 7: what throws is none', () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(isOperation(proxy)).toBe(false);
    expect(
      isOperation({
        get '~anyasync'() {
          throw 'no';
        },
      }),
    ).toBe(false);
  });
});
