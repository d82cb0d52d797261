/** The records of the hot styles: what their functions return has a state, and keeps its result. */
import { type AsyncResult, beginEnd } from '@anyasync/begin-end';
import { operation } from '@anyasync/core';
import { Deferred, deferred, type Failure } from '@anyasync/deferred';
import { Future, future } from '@anyasync/future';
import { type AbortablePromise, jquery, toJQuery } from '@anyasync/jquery';
import { type Native, type StyleRecord, usual } from './record.js';
import type { Play } from './world.js';

/** Who hears what a cancelled source brings: the object that it settles, not the run that reads it. */
const reads = { ...usual.reads, late: 'object', told: false } as const;
const writes = { ...usual.writes, throws: 'error', stopped: 'heard' } as const;
const call: StyleRecord['call'] = (native, self, args) => native.apply(self, [...args]);

/** A function that settles a run which is its own result. */
const returning =
  <R extends Future<unknown> | Deferred<unknown>>(make: () => R) =>
  (play: Play): Native =>
    function (...args) {
      const made = make();
      play(
        this,
        args,
        {
          value: (value) => made.resolve(value),
          error: (error) => made.reject(error),
          abort: (reason) => made.abort(reason),
        },
        (handle) => made.onCancel(handle),
      );
      return made;
    };

interface Completed extends AsyncResult {
  isCompleted: boolean;
  completedSynchronously: boolean;
  outcome?: () => unknown;
  cancel?(reason: unknown): void;
}

export const hotStyles: readonly StyleRecord[] = [
  {
    name: 'future',
    package: '@anyasync/future',
    style: future,
    reads,
    writes,
    source: returning(() => new Future<unknown>()),
    call,
    consume: (result: Future<unknown>, on) => {
      result.addDoneCallback(() => {
        if (result.cancelled()) result.then(undefined, () => {});
        let value: unknown;
        try {
          value = result.result();
        } catch (error) {
          return result.cancelled() ? on.abort(error) : on.error(error);
        }
        on.value(value);
      });
      return { cancel: (reason) => result.cancel(reason) };
    },
  },
  {
    name: 'beginEnd',
    package: '@anyasync/begin-end',
    style: beginEnd,
    reads: { ...usual.reads, twice: false, told: false },
    writes: { ...usual.writes, stopped: 'heard' },
    source: (play) => ({
      begin(this: unknown, ...args: unknown[]): Completed {
        const callback = args.at(-2) as (result: Completed) => void;
        const asyncWaitHandle = { wait: () => result.isCompleted, waitAsync: async () => result.isCompleted };
        const result: Completed = {
          isCompleted: false,
          completedSynchronously: false,
          asyncState: args.at(-1),
          asyncWaitHandle,
        };
        let isInside = true;
        const complete = (outcome: () => unknown): void => {
          if (result.isCompleted) return;
          Object.assign(result, { outcome, isCompleted: true, completedSynchronously: isInside });
          callback(result);
        };
        const handle = play(this, args.slice(0, -2), {
          value: (value) => complete(() => value),
          error: (error) =>
            complete(() => {
              throw error;
            }),
        });
        isInside = false;
        return Object.assign(result, { cancel: (reason: unknown) => handle.cancel(reason) });
      },
      end: (result: Completed) => result.outcome?.(),
    }),
    call: (native, self, args, on) => {
      const { begin, end } = native as unknown as Record<'begin' | 'end', Native>;
      return begin.call(self, ...args, (result: unknown) => {
        let value: unknown;
        try {
          value = end(result);
        } catch (error) {
          return on.error(error);
        }
        on.value(value);
      });
    },
    consume: (result: Completed) => ({ cancel: (reason) => result.cancel?.(reason) }),
  },
  {
    name: 'deferred',
    package: '@anyasync/deferred',
    style: deferred,
    reads,
    writes: { ...writes, consumer: 'derived' },
    source: returning(() => new Deferred<unknown>()),
    call,
    consume: (result: Deferred<unknown>, on) => {
      const heard = result.addCallbacks(
        (value) => {
          on.value(value);
          return value;
        },
        (failure: Failure) => on.error(failure.value),
      );
      heard.addErrback((failure) => on.derived(failure.value));
      return { cancel: (reason) => result.cancel(reason) };
    },
  },
  {
    name: 'jquery',
    style: jquery,
    package: '@anyasync/jquery',
    reads,
    writes,
    source: (play): Native =>
      function (...args) {
        let thrown: { readonly error: unknown } | undefined;
        const played = operation<unknown>((receiver) => {
          try {
            play(
              this,
              args,
              {
                value: (value) => receiver.resolve(value),
                error: (error) => receiver.reject(error),
                abort: (reason) => receiver.abort(reason),
              },
              (handle) => receiver.onCancel(handle),
            );
          } catch (error) {
            thrown = { error };
          }
        });
        const made = toJQuery(played);
        if (thrown !== undefined) throw thrown.error;
        return made;
      },
    call,
    consume: (result: AbortablePromise<unknown>, on) => {
      result.done(on.value).fail(on.error);
      return { cancel: (reason: unknown) => result.abort(reason) };
    },
  },
];
