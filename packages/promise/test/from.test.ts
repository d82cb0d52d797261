import { CancelledError, isOperation, outcome } from '@anyasync/core';
import { describe, expect, it, vi } from 'vitest';
import { record, strays, thrownBy, turns, uncaught, unhandled } from '../../core/test/support.js';
import { fromPromise, isThenable } from '../src/index.js';

/** A thenable that does what it is told with its two callbacks. */
const thenable = (then: (resolve: (value?: any) => void, reject: (reason?: any) => void) => void): any => ({
  then,
});

describe('fromPromise of a promise', () => {
  it('is an operation that gives its value, asynchronously', async () => {
    const op = fromPromise(Promise.resolve(1));
    expect(isOperation(op)).toBe(true);
    const recorder = record(op);
    expect(recorder.log).toEqual([]);
    await turns(1);
    expect(recorder.log).toEqual(['value 1']);
  });

  it('gives the error as the same object, a falsy one too', async () => {
    const error = new Error('failed');
    const recorder = record(fromPromise(Promise.reject(error)));
    await turns(1);
    expect(recorder.end).toBe(error);
    for (const reason of [undefined, null, 0, '']) {
      expect(await outcome(fromPromise(Promise.reject(reason)))).toEqual({ status: 'rejected', reason });
    }
  });

  it('a rejection that is branded as cancelled is a cancellation, a foreign AbortError is not', async () => {
    const cancelled = new CancelledError();
    expect(await outcome(fromPromise(Promise.reject(cancelled)))).toEqual({
      status: 'cancelled',
      reason: cancelled,
    });
    const foreign = new DOMException('Aborted', 'AbortError');
    expect(await outcome(fromPromise(Promise.reject(foreign)))).toEqual({
      status: 'rejected',
      reason: foreign,
    });
  });

  it('can be started many times: it only listens', async () => {
    const op = fromPromise(Promise.resolve(1));
    const recorders = [record(op), record(op)];
    await turns(1);
    recorders.push(record(op));
    await turns(1);
    expect(recorders.map((recorder) => recorder.log)).toEqual([['value 1'], ['value 1'], ['value 1']]);
  });

  it('cancelling stops listening only, and what comes later is no news', async () => {
    const heard = strays();
    const recorder = record(fromPromise(Promise.resolve(1)));
    recorder.cancel('enough');
    await turns(1);
    expect(recorder.log).toEqual(['cancelled enough']);
    expect(heard.every((stray) => stray.cancelled)).toBe(true);
  });

  it('its rejection counts as handled as soon as the operation is started', async () => {
    expect(await unhandled(() => record(fromPromise(Promise.reject(new Error('handled')))))).toEqual([]);
  });

  it('calls no then before it is started', () => {
    const then = vi.fn();
    const op = fromPromise({ then });
    expect(then).not.toHaveBeenCalled();
    expect(isOperation(op)).toBe(true);
  });
});

describe('fromPromise of a misbehaving thenable', () => {
  const cases: [string, any, string[]][] = [
    [
      'that settles twice: the first counts',
      thenable((resolve, reject) => {
        resolve(1);
        resolve(2);
        reject(3);
      }),
      ['value 1'],
    ],
    [
      'that rejects twice: the first counts',
      thenable((resolve, reject) => {
        reject(1);
        reject(2);
        resolve(3);
      }),
      ['error 1'],
    ],
    [
      'that throws after it settled: the throw is not heard, as with await',
      thenable((resolve) => {
        resolve(1);
        throw new Error('after');
      }),
      ['value 1'],
    ],
    [
      'that throws before it settled',
      thenable(() => {
        throw new Error('before');
      }),
      ['error before'],
    ],
    [
      'that gives a thenable, which is followed',
      thenable((resolve) => resolve(thenable((inner) => inner(2)))),
      ['value 2'],
    ],
    [
      'that gives a rejecting promise',
      thenable((resolve) => resolve(Promise.reject('inner'))),
      ['error inner'],
    ],
  ];

  it.each(cases)('%s', async (_name, source, expected) => {
    const heard = strays();
    const recorder = record(fromPromise(source));
    expect(recorder.log).toEqual([]); // never inside the call
    await turns(2);
    expect(recorder.log).toEqual(expected);
    expect(heard).toEqual([]);
  });

  it('that settles synchronously is heard later', async () => {
    const order: string[] = [];
    const source = thenable((resolve) => {
      order.push('then');
      resolve(1);
    });
    const answer = outcome(fromPromise(source)).then(() => order.push('heard'));
    order.push('started');
    await answer;
    expect(order.at(-1)).toBe('heard');
  });

  it('whose then cannot be read when it is started is an error', async () => {
    let reads = 0;
    const error = new Error('getter');
    const source = {
      get then(): any {
        if (reads++ === 0) return () => {};
        throw error;
      },
    };
    expect(await outcome(fromPromise(source))).toEqual({ status: 'rejected', reason: error });
  });

  it('hostile 7: whose then cannot be read at all is none', () => {
    const error = new Error('getter');
    const source = {
      get then(): any {
        throw error;
      },
    };
    expect(isThenable(source)).toBe(false);
    expect(() => fromPromise(source as any)).toThrow(expect.objectContaining({ name: 'ArgumentError' }));
  });

  it('that is a function with a then is a thenable, and is not called', async () => {
    const source: any = Object.assign(() => expect.unreachable(), { then: (resolve: any) => resolve(1) });
    expect(await outcome(fromPromise(source))).toEqual({ status: 'fulfilled', value: 1 });
  });

  it('nothing of all this reaches the host', async () => {
    expect(
      await uncaught(async () => {
        for (const [, source] of cases) record(fromPromise(source));
        await turns(2);
      }),
    ).toEqual([]);
  });
});

