/** Rules 11 to 17: callbacks as Observables, RxJS's bindNodeCallback beside ours: that of 7, and of 6 and 8 where the rule names them. */
import { exec } from 'node:child_process';
import * as fs from 'node:fs';
import { promisify } from 'node:util';
import { convention } from '@anyasync/callback';
import { convert } from '@anyasync/core';
import { bindCallback, bindNodeCallback, firstValueFrom, rxjs } from '@anyasync/rxjs';
import * as rx from 'rxjs';
import { describe, expect, test } from 'vitest';
import { brief, strays, turns } from '../../core/test/support.js';

type Done = (error?: unknown, ...values: any[]) => void;
const bind = bindNodeCallback as (fn: any, options?: object) => (...args: any[]) => rx.Observable<any>;
const theirs = rx.bindNodeCallback as (fn: any) => (...args: any[]) => rx.Observable<any>;
const load = (name: string): Promise<any> => import(name);
const { retry: retry6 } = await load('rxjs6/operators/index.js');
/** Each version that has one, with its `retry`. */
const versions: [string, any, any][] = [
  ['RxJS 6', await load('rxjs6'), retry6],
  ['RxJS 7', rx, rx.retry],
  ['RxJS 8', await load('rxjs8'), (await load('rxjs8')).retry],
];

/** What a subscriber hears, in order. */
function heard(observable: rx.Observable<any>, log: unknown[] = []): unknown[] {
  observable.subscribe({
    next: (value) => log.push(value),
    error: (error) => log.push('error', error),
    complete: () => log.push('complete'),
  });
  return log;
}

describe('rule 11: each subscriber calls the function again, so that retry and repeat work', () => {
  const flaky = (calls: unknown[]) => (done: Done) => {
    calls.push('call');
    if (calls.length < 3) done(new Error('busy'));
    else done(null, calls.length);
  };
  test('retry', () => {
    const calls: unknown[] = [];
    expect(heard(bind(flaky(calls))().pipe(rx.retry(3)))).toEqual([3, 'complete']);
    expect(calls.length).toBe(3);
  });
  test('repeat', () => {
    let calls = 0;
    expect(heard(bind((done: Done) => done(null, ++calls))().pipe(rx.repeat(3)))).toEqual([
      1,
      2,
      3,
      'complete',
    ]);
  });
  test.each(versions)(
    'theirs, %s: retry(3) makes one call, and gives its error again',
    (_name, { bindNodeCallback }, retry) => {
      const calls: unknown[] = [];
      expect(heard(bindNodeCallback(flaky(calls))().pipe(retry(3)))).toEqual(['error', expect.any(Error)]);
      expect(calls.length).toBe(1);
    },
  );
  test("{ share: 'replay' } makes one call for all, as theirs", async () => {
    for (const make of [(fn: unknown) => bind(fn, { share: 'replay' }), theirs]) {
      let calls = 0;
      const count = (done: Done): void => void setImmediate(done, null, ++calls);
      const shared = make(count)();
      expect(calls).toBe(0);
      const logs = [heard(shared), heard(shared)];
      await turns();
      logs.push(heard(shared));
      const all = [1, 'complete'];
      expect([calls, logs]).toEqual([1, [all, all, all]]);
    }
  });
  test('nothing is called before somebody subscribes', () => {
    const calls: unknown[] = [];
    bind((done: Done) => done(null, calls.push('call')))();
    expect(calls).toEqual([]);
  });
});

describe('rule 12: what the function throws is an error, and every later run ends too', () => {
  const mistake = new Error('thrown');
  const throwing = (): never => {
    throw mistake;
  };
  test('for each subscriber', () => {
    for (const options of [{}, { share: 'replay' }]) {
      const observable = bind(throwing, options)();
      expect([heard(observable), heard(observable)]).toEqual([
        ['error', mistake],
        ['error', mistake],
      ]);
    }
  });
  test.each(versions.slice(1))(
    'theirs, %s: the second subscriber hears nothing, for ever',
    (_name, { bindNodeCallback }) => {
      const observable = bindNodeCallback(throwing)();
      expect([heard(observable), heard(observable)]).toEqual([['error', mistake], []]);
    },
  );
});

describe('rule 13: the callback has an error if its first argument is truthy, as for util.promisify', () => {
  const cases: [string, unknown, boolean, boolean][] = [
    ['null', null, false, false],
    ['undefined', undefined, false, false],
    ['0', 0, false, true],
    ["''", '', false, true],
    ['false', false, false, true],
    ['NaN', Number.NaN, false, true],
    ['an Error', new Error('error'), true, true],
    ["'text'", 'text', true, true],
  ];
  test.each(cases)('%s', async (_name, first, isOurs, isTheirs) => {
    const fn = (done: Done): void => done(first, 'value');
    const ended = (isError: boolean): unknown[] => (isError ? ['error', first] : ['value', 'complete']);
    expect(heard(bind(fn)())).toEqual(ended(isOurs));
    expect(heard(theirs(fn)())).toEqual(ended(isTheirs));
    const six = versions[0]?.[1];
    expect(heard(six.bindNodeCallback(fn)())).toEqual(ended(isOurs)); // RxJS 6 asks as we do
    const nullish = (convert as any)(fn, convention({ isError: 'nullish' }), rxjs);
    expect(heard(nullish())).toEqual(ended(isTheirs));
    const node = await promisify(fn)().then(
      () => false,
      () => true,
    );
    expect(node).toBe(isOurs);
  });
});

