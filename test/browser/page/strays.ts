/** What comes too late, and what nobody catches, as a browser tells of it. */
import { callbackify, promisify } from '@anyasync/callback';
import { onStray, operation } from '@anyasync/core';
import { fromPromise, toPromise } from '@anyasync/promise';
import { toObservable as toRxjs } from '@anyasync/rxjs';
import { assert } from 'chai';
import { type Tests, uncaught, warnings } from './recording.js';

const error = new Error('an error');
const reason = { reason: true };
const caught = (rejected: unknown): unknown => rejected;

type Done<T> = (error: unknown, value?: T) => void;

export const tests: Tests = {
  'what is thrown where nobody can catch it is an error event of the window, the same object': async () => {
    const late = operation<number>((receiver) => {
      receiver.resolve(1);
      throw error;
    });
    const thrown = await uncaught(async () => assert.strictEqual(await toPromise(late), 1));
    assert.strictEqual(thrown[0], error);
    assert.lengthOf(thrown, 1);
  },

  'a callback that throws is an error event of the window, and its run has ended once': async () => {
    let calls = 0;
    const thrown = await uncaught(() =>
      callbackify(async () => 1)(() => {
        calls++;
        throw error;
      }),
    );
    assert.deepEqual([thrown.length, thrown[0] === error, calls], [1, true, 1]);
  },

  'a second end is one warning on the console for each source, with what it brought': async () => {
    const twice = (done: Done<number>): void => {
      done(null, 1);
      done(null, 2);
      done(error);
    };
    const heard = await warnings(() => promisify(twice)());
    assert.lengthOf(heard, 1);
    assert.match(String(heard[0]?.[0]), /^\[core\] a late value by twice\(\)/);
    assert.strictEqual(heard[0]?.[1], 2);
  },

  'what comes after a cancel is silent; onStray hears it': async () => {
    const controller = new AbortController();
    let answer!: Done<number>;
    const call = (done: Done<number>): void => {
      answer = done;
    };
    const strays: unknown[] = [];
    const late = async (): Promise<void> => {
      const promised = promisify(call).with({ signal: controller.signal })();
      controller.abort(reason);
      await promised.catch(caught);
      answer(error);
    };
    assert.deepEqual(await warnings(() => uncaught(late)), []);
    const stop = onStray((stray) => {
      stray.preventDefault();
      strays.push(stray.kind, stray.value === error, stray.cancelled);
    });
    await late();
    stop();
    assert.deepEqual(strays, ['error', true, true]);
  },

  '23: no rejection is left unhandled, and none is swallowed': async () => {
    const failing = fromPromise(async () => {
      throw error;
    });
    const heard: unknown[] = [];
    assert.deepEqual(
      await uncaught(() => toRxjs(failing).subscribe({ error: (each) => heard.push(each) })),
      [],
    );
    assert.deepEqual(await uncaught(() => void toPromise(failing)), [error]);
    assert.strictEqual(heard[0], error);
  },
};