describe('fromPromise of a factory', () => {
  it('is cold: the factory is called at each start, with a signal and without a this', async () => {
    const calls: unknown[][] = [];
    const op = fromPromise(function (this: unknown, ...args: unknown[]) {
      calls.push([this, ...args]);
      return Promise.resolve(calls.length);
    } as () => Promise<number>);
    expect(calls).toEqual([]);
    expect(await outcome(op)).toMatchObject({ value: 1 });
    expect(await outcome(op)).toMatchObject({ value: 2 });
    expect(calls[0]?.[0]).toBeUndefined();
    expect(calls[0]?.[1]).toBeInstanceOf(AbortSignal);
    expect(calls[0]?.[1]).not.toBe(calls[1]?.[1]);
  });

  it('its signal is aborted with the reason when the consumer cancels, before cancel returns', () => {
    let signal!: AbortSignal;
    const recorder = record(
      fromPromise((given) => {
        signal = given;
        return new Promise(() => {});
      }),
    );
    expect(signal.aborted).toBe(false);
    const reason = new Error('enough');
    recorder.cancel(reason);
    expect(signal.aborted).toBe(true);
    expect(signal.reason).toBe(reason);
  });

  it('its signal is not aborted by any other end', async () => {
    const signals: AbortSignal[] = [];
    for (const promise of [Promise.resolve(1), Promise.reject(new Error('no'))]) {
      await outcome(
        fromPromise((signal) => {
          signals.push(signal);
          return promise;
        }),
      );
    }
    expect(signals.map((signal) => signal.aborted)).toEqual([false, false]);
  });

  it('that rejects with the reason after the cancellation is no news', async () => {
    const heard = strays();
    const recorder = record(
      fromPromise(
        (signal) => new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
      ),
    );
    recorder.cancel(new Error('enough'));
    await turns(2);
    expect(recorder.log).toEqual(['cancelled enough']);
    expect(heard).toEqual([]);
  });

  it('that throws rejects with the same object', async () => {
    const error = new Error('threw');
    const op = fromPromise(() => {
      throw error;
    });
    expect(await outcome(op)).toEqual({ status: 'rejected', reason: error });
  });

  it('that returns no promise gives what it returned, asynchronously', async () => {
    const recorder = record(fromPromise(() => 5));
    expect(recorder.log).toEqual([]);
    await turns(1);
    expect(recorder.log).toEqual(['value 5']);
  });

  it('that returns a misbehaving thenable is heard once', async () => {
    const heard = strays();
    const recorder = record(
      fromPromise(() =>
        thenable((resolve, reject) => {
          resolve(1);
          reject(2);
          throw 3;
        }),
      ),
    );
    await turns(2);
    expect(recorder.log).toEqual(['value 1']);
    expect(heard).toEqual([]);
  });
});

it('throws ArgumentError for anything else', () => {
  for (const source of [undefined, null, 5, 'promise', {}, { then: 5 }]) {
    expect(thrownBy(() => fromPromise(source as any))).toMatchObject({
      name: 'ArgumentError',
      code: 'ERR_INVALID_ARG_TYPE',
      argument: 'source',
      received: source,
    });
  }
});
