import {
  ArgumentError,
  count,
  EmptyError,
  type Fold,
  first,
  last,
  only,
  operation,
  type Receiver,
  run,
  startSelf,
  TooManyItemsError,
  throwIfEmpty,
  toArray,
} from '@anyasync/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { brief, Recorder, strays } from './support.js';

/** Runs a producer through a fold. */
function folded<R>(fold: Fold<any, R>, produce: (receiver: Receiver<void, any>) => void): Recorder<R, never> {
  const recorder = new Recorder<R, never>();
  const start = fold(startSelf<void, any>);
  run(start, recorder, operation<void, any>(produce), []);
  return recorder;
}

/** A source that emits these and completes. */
const emits =
  (...items: unknown[]) =>
  (receiver: Receiver<void, any>): void => {
    for (const item of items) receiver.next(item);
    receiver.complete();
  };

/** Never ends; stops on `active`, and counts what it made. */
function hose(): { made: number; produce: (receiver: Receiver<void, any>) => void } {
  const source = {
    made: 0,
    produce(receiver: Receiver<void, any>) {
      while (receiver.active) {
        if (source.made > 1000) throw new Error('the source was not stopped');
        receiver.next(source.made++);
      }
    },
  };
  return source;
}

const folds: [string, () => Fold<any, any>, (items: unknown[]) => unknown][] = [
  ['first()', () => first(), (items) => items[0]],
  ['last()', () => last(), (items) => items.at(-1)],
  ['only()', () => only(), (items) => items[0]],
  ['toArray()', () => toArray(), (items) => items],
  ['count()', () => count(), (items) => items.length],
];

describe.each(folds)('%s', (name, fold, expected) => {
  it('gives the value of one item, whatever it is', () => {
    for (const item of [undefined, null, 0, '', false, { then() {} }, [1]]) {
      expect(folded(fold(), emits(item)).end).toEqual(expected([item]));
    }
  });

  it('passes an error on as the same object', () => {
    const error = new Error('failed');
    const recorder = folded(fold(), (receiver) => receiver.reject(error));
    expect(recorder.log).toEqual(['error failed']);
    expect(recorder.end).toBe(error);
  });

  it('passes a cancellation of the source on', () => {
    expect(folded(fold(), (receiver) => receiver.abort('gone')).log).toEqual(['aborted gone']);
  });

  it('is a teardown: the consumer cancels the source', () => {
    const recorder = folded(fold(), (receiver) => receiver.onCancel((why) => recorderLog.push(why)));
    const recorderLog: unknown[] = [];
    recorder.cancel('enough');
    expect(recorderLog).toEqual(['enough']);
  });

  it('has a state of its own for each run', () => {
    const one = fold();
    expect(folded(one, emits('a')).end).toEqual(expected(['a']));
    expect(folded(one, emits('b')).end).toEqual(expected(['b']));
  });

  it('a source that throws while it starts is stopped and rejects', () => {
    const error = new Error('threw');
    const told: unknown[] = [];
    const recorder = folded(fold(), (receiver) => {
      receiver.onCancel((why) => told.push(why));
      throw error;
    });
    expect(recorder.end).toBe(error);
    expect(told).toEqual([error]);
  });
});

describe.each(folds.slice(0, 3))('%s of nothing', (name, fold) => {
  it('is an EmptyError that names the fold', () => {
    const { end } = folded(fold(), emits());
    expect(end).toBeInstanceOf(EmptyError);
    expect(end).toMatchObject({ name: 'EmptyError', fold: name.slice(0, -2) });
  });
});

describe('defaults', () => {
  it('first(default) and last(default) give it where there is no item, also undefined', () => {
    for (const otherwise of ['other', undefined, null]) {
      for (const fold of [first, last]) {
        const recorder = folded(fold(otherwise), emits());
        expect(recorder.log).toEqual([`value ${otherwise}`]);
      }
    }
  });

  it('is not used where there is one', () => {
    expect(folded(first('other'), emits(undefined, 'b')).log).toEqual(['value undefined']);
    expect(folded(last('other'), emits('a', undefined)).log).toEqual(['value undefined']);
  });
});

