import util from 'node:util';
import { convert, FalsyRejectionError } from '@anyasync/core';
import { describe, expect, it } from 'vitest';
import { brief, strays, thrownBy, turns, uncaught, unhandled } from '../../core/test/support.js';
import { promise } from '../../promise/src/index.js';
import { callbackify, convention, toCallback } from '../src/index.js';

/** Calls a callback-style function, and tells what its callback got. */
const got = (fn: any, ...args: unknown[]): Promise<unknown[]> =>
  new Promise((done) => fn(...args, (...given: unknown[]) => done(given)));

const thenable = (then: (resolve: any, reject: any) => void): any => ({ then });

describe('rule 18: a falsy rejection is an error with Node’s message, its code, and the reason', () => {
  it('rule 18: for each falsy value', async () => {
    for (const reason of [null, undefined, 0, '', false, Number.NaN]) {
      const [error, ...more] = await got(callbackify(() => Promise.reject(reason)));
      expect(more).toEqual([]);
      expect(error).toBeInstanceOf(FalsyRejectionError);
      expect(error).toMatchObject({
        message: 'Promise was rejected with falsy value',
        code: 'ERR_FALSY_VALUE_REJECTION',
        reason,
        cause: reason,
      });
    }
  });

  it('rule 18: a policy that takes it for an error passes it on as it is', async () => {
    const nullish = callbackify(() => Promise.reject(0), { to: convention({ isError: 'nullish' }) } as any);
    expect(await got(nullish)).toEqual([0]);
    const nothing = await got(
      callbackify(() => Promise.reject(null), { to: convention({ isError: 'nullish' }) } as any),
    );
    expect(nothing[0]).toMatchObject({ code: 'ERR_FALSY_VALUE_REJECTION' });
  });
});

describe('rule 19: the callback is called exactly once, and always asynchronously', () => {
  const misbehaving: [string, any, unknown[]][] = [
    ['settles three times', (resolve: any, reject: any) => [resolve(1), resolve(2), reject(3)], [null, 1]],
    ['rejects, then resolves', (resolve: any, reject: any) => [reject('no'), resolve(2)], ['no']],
    [
      'throws after it settled',
      (resolve: any) => {
        resolve(1);
        throw new Error('after');
      },
      [null, 1],
    ],
    [
      'throws at once',
      () => {
        throw 'at once';
      },
      ['at once'],
    ],
  ];
  it.each(misbehaving)('rule 19: a thenable that %s', async (_name, then, expected) => {
    const heard: unknown[][] = [];
    let returned = false;
    (callbackify(() => thenable(then)) as any)((...args: unknown[]) => {
      expect(returned).toBe(true);
      heard.push(args);
    });
    returned = true;
    await turns();
    expect(heard).toEqual([expected]);
  });

  it('rule 19: Node calls it three times', async () => {
    const heard: unknown[][] = [];
    util.callbackify(() => thenable(misbehaving[0]?.[1]))((...args: unknown[]) => heard.push(args));
    await turns();
    expect(heard).toHaveLength(3);
  });
});

describe('rule 20: a throwing callback is an uncaught exception of the host', () => {
  it('rule 20: never a rejection of the inner promise, never a second call', async () => {
    const error = new Error('in the callback');
    for (const make of [async () => 1, async () => Promise.reject('no')]) {
      let inner: any;
      let times = 0;
      const fn: any = callbackify(() => (inner = make()));
      const rejections: unknown[] = [];
      const exceptions = await uncaught(async () => {
        rejections.push(
          ...(await unhandled(async () => {
            fn(() => {
              times++;
              throw error;
            });
            await turns();
          })),
        );
      });
      expect(exceptions).toEqual([error]);
      expect(rejections).toEqual([]);
      expect(times).toBe(1);
      expect([1, 'no']).toContain(await inner.catch((reason: unknown) => reason));
    }
  });

  it('rule 20: it is a policy: onStray hears it instead', async () => {
    const heard = strays();
    const fn: any = callbackify(async () => 1);
    const callback = (): never => {
      throw 'in the callback';
    };
    expect(await uncaught(() => fn(callback))).toEqual([]);
    expect(brief(heard)).toEqual([['thrown', 'in the callback']]);
    expect(heard[0]?.source).toBe(callback);
  });

  it('rule 20: it starves nobody else', async () => {
    strays();
    const answers: unknown[] = [];
    const fn: any = callbackify(async (n: number) => n);
    fn(1, () => {
      throw 'first';
    });
    fn(2, (_: unknown, n: number) => answers.push(n));
    await turns();
    expect(answers).toEqual([2]);
  });
});

