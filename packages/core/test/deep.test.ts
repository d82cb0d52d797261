import { all, any, type Operation, operation, race, timeout } from '@anyasync/core';
import { describe, expect, it } from 'vitest';
import { brief, record, strays, unhandled } from './support.js';

describe('hostile 15: nested as deep as one likes, a run settles: no hang, and no throw into the source', () => {
  const wrap: [string, (inner: Operation<any>) => Operation<any>][] = [
    ['race', (inner) => race([inner])],
    ['all', (inner) => all([inner])],
    ['any', (inner) => any([inner])],
    ['race with a loser', (inner) => race([operation(() => {}), inner])],
  ];
  it.each(wrap)('%s, 20,000 deep: value, error and cancel, now and later', (_name, around) => {
    const heard = strays();
    const nest = (op: Operation<any>): Operation<any> => {
      let nested = op;
      for (let i = 0; i < 20_000; i++) nested = around(nested);
      return nested;
    };
    expect(record(nest(operation((receiver) => receiver.resolve(1)))).active).toBe(false);
    expect(record(nest(operation((receiver) => receiver.reject(1)))).active).toBe(false);
    const log: unknown[] = [];
    let settle!: (value: number) => void;
    const op = nest(
      operation<number>((receiver) => {
        settle = receiver.resolve;
        receiver.onCancel((reason) => log.push(reason));
      }),
    );
    const later = record(op);
    expect(later.active).toBe(true);
    settle(1);
    expect(later.active).toBe(false);
    record(op).cancel('left');
    expect(log).toEqual(['left']);
    expect(brief(heard)).toEqual([]);
  });

  it('what is in the middle may overflow: the run is rejected', async () => {
    expect(
      await unhandled(() => {
        let op: Operation<any> = operation((receiver) => receiver.resolve(1));
        for (let i = 0; i < 20_000; i++) op = timeout(op, Number.POSITIVE_INFINITY, { cancel: 'detach' });
        const recorder = record(op);
        expect(recorder.active).toBe(false);
        expect(recorder.log).toEqual(['error Maximum call stack size exceeded']);
      }),
    ).toEqual([]);
  });

  it('a loser that is started late is stopped', () => {
    const log: unknown[] = [];
    const around = (op: Operation<any>, levels: number): Operation<any> =>
      levels === 0 ? op : around(race([op]), levels - 1);
    const deep = around(
      operation((receiver) => {
        log.push('started');
        receiver.onCancel(() => log.push('stopped'));
      }),
      200,
    );
    const now = operation<string>((receiver) => receiver.resolve('first'));
    expect(record(around(race([deep, now]), 20)).log).toEqual(['value first']);
    expect(log).toEqual(['started', 'stopped']);
  });
});
