/** What goes wrong in the hands of users, and what the two directions do to each other: nothing hangs, nothing is lost. */
import { EventEmitter } from 'node:events';
import {
  type AsyncResult,
  adopt,
  beginEnd,
  end,
  endScope,
  expose,
  fromAsync,
  fromAsyncResult,
  fromEvents,
  loop,
  Progress,
  toAsyncResult,
  toEvents,
} from '@anyasync/begin-end';
import { convert, onStray, operation, outcome, type Stray, sync } from '@anyasync/core';
import { promise, toPromise } from '@anyasync/promise';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const error = new Error('an error');
let strays: Stray[];
let removeListener: () => void;
beforeEach(() => {
  strays = [];
  removeListener = onStray((stray) => {
    stray.preventDefault();
    strays.push(stray);
  });
});
afterEach(() => removeListener());

describe('the End ledger', () => {
  test('rule 19: a begin that throws has begun nothing, and owes no end', () => {
    const failing = convert(
      () => {
        throw error;
      },
      sync,
      beginEnd,
    );
    const scope = endScope();
    expect(() => failing.begin()).toThrow(error);
    expect(() => scope.dispose()).not.toThrow();
  });
  test('rule 19: an end inside the callback, and so inside begin, counts', () => {
    const half = convert((n: number) => n / 2, sync, beginEnd);
    const scope = endScope();
    half.begin(8, (result) => half.end(result));
    expect(() => scope.dispose()).not.toThrow();
  });
  test('rule 19: an abandoned operation is ended when it is completed', async () => {
    let complete!: () => void;
    const later = convert(
      () =>
        new Promise<void>((resolve) => {
          complete = resolve;
        }),
      promise,
      beginEnd,
    );
    const scope = endScope();
    const detached = {
      begin: (callback: any, state?: unknown) => ({ ...flags, of: later.begin(callback, state) }),
    };
    const flags = {
      isCompleted: false,
      completedSynchronously: false,
      asyncState: null,
      asyncWaitHandle: {},
    };
    const task = fromAsync(
      detached.begin as never,
      ((result: { of: never }) => later.end(result.of)) as never,
      [] as never,
    );
    const controller = new AbortController();
    const waiting = toPromise(task, { signal: controller.signal });
    controller.abort(error);
    await expect(waiting).rejects.toBe(error);
    complete();
    await Promise.resolve();
    expect(() => scope.dispose()).not.toThrow();
  });
});

test('D12: the value of an abandoned operation goes to dispose, so that no handle leaks', async () => {
  const result = {
    isCompleted: false,
    completedSynchronously: false,
    asyncState: null,
    asyncWaitHandle: null,
  };
  let complete!: () => void;
  const begin = (callback: (result: unknown) => void): AsyncResult => {
    complete = () => callback(result);
    return result as never;
  };
  const disposed: unknown[] = [];
  const controller = new AbortController();
  const waiting = toPromise(
    fromAsync(begin, () => 'handle', []),
    {
      signal: controller.signal,
      dispose: (handle) => disposed.push(handle),
    },
  );
  controller.abort(error);
  await expect(waiting).rejects.toBe(error);
  complete();
  expect(disposed).toEqual(['handle']);
});

describe('where the callback is among the arguments', () => {
  const view = expose({ apply: async (fn: (n: number) => number, n = 1) => fn(n) });
  const twice = (n: number): number => n * 2;
  test('rule 1: a function that the method itself takes stays an argument, with null or a callback behind it', async () => {
    const begun = view.beginApply(twice, null as never);
    await begun.asyncWaitHandle.waitAsync();
    expect(view.endApply(begun)).toBe(2);
    const heard = await new Promise<number>((resolve) =>
      view.beginApply(twice, undefined, (result) => resolve(view.endApply(result))),
    );
    expect(heard).toBe(2);
  });
});

