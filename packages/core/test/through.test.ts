import { type Receiver, Through } from '@anyasync/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brief, Recorder, strays } from './support.js';

/** A chain of so many receivers above a recorder. */
function chain(length: number): { top: Receiver<any, any> & { _crash(e: unknown): void }; end: Recorder } {
  const end = new Recorder();
  let top: Recorder | Through<any, any, any> = end;
  for (let i = 0; i < length; i++) top = new Through<any, any, any>(top);
  return { top, end };
}

describe('a receiver in the middle', () => {
  it('passes on items and every end, as they are', () => {
    const error = new Error('failed');
    const ends: [string, (receiver: Receiver<any, any>) => void, unknown][] = [
      ['value 1', (receiver) => receiver.resolve(1), 1],
      ['error failed', (receiver) => receiver.reject(error), error],
      ['aborted failed', (receiver) => receiver.abort(error), error],
      ['complete', (receiver) => receiver.complete(), undefined],
    ];
    for (const [expected, settle, what] of ends) {
      const { top, end } = chain(3);
      top.next('a');
      settle(top);
      expect(end.log).toEqual(['next a', expected]);
      expect(end.end).toBe(what);
    }
  });

  it('returns what the receiver below answers to an item, for sources that wait', () => {
    const answer = Promise.resolve();
    const below = new (class extends Recorder {
      override next(): any {
        return answer;
      }
    })();
    expect(new Through<unknown, unknown, unknown>(below).next(1)).toBe(answer);
  });

  it('passes a cancellation up to the source, once, before cancel returns', () => {
    const { top, end } = chain(3);
    top.onCancel((reason) => end.log.push(`teardown ${reason}`));
    end.cancel('enough');
    expect(end.log).toEqual(['teardown enough', 'cancelled enough']);
    expect(top.active).toBe(false);
  });

  it('runs a teardown at once that is registered after the cancellation', () => {
    const { top, end } = chain(3);
    top.onCancel(() => end.log.push('first'));
    end.cancel('enough');
    top.onCancel((reason) => end.log.push(`late ${reason}`));
    expect(end.log).toEqual(['first', 'cancelled enough', 'late enough']);
  });

  it('is inactive as soon as the receiver below is', () => {
    const { top, end } = chain(2);
    end.resolve('elsewhere');
    expect(top.active).toBe(false);
  });

  it('what comes after the cancellation is a stray that says so', () => {
    const heard = strays();
    const { top, end } = chain(2);
    top.onCancel(() => {});
    end.cancel('enough');
    top.resolve('late');
    expect(brief(heard)).toEqual([['value', 'late']]);
    expect(heard[0]?.cancelled).toBe(true);
  });

  it('passes a handle down, and does without where nobody wants it', () => {
    const handle = {};
    const given: unknown[] = [];
    const below = Object.assign(new Recorder(), { handle: (what: unknown) => given.push(what) });
    new Through(new Through<unknown, unknown, unknown>(below)).handle(handle);
    expect(given).toEqual([handle]);
    expect(() => new Through(new Recorder()).handle(handle)).not.toThrow();
  });

  it('crash tells the source to stop, and the receiver below the error', () => {
    const { top, end } = chain(2);
    top.onCancel((reason) => end.log.push(`teardown ${reason}`));
    top._crash('threw');
    expect(end.log).toEqual(['teardown threw', 'error threw']);
  });
});

describe('any order of events on a chain', () => {
  const event = fc.constantFrom(
    'resolve',
    'reject',
    'abort',
    'complete',
    'next',
    'crash',
    'cancel',
    'onCancel',
  );
  it('gives exactly one end, each teardown at most once, and throws nothing', () => {
    strays();
    const property = fc.property(
      fc.integer({ min: 1, max: 5 }),
      fc.array(event, { maxLength: 12 }),
      fc.array(event, { maxLength: 3 }),
      (length, events, inTeardown) => {
        const { top, end } = chain(length);
        const teardowns: number[] = [];
        const fire = (name: string): void => {
          if (name === 'onCancel') {
            const mine = teardowns.push(0) - 1;
            top.onCancel(() => {
              teardowns[mine] = (teardowns[mine] ?? 0) + 1;
              if (teardowns.length < 20) inTeardown.forEach(fire);
            });
          } else if (name === 'cancel') end.cancel('cancel');
          else if (name === 'complete') top.complete();
          else if (name === 'crash') top._crash(name);
          else top[name as 'resolve' | 'reject' | 'abort' | 'next'](name);
        };
        for (const each of events) fire(each);
        const first = events.findIndex((name) => name !== 'next' && name !== 'onCancel');
        const ends = end.log.filter((entry) => !entry.startsWith('next'));
        expect(ends).toHaveLength(first < 0 ? 0 : 1);
        expect(top.active).toBe(first < 0);
        const expected: Record<string, string> = {
          resolve: 'value resolve',
          reject: 'error reject',
          abort: 'aborted abort',
          complete: 'complete',
          crash: 'error crash',
          cancel: 'cancelled cancel',
        };
        // the run below is still active while a crash tears down, so the consumer may cancel in between
        const overtaken = events[first] === 'crash' && inTeardown.includes('cancel');
        if (first >= 0 && !overtaken) expect(ends[0]).toBe(expected[events[first] as string]);
        expect(teardowns.every((times) => times <= 1)).toBe(true);
        // cancelled from either side, the teardown that was registered last has run
        const before = events.slice(0, Math.max(first, 0)).filter((name) => name === 'onCancel').length;
        if (before > 0 && (events[first] === 'cancel' || events[first] === 'crash')) {
          expect(teardowns[before - 1]).toBe(1);
        }
      },
    );
    fc.assert(property, { numRuns: 500 });
  });
});
