import child from 'node:child_process';
import dns from 'node:dns';
import fs from 'node:fs';
import { setTimeout as nodeSetTimeout } from 'node:timers';
import util from 'node:util';
import { describe, expect, it, vi } from 'vitest';
import { thrownBy } from '../../core/test/support.js';
import { callbackify, convention, fromCallback, promisify, toCallback } from '../src/index.js';

type Done<T = any> = (error?: any, value?: T, ...more: any[]) => void;
const { custom } = util.promisify;
const calls =
  (...args: unknown[]): any =>
  (done: Done) =>
    done(...args);

describe('rule 1: it validates at wrap time: TypeError, code ERR_INVALID_ARG_TYPE', () => {
  it('rule 1: what is no function throws at wrap time', () => {
    for (const fn of [undefined, null, 5, 'readFile', {}, []]) {
      const error = thrownBy(() => promisify(fn as any));
      expect(error).toBeInstanceOf(TypeError);
      expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE', argument: 'fn', received: fn });
    }
  });

  it('rule 1: a custom that is not a function throws the same', () => {
    for (const declared of [5, 'x', {}, false]) {
      const fn = Object.assign((done: Done) => done(), { [custom]: declared });
      const error = thrownBy(() => promisify(fn as any));
      expect(error).toBeInstanceOf(TypeError);
      expect(error).toMatchObject({ code: 'ERR_INVALID_ARG_TYPE', received: declared });
    }
  });

  it('rule 1: a custom of undefined or null is none, as in Node', async () => {
    for (const declared of [undefined, null]) {
      const fn = Object.assign(calls(null, 1), { [custom]: declared });
      expect(await promisify(fn)()).toBe(1);
    }
  });
});

describe('rule 2: fn[util.promisify.custom] wins, and promisifying twice is promisifying once', () => {
  it('rule 2: the custom function is called in place of the original, with this and arguments', async () => {
    const fn: any = Object.assign(() => expect.unreachable(), {
      async [custom](this: unknown, ...args: unknown[]) {
        return [this, args];
      },
    });
    const self = {};
    expect(await promisify(fn).call(self, 1, 2)).toEqual([self, [1, 2]]);
    expect(await promisify(nodeSetTimeout as any)(1, 'value')).toBe('value');
  });

  it('rule 2: promisify(promisify(f)) === promisify(f)', () => {
    const promisified = promisify(calls(null, 1));
    expect(promisify(promisified as any)).toBe(promisified);
    const withCustom = promisify(child.exec as any);
    expect(promisify(withCustom as any)).toBe(withCustom);
  });

  it('rule 2: also for the custom function, and also for a frozen one, on which Node throws', () => {
    const declared = Object.freeze(async () => 1);
    const fn: any = Object.assign(calls(null, 2), { [custom]: declared });
    expect(() => util.promisify(fn)).toThrow();
    expect(() => promisify(fn)).not.toThrow();
    expect(promisify(declared as any)).toBe(declared);
  });

  it('rule 2: a frozen original is not written on', async () => {
    const fn = Object.freeze(calls(null, 1));
    expect(await promisify(fn)()).toBe(1);
    expect(Reflect.ownKeys(fn)).not.toContain(custom);
  });

  it('rule 2: what was made can be given to util.promisify, which takes it as it is', async () => {
    const promisified = promisify(calls(null, 1));
    expect(util.promisify(promisified as any)).toBe(promisified);
    expect(await util.promisify(callbackify(async () => 1) as any)()).toBe(1);
  });

  it("rule 2: what Node's promisify has made is taken as it is", async () => {
    const made = util.promisify(calls(null, 1));
    expect(await promisify(made as any)()).toBe(1);
    expect(promisify(made as any)).toBe(made);
  });
});

describe('rule 3: names for several values: a public option, and the names of Node for its own functions', () => {
  it('rule 3: { values } gives them names', async () => {
    const read = promisify(calls(null, 5, 'buffer'), { values: ['bytesRead', 'buffer'] });
    expect(await read()).toEqual({ bytesRead: 5, buffer: 'buffer' });
  });

  it('rule 3: core functions give what util.promisify gives: exec, fs.read, dns.lookup', async () => {
    expect(await promisify(child.exec as any)('echo hi')).toEqual({ stdout: 'hi\n', stderr: '' });
    expect(await promisify(dns.lookup as any)('127.0.0.1')).toEqual({ address: '127.0.0.1', family: 4 });
    const fd = fs.openSync('package.json', 'r');
    expect(await promisify(fs.read as any)(fd, Buffer.alloc(1), 0, 1, 0)).toEqual({
      bytesRead: 1,
      buffer: Buffer.from('{'),
    });
    fs.closeSync(fd);
  });

  it('rule 3: a core function that gives one value after all gives that value: dns.lookup with all', async () => {
    expect(await promisify(dns.lookup as any)('127.0.0.1', { all: true })).toEqual([
      { address: '127.0.0.1', family: 4 },
    ]);
  });
});

