import {
  all,
  allSettled,
  any,
  asCompleted,
  isCancelled,
  type Operation,
  operation,
  type Receiver,
  race,
  run,
  startSelf,
  TimeoutError,
  timeout,
  toArray,
} from '@anyasync/core';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Recorder, record, strays, thrownBy } from './support.js';

/** Operations that the test settles, and what happened to them. */
function sources(count: number): { ops: Operation<any>[]; in: Receiver<any>[]; log: string[] } {
  const made = { ops: [] as Operation<any>[], in: [] as Receiver<any>[], log: [] as string[] };
  for (let i = 0; i < count; i++) {
    made.ops.push(
      operation<any>((receiver) => {
        made.log.push(`start ${i}`);
        made.in[i] = receiver;
        receiver.onCancel(() => made.log.push(`stop ${i}`));
      }),
    );
  }
  return made;
}

const value = (what: unknown): Operation<any> => operation((receiver) => receiver.resolve(what as never));
const error = (what: unknown): Operation<any> => operation((receiver) => receiver.reject(what));
const gone = (what: unknown): Operation<any> => operation((receiver) => receiver.abort(what));
const collect = (from: Operation<void, any>): Recorder<any, never> => {
  const recorder = new Recorder<any, never>();
  run(toArray()(startSelf<void, any>), recorder, from, []);
  return recorder;
};

describe.each([
  ['all', all],
  ['allSettled', allSettled],
  ['any', any],
  ['race', race],
  ['asCompleted', asCompleted],
] as [string, (ops: readonly Operation<any>[]) => Operation<any, any>][])('%s', (name, combine) => {
  it('starts nothing until it is started, and then all, in order, each time anew', () => {
    const { ops, log } = sources(3);
    const combined = combine(ops);
    expect(log).toEqual([]);
    record(combined);
    expect(log).toEqual(['start 0', 'start 1', 'start 2']);
    record(combined);
    expect(log).toHaveLength(6);
  });

  it('cancelled by its consumer, cancels all that still run, once', () => {
    const { ops, log, in: to } = sources(3);
    const recorder = record(combine(ops));
    if (name !== 'race' && name !== 'any') to[1]?.resolve(1);
    log.length = 0;
    recorder.cancel('enough');
    expect(log).toEqual(
      name === 'race' || name === 'any' ? ['stop 0', 'stop 1', 'stop 2'] : ['stop 0', 'stop 2'],
    );
    expect(recorder.log.at(-1)).toBe('cancelled enough');
  });

  it('throws ArgumentError for what is no array, and for a member that is no operation', () => {
    expect(thrownBy(() => combine(5 as never))).toMatchObject({ name: 'ArgumentError', received: 5 });
    const promise = Promise.resolve();
    expect(thrownBy(() => combine([value(1), promise as never]))).toMatchObject({
      name: 'ArgumentError',
      code: 'ERR_INVALID_ARG_TYPE',
      received: promise,
      argument: 'operations[1]',
    });
  });

  it('a member whose start throws counts as an error of that member', () => {
    const thrown = new Error('threw');
    const throwing = operation<any>(() => {
      throw thrown;
    });
    const recorder = name === 'asCompleted' ? collect(combine([throwing])) : record(combine([throwing]));
    const end = recorder.end as any;
    const reason = {
      any: () => end.errors[0],
      allSettled: () => end[0].reason,
      asCompleted: () => end[0].reason,
    };
    expect(name in reason ? reason[name as 'any']() : end).toBe(thrown);
  });

  it('takes a frozen array, and leaves the one it is given as it is', () => {
    const ops = [value(1), value(2)];
    const frozen = Object.freeze([...ops]);
    expect(() => record(combine(frozen))).not.toThrow();
  });
});

