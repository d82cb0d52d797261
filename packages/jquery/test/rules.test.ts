/** jQuery's rules J1 to J16, by their numbers (J17 is in aplus.test.ts); the differential test compares thousands of programs with jQuery itself. */
import { Deferred, type JQueryDeferred, when } from '@anyasync/jquery';
import { afterEach, describe, expect, test, vi } from 'vitest';

const error = new Error('an error');
const make = (): JQueryDeferred<any, any, any> => Deferred<any, any, any>();
const timers = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 5));

describe('jQuery', () => {
  afterEach(() => vi.restoreAllMocks());

  test('J1: done, fail and progress are synchronous, in order, take nested arrays, ignore what is no function, and return this', () => {
    const log: string[] = [];
    const deferred = make();
    const add = (name: string) => () => void log.push(name);
    expect(deferred.done(add('a'), [add('b'), [add('c')]], null)).toBe(deferred);
    deferred.resolve();
    log.push('resolved');
    expect(log).toEqual(['a', 'b', 'c', 'resolved']);
  });

  test('J2: all arguments are kept; With sets this; called bare it is undefined, as a method of something else that something', () => {
    const log: unknown[] = [];
    const heard = function (this: unknown, ...args: unknown[]): void {
      log.push(this, args);
    };
    const context = {};
    make().done(heard).resolveWith(context, [1, 2]);
    make().done(heard).resolve(3, 4);
    const { resolve } = make().done(heard);
    resolve(5);
    const leaking = { resolve: make().done(heard).resolve };
    leaking.resolve(6);
    expect(log).toEqual([context, [1, 2], undefined, [3, 4], undefined, [5], leaking, [6]]);
  });

  test('J3: a second settle and a late notify are ignored; the state is resolved already inside done', () => {
    const log: unknown[] = [];
    const deferred = make();
    deferred.done((value) => log.push(value, deferred.state()));
    deferred.progress((value) => log.push(value));
    deferred.resolve(1).reject(error).resolve(2).notify(3);
    expect(log).toEqual([1, 'resolved']);
  });

  test('J4: resolve does not unwrap a thenable', () => {
    const inner = make();
    const seen: unknown[] = [];
    make()
      .done((value) => seen.push(value))
      .resolve(inner);
    expect(seen).toEqual([inner]);
  });

  test('J5: what a done callback throws escapes from resolve(), and no later callback is ever called; then handlers are', async () => {
    const log: string[] = [];
    const deferred = make();
    deferred.done(() => {
      throw error;
    });
    deferred.then(() => void log.push('then'));
    expect(() => deferred.resolve()).toThrow(error);
    deferred.done(() => log.push('late'));
    await timers();
    expect(log).toEqual(['then']);
  });

  test('J6: done added inside done runs after those there; resolve inside progress runs done at once, and the other progress callbacks still run', () => {
    const log: string[] = [];
    const deferred = make();
    deferred.done(() => {
      log.push('a');
      deferred.done(() => log.push('added'));
    });
    deferred.done(() => log.push('b'));
    deferred.progress(() => {
      log.push('progress');
      deferred.resolve();
    });
    deferred.progress(() => log.push('more progress'));
    deferred.notify();
    expect(log).toEqual(['progress', 'a', 'b', 'added', 'more progress']);
  });

  test('J7: the last notify is remembered, also after the end; without one progress is dead after the end', () => {
    const log: unknown[] = [];
    make()
      .notify(1)
      .notify(2)
      .resolve()
      .progress((value) => log.push(value));
    const silent = make().resolve();
    silent.progress((value) => log.push(value));
    expect(log).toEqual([2]);
  });

  test('J8: always is done and fail, gets the arguments, and is no finally; there is no cancel', () => {
    const log: unknown[] = [];
    make()
      .always((...args: unknown[]) => log.push(args))
      .reject(1, 2);
    expect(log).toEqual([[1, 2]]);
    expect(
      Object.keys(make().promise()).filter((name) => /finally|cancel|abort|isResolved/.test(name)),
    ).toEqual([]);
  });

  test('J9: then returns a new promise, and its handlers run from a timer, after microtasks', async () => {
    const log: string[] = [];
    const deferred = make();
    const next = deferred.then(() => void log.push('jq'));
    expect(next).not.toBe(deferred.promise());
    setTimeout(() => log.push('timer'));
    deferred.resolve();
    void Promise.resolve().then(() => log.push('micro'));
    await timers();
    expect(log).toEqual(['micro', 'timer', 'jq']);
  });

  test('J10: then without a handler passes this and all arguments on; with one it is one value, and no this', async () => {
    const log: unknown[] = [];
    const heard = function (this: unknown, ...args: unknown[]): void {
      log.push(this, args);
    };
    const context = {};
    const deferred = make().resolveWith(context, [1, 2]);
    deferred.then().done(heard);
    deferred.then((value) => value).done(heard);
    make().rejectWith(context, [3, 4]).then().fail(heard);
    await timers();
    expect(log).toEqual([context, [1, 2], undefined, [1], context, [3, 4]]);
  });

  test('J11: a returned thenable is adopted, with its arguments and progress', async () => {
    const log: unknown[] = [];
    const inner = make();
    make()
      .resolve()
      .then(() => inner)
      .progress((value: unknown) => log.push(value))
      .done((...values: unknown[]) => log.push(values));
    await timers();
    inner.notify('half').resolve(1, 2);
    await timers();
    expect(log).toEqual(['half', [1, 2]]);
  });

  test("J12: a throw in a handler rejects with one value; exceptionHook hears, and warns only of the language's own errors; a plain reject is not reported", async () => {
    const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
    const original = Deferred.exceptionHook;
    const hook = vi.fn(original);
    Deferred.exceptionHook = hook;
    const thrown = new TypeError('mistake');
    const log: unknown[] = [];
    for (const each of [thrown, error]) {
      make()
        .resolve()
        .then(() => {
          throw each;
        })
        .fail((...reasons: unknown[]) => log.push(...reasons));
    }
    make().reject(error);
    await timers();
    Deferred.exceptionHook = original;
    expect(log).toEqual([thrown, error]);
    expect(hook.mock.calls.map(([given]) => given)).toEqual([thrown, error]);
    expect(warn.mock.calls.map((given: unknown[]) => given[1])).toEqual([thrown]);
  });

  test('J13: pipe is synchronous, keeps this, unwraps only what has a promise(), and lets throws escape', () => {
    const log: unknown[] = [];
    const deferred = make();
    deferred.pipe((n: number) => n + 1).done((value: unknown) => log.push(value));
    deferred.pipe(() => make().resolve('inner')).done((value: unknown) => log.push(value));
    deferred.resolve(1);
    expect(log).toEqual([2, 'inner']);
    const throwing = make();
    throwing.pipe(() => {
      throw error;
    });
    expect(() => throwing.resolve()).toThrow(error);
  });

  test('J14: promise(object) mixes nine methods in; promise() is always the same object; methods work unbound', () => {
    const deferred = make();
    const target = deferred.promise({});
    const names = ['state', 'always', 'catch', 'pipe', 'then', 'promise', 'progress', 'done', 'fail'];
    expect(Object.keys(target).sort()).toEqual(names.sort());
    expect(deferred.promise()).toBe(deferred.promise());
    const { done, state } = deferred.promise();
    const log: unknown[] = [];
    done((value) => log.push(value));
    deferred.resolve(1);
    expect([log, state()]).toEqual([[1], 'resolved']);
  });

  test('J15: when of one adopts, synchronously if it can; of several gives arrays and contexts; the first error has all arguments', () => {
    const log: unknown[] = [];
    when(make().resolve(1, 2)).done((...values) => log.push(values));
    when().done((...values) => log.push(values.length));
    const context = {};
    when(make().resolve('a', 'b'), 'plain', make().resolveWith(context, ['c'])).done(function (
      this: unknown[],
      ...values
    ) {
      log.push(values, this[2] === context);
    });
    when(make(), make().reject(error, 'more')).fail((...reasons: unknown[]) => log.push(reasons));
    const notified = make();
    when(notified, make()).progress((value) => log.push(value));
    notified.notify('lost');
    expect(log).toEqual([[1, 2], 0, [['a', 'b'], 'plain', 'c'], true, [error, 'more']]);
  });

  test('J16: await gives the first argument only', async () => {
    expect(await make().resolve(1, 2)).toBe(1);
  });
});
