import { CancelledError, isCancelled, Run, UnexpectedItemError } from '@anyasync/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brief, Recorder, strays } from './support.js';

const ends = {
  resolve: (run: Recorder) => run.resolve('late'),
  complete: (run: Recorder) => run.complete(),
  reject: (run: Recorder) => run.reject('late'),
  abort: (run: Recorder) => run.abort('late'),
};
const kinds = { resolve: 'value', complete: 'complete', reject: 'error', abort: 'abort' };

describe('a run settles once', () => {
  for (const [first, end] of Object.entries(ends)) {
    for (const [second, again] of Object.entries(ends)) {
      it(`${second} after ${first} is a stray, and the first end stays`, () => {
        const heard = strays();
        const run = new Recorder();
        end(run);
        const log = [...run.log];
        expect(log).toHaveLength(1);
        again(run);
        expect(run.log).toEqual(log);
        expect(heard.map((stray) => stray.kind)).toEqual([kinds[second as keyof typeof kinds]]);
        expect(heard[0]?.cancelled).toBe(false);
      });
    }
  }

  it('an item after the end is a stray', () => {
    const heard = strays();
    const run = new Recorder();
    run.complete();
    run.next('late');
    expect(run.log).toEqual(['complete']);
    expect(brief(heard)).toEqual([['item', 'late']]);
  });

  it('is active until its end', () => {
    for (const end of [...Object.values(ends), (run: Recorder) => void run.cancel()]) {
      const run = new Recorder();
      expect(run.active).toBe(true);
      end(run);
      expect(run.active).toBe(false);
    }
  });

  it('passes values and errors on as they are', () => {
    const error = { not: 'an Error' };
    const thenable = { then: () => expect.unreachable() };
    const rejected = new Recorder();
    rejected.reject(error);
    expect(rejected.end).toBe(error);
    const fulfilled = new Recorder();
    fulfilled.resolve(thenable);
    expect(fulfilled.end).toBe(thenable);
  });

  it('a falsy error is an error', () => {
    for (const reason of [undefined, null, 0, '', false]) {
      const run = new Recorder();
      run.reject(reason);
      expect(run.log).toEqual([`error ${String(reason)}`]);
    }
  });

  it('a hook sees a run that has ended: settling inside it is a stray', () => {
    const heard = strays();
    class Again extends Recorder {
      protected override fulfilled(value: unknown): void {
        super.fulfilled(value);
        expect(this.active).toBe(false);
        this.resolve('again');
        this.cancel();
      }
    }
    const run = new Again();
    run.resolve(1);
    expect(run.log).toEqual(['value 1']);
    expect(brief(heard)).toEqual([['value', 'again']]);
  });
});