describe('rule 4: the original is called exactly once, synchronously, when the wrapper is called', () => {
  it('rule 4: never before, and then at once', () => {
    const fn = vi.fn();
    const promisified = promisify(fn as any);
    expect(fn).not.toHaveBeenCalled();
    void promisified();
    expect(fn).toHaveBeenCalledOnce();
  });

  it("rule 4: with the caller's this, and with its arguments in their order before the callback", async () => {
    for (const length of [0, 1, 2, 3, 4, 10]) {
      const fn = function (this: unknown, ...args: any[]): void {
        args.at(-1)(null, [this, args.slice(0, -1), args.length]);
      };
      const args = Array.from({ length }, (_, i) => i);
      const self = {};
      expect(await promisify(fn as any).apply(self, args)).toEqual([self, args, length + 1]);
    }
  });

  it("rule 4: the caller's array is not changed", async () => {
    const args = Object.freeze([1, 2]);
    const fn = (...given: any[]): void => {
      const done = given.pop();
      given.push('changed');
      done(null, 1);
    };
    expect(await promisify(fn as any)(...args)).toBe(1);
    const op = fromCallback(fn as any, ...args);
    expect(args).toEqual([1, 2]);
    for (let i = 0; i < 2; i++) await new Promise((done) => toCallback(op as any, done as any));
  });
});

describe('rule 5: the test for errors is a policy, by default Node’s: truthy', () => {
  const nullishButFalse = (error: unknown): boolean =>
    error !== null && error !== undefined && error !== false;
  const policies: [string, any, unknown[]][] = [
    ['truthy, the default', undefined, [null, undefined, false, 0, '', Number.NaN]],
    ['truthy, by name', 'truthy', [null, undefined, false, 0, '', Number.NaN]],
    ['nullish', 'nullish', [null, undefined]],
    ['of one’s own', nullishButFalse, [null, undefined, false]],
  ];
  it.each(policies)('rule 5: %s', async (_name, isError, success) => {
    for (const first of [null, undefined, false, 0, '', Number.NaN, 'error', 1, {}]) {
      const promisified = promisify(
        calls(first, 'value'),
        isError === undefined ? undefined : { from: convention({ isError }) as any },
      );
      const outcome = await promisified().then(
        () => 'value',
        (reason: unknown) => (Object.is(reason, first) ? 'error' : 'another error'),
      );
      expect([first, outcome]).toEqual([
        first,
        success.some((ok) => Object.is(ok, first)) ? 'value' : 'error',
      ]);
    }
  });
});

describe('rule 6: it rejects with the identical value', () => {
  it('rule 6: no wrapping of strings, objects or errors', async () => {
    for (const reason of [
      'text',
      5,
      { code: 1 },
      new Error('e'),
      Symbol('s'),
      Object.freeze(new Error('f')),
    ]) {
      await expect(promisify(calls(reason))()).rejects.toBe(reason);
    }
  });
});

describe('rule 7: one value is one value, whatever other calls gave', () => {
  it('rule 7: cb() and cb(null) give undefined', async () => {
    expect(await promisify(calls())()).toBeUndefined();
    expect(await promisify(calls(null))()).toBeUndefined();
  });

  it('rule 7: the number of values does not change the shape, unless asked', async () => {
    expect(await promisify(calls(null, 1, 2, 3))()).toBe(1);
    const all = { values: 'all' } as const;
    expect(await promisify(calls(null, 1, 2), all)()).toEqual([1, 2]);
    expect(await promisify(calls(null, 1), all)()).toEqual([1]);
    expect(await promisify(calls(null), all)()).toEqual([]);
  });
});

describe('rule 8: a thenable that the callback gets is adopted; a raw tuple avoids it', () => {
  it('rule 8: it is adopted, as by all peers', async () => {
    expect(await promisify(calls(null, Promise.resolve(1)))()).toBe(1);
    await expect(promisify(calls(null, Promise.reject('no')))()).rejects.toBe('no');
  });

  it('rule 8: { values: "all" } gives it untouched', async () => {
    const thenable = { then: () => expect.unreachable() };
    expect(await promisify(calls(null, thenable), { values: 'all' })()).toEqual([thenable]);
  });
});