describe('throwIfEmpty()', () => {
  const noLine = new RangeError('no line');
  const orNoLine = throwIfEmpty(first<number>(), () => noLine);

  it('is an error of your own where there is no item, and nothing where there is one', () => {
    expect(folded(orNoLine, emits()).end).toBe(noLine);
    expect(folded(orNoLine, emits(1, 2)).log).toEqual(['value 1']);
  });

  it("leaves the source's own EmptyError as it is", () => {
    const own = new EmptyError('upstream');
    expect(folded(orNoLine, (receiver) => receiver.reject(own)).end).toBe(own);
  });

  it('bad input is an ArgumentError', () => {
    expect(() => throwIfEmpty('first' as never, () => noLine)).toThrow(ArgumentError);
    expect(() => throwIfEmpty(first(), noLine as never)).toThrow(ArgumentError);
  });
});

describe('toArray() and count() of nothing', () => {
  it('give an empty array and zero', () => {
    expect(folded(toArray(), emits()).end).toEqual([]);
    expect(folded(count(), emits()).end).toBe(0);
  });
});

describe('stopping early', () => {
  it('first() stops a synchronous source that never ends after one item', () => {
    const source = hose();
    expect(folded(first(), source.produce).log).toEqual(['value 0']);
    expect(source.made).toBe(1);
  });

  it('only() stops it after two, with TooManyItemsError', () => {
    const source = hose();
    const { end } = folded(only(), source.produce);
    expect(end).toBeInstanceOf(TooManyItemsError);
    expect((end as TooManyItemsError).item).toBe(1);
    expect(source.made).toBe(2);
  });

  it('first() stops the source before its consumer hears of the item', () => {
    const order: string[] = [];
    const recorder = new (class extends Recorder {
      protected override fulfilled(): void {
        order.push('value');
      }
    })();
    const start = first()(startSelf<void, unknown>);
    const source = operation<void, unknown>((receiver) => {
      receiver.onCancel(() => order.push('stopped'));
      receiver.next(1);
    });
    run(start, recorder, source, []);
    expect(order).toEqual(['stopped', 'value']);
  });

  it('first() stops a source whose teardown comes late', () => {
    let stopped = 0;
    folded(first(), (receiver) => {
      receiver.next(1);
      receiver.onCancel(() => stopped++);
    });
    expect(stopped).toBe(1);
  });

  it('first() gives the source a reason, as every cancellation does', () => {
    const reasons: unknown[] = [];
    folded(first(), (receiver) => {
      receiver.onCancel((reason) => reasons.push(reason));
      receiver.next(1);
    });
    expect(reasons[0]).toMatchObject({ name: 'CancelledError' });
  });

  it('what comes after the fold has its value was not asked for: no stray for items and the end', () => {
    const heard = strays();
    expect(folded(first(), emits('a', 'b', 'c')).log).toEqual(['value a']);
    expect(heard).toEqual([]);
  });

  it('an error that comes after the fold has its value is a stray that says cancelled', () => {
    const heard = strays();
    const error = new Error('late');
    folded(first(), (receiver) => {
      receiver.next('a');
      receiver.reject(error);
    });
    expect(brief(heard)).toEqual([['error', error]]);
    expect(heard[0]?.cancelled).toBe(true);
  });

  it('last(), toArray() and count() settle when the source ends, not before', () => {
    for (const fold of [last(), toArray(), count()] as Fold<any, any>[]) {
      const recorder = folded(fold, (receiver) => receiver.next(1));
      expect(recorder.active).toBe(true);
    }
  });
});

describe('any items', () => {
  it('give what the same function gives on an array', () => {
    const property = fc.property(fc.array(fc.anything()), (items) => {
      const { end: all } = folded(toArray(), emits(...items));
      expect(all).toHaveLength(items.length);
      expect((all as unknown[]).every((item, index) => Object.is(item, items[index]))).toBe(true);
      expect(folded(count(), emits(...items)).end).toBe(items.length);
      if (items.length === 0) return;
      expect(Object.is(folded(first(), emits(...items)).end, items[0])).toBe(true);
      expect(Object.is(folded(last(), emits(...items)).end, items.at(-1))).toBe(true);
    });
    fc.assert(property);
  });
});
