/** What is handed over to a run that is never started is let go of. */

import { toCallback } from '@anyasync/callback';
import {
  all,
  any,
  convert,
  discard,
  first,
  type Operation,
  operation,
  race,
  sync,
  timeout,
  withOptions,
} from '@anyasync/core';
import { toDeferred } from '@anyasync/deferred';
import { toFuture } from '@anyasync/future';
import { toIterable } from '@anyasync/iterable';
import { fromPromise, promise, toPromise } from '@anyasync/promise';
import { describe, expect, it } from 'vitest';
import { brief, record, strays, unhandled } from '../packages/core/test/support.js';

const rejected = () => fromPromise(Promise.reject(new Error('nobody asked')));
const signal = AbortSignal.abort('before');
const ended = { signal };

/** An operation that writes what is done with it. */
function logged(log: unknown[]): Operation<string> {
  return {
    '~anyasync': {
      version: 1,
      start: () => log.push('started'),
      discard: (reason) => log.push(['discarded', reason]),
    },
  };
}

describe('hostile 1: a promise given to a toX or combinator is observed even if its run is never started', () => {
  const now = <T>(value: T) => operation<T>((receiver) => receiver.resolve(value));
  const failing = operation<never>((receiver) => receiver.reject('first'));
  const sinks: [string, () => unknown][] = [
    ['toPromise', () => toPromise(rejected(), ended).catch(() => {})],
    ['toCallback', () => toCallback(rejected(), () => {}, ended)],
    ['toFuture', () => void toFuture(rejected(), ended)],
    ['toDeferred', () => toDeferred(rejected(), ended).addErrback(() => {})],
    [
      'toIterable',
      () =>
        toIterable(rejected() as never, ended)
          .next()
          .catch(() => {}),
    ],
    ['race', () => toPromise(race([now(1), rejected()]))],
    ['any', () => toPromise(any([now(1), rejected()]))],
    ['all', () => toPromise(all([failing, rejected()])).catch(() => {})],
    ['a race in a race', () => toPromise(race([now(1), race([rejected(), rejected()])]))],
    ['timeout', () => toPromise(race([now(1), timeout(rejected(), 50)]))],
    ['an aborted race', () => toPromise(race([rejected(), rejected()]), ended).catch(() => {})],
    ['an aborted timeout', () => toPromise(timeout(rejected(), 50), ended).catch(() => {})],
    [
      'a thenable',
      () => toPromise(fromPromise({ then: (_: unknown, no: any) => no('no') }), ended).catch(() => {}),
    ],
  ];
  it.each(sinks)('%s', async (_name, use) => {
    expect(await unhandled(use)).toEqual([]);
  });

  it('a fold, a context and options beside the signal change nothing', async () => {
    const log: unknown[] = [];
    await toPromise(logged(log) as never, { signal, timeout: 5, next: () => {}, fold: first() }).catch(
      () => {},
    );
    expect(log).toEqual([['discarded', 'before']]);
  });
});

describe('discard', () => {
  it('is told why: the signal, or that another was first', () => {
    const log: unknown[] = [];
    record(race([operation<number>((receiver) => receiver.resolve(1)), logged(log)]));
    expect(log).toMatchObject([['discarded', { name: 'CancelledError' }]]);
  });

  it('lets go of the members of a combinator that is given to one who has left', () => {
    const log: unknown[] = [];
    const left = race([
      operation<number>((receiver) => receiver.resolve(1)),
      all([logged(log), logged(log)]),
    ]);
    record(left);
    expect(log).toHaveLength(2);
  });

  it('a factory starts nothing', async () => {
    let calls = 0;
    const made = fromPromise(async () => void calls++);
    await toPromise(made, ended).catch(() => {});
    discard(made, 'no');
    expect(calls).toBe(0);
  });

  it('never throws: what letting go throws is a stray', () => {
    const heard = strays();
    const op: any = {
      '~anyasync': {
        version: 1,
        start() {},
        discard: () => {
          throw 'no';
        },
      },
    };
    discard(op, 'why');
    discard({ '~anyasync': { version: 1, start() {}, discard: true } } as any, 'why');
    expect(brief(heard)).toEqual([['thrown', 'no']]);
  });

  it('does not touch the this of a converted method, which may be an operation, too', async () => {
    const log: unknown[] = [];
    const method = convert(() => 1, sync, promise).with(ended);
    await method.call(logged(log) as never).catch(() => {});
    expect(log).toEqual([]);
    const start = withOptions(() => log.push('ran'), ended);
    start({ active: true, abort() {} } as never, logged(log), []);
    expect(log).toEqual([]);
  });
});
