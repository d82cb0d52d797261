import { convert, operation, startSelf, sync, WouldDeadlockError } from '@anyasync/core';
import { describe, expect, it } from 'vitest';
import { callback } from '../../callback/src/index.js';
import { promise } from '../../promise/src/index.js';
import { brief, strays, thrownBy, turns } from './support.js';

type Done<T> = (error: unknown, value?: T) => void;
const written = (fn: (...args: any[]) => unknown): any => convert(fn as any, callback, sync);

describe('the synchronous style, read', () => {
  it('calls the function with its this and arguments, and its return is the value', async () => {
    const fn = function (this: unknown, ...args: unknown[]): unknown {
      return [this, args];
    };
    const self = {};
    const converted: any = convert(fn, sync, promise);
    expect(await converted.call(self, 1, 2)).toEqual([self, [1, 2]]);
  });

  it('what it throws is the error, the same object', async () => {
    const error = { not: 'an Error' };
    const throwing = (): never => {
      throw error;
    };
    await expect(convert(throwing, sync, promise)()).rejects.toBe(error);
  });
});

describe('the synchronous style, written', () => {
  it('returns the value of a run that settles inside the call, whatever it is', () => {
    for (const value of [1, undefined, null, false, { then() {} }]) {
      expect(written((done: Done<unknown>) => done(null, value))()).toBe(value);
    }
  });

  it('throws the error, the same object', () => {
    const error = new Error('failed');
    expect(thrownBy(written((done: Done<never>) => done(error)))).toBe(error);
  });

  it('throws what the original throws', () => {
    const error = new Error('threw');
    expect(
      thrownBy(
        written(() => {
          throw error;
        }),
      ),
    ).toBe(error);
  });

  it('keeps this and the arguments', () => {
    const self = {};
    const fn = function (this: unknown, n: number, done: Done<unknown>): void {
      done(null, [this, n]);
    };
    expect(written(fn).call(self, 5)).toEqual([self, 5]);
  });

  it('cancels a run that cannot settle while its thread waits, and throws WouldDeadlockError', () => {
    const stopped: unknown[] = [];
    const error = thrownBy(written((done: Done<never>) => ({ abort: (why: unknown) => stopped.push(why) })));
    expect(error).toBeInstanceOf(WouldDeadlockError);
    expect((error as Error).name).toBe('WouldDeadlockError');
    expect(stopped).toEqual([error]);
  });

  it('the late answer of such a run is a stray that says cancelled', async () => {
    const heard = strays();
    thrownBy(written((done: Done<number>) => void setImmediate(done, null, 1)));
    await turns();
    expect(brief(heard)).toEqual([['value', 1]]);
    expect(heard[0]?.cancelled).toBe(true);
  });

  it('a promise is never there inside the call', () => {
    const converted: any = convert(async () => 1, promise, sync);
    expect(thrownBy(converted)).toBeInstanceOf(WouldDeadlockError);
  });

  it('a source that was cancelled throws the reason', () => {
    const gone = operation<number>((receiver) => receiver.abort('gone'));
    const lowered: any = sync.lower(startSelf as any, sync.traits);
    expect(thrownBy(() => lowered.call(gone))).toBe('gone');
  });

  it('a throw after the value is a stray, and the value is returned', () => {
    const heard = strays();
    const error = new Error('after');
    const fn = (done: Done<number>): void => {
      done(null, 1);
      throw error;
    };
    expect(written(fn)()).toBe(1);
    expect(brief(heard)).toEqual([['thrown', error]]);
  });
});
