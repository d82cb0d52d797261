import { convert, operation } from '@anyasync/core';
import { afterEach, describe, expect, it } from 'vitest';
import { strays, thrownBy, turns, uncaught, unhandled } from '../../core/test/support.js';
import { promise } from '../../promise/src/index.js';
import {
  callbackify,
  callbackOptions,
  callbackPair,
  chromeCallback,
  convention,
  handler,
  toCallback,
  universalify,
  valueCallback,
} from '../src/index.js';

const any = (fn: unknown, to: unknown): any => (convert as any)(fn, promise, to);
const noop = (): void => {};

/** Sets members on Object.prototype for one call. */
async function polluted(members: object, call: () => unknown): Promise<void> {
  const names = Object.keys(members);
  try {
    Object.assign(Object.prototype, members);
    await call();
  } finally {
    for (const name of names) delete (Object.prototype as any)[name];
  }
}

describe('hostile 4: nothing is read from Object.prototype', () => {
  it('a callback of an options object or a handler', async () => {
    for (const [style, names] of [
      [callbackOptions, ['success', 'error']],
      [handler, ['onSuccess', 'onError', 'onComplete', 'onCancel']],
    ] as const) {
      for (const value of [true, 0, {}, 'x', noop]) {
        const members = Object.fromEntries(names.map((name) => [name, value]));
        const heard: unknown[] = [];
        await polluted(members, async () => {
          expect(thrownBy(() => any(async () => 1, style)({}))).toMatchObject({ name: 'ArgumentError' });
          any(async () => 1, style)({ [names[0] as string]: (given: unknown) => heard.push(given) });
          await turns();
        });
        expect(heard).toEqual([1]);
      }
    }
  });

  it('a method that a handler has from its class is its own', async () => {
    const heard: unknown[] = [];
    class Listener {
      onSuccess(value: unknown): void {
        heard.push(value, this instanceof Listener);
      }
    }
    any(async () => 1, handler)(new Listener());
    await turns();
    expect(heard).toEqual([1, true]);
  });

  it('the style of callbackify, and the options of universalify', async () => {
    const values = [true, 0, {}, 'x'];
    for (const value of values) {
      const heard: unknown[][] = [];
      await polluted({ to: value, from: value, callback: value }, async () => {
        callbackify(async () => 1, {})((...given: unknown[]) => heard.push(given));
        universalify(async () => 1, { from: promise })((...given: unknown[]) => heard.push(given));
        (universalify as any)((done: any) => done(null, 1), {})((...given: unknown[]) => heard.push(given));
        await turns();
      });
      expect(heard).toEqual([
        [null, 1],
        [null, 1],
        [null, 1],
      ]);
    }
  });

  it('a value that is unpacked by names', async () => {
    const named = convention({ values: ['a', 'constructor'] });
    const heard: unknown[] = [];
    await polluted({ a: 'x' }, async () => {
      any(async () => ({}), named)((...given: unknown[]) => heard.push(given));
      any(
        async () =>
          new (class Pair {
            a = 1;
          })(),
        named,
      )((...given: unknown[]) => heard.push(given.slice(0, 2)));
      await turns();
    });
    expect(heard).toEqual([
      [null, undefined, undefined],
      [null, 1],
    ]);
  });
});

describe('hostile 5: options and arguments that there are not are refused', () => {
  const wrong: [string, () => unknown, RegExp][] = [
    [
      'universalify',
      () => (universalify as any)(noop, { multiArgs: true }),
      /no option multiArgs.*from, callback/,
    ],
    ['universalify', () => (universalify as any)(noop, { constructor: 1 }), /no option constructor/],
    ['universalify', () => (universalify as any)(noop, {}, 1), /universalify\(\) takes/],
    ['callbackify', () => (callbackify as any)(async () => 1, {}, 1), /callbackify\(\) takes/],
    ['callbackify', () => (callbackify as any)(async () => 1, { form: promise }), /no option form/],
    ['toCallback', () => (toCallback as any)(operation(noop), noop, {}, 1), /toCallback\(\) takes/],
  ];
  it.each(wrong)('%s', (_name, call, message) => {
    const error = thrownBy(call);
    expect(error).toMatchObject({ name: 'ArgumentError' });
    expect((error as Error).message).toMatch(message);
  });
});