describe('a wait', () => {
  const never = toAsyncResult(operation<number>(() => {}));
  test('D6: that no timer can wait is an ArgumentError; zero, or less, asks', async () => {
    for (const wrong of [2 ** 40, Number.NaN, '5'])
      expect(() => never.asyncWaitHandle.waitAsync(wrong as number)).toThrow(
        expect.objectContaining({ argument: 'timeout' }),
      );
    expect(await never.asyncWaitHandle.waitAsync(0)).toBe(false);
    expect(await never.asyncWaitHandle.waitAsync(-1)).toBe(false);
    expect(never.asyncWaitHandle.wait(0)).toBe(false);
  });
  test('D6: that is over, or aborted, leaves nothing on the result', async () => {
    await never.asyncWaitHandle.waitAsync(1);
    const controller = new AbortController();
    const waiting = never.asyncWaitHandle.waitAsync(10_000, controller.signal);
    controller.abort(error);
    await expect(waiting).rejects.toBe(error);
    await expect(never.asyncWaitHandle.waitAsync(1, controller.signal)).rejects.toBe(error);
    expect((never as unknown as { _waiting: Set<unknown> })._waiting.size).toBe(0);
  });
});

describe('the event-based pattern, both ways', () => {
  type Text = 'ok' | 'bad' | 'undefined' | 'null' | 'never';
  /** Written by toEvents, with its methods on the emitter as a class has them. */
  function reader() {
    const emitter = new EventEmitter();
    const aborted: unknown[] = [];
    const methods = toEvents(emitter, 'read', async ({ signal, progress }, text: Text) => {
      progress.report(50);
      if (text === 'bad') throw error;
      if (text === 'undefined') throw undefined;
      if (text === 'null') throw null;
      if (text === 'never')
        await new Promise((resolve) =>
          signal.addEventListener('abort', () => resolve(aborted.push(signal.reason))),
        );
      return text.toUpperCase();
    });
    const object = Object.assign(emitter, {
      readAsync: (text: Text, userState: unknown) => methods.readAsync(userState, text),
      cancelAsync: methods.cancelAsync,
    });
    return { object, aborted };
  }

  test('EAP: value, error and progress come through, and the listeners leave', async () => {
    const { object } = reader();
    expect(await outcome(fromEvents(object, 'read', ['ok']))).toEqual({ status: 'fulfilled', value: 'OK' });
    expect(await outcome(fromEvents(object, 'read', ['bad']))).toEqual({ status: 'rejected', reason: error });
    const seen: number[] = [];
    await toPromise(fromEvents(object, 'read', ['ok'], { progress: true }), {
      next: ({ progressPercentage }) => void seen.push(progressPercentage),
    });
    expect([seen, object.eventNames()]).toEqual([[50], []]);
  });
  test.each(['undefined', 'null'] as const)(
    'EAP: a rejection with %s is an error of the event',
    async (text) => {
      const { object } = reader();
      const ended = await outcome(fromEvents(object, 'read', [text]));
      expect(ended).toMatchObject({ status: 'rejected', reason: { name: 'FalsyRejectionError' } });
      expect(ended).toHaveProperty('reason.cause', text === 'null' ? null : undefined);
    },
  );
  test('EAP: cancelling goes all the way, and raises the event', async () => {
    const { object, aborted } = reader();
    const completed: unknown[] = [];
    object.on('readCompleted', ({ cancelled }) => completed.push(cancelled));
    const controller = new AbortController();
    const waiting = toPromise(fromEvents(object, 'read', ['never']), { signal: controller.signal });
    controller.abort(error);
    await expect(waiting).rejects.toBe(error);
    await Promise.resolve();
    expect([completed, aborted.length]).toEqual([[true], 1]);
  });
  test('EAP: a cancel of nothing, and of what has ended, does nothing', async () => {
    const { object } = reader();
    expect(() => object.cancelAsync('nobody')).not.toThrow();
    await toPromise(fromEvents(object, 'read', ['ok']));
    expect(() => object.cancelAsync('nobody')).not.toThrow();
  });
  test('EAP: a listener that throws is reported, and the next call works', async () => {
    const { object } = reader();
    object.once('readCompleted', () => {
      throw error;
    });
    object.readAsync('ok', 1);
    await new Promise((resolve) => setImmediate(resolve));
    expect(strays.map(({ value }) => value)).toEqual([error]);
    expect(await toPromise(fromEvents(object, 'read', ['ok']))).toBe('OK');
  });

  test('D13: without a userState, the answer to a cancelled call is not taken for that of the next one', async () => {
    const answers: (() => void)[] = [];
    class Single extends EventEmitter {
      readAsync(text: string): void {
        answers.push(() => void this.emit('readCompleted', { result: text }));
      }
    }
    const single = new Single();
    const read = (text: string) => fromEvents<string>(single, 'read', [text], { userState: false });
    const disposed: unknown[] = [];
    const controller = new AbortController();
    const first = toPromise(read('one'), {
      signal: controller.signal,
      dispose: (value) => disposed.push(value),
    });
    controller.abort(error);
    await expect(first).rejects.toBe(error);
    await expect(toPromise(read('two'))).rejects.toThrow('runs already');
    answers.shift()?.();
    expect(disposed).toEqual(['one']);
    const third = toPromise(read('three'));
    answers.shift()?.();
    expect([await third, single.eventNames()]).toEqual(['three', []]);
  });
  test('D13: a method that throws leaves no listener', async () => {
    const failing = Object.assign(new EventEmitter(), {
      readAsync(): void {
        throw error;
      },
    });
    for (const userState of [true, false, false])
      await expect(toPromise(fromEvents(failing, 'read', [], { userState }))).rejects.toBe(error);
    expect(failing.eventNames()).toEqual([]);
  });
  test('D13: a target of the platform, whose event has the details', async () => {
    class Target extends EventTarget {
      readAsync(text: string, userState: unknown): void {
        const detail = { result: text, userState };
        queueMicrotask(() => this.dispatchEvent(new CustomEvent('readCompleted', { detail })));
      }
    }
    expect(await toPromise(fromEvents<string>(new Target(), 'read', ['a']))).toBe('a');
  });
});

