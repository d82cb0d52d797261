/** What is not ours may throw, lie, or be polluted: one run is affected, with an error. */
import { inspect } from 'node:util';
import {
  ArgumentError,
  assertConvertOptions,
  attribute,
  type ConvertOptions,
  convert,
  FalsyRejectionError,
  isCancelled,
  operation,
  optionsOf,
  Run,
  reportStray,
  setDebugging,
  sync,
  TimeoutError,
  TooManyItemsError,
  UnexpectedItemError,
  warn,
} from '@anyasync/core';
import { afterEach, describe, expect, it } from 'vitest';
import { inChild, Recorder, record, strays, thrownBy, uncaught, warnings } from './support.js';

function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}
const boom = (): never => {
  throw new Error('boom');
};
/** Everything that is asked of it throws. */
const throwing = (target: object = {}): any =>
  new Proxy(target, Object.fromEntries(Object.getOwnPropertyNames(Reflect).map((trap) => [trap, boom])));
const throwingError = (): Error =>
  Object.defineProperties(new Error('x'), {
    stack: { get: boom },
    message: { get: boom },
    name: { get: boom },
  });
const named = (name: unknown): object => Object.defineProperty(() => {}, 'name', { value: name });
const hostile: [string, () => any][] = [
  ['a revoked proxy', revoked],
  ['a proxy whose traps throw', () => throwing()],
  ['a function whose traps throw', () => throwing(() => {})],
  ['an error whose getters throw', throwingError],
  ['an object without a prototype', () => Object.create(null)],
  [
    'an object whose constructor throws',
    () => ({
      get constructor() {
        return boom();
      },
    }),
  ],
  ['a symbol', () => Symbol('s')],
];

describe('hostile 7: isCancelled never throws', () => {
  it.each(hostile)('%s', (_name, make) => {
    expect(isCancelled(make())).toBe(false);
  });
});

describe('hostile 8: any reason settles a run', () => {
  it.each(hostile)('%s', (_name, make) => {
    const reason = make();
    const heard = strays();
    for (const op of [
      operation((receiver) => receiver.reject(reason)),
      operation((receiver) => receiver.abort(reason)),
      operation(() => {
        throw reason;
      }),
    ]) {
      const recorder = new (class extends Run<unknown> {
        ends = 0;
        protected override rejected(): void {
          this.ends++;
        }
      })();
      try {
        op['~anyasync'].start(recorder);
      } catch (error) {
        recorder._crash(error);
      }
      expect(recorder.ends).toBe(1);
      expect(heard).toEqual([]);
      recorder.reject(1);
      expect(heard.splice(0)).toHaveLength(1);
    }
  });
});

describe('hostile 9: reportStray, warn and the making of an ArgumentError never throw', () => {
  it.each(hostile)('%s', async (_name, make) => {
    const it = make();
    expect(new ArgumentError('argument', it, '[test] no.').message).toMatch(/Received /);
    for (const kind of ['thrown', 'error', 'unheard', 'pending'] as const) {
      await uncaught(() => warnings(() => reportStray(kind, it, false, undefined, Object(it))));
      await uncaught(() => warnings(() => reportStray(kind, it)));
    }
    await warnings(() => warn('[test] warning', it));
  });

  it.each([Symbol('name'), 5, undefined, null, {}])('a function whose name is %s', async (name) => {
    const fn = named(name);
    const [warning] = await warnings(() => attribute(fn, () => reportStray('error', 1)));
    expect(warning?.message).toContain('a late error;');
    expect(new ArgumentError('fn', fn, '[test] no.').message).toContain('function (anonymous)');
    expect(new TimeoutError(5, fn).fn).toBe(undefined);
  });
});

describe('hostile 10: what was received is in no log', () => {
  const secret = { password: 'hunter2', nested: { token: 'hunter2' } };
  const errors = [
    new ArgumentError('client', secret, '[test] no client.'),
    new UnexpectedItemError(secret),
    new TooManyItemsError(secret),
    new FalsyRejectionError(''),
  ];
  it.each(errors)('%s', (error) => {
    expect(JSON.stringify(error)).not.toMatch(/hunter2|"(received|item|reason)"/);
    expect(inspect(error, { depth: 9 })).not.toContain('hunter2');
    expect(Object.keys(error)).not.toContain('reason');
    const { received, item, reason } = error as any;
    expect([secret, '']).toContain(received ?? item ?? reason);
  });

  it('the message has at most 25 characters of it, escaped', () => {
    const { message } = new ArgumentError('password', `line\n"${'x'.repeat(100)}`, '[test] no.');
    expect(message).toBe(`[test] no. Received "line\\n\\"${'x'.repeat(19)}...".`);
    expect(new ArgumentError('n', 10n ** 100n, '[test] no.').message.length).toBeLessThan(60);
  });
});