describe("the consumer's side: cancel", () => {
  it('ends the run and runs the teardown, once, before it returns', () => {
    const run = new Recorder();
    run.onCancel((reason) => run.log.push(`teardown ${reason}`));
    expect(run.cancel('enough')).toBe(true);
    expect(run.log).toEqual(['teardown enough', 'cancelled enough']);
    expect(run.cancel('more')).toBe(false);
    expect(run.log).toHaveLength(2);
  });

  it('is false after any other end, and runs no teardown', () => {
    for (const end of Object.values(ends)) {
      const run = new Recorder();
      run.onCancel(() => run.log.push('teardown'));
      end(run);
      expect(run.cancel()).toBe(false);
      expect(run.log).not.toContain('teardown');
      expect(run.log).toHaveLength(1);
    }
  });

  it('takes an object with cancel as the teardown, with its this', () => {
    const run = new Recorder();
    const request = {
      reasons: [] as unknown[],
      cancel(reason: unknown) {
        this.reasons.push(reason);
      },
    };
    run.onCancel(request);
    run.cancel('enough');
    expect(request.reasons).toEqual(['enough']);
  });

  it('runs the last teardown only: there is one slot', () => {
    const run = new Recorder();
    run.onCancel(() => run.log.push('first'));
    run.onCancel(() => run.log.push('second'));
    run.cancel('enough');
    expect(run.log).toEqual(['second', 'cancelled enough']);
  });

  it('a teardown that is registered after it runs at once, with the same reason', () => {
    const run = new Recorder();
    const reason = new Error('enough');
    run.cancel(reason);
    const given: unknown[] = [];
    run.onCancel((why) => given.push(why));
    expect(given[0]).toBe(reason);
  });

  it('a teardown that is registered after another end never runs', () => {
    for (const end of Object.values(ends)) {
      const run = new Recorder();
      end(run);
      run.onCancel(() => expect.unreachable());
      expect(run.cancel()).toBe(false);
    }
  });

  it('without a reason gives one CancelledError, the same object to the teardown and to the listeners', () => {
    const run = new Recorder();
    let told: unknown;
    run.onCancel((reason) => {
      told = reason;
    });
    run.cancel();
    expect(told).toBeInstanceOf(CancelledError);
    expect(isCancelled(told)).toBe(true);
    expect(run.end).toBe(told);
  });

  it('keeps a falsy reason', () => {
    const run = new Recorder();
    run.onCancel((reason) => run.log.push(`teardown ${reason}`));
    run.cancel(null);
    expect(run.log).toEqual(['teardown null', 'cancelled null']);
  });

  it('cancel inside the teardown is false and runs nothing again', () => {
    const run = new Recorder();
    run.onCancel(() => run.log.push(`inner ${run.cancel('again')}`));
    expect(run.cancel('enough')).toBe(true);
    expect(run.log).toEqual(['inner false', 'cancelled enough']);
  });

  it('a settle inside the teardown does not change the end', () => {
    const heard = strays();
    for (const end of Object.values(ends)) {
      const run = new Recorder();
      run.onCancel(() => end(run));
      run.cancel('enough');
      expect(run.log).toEqual(['cancelled enough']);
    }
    expect(heard.every((stray) => stray.cancelled)).toBe(true);
    expect(heard.map((stray) => stray.kind)).toEqual(['value', 'error']);
  });

  it('a teardown registered inside the teardown runs at once', () => {
    const run = new Recorder();
    run.onCancel(() => run.onCancel((reason) => run.log.push(`second ${reason}`)));
    run.cancel('enough');
    expect(run.log).toEqual(['second enough', 'cancelled enough']);
  });

  it('a teardown that throws is a stray, and the run is cancelled all the same', () => {
    const heard = strays();
    const error = new Error('teardown');
    for (const teardown of [
      () => {
        throw error;
      },
      { cancel: () => fail(error) },
    ]) {
      const run = new Recorder();
      run.onCancel(teardown);
      expect(run.cancel('enough')).toBe(true);
      expect(run.log).toEqual(['cancelled enough']);
    }
    expect(brief(heard)).toEqual([
      ['thrown', error],
      ['thrown', error],
    ]);
  });

  it('close tells the source, but not the run itself', () => {
    const run = new Recorder();
    run.onCancel((reason) => run.log.push(`teardown ${reason}`));
    expect(run._close('enough')).toBe(true);
    expect(run.log).toEqual(['teardown enough']);
    expect(run.active).toBe(false);
    expect(run._close('again')).toBe(false);
  });

  it('what comes after it is silent where it says "cancelled", and otherwise a stray that says so', () => {
    const heard = strays();
    const reason = new Error('enough');
    const run = new Recorder();
    run.cancel(reason);
    run.abort('me too');
    run.complete();
    run.reject(reason);
    expect(heard).toEqual([]);
    run.resolve('value');
    run.reject(new Error('other'));
    run.next('item');
    expect(heard.map((stray) => [stray.kind, stray.cancelled])).toEqual([
      ['value', true],
      ['error', true],
      ['item', true],
    ]);
  });
});

