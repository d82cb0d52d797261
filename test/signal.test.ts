import { getEventListeners } from 'node:events';
import { all, onAbort, operation, race, type Signal } from '@anyasync/core';
import { fromPromise, toPromise } from '@anyasync/promise';
import { describe, expect, it } from 'vitest';
import { brief, strays, turns, unhandled, warnings } from '../packages/core/test/support.js';

const listeners = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;
const pending = () => operation<never>(() => {});

/** A signal in the hands of the test. */
class FakeSignal implements Signal {
  aborted = false;
  reason: unknown = undefined;
  readonly heard = new Set<() => void>();
  addEventListener(_type: 'abort', listener: () => void): void {
    if (typeof listener !== 'function') throw new TypeError('only functions');
    this.heard.add(listener);
  }
  removeEventListener(_type: 'abort', listener: () => void): void {
    this.heard.delete(listener);
  }
  abort(reason: unknown): void {
    this.aborted = true;
    this.reason = reason;
    for (const listener of this.heard) listener();
  }
}

describe('a signal has one listener, however many runs it has', () => {
  it('of 5,000 runs at the same time: one listener, no warning, and none when the last has ended', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const ends: ((value: number) => void)[] = [];
    const one = operation<number>((receiver) => void ends.push((value) => receiver.resolve(value)));
    const given = await warnings(async () => {
      const runs = Array.from({ length: 5000 }, () => toPromise(one, { signal }));
      expect(listeners(signal)).toBe(1);
      for (const [index, end] of ends.entries()) {
        expect(listeners(signal)).toBe(1);
        end(index);
      }
      expect(listeners(signal)).toBe(0);
      await Promise.all(runs);
    });
    expect(given).toEqual([]);
  });

  it('an abort is heard by all, in the order in which they were started', async () => {
    const controller = new AbortController();
    const { signal } = controller;
    const log: number[] = [];
    const runs = Array.from({ length: 5000 }, (_, index) =>
      toPromise(
        operation<never>((receiver) => receiver.onCancel(() => log.push(index))),
        { signal },
      ),
    );
    controller.abort('enough');
    expect(listeners(signal)).toBe(0);
    expect(log).toEqual([...log.keys()]);
    const ended = await Promise.allSettled(runs);
    expect(ended.every((each) => each.status === 'rejected' && each.reason === 'enough')).toBe(true);
  });

  it('signals do not mix: runs of several, interleaved', async () => {
    const controllers = Array.from({ length: 5 }, () => new AbortController());
    const log: string[] = [];
    for (let run = 0; run < 3; run++)
      for (const [index, { signal }] of controllers.entries())
        void toPromise(pending(), { signal }).catch((reason) => log.push(`${index} ${reason}`));
    for (const { signal } of controllers) expect(listeners(signal)).toBe(1);
    controllers[3]?.abort('a');
    controllers[0]?.abort('b');
    await turns();
    expect(log).toEqual(['3 a', '3 a', '3 a', '0 b', '0 b', '0 b']);
    expect(controllers.map(({ signal }) => listeners(signal))).toEqual([0, 1, 1, 0, 1]);
  });

  it('who hears it may end others, and start more', async () => {
    const signal = new FakeSignal();
    const log: unknown[] = [];
    const stops: (() => void)[] = [];
    stops.push(
      onAbort(signal, () => {
        log.push('first');
        stops[1]?.();
        signal.aborted = false; // one that lies
        onAbort(signal, () => log.push('late'));
      }),
    );
    stops.push(onAbort(signal, () => log.push('second')));
    stops.push(onAbort(signal, (reason) => log.push(reason)));
    signal.abort('third');
    expect(log).toEqual(['first', 'third', 'late']);
    for (const stop of stops) stop();
    expect(signal.heard.size).toBe(0);
  });

  it('who throws starves nobody', () => {
    const heard = strays();
    const signal = new FakeSignal();
    const log: unknown[] = [];
    onAbort(signal, () => {
      throw 'first';
    });
    onAbort(signal, (reason) => log.push(reason));
    signal.abort('second');
    expect(log).toEqual(['second']);
    expect(brief(heard)).toEqual([['thrown', 'first']]);
  });
});

describe('hostile 21: a signal that fires while it is listened to starts no work; one that throws cannot hang a run', () => {
  const log: string[] = [];
  const work = operation<string>((receiver) => {
    log.push('started');
    receiver.resolve('done');
  });

  it('fires in addEventListener, before or after it has registered', async () => {
    for (const early of [true, false]) {
      const signal = new FakeSignal();
      signal.addEventListener = (_type, listener) => {
        if (!early) signal.heard.add(listener);
        signal.reason = 'at once';
        listener();
        if (early) signal.heard.add(listener);
      };
      await expect(toPromise(work, { signal, timeout: 1 })).rejects.toBe('at once');
      expect(log).toEqual([]);
      expect(signal.heard.size).toBe(0);
    }
  });

  it.each(['addEventListener', 'aborted', 'reason'])('throws in %s', async (member) => {
    const signal = new FakeSignal();
    const thrown = new Error(member);
    let asked = 0;
    const bad = new Proxy(signal, {
      get(target, key) {
        if (key === member && (member !== 'aborted' || ++asked > 1)) {
          if (member !== 'addEventListener') throw thrown;
          return () => {
            throw thrown;
          };
        }
        const value = Reflect.get(target, key);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
    const source = Promise.reject('unheard');
    expect(
      await unhandled(async () => {
        const ended = toPromise(fromPromise(source), { signal: bad });
        if (member === 'reason') signal.abort('no');
        await expect(ended).rejects.toBe(thrown);
      }),
    ).toEqual([]);
    expect(signal.heard.size).toBe(0);
  });

  it('throws in removeEventListener', async () => {
    const heard = strays();
    const signal = new FakeSignal();
    signal.removeEventListener = () => {
      throw 'removing';
    };
    log.length = 0;
    await expect(toPromise(work, { signal })).resolves.toBe('done');
    expect(log).toEqual(['started']);
    expect(brief(heard)).toEqual([['thrown', 'removing']]);
    const ended = toPromise(pending(), { signal });
    signal.abort('no');
    await expect(ended).rejects.toBe('no');
  });

  it('one that could not be listened to is listened to by the next run', async () => {
    const signal = new FakeSignal();
    signal.addEventListener = () => {
      throw 'busy';
    };
    await expect(toPromise(work, { signal })).rejects.toBe('busy');
    signal.addEventListener = FakeSignal.prototype.addEventListener;
    const ended = toPromise(race([pending(), all([pending()])]), { signal });
    signal.abort('no');
    await expect(ended).rejects.toBe('no');
  });
});