describe('rule 14: of two calls of the callback the first counts, and the other is a stray', () => {
  const twice = (done: Done): void => {
    done(null, 'first');
    done(null, 'second');
  };
  test('inside the call', () => {
    const found = strays();
    expect(heard(bind(twice)())).toEqual(['first', 'complete']);
    expect(brief(found)).toEqual([['value', 'second']]);
  });
  test('later, and an error as well', async () => {
    const found = strays();
    const error = new Error('late');
    const log = heard(
      bind((done: Done) =>
        setImmediate(() => {
          done(null, 'first');
          done(error);
        }),
      )(),
    );
    await turns();
    expect([log, brief(found)]).toEqual([['first', 'complete'], [['error', error]]]);
  });
  test('theirs: the last one inside the call, the first one later', async () => {
    expect(heard(theirs(twice)())).toEqual(['second', 'complete']);
    const log = heard(theirs((done: Done) => setImmediate(twice, done))());
    await turns();
    expect(log).toEqual(['first', 'complete']);
  });
});

describe('rule 15: a call that gives its value and then throws has given its value; what it threw is a stray', () => {
  const mistake = new Error('after the value');
  const both = (done: Done): void => {
    done(null, 'value');
    throw mistake;
  };
  test('ours', () => {
    const found = strays();
    expect(heard(bind(both)())).toEqual(['value', 'complete']);
    expect(brief(found)).toEqual([['thrown', mistake]]);
  });
  test('theirs: an error', () => {
    expect(heard(theirs(both)())).toEqual(['error', mistake]);
  });
});

describe('rule 16: util.promisify.custom is honoured', () => {
  test('fs.exists, exec and setTimeout', async () => {
    expect(await firstValueFrom(bind(fs.exists)('package.json'))).toBe(true);
    expect(await firstValueFrom(bind(exec)('echo hello'))).toMatchObject({ stdout: 'hello\n', stderr: '' });
    expect(await firstValueFrom(bind(setTimeout)(1, 'value'))).toBe('value');
  });
  test('a function of your own', async () => {
    const fn = Object.assign(() => {}, { [promisify.custom]: async (n: number) => n * 2 });
    expect(await firstValueFrom(bind(fn)(4))).toBe(8);
  });
  test('theirs: fs.exists is an error, exec an array, setTimeout throws', async () => {
    await expect(rx.firstValueFrom(theirs(fs.exists)('package.json'))).rejects.toBe(true);
    expect(await rx.firstValueFrom(theirs(exec)('echo hello'))).toEqual(['hello\n', '']);
    await expect(rx.firstValueFrom(theirs(setTimeout)(1, 'value'))).rejects.toThrow();
  });
});

describe('rule 17: what becomes of several values is said, and does not change with their number', () => {
  const values =
    (...all: unknown[]) =>
    (done: Done): void =>
      done(null, ...all);
  const cases: [string, object | undefined, unknown[]][] = [
    ['the first one by default', undefined, [undefined, 'a', 'a', 'a']],
    ["{ values: 'one' }", { values: 'one' }, [undefined, 'a', 'a', 'a']],
    ["{ values: 'all' }", { values: 'all' }, [[], ['a'], ['a', 'b'], ['a', 'b', 'c']]],
    [
      'names',
      { values: ['x', 'y'] },
      [
        { x: undefined, y: undefined },
        { x: 'a', y: undefined },
        { x: 'a', y: 'b' },
        { x: 'a', y: 'b' },
      ],
    ],
  ];
  test.each(cases)('%s', (_name, options, expected) => {
    const some = [[], ['a'], ['a', 'b'], ['a', 'b', 'c']];
    expect(some.map((each) => heard(bind(values(...each), options)())[0])).toEqual(expected);
    const valueOnly = some.map(
      (each) => heard((bindCallback as any)((done: Done) => (done as any)(...each), options)())[0],
    );
    expect(valueOnly).toEqual(expected);
  });
  test('theirs: one is a value, several are an array', () => {
    const some = [[], ['a'], ['a', 'b']];
    expect(some.map((each) => heard(theirs(values(...each))())[0])).toEqual([undefined, 'a', ['a', 'b']]);
  });
  test('bindCallback: the first argument is a value, also an Error', () => {
    const error = new Error('a value');
    expect(heard((bindCallback as any)((done: Done) => done(error))())).toEqual([error, 'complete']);
  });
});

test('an error that says it is one, where it has no value, is the same object for each subscriber', () => {
  const error = { an: 'object' };
  const failing = bind((done: Done) => done(error))();
  expect([heard(failing), heard(failing)]).toEqual([
    ['error', error],
    ['error', error],
  ]);
});