describe('all', () => {
  it('gives the values in the order given, not in the order of settling', () => {
    const { ops, in: to } = sources(3);
    const recorder = record(all(ops));
    to[2]?.resolve('c');
    to[0]?.resolve('a');
    expect(recorder.active).toBe(true);
    to[1]?.resolve('b');
    expect(recorder.end).toEqual(['a', 'b', 'c']);
  });

  it('of nothing is an empty array, inside the call', () => {
    expect(record(all([])).end).toEqual([]);
  });

  it('settles inside the call where all do', () => {
    expect(record(all([value(1), value(undefined)])).end).toEqual([1, undefined]);
  });

  it('the first error ends it, as the same object, and cancels the others with it', () => {
    const { ops, in: to, log } = sources(3);
    const recorder = record(all(ops));
    const reason = new Error('failed');
    to[1]?.reject(reason);
    expect(recorder.end).toBe(reason);
    expect(log.slice(3)).toEqual(['stop 0', 'stop 2']);
  });

  it('an error inside the call starts no more of them, and stops those that run', () => {
    const { ops, log } = sources(2);
    const recorder = record(all([ops[0]!, error('now'), ops[1]!]));
    expect(recorder.log).toEqual(['error now']);
    expect(log).toEqual(['start 0', 'stop 0']);
  });

  it('a cancelled source cancels it', () => {
    const { ops, log } = sources(1);
    const recorder = record(all([ops[0]!, gone('away')]));
    expect(recorder.log).toEqual(['aborted away']);
    expect(log).toEqual(['start 0', 'stop 0']);
  });

  it('a loser that answers after all is a stray that says cancelled', () => {
    const heard = strays();
    const { ops, in: to } = sources(2);
    record(all(ops));
    to[0]?.reject('first');
    to[1]?.resolve('late');
    expect(heard.map((stray) => [stray.kind, stray.value, stray.cancelled])).toEqual([
      ['value', 'late', true],
    ]);
  });

  it('an item of a member is an error: it has no place', () => {
    const noisy = operation<any, any>((receiver) => receiver.next('item'));
    expect(record(all([noisy as never])).log).toEqual(['error UnexpectedItemError']);
  });

  it('a consumer that cancels inside a start stops the one that is starting, and starts no more', () => {
    const log: string[] = [];
    const recorder = new Recorder<unknown, never>();
    const cancelling = operation<number>((receiver) => {
      recorder.cancel('enough');
      receiver.onCancel(() => log.push('stopped'));
    });
    const next = operation<number>(() => void log.push('started'));
    run(startSelf<unknown, never>, recorder, all([cancelling, next]), []);
    expect(log).toEqual(['stopped']);
    expect(recorder.log).toEqual(['cancelled enough']);
  });
});

describe('allSettled', () => {
  it('gives all outcomes in the order given, and cancelled apart from error', () => {
    const recorder = record(allSettled([value(1), error('no'), gone('away')]));
    expect(recorder.end).toEqual([
      { status: 'fulfilled', value: 1 },
      { status: 'rejected', reason: 'no' },
      { status: 'cancelled', reason: 'away' },
    ]);
  });

  it('of nothing is an empty array', () => {
    expect(record(allSettled([])).end).toEqual([]);
  });

  it('waits for the last one', () => {
    const { ops, in: to, log } = sources(2);
    const recorder = record(allSettled(ops));
    to[0]?.reject('no');
    expect(recorder.active).toBe(true);
    expect(log).toEqual(['start 0', 'start 1']);
    to[1]?.resolve(1);
    expect(recorder.active).toBe(false);
  });
});

describe('any', () => {
  it('gives the first value and cancels the others', () => {
    const { ops, in: to, log } = sources(3);
    const recorder = record(any(ops));
    to[0]?.reject('no');
    to[2]?.resolve('yes');
    expect(recorder.log).toEqual(['value yes']);
    expect(log.slice(3)).toEqual(['stop 1']);
  });

  it('a value inside the call starts no more', () => {
    const { ops, log } = sources(1);
    expect(record(any([error('no'), value('yes'), ops[0]!])).log).toEqual(['value yes']);
    expect(log).toEqual([]);
  });

  it('without a value is an AggregateError with the reasons in the order given', () => {
    const { ops, in: to } = sources(2);
    const recorder = record(any([...ops, gone('away')]));
    to[1]?.reject('b');
    to[0]?.reject('a');
    expect(recorder.end).toBeInstanceOf(AggregateError);
    expect((recorder.end as AggregateError).errors).toEqual(['a', 'b', 'away']);
  });

  it('of nothing is an AggregateError without reasons, as Promise.any does', () => {
    const { end } = record(any([]));
    expect(end).toBeInstanceOf(AggregateError);
    expect((end as AggregateError).errors).toEqual([]);
  });
});

