import { getEventListeners } from 'node:events';
import {
  assertConvertOptions,
  type ConvertOptions,
  first,
  giveHandle,
  last,
  type Operation,
  operation,
  type Receiver,
  run,
  startSelf,
  TimeoutError,
  toArray,
  withOptions,
} from '@anyasync/core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { brief, Recorder, strays } from './support.js';

/** Starts an operation with these options in the middle. */
function start<T, I>(op: Operation<T, I>, options: ConvertOptions<any, any>): Recorder<T, I> {
  const recorder = new Recorder<T, I>();
  run(withOptions(startSelf as never, options), recorder, op, [] as const);
  return recorder;
}

/** A source in the hands of the test. */
function source(): { op: Operation<any, any>; to: Receiver<any, any>; log: string[] } {
  const made = { log: [] as string[] } as { op: Operation<any, any>; to: Receiver<any, any>; log: string[] };
  made.op = operation<any, any>((receiver) => {
    made.to = receiver;
    made.log.push('start');
    receiver.onCancel((reason) => made.log.push(`stop ${reason instanceof Error ? reason.name : reason}`));
  });
  return made;
}

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
afterEach(() => void vi.useRealTimers());

describe('signal', () => {
  it('cancels the run when it is aborted: the consumer and the teardown hear signal.reason, the same object', () => {
    const controller = new AbortController();
    const reason = new Error('enough');
    let told: unknown;
    const recorder = start(
      operation((receiver) => receiver.onCancel((why) => (told = why))),
      { signal: controller.signal },
    );
    controller.abort(reason);
    expect(recorder.log).toEqual(['aborted enough']);
    expect(recorder.end).toBe(reason);
    expect(told).toBe(reason);
  });

  it('aborted already: nothing is started, and no listener is added', () => {
    const { op, log } = source();
    const signal = AbortSignal.abort('before');
    const recorder = start(op, { signal, timeout: 5 });
    expect(recorder.log).toEqual(['aborted before']);
    expect(log).toEqual([]);
    expect(listeners(signal)).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('aborted after the end does nothing', () => {
    const heard = strays();
    const controller = new AbortController();
    const made = source();
    const recorder = start(made.op, { signal: controller.signal });
    made.to.resolve(1);
    controller.abort();
    expect(recorder.log).toEqual(['value 1']);
    expect(made.log).toEqual(['start']);
    expect(heard).toEqual([]);
  });

  it('aborted inside the start stops the source that is starting', () => {
    const controller = new AbortController();
    const log: string[] = [];
    const recorder = start(
      operation((receiver) => {
        controller.abort('inside');
        expect(receiver.active).toBe(false);
        receiver.onCancel((why) => log.push(`stop ${why}`));
      }),
      { signal: controller.signal },
    );
    expect(log).toEqual(['stop inside']);
    expect(recorder.log).toEqual(['aborted inside']);
  });

  it('of a polyfill, with only addEventListener and removeEventListener, fits', () => {
    const heard = new Set<() => void>();
    const signal = {
      aborted: false,
      reason: 'old',
      addEventListener: (_type: string, listener: () => void) => void heard.add(listener),
      removeEventListener: (_type: string, listener: () => void) => void heard.delete(listener),
    };
    const recorder = start(source().op, { signal });
    expect(heard.size).toBe(1);
    for (const each of heard) each();
    expect(recorder.log).toEqual(['aborted old']);
    expect(heard.size).toBe(0);
  });
});

describe('no listener and no timer survives', () => {
  const throwing = new Error('threw');
  const ends: [string, (made: ReturnType<typeof source>, recorder: Recorder<any, any>) => void][] = [
    ['a value', ({ to }) => to.resolve(1)],
    ['an error', ({ to }) => to.reject('no')],
    ['the end of a stream', ({ to }) => to.complete()],
    ['a cancelled source', ({ to }) => to.abort('gone')],
    ['a cancel', (_made, recorder) => void recorder.cancel()],
  ];
  const everything = (signal: AbortSignal): ConvertOptions<any, any> => ({
    signal,
    timeout: 50,
    dispose: () => {},
    onHandle: () => {},
    next: () => {},
  });

  it.each(ends)('%s', (_name, end) => {
    const { signal } = new AbortController();
    const made = source();
    const recorder = start(made.op, everything(signal));
    expect(listeners(signal)).toBe(1);
    expect(vi.getTimerCount()).toBe(1);
    end(made, recorder);
    expect(recorder.active).toBe(false);
    expect(listeners(signal)).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('an abort, a timeout', () => {
    const controller = new AbortController();
    start(source().op, everything(controller.signal));
    controller.abort();
    expect(listeners(controller.signal)).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
    const { signal } = new AbortController();
    start(source().op, everything(signal));
    vi.advanceTimersByTime(50);
    expect(listeners(signal)).toBe(0);
  });

  it.each([['stop'], ['detach']] as const)('an end inside the start, with { cancel: %j }', (cancel) => {
    const { signal } = new AbortController();
    for (const end of [
      (to: Receiver<any>) => to.resolve(1),
      (to: Receiver<any>) => to.reject(1),
      (to: Receiver<any>) => to.abort(1),
    ]) {
      start(operation(end), { ...everything(signal), cancel });
    }
    expect(listeners(signal)).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('a start that throws half way, with and without a fold below, before and after its onCancel', () => {
    const { signal } = new AbortController();
    for (const fold of [undefined, first()]) {
      for (const early of [true, false]) {
        const log: unknown[] = [];
        const op = operation<void, any>((receiver) => {
          if (early) receiver.onCancel((why) => log.push(why));
          throw throwing;
        });
        const recorder = start(op, { ...everything(signal), next: undefined, fold });
        expect(recorder.end).toBe(throwing);
        expect(log).toEqual(early ? [throwing] : []);
        expect(listeners(signal)).toBe(0);
        expect(vi.getTimerCount()).toBe(0);
      }
    }
  });

  it('a fold that has its value early', () => {
    const { signal } = new AbortController();
    const op = operation<void, number>((receiver) => receiver.next(1));
    expect(start(op, { ...everything(signal), next: undefined, fold: first() }).log).toEqual(['value 1']);
    expect(listeners(signal)).toBe(0);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('10,000 runs on one signal', () => {
    const { signal } = new AbortController();
    const op = operation<number>((receiver) => receiver.resolve(1));
    for (let i = 0; i < 10_000; i++) start(op, { signal });
    expect(listeners(signal)).toBe(0);
  });
});

describe('timeout', () => {
  it('cancels the run and rejects with a TimeoutError, the reason that the teardown gets', () => {
    const { op, log } = source();
    const recorder = start(op, { timeout: 50 });
    vi.advanceTimersByTime(49);
    expect(recorder.active).toBe(true);
    vi.advanceTimersByTime(1);
    expect(recorder.end).toBeInstanceOf(TimeoutError);
    expect(recorder.log).toEqual(['error TimeoutError']);
    expect(log).toEqual(['start', 'stop TimeoutError']);
  });

  it('of Infinity is none', () => {
    start(source().op, { timeout: Number.POSITIVE_INFINITY });
    expect(vi.getTimerCount()).toBe(0);
  });

  it('of 0 is a timeout, and not none', () => {
    const recorder = start(source().op, { timeout: 0 });
    vi.advanceTimersByTime(1);
    expect(recorder.end).toBeInstanceOf(TimeoutError);
  });
});

describe('dispose', () => {
  it('takes a value that arrives after the run was cancelled, whoever cancelled it', () => {
    const controller = new AbortController();
    const heard = strays();
    const disposed: unknown[] = [];
    const options = {
      signal: controller.signal,
      timeout: 50,
      dispose: (value: unknown) => disposed.push(value),
    };
    const [a, b, c] = [source(), source(), source()];
    start(a.op, options).cancel();
    a.to.resolve('cancelled');
    start(b.op, options);
    vi.advanceTimersByTime(50);
    b.to.resolve('timed out');
    start(c.op, options);
    controller.abort();
    c.to.resolve('aborted');
    expect(disposed).toEqual(['cancelled', 'timed out', 'aborted']);
    expect(heard).toEqual([]);
  });

  it('is not called for a value in time, nor for late errors and ends', () => {
    const dispose = vi.fn();
    strays();
    const [a, b] = [source(), source()];
    expect(start(a.op, { dispose }) && a.to.resolve(1)).toBeUndefined();
    start(b.op, { dispose }).cancel();
    b.to.reject('late');
    b.to.complete();
    b.to.abort('late');
    expect(dispose).not.toHaveBeenCalled();
  });

  it('takes a value that arrives inside the teardown', () => {
    const disposed: unknown[] = [];
    const op = operation<string>((receiver) => receiver.onCancel(() => receiver.resolve('in teardown')));
    start(op, { dispose: (value) => disposed.push(value) }).cancel();
    expect(disposed).toEqual(['in teardown']);
  });

  it('takes the second value of a source that settles twice after the cancellation, too', () => {
    const disposed: unknown[] = [];
    const made = source();
    start(made.op, { dispose: (value) => disposed.push(value) }).cancel();
    made.to.resolve('first');
    made.to.resolve('second');
    expect(disposed).toEqual(['first', 'second']);
  });

  it('that throws is a stray', () => {
    const heard = strays();
    const made = source();
    const dispose = (): never => {
      throw 'dispose';
    };
    start(made.op, { dispose }).cancel();
    expect(() => made.to.resolve(1)).not.toThrow();
    expect(brief(heard)).toEqual([['thrown', 'dispose']]);
  });
});

describe('onHandle', () => {
  it('takes what the original returned, inside the call', () => {
    const handle = { abort() {} };
    const given: unknown[] = [];
    start(
      operation((receiver) => giveHandle(receiver, handle)),
      { onHandle: (what) => given.push(what) },
    );
    expect(given).toEqual([handle]);
  });

  it('that throws is a stray; the run goes on and can still be stopped', () => {
    const heard = strays();
    const abort = vi.fn();
    const recorder = start(
      operation((receiver) => giveHandle(receiver, { abort })),
      {
        onHandle() {
          throw 'onHandle';
        },
      },
    );
    expect(brief(heard)).toEqual([['thrown', 'onHandle']]);
    expect(recorder.active).toBe(true);
    recorder.cancel('enough');
    expect(abort).toHaveBeenCalledExactlyOnceWith('enough');
  });
});

describe("cancel: 'detach'", () => {
  it('gives up waiting without stopping the work, by signal and by timeout', () => {
    const controller = new AbortController();
    const [a, b] = [source(), source()];
    const byTimeout = start(a.op, { timeout: 50, cancel: 'detach' });
    vi.advanceTimersByTime(50);
    const bySignal = start(b.op, { signal: controller.signal, cancel: 'detach' });
    controller.abort('enough');
    expect([...byTimeout.log, ...bySignal.log]).toEqual(['error TimeoutError', 'aborted enough']);
    expect([...a.log, ...b.log]).toEqual(['start', 'start']);
  });

  it('the late value goes to dispose', () => {
    const disposed: unknown[] = [];
    const made = source();
    start(made.op, { timeout: 50, cancel: 'detach', dispose: (value) => disposed.push(value) });
    vi.advanceTimersByTime(50);
    made.to.resolve('late');
    expect(disposed).toEqual(['late']);
  });

  it('does not stop work whose teardown comes after the signal either', () => {
    const controller = new AbortController();
    const log: string[] = [];
    const op = operation((receiver) => {
      controller.abort('enough');
      receiver.onCancel(() => log.push('stopped'));
    });
    expect(start(op, { signal: controller.signal, cancel: 'detach' }).log).toEqual(['aborted enough']);
    expect(log).toEqual([]);
  });

  it("the consumer's own cancel leaves the work alone too, and its value goes to dispose", () => {
    const made = source();
    const disposed: unknown[] = [];
    const run = start(made.op, { cancel: 'detach', dispose: (value) => disposed.push(value) });
    expect(run.cancel('enough')).toBe(true);
    made.to.resolve('late');
    expect([made.log, disposed]).toEqual([['start'], ['late']]);
  });

  it('alone, without any other option, is heard as well', () => {
    const made = source();
    start(made.op, { cancel: 'detach' }).cancel('enough');
    start(made.op, { cancel: 'stop' }).cancel('enough');
    expect(made.log).toEqual(['start', 'start', 'stop enough']);
  });
});

describe('an option that does not exist', () => {
  it('is an ArgumentError that names it', () => {
    expect(() => start(source().op, { timeOut: 1 } as never)).not.toThrow(); // for writers of styles, who check before
    expect(() => assertConvertOptions({ timeOut: 1 } as never)).toThrow(
      expect.objectContaining({ name: 'ArgumentError', argument: 'options', received: 'timeOut' }),
    );
    expect(() => assertConvertOptions({ mine: 1, timeout: 1 } as never, undefined, ['mine'])).not.toThrow();
  });
});

describe('next', () => {
  it('takes the items, and the end goes on', () => {
    const items: unknown[] = [];
    const made = source();
    const recorder = start(made.op, { next: (item) => items.push(item) });
    made.to.next('a');
    made.to.next('b');
    made.to.resolve('end');
    expect(items).toEqual(['a', 'b']);
    expect(recorder.log).toEqual(['value end']);
  });

  it('that throws is a stray, and neither ends nor starves the run', () => {
    const heard = strays();
    const made = source();
    const recorder = start(made.op, {
      next(item) {
        throw item;
      },
    });
    made.to.next('a');
    made.to.next('b');
    made.to.resolve('end');
    expect(brief(heard)).toEqual([
      ['thrown', 'a'],
      ['thrown', 'b'],
    ]);
    expect(recorder.log).toEqual(['value end']);
  });

  it('hears nothing after the end', () => {
    strays();
    const next = vi.fn();
    const made = source();
    start(made.op, { next }).cancel();
    made.to.next('late');
    expect(next).not.toHaveBeenCalled();
  });
});

it('without options the start is the start itself: what is not asked costs nothing', () => {
  const nothing = { signal: undefined, timeout: undefined, timeoutish: undefined, fold: undefined };
  expect(withOptions(startSelf as never, undefined)).toBe(startSelf);
  expect(withOptions(startSelf as never, nothing as ConvertOptions)).toBe(startSelf);
});

describe('any order of events, with any options and with and without a fold', () => {
  const event = fc.constantFrom(
    'next',
    'resolve',
    'complete',
    'reject',
    'abort',
    'cancel',
    'signal',
    'time',
    'onCancel',
    'handle',
    'throw',
  );
  const wanted = fc.record({
    signal: fc.boolean(),
    timeout: fc.boolean(),
    dispose: fc.boolean(),
    next: fc.boolean(),
    detach: fc.boolean(),
    fold: fc.constantFrom(undefined, first, last, toArray),
  });

  it('gives at most one end; after it no listener, no timer, and no teardown twice', () => {
    strays();
    const property = fc.property(
      wanted,
      fc.array(event, { maxLength: 8 }), // inside the start
      fc.array(event, { maxLength: 8 }), // after it
      fc.array(event, { maxLength: 3 }), // inside a teardown
      (asks, early, late, inTeardown) => {
        const controller = new AbortController();
        const values: unknown[] = [];
        const disposed: unknown[] = [];
        const teardowns: number[] = [];
        const recorder = new Recorder<any, any>();
        let to!: Receiver<any, any>;
        let starting = true;
        const fire = (name: string): void => {
          if (name === 'cancel') recorder.cancel('cancel');
          else if (name === 'signal') controller.abort('signal');
          else if (name === 'time') vi.advanceTimersByTime(50);
          else if (name === 'handle') giveHandle(to, {});
          else if (name === 'complete') to.complete();
          else if (name === 'throw') {
            if (starting) throw new Error('start');
          } else if (name === 'onCancel') {
            const mine = teardowns.push(0) - 1;
            to.onCancel(() => {
              teardowns[mine] = (teardowns[mine] ?? 0) + 1;
              if (teardowns.length < 20) for (const each of inTeardown) if (each !== 'throw') fire(each);
            });
          } else {
            if (name === 'resolve') values.push(values.length);
            to[name as 'next' | 'resolve' | 'reject' | 'abort'](
              name === 'resolve' ? values.length - 1 : name,
            );
          }
        };
        const op = operation<any, any>((receiver) => {
          to = receiver;
          for (const each of early) fire(each);
        });
        const options: ConvertOptions<any, any> = {
          signal: asks.signal ? controller.signal : undefined,
          timeout: asks.timeout ? 50 : undefined,
          dispose: asks.dispose ? (value) => disposed.push(value) : undefined,
          next: asks.next ? () => {} : undefined,
          cancel: asks.detach ? 'detach' : undefined,
          fold: asks.fold?.() as any,
        };
        run(withOptions(startSelf as never, options), recorder, op, [] as const);
        starting = false;
        for (const each of late) fire(each);

        const ends = recorder.log.filter((entry) => !entry.startsWith('next'));
        expect(ends).toHaveLength(recorder.active ? 0 : 1);
        expect(teardowns.every((times) => times <= 1)).toBe(true);
        expect(new Set(disposed).size).toBe(disposed.length);
        if (recorder.active) recorder.cancel();
        expect(listeners(controller.signal)).toBe(0);
        expect(vi.getTimerCount()).toBe(0);
        expect(to.active).toBe(false);
      },
    );
    fc.assert(property, { numRuns: 2000 });
  });
});