describe('hostile 6: options are read once, own and inherited alike', () => {
  it('of callbackify and universalify', () => {
    const reads: string[] = [];
    const options = (names: string[], values: any): any =>
      Object.defineProperties(
        {},
        Object.fromEntries(
          names.map((name) => [name, { enumerable: true, get: () => [reads.push(name), values[name]][1] }]),
        ),
      );
    callbackify(async () => 1, options(['to'], { to: callbackPair }));
    (universalify as any)(async () => 1, options(['from', 'callback'], { from: promise, callback: 0 }));
    expect(reads).toEqual(['to', 'from', 'callback']);
  });

  it('an inherited option works', async () => {
    class Options {
      get to(): unknown {
        return callbackPair;
      }
    }
    const heard: unknown[] = [];
    const inherited: any = Object.create({ to: callbackPair, timeout: 1 });
    (callbackify as any)(() => new Promise(noop), inherited)(noop, (error: any) => heard.push(error.name));
    const ofClass: any = new Options();
    (callbackify as any)(async () => 1, ofClass)((value: unknown) => heard.push(value));
    await new Promise((done) => setTimeout(done, 20));
    expect(heard).toEqual([1, 'TimeoutError']);
  });

  it('the methods of a handler are read once, inside the call', async () => {
    const reads: string[] = [];
    const read = (name: string): unknown => {
      reads.push(name);
      return noop;
    };
    const on: any = {};
    for (const name of ['onSuccess', 'onError', 'onComplete', 'onCancel'])
      Object.defineProperty(on, name, { enumerable: true, get: () => read(name) });
    any(async () => 1, handler)(on);
    expect(reads.sort()).toEqual(['onCancel', 'onComplete', 'onError', 'onSuccess']);
    reads.length = 0;
    const both: any = {};
    for (const name of ['success', 'error', 'url'])
      Object.defineProperty(both, name, { enumerable: true, get: () => read(name) });
    any(async () => 1, callbackOptions)(both);
    expect(reads.sort()).toEqual(['error', 'success', 'url']);
  });

  it('a getter that throws throws to the caller, before anything has started', () => {
    let started = 0;
    const fn = async (): Promise<void> => void started++;
    for (const [style, name] of [
      [handler, 'onError'],
      [callbackOptions, 'success'],
    ] as const) {
      const on = {
        onSuccess: noop,
        get [name](): never {
          throw 'no';
        },
      };
      expect(thrownBy(() => any(fn, style)(on))).toBe('no');
    }
    expect(started).toBe(0);
  });
});

const revoked = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const hostile = (): [string, unknown][] => [
  ['a revoked proxy', revoked()],
  [
    'an object whose members throw',
    new Proxy(
      {},
      {
        get() {
          throw 'trap';
        },
        getPrototypeOf() {
          throw 'trap';
        },
      },
    ),
  ],
  [
    'an object whose toString throws',
    {
      toString() {
        throw 'no';
      },
    },
  ],
  ['an object without a prototype', Object.create(null)],
  [
    'an Error whose message throws',
    Object.defineProperty(new Error('x'), 'message', {
      get() {
        throw 'no';
      },
    }),
  ],
  ['a symbol', Symbol('s')],
];

describe('hostile 8: any reason, and any value, reaches the callback', () => {
  it.each(hostile())('%s as the reason', async (_name, reason) => {
    const heard: unknown[] = [];
    const fail = (): Promise<never> => Promise.reject(reason);
    const errors = await unhandled(async () => {
      callbackify(fail)((error: unknown) => void heard.push(error));
      any(fail, callbackPair)(noop, (error: unknown) => heard.push(error));
      any(fail, callbackOptions)({ success: noop, error: (error: unknown) => heard.push(error) });
      any(fail, handler)({ onSuccess: noop, onError: (error: unknown) => heard.push(error) });
      any(fail, convention({ isError: 'nullish' }))((error: unknown) => heard.push(error));
      await turns();
    });
    expect(errors).toEqual([]);
    expect(heard.length).toBe(5);
    expect(heard.every((error) => Object.is(error, reason))).toBe(true);
  });

  it.each(hostile())('%s as the value of several arguments', async (_name, value) => {
    const heard: unknown[][] = [];
    const give = async (): Promise<() => unknown> => () => value;
    const errors = await unhandled(async () => {
      const held = (convert as any)(
        () => operation((receiver) => receiver.resolve(value)),
        {
          name: 'operations',
          traits: promise.traits,
          lift: (fn: any) => (receiver: any) => fn()['~anyasync'].start(receiver),
        },
        convention({ values: 'all' }),
      );
      held((...given: unknown[]) => heard.push(given));
      await give();
      await turns();
    });
    expect(errors).toEqual([]);
    expect(heard.length).toBe(1);
  });

  it('an error of unpacking goes to the callback as an error', async () => {
    const heard: unknown[][] = [];
    const value = {
      get a(): never {
        throw 'no a';
      },
    };
    any(async () => value, convention({ values: ['a', 'b'] }))((...given: unknown[]) => heard.push(given));
    await turns();
    expect(heard).toEqual([['no a']]);
  });
});

