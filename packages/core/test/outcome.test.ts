import {
  ArgumentError,
  CancelledError,
  isCancelled,
  isOperation,
  operation,
  outcome,
  type Receiver,
} from '@anyasync/core';
import { describe, expect, it, vi } from 'vitest';
import { brief, strays, thrownBy, turns } from './support.js';

const of = (start: (receiver: Receiver<any>) => void): Promise<unknown> => outcome(operation<any>(start));

describe('outcome', () => {
  it('tells a value, an error and a cancellation apart', async () => {
    expect(await of((to) => to.resolve(1))).toEqual({ status: 'fulfilled', value: 1 });
    expect(await of((to) => to.reject('no'))).toEqual({ status: 'rejected', reason: 'no' });
    expect(await of((to) => to.abort('gone'))).toEqual({ status: 'cancelled', reason: 'gone' });
  });

  it('a value that is a thenable stays as it is', async () => {
    const thenable = { then: () => expect.unreachable() };
    expect(await of((to) => to.resolve(thenable))).toMatchObject({ value: thenable });
  });

  it('a completed operation is fulfilled with undefined', async () => {
    expect(await of((to) => (to as any).complete())).toEqual({ status: 'fulfilled', value: undefined });
  });

  it('never rejects: what starting throws is an answer too', async () => {
    const error = new Error('threw');
    const answer = await of(() => {
      throw error;
    });
    expect(answer).toEqual({ status: 'rejected', reason: error });
  });

  it('starts the work at once, and answers later', async () => {
    const order: string[] = [];
    const answer = of((to) => {
      order.push('start');
      to.resolve(1);
    }).then(() => order.push('answer'));
    order.push('after');
    await answer;
    expect(order).toEqual(['start', 'after', 'answer']);
  });

  it('throws ArgumentError for what is no operation', () => {
    const promise = Promise.resolve();
    expect(thrownBy(() => outcome(promise as never))).toMatchObject({
      name: 'ArgumentError',
      argument: 'operation',
      received: promise,
    });
  });

  it('a second settle is a stray', async () => {
    const heard = strays();
    await of((to) => {
      to.resolve(1);
      to.reject('late');
    });
    expect(brief(heard)).toEqual([['error', 'late']]);
  });
});

describe('operations', () => {
  it('are cold: each start is a run of its own', async () => {
    let starts = 0;
    const op = operation<number>((to) => to.resolve(++starts));
    expect(starts).toBe(0);
    expect(await outcome(op)).toMatchObject({ value: 1 });
    expect(await outcome(op)).toMatchObject({ value: 2 });
  });

  it('are recognised by their key, never by instanceof', () => {
    const start = (): void => {};
    expect(isOperation({ '~anyasync': { version: 1, start } })).toBe(true);
    expect(isOperation(Object.assign(() => {}, { '~anyasync': { version: 1, start } }))).toBe(true);
    expect(isOperation(operation(start))).toBe(true);
    for (const other of [
      undefined,
      null,
      1,
      'x',
      {},
      Promise.resolve(),
      { '~anyasync': null },
      start,
      { '~anyasync': {} },
    ])
      expect(isOperation(other)).toBe(false);
  });

  it('operation() throws ArgumentError for what is no function', () => {
    expect(thrownBy(() => operation(5 as never))).toMatchObject({ name: 'ArgumentError', received: 5 });
  });
});

describe('errors', () => {
  it('are subclasses of Error whose name survives, with a message that says what to do', () => {
    const error = new CancelledError();
    expect(error).toBeInstanceOf(Error);
    expect(Object.keys(error)).toEqual([]);
    expect(String(error)).toMatch(/^CancelledError: \[core\] /);
    expect(new CancelledError('mine').message).toBe('mine');
  });

  it('isCancelled knows the brand, also in a subclass, and nothing else', () => {
    class Mine extends CancelledError {}
    expect(isCancelled(new CancelledError())).toBe(true);
    expect(isCancelled(new Mine())).toBe(true);
    for (const other of [
      new Error('x'),
      new DOMException('x', 'AbortError'),
      null,
      undefined,
      'cancelled',
      {},
    ])
      expect(isCancelled(other)).toBe(false);
  });

  it('ArgumentError is a TypeError with the code and the two fields', () => {
    const error = new ArgumentError('fn', 5, '[core] fn is a function.');
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE', argument: 'fn', received: 5 });
    expect(error.message).toBe('[core] fn is a function. Received 5.');
  });
});

describe('two copies of this package in one realm', () => {
  it('understand each other: cancelled errors, operations and strays', async () => {
    vi.resetModules();
    const other = await import('@anyasync/core');
    expect(other.CancelledError).not.toBe(CancelledError);
    expect(isCancelled(new other.CancelledError())).toBe(true);
    expect(other.isCancelled(new CancelledError())).toBe(true);
    expect(await outcome(other.operation<number>((to) => to.resolve(1)))).toMatchObject({ value: 1 });
    const heard = strays();
    await other.outcome(
      operation<number>((to) => {
        to.resolve(1);
        to.resolve(2);
      }),
    );
    await turns();
    expect(brief(heard)).toEqual([['value', 2]]);
  });
});