describe('loop', () => {
  test('D7: a cancelled one begins no more, and ends what runs', async () => {
    const later = convert(async () => 1, promise, beginEnd);
    let begun = 0;
    const scope = endScope();
    const turning = loop(
      (callback) => {
        begun++;
        return later.begin(callback);
      },
      later.end,
      () => true,
    );
    const controller = new AbortController();
    const waiting = toPromise(turning, { signal: controller.signal });
    controller.abort(error);
    await expect(waiting).rejects.toBe(error);
    await new Promise((resolve) => setImmediate(resolve));
    expect(begun).toBe(1);
    expect(() => scope.dispose()).not.toThrow();
  });
});

test('bad input is an ArgumentError that names it', () => {
  const bad = (argument: string) => expect.objectContaining({ name: 'ArgumentError', argument });
  expect(() => fromAsync(1 as never, (() => 1) as never, [] as never)).toThrow(bad('begin'));
  expect(() => fromAsync((() => 1) as never, 1 as never, [] as never)).toThrow(bad('end'));
  expect(() => fromAsync((() => 1) as never, (() => 1) as never, 1 as never)).toThrow(bad('args'));
  expect(() => fromAsyncResult({} as never, () => 1)).toThrow(bad('result'));
  const handleless = {
    isCompleted: false,
    completedSynchronously: false,
    asyncState: null,
    asyncWaitHandle: {},
  };
  expect(() => fromAsyncResult(handleless as never, () => 1)).toThrow(bad('result'));
  expect(() => toAsyncResult({} as never)).toThrow(bad('operation'));
  expect(() =>
    toAsyncResult(
      operation(() => {}),
      1 as never,
    ),
  ).toThrow(bad('callback'));
  expect(() => end(null as never)).toThrow(bad('result'));
  expect(() => loop(1 as never, (() => 1) as never, () => true)).toThrow(bad('begin'));
  expect(() => new Progress(1 as never)).toThrow(bad('handler'));
  expect(() => fromEvents({} as never, 'read')).toThrow(bad('object'));
  expect(() => fromEvents(new EventEmitter(), 'read')).toThrow(bad('name'));
  expect(() => toEvents({} as never, 'read', async () => 1)).toThrow(bad('emitter'));
  expect(() => toEvents(new EventEmitter(), '', async () => 1)).toThrow(bad('name'));
  expect(() => toEvents(new EventEmitter(), 'read', 1 as never)).toThrow(bad('fn'));
  expect(() => adopt(1 as never)).toThrow(bad('object'));
  expect(() => convert(1 as never, beginEnd, promise)).toThrow(bad('begin'));
});