describe('rule 21: an async callback’s rejection is its own', () => {
  it('rule 21: it is an unhandled rejection, and not swallowed', async () => {
    const error = new Error('in the async callback');
    const reasons = await unhandled(() =>
      (callbackify(async () => 1) as any)(async () => {
        throw error;
      }),
    );
    expect(reasons).toEqual([error]);
  });
});

describe('rule 22: success is (null, value), an error is (error)', () => {
  it('rule 22: with two arguments and with one', async () => {
    expect(await got(callbackify(async () => 1))).toEqual([null, 1]);
    expect(await got(callbackify(async () => undefined))).toEqual([null, undefined]);
    const error = new Error('no');
    expect(await got(callbackify(async () => Promise.reject(error)))).toEqual([error]);
    expect((await got(callbackify(async () => Promise.reject(error))))[0]).toBe(error);
  });

  it('rule 22: { omitUndefined } gives one argument for undefined, as Bluebird does', async () => {
    const omit: any = { to: convention({ omitUndefined: true }) };
    expect(await got(callbackify(async () => undefined, omit))).toEqual([null]);
    expect(await got(callbackify(async () => null, omit))).toEqual([null, null]);
    expect(await got(callbackify(async () => 1, omit))).toEqual([null, 1]);
  });
});

describe('rule 23: this goes to the original and to the callback; it returns undefined', () => {
  it('rule 23: this', async () => {
    const self = { n: 1 };
    const seen: unknown[] = [];
    const fn: any = callbackify(async function (this: unknown) {
      seen.push(this);
    });
    await new Promise<void>((done) =>
      fn.call(self, function (this: unknown) {
        seen.push(this);
        done();
      }),
    );
    expect(seen).toEqual([self, self]);
    expect(seen[1]).toBe(self);
  });

  it('rule 23: it returns undefined, not the promise', () => {
    expect((callbackify(async () => 1) as any)(() => {})).toBeUndefined();
    expect(toCallback({ '~anyasync': { version: 1, start: () => {} } }, () => {})).toBeUndefined();
  });
});

describe('rule 24: what is wrong in the calling line throws; nothing hangs', () => {
  it('rule 24: a missing callback throws a TypeError, before the original is called', () => {
    let called = 0;
    const fn: any = callbackify(async () => called++);
    for (const args of [[], [1], [null], [{}], ['x', undefined]]) {
      const error = thrownBy(() => fn(...args));
      expect(error).toBeInstanceOf(TypeError);
      expect(error).toMatchObject({
        code: 'ERR_INVALID_ARG_TYPE',
        argument: 'callback',
        received: args.at(-1),
      });
    }
    expect(called).toBe(0);
  });

  it('rule 24: what the original throws inside the call is thrown, and the callback is not called', async () => {
    const error = new Error('threw');
    const heard: unknown[] = [];
    const fn: any = callbackify((() => {
      throw error;
    }) as () => Promise<void>);
    expect(thrownBy(() => fn((...args: unknown[]) => heard.push(args)))).toBe(error);
    await turns();
    expect(heard).toEqual([]);
  });

  it('rule 24: { capture } sends it to the callback', async () => {
    const error = new Error('threw');
    const fn = callbackify(
      (() => {
        throw error;
      }) as () => Promise<void>,
      { to: convention({ capture: true }) } as any,
    );
    expect(await got(fn)).toEqual([error]);
  });

  it('rule 24: a return that is no promise is a clear TypeError', async () => {
    const fn: any = callbackify((() => 5) as any);
    const error = thrownBy(() => fn(() => {}));
    expect(error).toBeInstanceOf(TypeError);
    expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE', received: 5 });
    expect((error as Error).message).toMatch(/returned no promise.*sync/s);
    expect(
      (await got(callbackify((() => 5) as any, { to: convention({ capture: true }) } as any)))[0],
    ).toBeInstanceOf(TypeError);
  });
});

describe('rule 25: length + 1, and an ordinary function', () => {
  it('rule 25: the length counts the callbacks, the name has no suffix, the prototype is Function.prototype', () => {
    const fn: any = callbackify(async function load(path: string) {});
    expect([fn.length, fn.name]).toEqual([2, 'load']);
    expect(Object.getPrototypeOf(fn)).toBe(Function.prototype);
    const pair: any = convert(async (path: string) => 1, promise, convention({ style: 'pair' }));
    expect(pair).toHaveLength(3);
  });

  it.skip('rule 25: the suffix "Callbackified" in a mode that is like Node: there is no such mode', () => {});
});
