/** Every order of answer, second answer and abort, for promise <-> callback with a signal. fast-check prints the seed of a failure. */
import { getEventListeners } from 'node:events';
import { callback } from '@anyasync/callback';
import { onStray, type Stray, type Style } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { broken } from './broken.js';
import { convertAny } from './cell.js';
import { values } from './values.js';
import { quiet } from './world.js';

type Answer = 'value' | 'error';
type Settle = (answer: Answer) => void;

/** What happened in one run. */
interface History {
  /** In their order: what the source, the signal and the consumer did. */
  readonly events: string[];
  readonly strays: Stray[];
  listeners: number;
}

/** A native function whose answers come when the scheduler says so, and which can be stopped if its style can. */
type Source = (answers: (settle: Settle) => void, events: string[]) => unknown;
/** Calls a native function and writes down each end that the consumer sees. */
type Consume = (native: (...args: unknown[]) => unknown, events: string[]) => void;

const callbackSource: Source = (answers, events) => (done: (error: unknown, value?: unknown) => void) => {
  events.push('start');
  answers((answer) => (answer === 'value' ? done(null, values.value) : done(values.error)));
  return { abort: () => events.push('teardown') };
};
const promiseSource: Source = (answers, events) => () => {
  events.push('start');
  return new Promise((resolve, reject) =>
    answers((answer) => (answer === 'value' ? resolve(values.value) : reject(values.error))),
  );
};
const end = (events: string[], error: unknown, value?: unknown): void => {
  events.push(
    error === values.reason
      ? 'end: aborted'
      : `end: ${error === values.error ? 'error' : String(value === values.value && 'value')}`,
  );
};
const callbackConsumer: Consume = (native, events) =>
  native((error: unknown, value: unknown) => end(events, error, value));
const promiseConsumer: Consume = (native, events) => {
  (native() as Promise<unknown>).then(
    (value) => end(events, undefined, value),
    (error) => end(events, error),
  );
};

interface Direction {
  readonly from: Style;
  readonly to: Style;
  readonly source: Source;
  readonly consume: Consume;
}
const toPromise: Direction = {
  from: callback,
  to: promise,
  source: callbackSource,
  consume: promiseConsumer,
};
const toCallback: Direction = {
  from: promise,
  to: callback,
  source: promiseSource,
  consume: callbackConsumer,
};

/** Plays one order of things. */
async function interleave(
  { from, to, source, consume }: Direction,
  scheduler: fc.Scheduler,
  answers: readonly Answer[],
): Promise<History> {
  const history: History = { events: [], strays: [], listeners: 0 };
  const { events, strays } = history;
  const stop = onStray((stray) => {
    stray.preventDefault();
    strays.push(stray);
  });
  const controller = new AbortController();
  const soon = (name: string, act: () => void): void => {
    void scheduler.schedule(Promise.resolve(), name).then(act);
  };
  const native = source((settle) => {
    for (const answer of answers) {
      soon(answer, () => {
        events.push(answer);
        settle(answer);
      });
    }
  }, events);
  const converted = convertAny(native, from, to).with({ signal: controller.signal });
  soon('call', () => consume(converted, events));
  soon('abort', () => {
    events.push('abort');
    controller.abort(values.reason);
  });
  try {
    await scheduler.waitAll();
    await quiet(events);
  } finally {
    stop();
  }
  history.listeners = getEventListeners(controller.signal, 'abort').length;
  return history;
}

const answers = fc.array(fc.constantFrom<Answer>('value', 'error'), { maxLength: 3 });

/** What must hold in every order. */
function check(direction: Direction, { events, strays, listeners }: History): void {
  const is =
    (what: string): ((event: string) => boolean) =>
    (event) =>
      event === what;
  const firstAnswer = events.findIndex((event) => event === 'value' || event === 'error');
  const abort = events.indexOf('abort');
  const isStarted = events.includes('start');
  const isAborted = firstAnswer === -1 || abort < firstAnswer;
  const canStop = direction.from.traits.cancel === 'stop';
  expect(
    events.filter((event) => event.startsWith('end')),
    'exactly one end',
  ).toEqual([`end: ${isAborted ? 'aborted' : events[firstAnswer]}`]);
  expect(
    events.filter(is('teardown')).length,
    'the teardown runs once if it was stopped, never otherwise',
  ).toBe(isStarted && isAborted && canStop && abort > events.indexOf('start') ? 1 : 0);
  expect(listeners, 'no listener is left').toBe(0);
  expect(strays.every(({ kind }) => kind !== 'thrown')).toBe(true);
}

describe('matrix, interleavings', () => {
  const property = (direction: Direction): fc.IAsyncProperty<[fc.Scheduler, Answer[]]> =>
    fc.asyncProperty(fc.scheduler(), answers, async (scheduler, some) =>
      check(direction, await interleave(direction, scheduler, some)),
    );

  it.each([
    ['callback -> promise', toPromise],
    ['promise -> callback', toCallback],
  ])('%s: one end, the teardown at most once, no listener left', async (_name, direction) => {
    await fc.assert(property(direction), { numRuns: 300 });
  });

  it('a style that ignores cancel is found, and the seed is printed', async () => {
    const flawed = { ...toPromise, from: broken('ignores cancel').style };
    await expect(fc.assert(property(flawed))).rejects.toThrow(/\{ seed: -?\d+, path: "/);
  });
});
