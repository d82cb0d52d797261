import { describe, expect, it, vi } from 'vitest';
import { brief, strays, turns, uncaught, warnings } from '../../core/test/support.js';
import { promisify } from '../src/index.js';

type Done<T = any> = (error?: any, value?: T, ...more: any[]) => void;
const calls =
  (...args: unknown[]): any =>
  (done: Done) =>
    done(...args);

describe('rule 9: the first call wins, and later calls can be observed', () => {
  it('rule 9: a second value and a late error are strays that name their function', async () => {
    const heard = strays();
    const late = new Error('late');
    const twice = (done: Done): void => {
      done(null, 1);
      done(null, 2);
      done(late);
    };
    expect(await promisify(twice as any)()).toBe(1);
    expect(brief(heard)).toEqual([
      ['value', 2],
      ['error', late],
    ]);
    expect(heard.map((stray) => stray.source)).toEqual([twice, twice]);
  });

  it('rule 9: also where the second call comes later', async () => {
    const heard = strays();
    const twice = (done: Done): void => {
      done(null, 1);
      setImmediate(done, 'late');
    };
    expect(await promisify(twice as any)()).toBe(1);
    await turns();
    expect(brief(heard)).toEqual([['error', 'late']]);
  });

  it('rule 9: without a listener it is one warning for each function', async () => {
    const twice = function loadTwice(done: Done): void {
      done(null, 1);
      done(null, 2);
    };
    const given = await warnings(async () => {
      await promisify(twice as any)();
      await promisify(twice as any)();
    });
    expect(given.map((warning) => warning.name)).toEqual(['AnyasyncWarning']);
    expect(given[0]?.message).toContain('loadTwice()');
  });
});

describe('rule 10: a throw is never lost', () => {
  it('rule 10: before the callback it rejects', async () => {
    const error = new Error('threw');
    const promisified = promisify((() => {
      throw error;
    }) as any);
    let made!: Promise<unknown>;
    expect(() => {
      made = promisified();
    }).not.toThrow();
    await expect(made).rejects.toBe(error);
  });

  it('rule 10: after the callback it goes to the host, and the value stays', async () => {
    const error = new Error('after');
    const fn = (done: Done): void => {
      done(null, 1);
      throw error;
    };
    expect(await uncaught(async () => expect(await promisify(fn as any)()).toBe(1))).toEqual([error]);
  });
});

describe('rule 11: a callback inside the call is legal', () => {
  it('rule 11: the promise still settles asynchronously', async () => {
    const order: string[] = [];
    const made = promisify(calls(null, 1))().then(() => order.push('then'));
    order.push('after');
    await made;
    expect(order).toEqual(['after', 'then']);
  });
});

describe('rule 12: an original that returns a promise is a warning once per function, never an error', () => {
  it('rule 12: one warning with the text of DEP0174, not one per call', async () => {
    const fn = async function loadBoth(done: Done): Promise<void> {
      done(null, 1);
    };
    const given = await warnings(async () => {
      expect(await promisify(fn as any)()).toBe(1);
      expect(await promisify(fn as any)()).toBe(1);
    });
    expect(given.map((warning) => warning.name)).toEqual(['AnyasyncWarning']);
    expect(given[0]?.message).toMatch(/loadBoth.*returned a promise.*promisify/is);
  });

  it('rule 12: an async function may take a callback as well, so wrapping it is no error', () => {
    expect(() => promisify((async () => 1) as any)).not.toThrow();
  });
});

it('rule 12: a function that returned a promise and never calls back can be given a timeout', async () => {
  strays();
  const fn = vi.fn(async () => 1);
  const given = await warnings(async () => {
    await expect(promisify(fn as any, { timeout: 1 })()).rejects.toMatchObject({ name: 'TimeoutError' });
  });
  expect(given).toHaveLength(1);
});