describe('race', () => {
  it.each([
    ['value', (to: Receiver<any>) => to.resolve('x'), 'value x'],
    ['error', (to: Receiver<any>) => to.reject('x'), 'error x'],
    ['cancellation', (to: Receiver<any>) => to.abort('x'), 'aborted x'],
  ])('the first %s ends it, and the others are cancelled', (_name, settle, expected) => {
    const { ops, in: to, log } = sources(3);
    const recorder = record(race(ops));
    settle(to[1]!);
    expect(recorder.log).toEqual([expected]);
    expect(log.slice(3)).toEqual(['stop 0', 'stop 2']);
  });

  it('tells the losers that another one was first', () => {
    let reason: unknown;
    const loser = operation<any>((receiver) => receiver.onCancel((why) => (reason = why)));
    record(race([loser, value(1)]));
    expect(isCancelled(reason)).toBe(true);
  });

  it('of nothing throws ArgumentError at once: it would never end', () => {
    expect(thrownBy(() => race([]))).toMatchObject({ name: 'ArgumentError', argument: 'operations' });
  });
});

describe('asCompleted', () => {
  it('gives the outcomes as items in the order in which they come, each with its index', () => {
    const { ops, in: to } = sources(3);
    const recorder = collect(asCompleted(ops));
    to[2]?.resolve('c');
    to[0]?.reject('a');
    to[1]?.abort('b');
    expect(recorder.end).toEqual([
      { status: 'fulfilled', value: 'c', index: 2 },
      { status: 'rejected', reason: 'a', index: 0 },
      { status: 'cancelled', reason: 'b', index: 1 },
    ]);
  });

  it('of nothing completes at once', () => {
    expect(record(asCompleted([])).log).toEqual(['complete']);
  });

  it('a consumer that stops at the first item stops the others', () => {
    const { ops, in: to, log } = sources(2);
    const recorder: Recorder<any, any> = new (class extends Recorder<any, any> {
      override next(): void {
        this.cancel('enough');
      }
    })();
    run(startSelf<void, any>, recorder, asCompleted(ops), []);
    to[0]?.resolve(1);
    expect(log.slice(2)).toEqual(['stop 1']);
    expect(recorder.log).toEqual(['cancelled enough']);
  });
});

describe('timeout', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('rejects with a TimeoutError after so many milliseconds, and cancels the work', () => {
    const { ops, log } = sources(1);
    const recorder = record(timeout(ops[0]!, 50));
    vi.advanceTimersByTime(49);
    expect(recorder.active).toBe(true);
    vi.advanceTimersByTime(1);
    expect(recorder.log).toEqual(['error TimeoutError']);
    expect((recorder.end as TimeoutError).timeout).toBe(50);
    expect(log).toEqual(['start 0', 'stop 0']);
  });

  it("with { cancel: 'detach' } it only gives up waiting", () => {
    const { ops, log } = sources(1);
    const recorder = record(timeout(ops[0]!, 50, { cancel: 'detach' }));
    vi.advanceTimersByTime(50);
    expect(recorder.end).toBeInstanceOf(TimeoutError);
    expect(log).toEqual(['start 0']);
  });

  it('leaves no timer behind on any end', () => {
    const settled = [value(1), error('no'), gone('away')].map((op) => record(timeout(op, 50)));
    expect(settled.every((recorder) => !recorder.active)).toBe(true);
    record(timeout(sources(1).ops[0]!, 50)).cancel();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('throws ArgumentError for what is no operation, and for what is no time', () => {
    expect(thrownBy(() => timeout(5 as never, 1))).toMatchObject({ argument: 'operation' });
    for (const ms of [-1, Number.NaN, 2 ** 31, 'soon']) {
      expect(
        thrownBy(() => timeout(value(1), ms as never)),
        String(ms),
      ).toMatchObject({
        name: 'ArgumentError',
        argument: 'timeout',
      });
    }
  });

  it.each([['50'], [null], [undefined], [{}], [[5]]])('throws ArgumentError for the time %j', (ms) => {
    expect(thrownBy(() => timeout(value(1), ms as never))).toMatchObject({ argument: 'timeout' });
  });
});