describe('callbacks of any kind', () => {
  const own = { call: null, apply: 5, bind: undefined };
  it('hostile 4: a callback with a call and an apply of its own is run all the same', async () => {
    const heard: unknown[][] = [];
    const listener = (): any => Object.assign((...given: unknown[]) => void heard.push(given), own);
    const bare = Object.setPrototypeOf((...given: unknown[]) => void heard.push(given), null);
    callbackify(async () => 1)(listener());
    callbackify(async () => 1)(bare);
    callbackify(() => Promise.reject('no'))(listener());
    any(async () => 1, valueCallback)(listener());
    any(async () => 1, callbackPair)(listener(), listener());
    toCallback(
      operation<number>((receiver) => receiver.resolve(1)),
      listener(),
    );
    await turns();
    expect(heard).toHaveLength(6);
  });

  it('an async callback that rejects is an unhandledRejection of its own, and the run is what it was', async () => {
    const found = strays();
    const errors = await unhandled(async () => {
      callbackify(async () => 1)((async () => {
        throw 'async callback';
      }) as any);
      any(
        async () => 1,
        callbackPair,
      )(async () => {
        throw 'async success';
      });
      await turns();
    });
    expect(errors.sort()).toEqual(['async callback', 'async success']);
    expect(found).toEqual([]);
  });

  it('a class, or a revoked function: an uncaught exception of the host', async () => {
    const { proxy, revoke } = Proxy.revocable(noop, {});
    revoke();
    const heard = await uncaught(async () => {
      callbackify(async () => 1)(class {} as any);
      callbackify(async () => 1)(proxy as any);
      await turns();
    });
    expect(heard.map((error: any) => error.name)).toEqual(['TypeError', 'TypeError']);
  });

  it('a callback that calls the function again, and one that never returns to its run', async () => {
    let left = 3;
    const again = callbackify(async () => left);
    await new Promise<void>((done) => {
      const next = (): void => (--left > 0 ? again(next) : done());
      again(next);
    });
    expect(left).toBe(0);
  });
});

describe('an error that its place refuses', () => {
  afterEach(() => {
    (globalThis as any).chrome = undefined;
  });
  const fail = (): Promise<never> => Promise.reject('lost?');

  it('is unheard, and no success is told in its stead', async () => {
    const found = strays();
    const heard: unknown[] = [];
    const style = convention({
      style: 'value-only',
      lastError: {
        read: noop,
        write() {
          throw 'read only';
        },
      },
    });
    any(fail, style)((...given: unknown[]) => heard.push(given));
    await turns();
    expect(heard).toEqual([]);
    expect(found.map(({ kind, value }) => [kind, value])).toEqual([
      ['thrown', 'read only'],
      ['unheard', 'lost?'],
    ]);
  });

  it('also where there is no chrome.runtime, and where its lastError cannot be written', async () => {
    for (const chrome of [undefined, {}, { runtime: Object.freeze({}) }]) {
      (globalThis as any).chrome = chrome;
      const found = strays();
      const heard: unknown[] = [];
      any(fail, chromeCallback)((...given: unknown[]) => heard.push(given));
      await turns();
      expect(heard).toEqual([]);
      expect(found.map(({ kind }) => kind)).toContain('unheard');
    }
  });
});

it('hostile 2: the test of a convention, isError, changes nothing when it throws', async () => {
  const found = strays();
  const heard: unknown[][] = [];
  const style = convention({
    isError() {
      throw 'in isError';
    },
  });
  any(() => Promise.reject('no'), style)((...given: unknown[]) => heard.push(given));
  await turns();
  expect(heard).toEqual([['no']]);
  expect(found.map(({ value }) => value)).toEqual(['in isError']);
});

it('what is left of an options object keeps its symbols, its null prototype, and a __proto__ of its own', async () => {
  const seen: any[] = [];
  const key = Symbol('key');
  const fn = any(async (options: unknown) => void seen.push(options), callbackOptions);
  fn(Object.assign(Object.create(null), { success: noop, [key]: 1 }));
  fn(
    JSON.parse('{"__proto__": {"polluted": 1}, "url": "x"}') &&
      Object.assign(JSON.parse('{"__proto__": {"polluted": 1}}'), { success: noop }),
  );
  await turns();
  expect(Object.getPrototypeOf(seen[0])).toBe(null);
  expect(seen[0][key]).toBe(1);
  expect(Object.getPrototypeOf(seen[1])).toBe(Object.prototype);
  expect(Object.keys(seen[1])).toEqual(['__proto__']);
});
