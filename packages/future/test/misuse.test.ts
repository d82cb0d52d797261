/** What goes wrong in the hands of users: each misuse ends in its documented error or report, nothing hangs, and no stack is too small. */
import { onStray, operation, type Stray } from '@anyasync/core';
import {
  asCompleted,
  continueWith,
  Future,
  fromFuture,
  toFuture,
  type UnfinishedError,
  wait,
  waitAsync,
  whenAll,
  whenAny,
  whenEach,
} from '@anyasync/future';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

const error = new Error('an error');
const make = (): Future<number> => new Future<number>();

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

describe('nobody else acknowledges the cancellation of', () => {
  const cancelled: Readonly<Record<string, () => Future<unknown>>> = {
    'a whenAll of a cancelled future': () => {
      const future = make();
      future.cancel();
      return whenAll([future]);
    },
    'a whenAny': () => {
      const any = whenAny([make()]);
      any.cancel();
      return any;
    },
    'a continuation that is not to run': () => {
      const future = make();
      future.setResult(1);
      return continueWith(future, () => 2, { onlyOn: 'rejected' });
    },
    'a waitAsync': () => {
      const waiting = waitAsync(make(), { timeout: 1000 });
      waiting.cancel();
      return waiting;
    },
    'a future of an operation': () => {
      const future = toFuture(operation<number>(() => {}));
      future.cancel();
      return future;
    },
  };
  test.each(Object.entries(cancelled))('F10, %s: it counts as done', async (_, of) => {
    const future = of();
    expect(future.state).toBe('CANCELLED_AND_NOTIFIED');
    const { done } = await wait([future], { timeout: 1000 });
    expect(done.size).toBe(1);
    for await (const each of asCompleted([future], { timeout: 1000 })) expect(each.cancelled()).toBe(true);
  });
});

describe('a callback', () => {
  test('F2: that cancels gets false, and changes nothing', () => {
    const future = make();
    const log: boolean[] = [];
    future.addDoneCallback(() => log.push(future.cancel()));
    future.setResult(1);
    expect([log, future.result()]).toEqual([[false], 1]);
  });
  test('F4: that settles again gets the InvalidStateError, which is reported', () => {
    const future = make();
    future.addDoneCallback(() => future.setResult(2));
    future.setResult(1);
    expect([future.result(), strays.map(({ value }) => (value as Error).name)]).toEqual([
      1,
      ['InvalidStateError'],
    ]);
  });
  test('a receiver of somebody else that throws harms neither the others nor what is settled later', () => {
    const future = make();
    const throwing = {
      active: true,
      resolve(): void {
        throw error;
      },
      onCancel(): void {},
    };
    future.start(throwing as never);
    const log: number[] = [];
    future.addDoneCallback((done) => log.push(done.result()));
    future.setResult(1);
    const chain = Array.from({ length: 1000 }, make);
    for (const [index, each] of chain.entries())
      each.addDoneCallback(() => chain[index + 1]?.setResult(each.result()));
    chain[0]?.setResult(2);
    expect([log, chain.at(-1)?.result(), strays.map(({ value }) => value)]).toEqual([[1], 2, [error]]);
  });
});

test('a chain of 100,000 continuations needs no stack', () => {
  const first = make();
  let last = first;
  for (let links = 0; links < 100_000; links++) last = continueWith(last, (done) => done.result() + 1);
  first.setResult(0);
  expect(last.result()).toBe(100_000);
});

test('100,000 that are settled at the bottom of a deep chain all hear of it', () => {
  const chain = Array.from({ length: 300 }, make);
  for (const [index, each] of chain.entries()) each.addDoneCallback(() => chain[index + 1]?.setResult(1));
  const many = Array.from({ length: 100_000 }, make);
  let heard = 0;
  for (const each of many) each.addDoneCallback(() => heard++);
  chain.at(-1)?.addDoneCallback(() => {
    for (const each of many) each.setResult(1);
  });
  chain[0]?.setResult(1);
  expect(heard).toBe(100_000);
});

describe('F11: a loop over asCompleted', () => {
  test('of 100,000 that are done does not slow down', async () => {
    const done = make();
    done.setResult(1);
    const futures = Array.from({ length: 100_000 }, () => continueWith(done, (ended) => ended.result()));
    let sum = 0;
    for await (const each of asCompleted(futures)) sum += each.result();
    expect(sum).toBe(100_000);
  });
  test('that is left early, by a break or an error, leaves nothing on the futures', async () => {
    const [done, pending] = [make(), make()];
    done.setResult(1);
    for await (const _ of asCompleted([done, pending], { timeout: 10_000 })) break;
    const failing = async (): Promise<void> => {
      for await (const _ of asCompleted([done, pending], { timeout: 10_000 })) throw error;
    };
    await expect(failing()).rejects.toBe(error);
    expect((pending as unknown as { _waiters?: Set<unknown> })._waiters?.size ?? 0).toBe(0);
  });
  test('gives what is done in time, then the UnfinishedError', async () => {
    const [quick, never] = [make(), make()];
    setTimeout(() => quick.setResult(1), 1);
    const log: unknown[] = [];
    try {
      for await (const each of asCompleted([quick, never, quick], { timeout: 30 })) log.push(each.result());
    } catch (thrown) {
      log.push((thrown as UnfinishedError).unfinished);
    }
    expect(log).toEqual([1, 1]);
  });
  test('several that ask before any is done are answered in order', async () => {
    const [a, b] = [make(), make()];
    const iterator = asCompleted([a, b]);
    const asked = [iterator.next(), iterator.next(), iterator.next()];
    b.setResult(2);
    a.setResult(1);
    const answers = await Promise.all(asked);
    expect(answers.map(({ value }) => value?.result())).toEqual([2, 1, undefined]);
  });
});

test('bad input is an ArgumentError that names it', () => {
  const bad = (argument: string) => expect.objectContaining({ name: 'ArgumentError', argument });
  expect(() => make().addDoneCallback({} as never)).toThrow(bad('callback'));
  for (const wrong of [undefined, 5, [Promise.resolve()]]) {
    expect(() => wait(wrong as never)).toThrow(bad('futures'));
    expect(() => whenAll(wrong as never)).toThrow(bad('futures'));
    expect(() => whenEach(wrong as never)).toThrow(bad('futures'));
  }
  for (const wrong of [Number.NaN, 2 ** 31, '5']) {
    expect(() => wait([], { timeout: wrong as never })).toThrow(bad('timeout'));
    expect(() => asCompleted([], { timeout: wrong as never })).toThrow(bad('timeout'));
    expect(() => waitAsync(make(), { timeout: wrong as never })).toThrow(bad('timeout'));
  }
  expect(() => continueWith(make(), 1 as never)).toThrow(bad('continuation'));
  expect(() => waitAsync({} as never)).toThrow(bad('future'));
  expect(() => fromFuture(Promise.resolve() as never)).toThrow(bad('future'));
  expect(() => toFuture({} as never)).toThrow(bad('operation'));
});