describe("the source's side: abort", () => {
  it('reports that the source was cancelled, and runs no teardown', () => {
    const run = new Recorder();
    run.onCancel(() => expect.unreachable());
    run.abort('gone');
    expect(run.log).toEqual(['aborted gone']);
  });

  it('without a reason gives a CancelledError', () => {
    const run = new Recorder();
    run.abort();
    expect(isCancelled(run.end)).toBe(true);
  });

  it('is an error in a style without the state', () => {
    class Plain extends Run<number> {
      reason: unknown;
      protected override rejected(reason: unknown): void {
        this.reason = reason;
      }
    }
    const run = new Plain();
    run.abort('gone');
    expect(run.reason).toBe('gone');
  });
});

describe('what a run cannot take', () => {
  it('an item ends a run without items with UnexpectedItemError, and tells the source', () => {
    class Plain extends Run<number> {
      readonly log: unknown[] = [];
      protected override rejected(reason: unknown): void {
        this.log.push(reason);
      }
    }
    const run = new Plain();
    const told: unknown[] = [];
    run.onCancel((reason) => told.push(reason));
    run.next('item' as never);
    expect(run.log[0]).toBeInstanceOf(UnexpectedItemError);
    expect((run.log[0] as UnexpectedItemError).item).toBe('item');
    expect(told).toEqual(run.log);
  });

  it('crash is the error of an active run, whose source is told to stop', () => {
    const run = new Recorder();
    const error = new Error('threw');
    run.onCancel((reason) => run.log.push(`teardown ${(reason as Error).message}`));
    run._crash(error);
    expect(run.log).toEqual(['teardown threw', 'error threw']);
    expect(run.end).toBe(error);
  });

  it('crash after the end is a stray of the kind thrown', () => {
    const heard = strays();
    const run = new Recorder();
    run.resolve(1);
    run._crash('threw');
    expect(run.log).toEqual(['value 1']);
    expect(brief(heard)).toEqual([['thrown', 'threw']]);
  });
});

function fail(error: Error): never {
  throw error;
}

type Event = 'resolve' | 'reject' | 'abort' | 'complete' | 'next' | 'crash' | 'cancel' | 'onCancel';
const event = fc.constantFrom<Event>(
  'resolve',
  'reject',
  'abort',
  'complete',
  'next',
  'crash',
  'cancel',
  'onCancel',
);

describe('any order of events', () => {
  it('gives exactly one end, each teardown at most once, and throws nothing', () => {
    strays();
    const property = fc.property(
      fc.array(event, { maxLength: 12 }),
      fc.array(event, { maxLength: 3 }),
      (events, inTeardown) => {
        const run = new Recorder();
        const teardowns: number[] = [];
        const fire = (name: Event): void => {
          if (name === 'onCancel') {
            const mine = teardowns.push(0) - 1;
            run.onCancel(() => {
              teardowns[mine] = (teardowns[mine] ?? 0) + 1;
              if (teardowns.length < 20) inTeardown.forEach(fire);
            });
          } else if (name === 'cancel') run.cancel('cancel');
          else if (name === 'complete') run.complete();
          else if (name === 'crash') run._crash(name);
          else run[name](name);
        };
        for (const each of events) fire(each);
        const ends = run.log.filter((entry) => !entry.startsWith('next'));
        const isEnd = (name: Event): boolean => name !== 'next' && name !== 'onCancel';
        const first = events.findIndex(isEnd);
        expect(ends).toHaveLength(first < 0 ? 0 : 1);
        expect(run.active).toBe(first < 0);
        if (first >= 0) {
          const expected = {
            resolve: 'value resolve',
            reject: 'error reject',
            abort: 'aborted abort',
            complete: 'complete',
            crash: 'error crash',
            cancel: 'cancelled cancel',
          };
          expect(ends).toEqual([expected[events[first] as keyof typeof expected]]);
        }
        const items = events.slice(0, first < 0 ? undefined : first).filter((name) => name === 'next');
        expect(run.log).toHaveLength(items.length + ends.length);
        expect(teardowns.every((times) => times <= 1)).toBe(true);
      },
    );
    fc.assert(property, { numRuns: 500 });
  });
});
