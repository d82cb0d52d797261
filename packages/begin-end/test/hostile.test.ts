/** What is not ours may throw, lie, or be polluted: one run is affected, and ends with an error. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter } from 'node:events';
import { end, fromAsync, fromAsyncResult, fromEvents, toAsyncResult } from '@anyasync/begin-end';
import { onStray, operation, outcome, type Receiver } from '@anyasync/core';
import { toPromise } from '@anyasync/promise';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { revoked, throwing } from '../../core/test/support.js';

let strays: unknown[];
let stop: () => void;
beforeEach(() => {
  strays = [];
  stop = onStray((stray) => {
    strays.push(stray.value);
    (stray as { preventDefault?(): void }).preventDefault?.();
  });
});
afterEach(() => stop());

/** An operation, and what settles it. */
function pending(): { source: ReturnType<typeof operation<number>>; receiver: () => Receiver<number> } {
  let given: Receiver<number> | undefined;
  const source = operation<number>((receiver) => {
    given = receiver;
  });
  return { source, receiver: () => given as Receiver<number> };
}

/** A result of somebody else's begin. */
const resultOf = (more: object = {}): any => ({
  isCompleted: false,
  completedSynchronously: false,
  asyncState: undefined,
  asyncWaitHandle: undefined,
  ...more,
});

describe.each([
  ['a revoked proxy', revoked],
  ['an object whose getters throw', throwing],
])('%s', (_what, make) => {
  test('hostile 7: is no AsyncResult', () => {
    expect(() => fromAsyncResult(make() as never, () => {})).toThrow();
    expect(() => end(make() as never)).toThrow();
  });

  test('hostile 8: as a reason it settles every run', async () => {
    const reason = make();
    const { source, receiver } = pending();
    const begun = toAsyncResult(source);
    const run = outcome(fromAsyncResult(begun, end));
    receiver().reject(reason);
    expect((await run).status).toBe('rejected');
  });

  test("hostile 8: as the arguments of an event it is nobody's, and is not thrown at who raises it", () => {
    const emitter = Object.assign(new EventEmitter(), { readAsync() {} });
    const run = outcome(fromEvents(emitter, 'read', [], { userState: false }));
    const other = outcome(fromEvents(emitter, 'read'));
    expect(() => emitter.emit('readCompleted', make())).not.toThrow();
    void other;
    expect(strays).toHaveLength(1);
    expect(emitter.listenerCount('readCompleted')).toBe(1);
    return expect(run).resolves.toMatchObject({ status: 'rejected' });
  });
});

test('functions of others that have a `call` of their own are called, not that', async () => {
  const log: string[] = [];
  const own = <F extends (...args: any[]) => unknown>(fn: F): F =>
    Object.assign(fn, { call: () => log.push('call'), apply: () => log.push('apply') });
  let callback = (): void => {};
  const begin = own((done: () => void) => {
    callback = done;
    return resultOf();
  });
  const controller = new AbortController();
  const cancel = own(() => void log.push('cancel'));
  const source = fromAsync(
    begin,
    own(() => 1),
    [],
    { cancel },
  );
  const run = toPromise(source, { signal: controller.signal }).catch(() => {});
  controller.abort();
  callback();
  await run;
  expect(log).toEqual(['cancel']);
});

test('hostile 4: nothing is read from Object.prototype', () => {
  const names = [
    '_endsAgain',
    '_endedAt',
    '_waiting',
    '_handle',
    'disposing',
    'endTwice',
    'context',
    'userState',
  ];
  names.push('progress', 'self', 'cancel', 'state');
  for (const value of [true, 0, {}, 'x']) {
    for (const name of names)
      Object.defineProperty(Object.prototype, name, { value, configurable: true, writable: true });
    try {
      const begun = toAsyncResult(operation<number>((receiver) => receiver.resolve(1)));
      expect(typeof begun.asyncWaitHandle.waitAsync).toBe('function');
      expect(end(begun)).toBe(1);
      expect(() => end(begun)).toThrow('ended before');
      fromAsync(
        () => resultOf({ isCompleted: true, completedSynchronously: true }),
        () => 1,
        [] as never,
        {},
      );
    } finally {
      for (const name of names) delete (Object.prototype as never)[name];
    }
  }
});

