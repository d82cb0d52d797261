import { convert } from '@anyasync/core';
import { describe, expect, it } from 'vitest';
import { promise } from '../../promise/src/index.js';
import { callbackify, promisify } from '../src/index.js';

describe('round trips', () => {
  it('callbackify(promisify(f)) === f and promisify(callbackify(g)) === g, when nothing was asked', () => {
    const f = (n: number, done: (error: any, n: number) => void): void => done(null, n);
    const g = async (n: number): Promise<number> => n;
    expect(callbackify(promisify(f) as any)).toBe(f);
    expect(promisify(callbackify(g) as any)).toBe(g);
  });

  it('leave the original as it is, also a frozen one', () => {
    const f = Object.freeze((done: (error: any) => void): void => done(null));
    const g = Object.freeze(async (n: number): Promise<number> => n);
    expect(callbackify(promisify(f) as any)).toBe(f);
    expect(promisify(callbackify(g) as any)).toBe(g);
    const open = (done: (error: any) => void): void => done(null);
    const before = Reflect.ownKeys(open);
    callbackify(promisify(open) as any);
    expect(Reflect.ownKeys(open)).toEqual(before);
  });

  it('promisify of what convert made from a promise function gives that, and does not write on it', async () => {
    const { callback } = await import('../src/index.js');
    const g = Object.freeze(async (n: number): Promise<number> => n);
    const asCallback: any = convert(g, promise, callback);
    expect(promisify(asCallback)).toBe(g);
  });
});
