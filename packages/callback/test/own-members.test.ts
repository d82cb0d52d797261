// Functions with members of their own that have the names of a function's methods, and values with the names of an object's members.
import { convert } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { describe, expect, it } from 'vitest';
import {
  callbackify,
  callbackOptions,
  callbackPair,
  convention,
  handler,
  promisify,
  universalify,
  valueCallback,
} from '../src/index.js';

/** As a method of a contract has it, whose `call` is a dry run: it never calls back. */
const withOwn = (fn: (...args: any[]) => unknown): any => {
  const no = (): never => {
    throw new Error('a dry run');
  };
  return Object.assign(fn, { call: no, apply: no, bind: no });
};
const arguments_ = [[], [1], [1, 2], [1, 2, 3]];

describe.each(arguments_)(
  'a function with a call, apply and bind of its own is run itself: %s %s %s',
  (...args) => {
    const styles: readonly [string, any, (args: any[], self: unknown) => void][] = [
      ['error-first', convention({}), (all, self) => all.pop()(null, [self, ...all])],
      [
        'at an index',
        convention({ arity: 5 }),
        (all, self) => all.pop()(null, [self, ...all.slice(0, args.length)]),
      ],
      ['value-only', valueCallback, (all, self) => all.pop()([self, ...all])],
      ['a pair', callbackPair, (all, self) => all.splice(-2)[0]([self, ...all])],
      ['an options object', callbackOptions, (all, self) => all.pop().success([self, ...all])],
      [
        'an options object in its place',
        convention({ style: 'options', position: 'first' }),
        (all, self) => all.shift().success([self, ...all]),
      ],
      ['a handler', handler, (all, self) => all.pop().onSuccess([self, ...all])],
    ];
    it.each(styles)('%s', async (name, style, answer) => {
      const self = {};
      const fn = withOwn(function (this: unknown, ...all: any[]) {
        answer(all, this);
      });
      const given = name.startsWith('an options object in') ? [{}, ...args] : args;
      const converted: any = convert(fn, style, promise); // it keeps own members, also these
      expect(await Reflect.apply(converted, self, given)).toEqual([self, ...args]);
    });

    it('promisify, universalify, and a callback that has them', async () => {
      const fn = withOwn((...all: any[]) => all.pop()(null, all));
      expect(await Reflect.apply(promisify(fn) as any, undefined, args)).toEqual(args);
      expect(await Reflect.apply(universalify(fn) as any, undefined, args)).toEqual(args);
      const given = await new Promise((resolve) => {
        const callback = withOwn((_error: unknown, value: unknown) => resolve(value));
        Reflect.apply(callbackify(async (...all: any[]) => all) as any, undefined, [...args, callback]);
      });
      expect(given).toEqual(args);
      const failed = await new Promise((resolve) => {
        const fails = callbackify(async () => {
          throw 'no';
        });
        fails(withOwn((error: unknown) => resolve(error)));
      });
      expect(failed).toBe('no');
    });
  },
);

describe('hostile 20: names are defined, not assigned', () => {
  const names = ['__proto__', 'constructor', 'toString', 'value'];
  it('of { values }', async () => {
    const fn = (done: (...args: unknown[]) => void): void => done(null, { evil: 1 }, 2, 3, 4);
    for (const named of [
      await (promisify as any)(fn, { values: names })(),
      await (convert as any)(fn, convention({ values: names, arity: 0, stop: 'x' } as any), promise)(),
    ] as any[]) {
      expect(Object.entries(named)).toEqual([
        ['__proto__', { evil: 1 }],
        ['constructor', 2],
        ['toString', 3],
        ['value', 4],
      ]);
      expect(Object.getPrototypeOf(named)).toBe(Object.prototype);
      expect(named.evil).toBeUndefined();
    }
  });

  it("of Node's own list", async () => {
    const fn = (done: (...args: unknown[]) => void): void => done(null, { evil: 1 }, 2);
    Object.defineProperty(fn, Symbol('customPromisifyArgs'), { value: ['__proto__', 'b'] });
    const named: any = await promisify(fn as any)();
    expect([Object.keys(named), named.evil]).toEqual([['__proto__', 'b'], undefined]);
  });

  it('and there and back', async () => {
    const style: any = convention({ values: names, style: 'value-only' } as any);
    const fn = (...args: any[]): void => args.pop()({ evil: 1 }, 2, 3, 4);
    const back: any = convert(convert(fn as any, style, promise) as any, promise, style, {
      timeout: 1000,
    } as any);
    expect(await new Promise((resolve) => back((...all: unknown[]) => resolve(all)))).toEqual([
      { evil: 1 },
      2,
      3,
      4,
    ]);
  });
});