test('options that do not exist are refused, with those that do', () => {
  const emitter = Object.assign(new EventEmitter(), { readAsync() {} });
  expect(() => fromEvents(emitter, 'read', [], { prog: true } as never)).toThrow(
    '[begin-end] fromEvents() has no option prog. There are: userState, progress.',
  );
  expect(() =>
    fromAsync(
      () => resultOf(),
      () => 1,
      [] as never as never,
      { stop: 1 } as never,
    ),
  ).toThrow('[begin-end] fromAsync() has no option stop. There are: self, cancel, state.');
  expect(() => fromAsyncResult(resultOf(), () => 1, { state: 1 } as never)).toThrow(
    'There are: self, cancel.',
  );
  expect(() => toAsyncResult(pending().source, null, 0, { endTwice: 'maybe' } as never)).toThrow(
    "'throw' or 'same'",
  );
});

test("hostile 3: toAsyncResult(..., { context: 'subscriber' }) calls back in its caller's async context, on every end", () => {
  const user = new AsyncLocalStorage<string>();
  const log: unknown[] = [];
  for (const how of ['resolve', 'reject', 'abort'] as const) {
    const { source, receiver } = pending();
    user.run('me', () => {
      toAsyncResult(source, () => log.push(user.getStore()), undefined, { context: 'subscriber' });
    });
    user.run('you', () => receiver()[how](1 as never));
  }
  expect(log).toEqual(['me', 'me', 'me']);
});

test('hostile 12: a consumer that has left is forgotten by its source', () => {
  const source = fromAsync(
    () => resultOf(),
    () => 1,
    [] as never as never,
  );
  for (let i = 0; i < 1000; i++) {
    const controller = new AbortController();
    toPromise(source, { signal: controller.signal, cancel: 'detach' }).catch(() => {});
    controller.abort();
  }
  expect((source as unknown as { receivers: unknown[] }).receivers.length).toBeLessThan(4);
});

describe('hostile 21: waitAsync() with a signal that', () => {
  const signalOf = (more: object): AbortSignal =>
    ({ aborted: false, addEventListener() {}, removeEventListener() {}, ...more }) as never;

  test('throws when its listener is removed settles, and nothing is thrown at who completes', async () => {
    const { source, receiver } = pending();
    const begun = toAsyncResult(source);
    const signal = signalOf({
      removeEventListener() {
        throw new Error('in removeEventListener()');
      },
    });
    const waited = begun.asyncWaitHandle.waitAsync(undefined, signal);
    expect(() => receiver().resolve(1)).not.toThrow();
    expect(await waited).toBe(true);
    expect(strays).toHaveLength(1);
    end(begun);
  });

  test('throws when a listener is added rejects, and leaves nothing behind', async () => {
    const begun = toAsyncResult(pending().source);
    const signal = signalOf({
      addEventListener() {
        throw new Error('in addEventListener()');
      },
    });
    await expect(begun.asyncWaitHandle.waitAsync(10_000, signal)).rejects.toThrow('in addEventListener()');
    expect((begun as unknown as { _waiting: Set<unknown> })._waiting.size).toBe(0);
  });
});

test('fromEvents() removes every listener when one cannot be added', () => {
  const emitter = Object.assign(new EventEmitter(), { readAsync() {} });
  const on = emitter.on.bind(emitter);
  emitter.on = (name, listener) => {
    if (name === 'progressChanged') throw new Error('no progress');
    return on(name, listener);
  };
  const run = outcome(fromEvents(emitter, 'read', [], { progress: true, userState: false }) as never);
  expect(emitter.listenerCount('readCompleted')).toBe(0);
  emitter.on = on as never;
  void outcome(fromEvents(emitter, 'read', [], { userState: false })); // its place is free
  return expect(run).resolves.toMatchObject({ status: 'rejected' });
});