it('hostile 11: the names of functions are escaped and cut', async () => {
  const fn = named(`a\n\u001b[31m${'x'.repeat(100)}`);
  const [warning] = await warnings(() => attribute(fn, () => reportStray('value', 1)));
  expect(warning?.message).toMatch(/by a\\n\\u001b\[31mx{30,33}\.\.\.\(\)/);
  expect(new ArgumentError('fn', fn, '[test] no.').message).not.toContain('\n');
});

describe('options', () => {
  const polluted = ['timeout', 'signal', 'debug', 'constructor2'];
  afterEach(() => {
    for (const name of polluted) delete (Object.prototype as any)[name];
  });

  it.each(['constructor', 'toString', '__proto__', 'hasOwnProperty', 'nope'])(
    'hostile 5: %s is refused',
    (name) => {
      const error = thrownBy(() => assertConvertOptions(JSON.parse(`{"${name}": 1}`))) as ArgumentError;
      expect(error).toBeInstanceOf(ArgumentError);
      expect(error.message).toContain(`no option ${name}. There are: signal, timeout`);
    },
  );

  it.each([['multiArgs', "values: 'all'"]])('names what %s of other libraries is here', (name, here) => {
    expect(() => assertConvertOptions({ [name]: 1 } as any)).toThrow(here);
  });

  it('hostile 6: are read once, and what was checked is what is used', () => {
    let reads = 0;
    const options = {
      get timeout() {
        return reads++ === 0 ? 5 : (-1 as number);
      },
    };
    const copy = optionsOf(options);
    expect([copy.timeout, copy.timeout, reads]).toEqual([5, 5, 1]);
    reads = 0;
    convert(() => 1, sync, sync, options)();
    expect(reads).toBe(1);
  });

  it('hostile 6: own and inherited alike', () => {
    class Defaults {
      get timeout() {
        return 5;
      }
      cancel = 'detach' as const;
    }
    const options: ConvertOptions[] = [
      new Defaults(),
      Object.create({ timeout: 5, cancel: 'detach' }),
      Object.assign(Object.create(null), { timeout: 5, cancel: 'detach' }),
    ];
    for (const each of options) expect({ ...optionsOf(each) }).toEqual({ timeout: 5, cancel: 'detach' });
    expect(() => optionsOf(Object.create({ timeout: -1 }))).toThrow(ArgumentError);
    expect(() => optionsOf(Object.create({ timout: 1 }))).toThrow('no option timout');
  });

  it('hostile 4: nothing is read from Object.prototype', () => {
    for (const name of polluted) (Object.prototype as any)[name] = 'x';
    expect(optionsOf<ConvertOptions>({ cancel: 'stop' }).timeout).toBe(undefined);
    expect(optionsOf({ timeout: 5 }).timeout).toBe(5);
    expect(optionsOf(Object.create({ timeout: 6 })).timeout).toBe(6);
    expect(convert((n: number) => n, sync, sync, { cancel: 'stop' })(1)).toBe(1);
    expect(record(operation((receiver) => receiver.resolve(1))).log).toEqual(['value 1']);
  });
});

describe('a TimeoutError', () => {
  it('names the function', async () => {
    const stop = strays();
    const never = convert(
      function readFile() {},
      { ...sync, lift: () => () => {} } as typeof sync,
      {
        ...sync,
        lower: (start) => () => {
          const run = new Recorder();
          start(run, undefined, []);
          return run;
        },
      } as typeof sync,
      { timeout: 1 },
    );
    const run = never() as unknown as Recorder;
    await new Promise((done) => setTimeout(done, 10));
    expect(run.end).toMatchObject({ fn: 'readFile', timeout: 1 });
    expect((run.end as Error).message).toBe(
      '[core] readFile() did not end within 1 ms. Give it a longer timeout, or none.',
    );
    expect(new TimeoutError(1).message).toContain('the operation did not end within 1 ms.');
    expect(stop).toEqual([]);
  });

  it("has the caller's line in its stack, in debug mode", async () => {
    const { out, err } = inChild(`
      import { setDebugging } from '@anyasync/core';
      import { promisify } from '@anyasync/callback';
      setDebugging(true);
      const never = promisify(function never(done) {}).with({ timeout: 1 });
      await (async function callsIt() { await never(); })().catch(({ stack }) => console.log(stack));
    `);
    expect(err).toBe('');
    expect(out).toMatch(/^TimeoutError: \[core\] never\(\) did not end within 1 ms\..*\n {4}at /);
    expect(out).toContain('callsIt');
    setDebugging(false);
  });
});

describe("hostile 17: the realm's slot", () => {
  const use = `
    const { operation, outcome, onStray, reportStray } = await import('@anyasync/core');
    onStray((stray) => { stray.preventDefault(); console.log(stray.value); });
    reportStray('value', JSON.stringify(await outcome(operation((receiver) => receiver.resolve(1)))));
  `;
  const answer = '{"status":"fulfilled","value":1}\n';
  it.each([
    [
      'is hidden and cannot be replaced',
      `${use} const d = Object.getOwnPropertyDescriptor(globalThis, Symbol.for('anyasync.realm/1')); if (d.enumerable || d.writable) console.log('seen');`,
    ],
    [
      'a foreign value there is left alone',
      `globalThis[Symbol.for('anyasync.realm/1')] = 'mine'; ${use} if (globalThis[Symbol.for('anyasync.realm/1')] !== 'mine') console.log('lost');`,
    ],
    [
      'one that throws',
      `Object.defineProperty(globalThis, Symbol.for('anyasync.realm/1'), { value: new Proxy({}, { get() { throw 1; } }) }); ${use}`,
    ],
    [
      'one on Object.prototype is none',
      `Object.prototype[Symbol.for('anyasync.realm/1')] = { strayListeners: 1 }; ${use}`,
    ],
    [
      'debug on Object.prototype is not read',
      `${use} Object.prototype.debug = true; console.log(JSON.stringify(await outcome(operation((receiver) => receiver.resolve(1)))));`,
    ],
    [
      'a host that cannot be extended',
      `await import('@anyasync/core'); const { createRequire } = await import('node:module'); Object.preventExtensions(globalThis); ${use}`,
    ],
  ])('%s', (name, source) => {
    const { out, err } = inChild(source);
    expect(err).toBe('');
    expect(out).toBe(name.startsWith('debug') ? answer + answer : answer);
  });
});
