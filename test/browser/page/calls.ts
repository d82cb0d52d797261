/** Core, promises and callbacks in a browser: no process, no Node module, signals and fetch of the platform. */
import {
  callbackify,
  callbackPair,
  convention,
  fromCallback,
  promisify,
  valueCallback,
} from '@anyasync/callback';
import { convert, isCancelled, operation, outcome, sync } from '@anyasync/core';
import { observableConvention, toObservable } from '@anyasync/observable';
import { fromPromise, promise, toPromise } from '@anyasync/promise';
import { toObservable as toRxjs } from '@anyasync/rxjs';
import { assert } from 'chai';
import { type Tests, turn } from './recording.js';

const error = new Error('an error');
const reason = { reason: true };
const caught = (rejected: unknown): unknown => rejected;

type Done<T> = (error: unknown, value?: T) => void;
const half = (n: number, done: Done<number>): void =>
  void setTimeout(() => (n < 0 ? done(error) : done(null, n / 2)));

/** A call that never answers, and a log of what it was told. */
function pending() {
  const log: unknown[] = [];
  const call = (_done: Done<void>): { abort(): void } => {
    log.push('called');
    return { abort: () => log.push('aborted') };
  };
  return { log, call };
}

/** Asks the server of this page. */
const told = async (path: string): Promise<string> => (await fetch(path)).text();

export const tests: Tests = {
  'there is no process here, nor anything else of Node': () => {
    const names = ['process', 'Buffer', 'global', 'require', 'setImmediate'];
    assert.deepEqual(
      names.filter((name) => name in globalThis),
      [],
    );
  },

  'promisify: the value, and the error as the same object': async () => {
    assert.strictEqual(await promisify(half)(8), 4);
    assert.strictEqual(await promisify(half)(-1).catch(caught), error);
  },

  'callbackify: the value, and the error as the same object': async () => {
    const heard: unknown[] = [];
    const doubled = callbackify(async (n: number) => {
      if (n < 0) throw error;
      return n * 2;
    });
    doubled(4, (failed, value) => heard.push(failed, value));
    doubled(-1, (failed) => heard.push(failed === error));
    await turn();
    assert.deepEqual(heard, [null, 8, true]);
  },

  'the way there and back is the same function': () => {
    const wait = async (n: number): Promise<number> => n;
    assert.strictEqual(callbackify(promisify(half)), half);
    assert.strictEqual(promisify(callbackify(wait)), wait as unknown);
    const later = Promise.resolve(1);
    assert.strictEqual(toPromise(fromPromise(later)), later);
  },

  "the browser's own functions of callbacks, with their conventions": async () => {
    const frame = promisify(requestAnimationFrame, { from: valueCallback });
    assert.isNumber(await frame());
    const canvas = document.createElement('canvas');
    const first = convention({ style: 'value-only', position: 'first' });
    const toBlob = (hear: (blob: Blob | null) => void, type: string): void => canvas.toBlob(hear, type);
    assert.strictEqual((await convert(toBlob, first, promise)('image/png'))?.type, 'image/png');
    const pair = (n: number, found: (n: number) => void, failed: (error: unknown) => void): void =>
      n < 0 ? failed(error) : found(n);
    assert.strictEqual(await promisify(pair, { from: callbackPair })(-1).catch(caught), error);
  },

  "a signal: aborting stops the call and rejects with the signal's reason": async () => {
    const { log, call } = pending();
    const controller = new AbortController();
    const promised = promisify(call).with({ signal: controller.signal })();
    controller.abort(reason);
    assert.deepEqual(log, ['called', 'aborted']);
    assert.strictEqual(await promised.catch(caught), reason);
  },

  'a signal: without a reason it is the DOMException of the platform, an AbortError': async () => {
    const controller = new AbortController();
    const promised = promisify(pending().call).with({ signal: controller.signal })();
    controller.abort();
    const rejected = (await promised.catch(caught)) as DOMException;
    assert.instanceOf(rejected, DOMException);
    assert.strictEqual(rejected, controller.signal.reason);
    assert.deepEqual([rejected.name, isCancelled(rejected)], ['AbortError', false]);
  },

  'AbortSignal.timeout and AbortSignal.any are taken': async () => {
    const signal = AbortSignal.any([AbortSignal.timeout(1), new AbortController().signal]);
    const rejected = await promisify(pending().call).with({ signal })().catch(caught);
    assert.strictEqual((rejected as Error).name, 'TimeoutError');
    assert.strictEqual(rejected, signal.reason);
  },

  '26: an aborted signal starts nothing': async () => {
    const { log, call } = pending();
    const promised = promisify(call).with({ signal: AbortSignal.abort(reason) })();
    assert.strictEqual(await promised.catch(caught), reason);
    assert.deepEqual(log, []);
  },

  'a timeout stops the call and rejects with a TimeoutError; its timer does not outlive the run':
    async () => {
      const { log, call } = pending();
      const rejected = (await promisify(call).with({ timeout: 1 })().catch(caught)) as Error;
      assert.deepEqual([rejected.name, log], ['TimeoutError', ['called', 'aborted']]);
      const cleared: unknown[] = [];
      const { clearTimeout } = globalThis;
      globalThis.clearTimeout = (timer) => {
        cleared.push(timer);
        clearTimeout(timer);
      };
      try {
        await toPromise(fromCallback(half, 2), { timeout: 60_000 });
      } finally {
        globalThis.clearTimeout = clearTimeout;
      }
      assert.lengthOf(cleared, 1);
    },

  'a result that comes after the cancel goes to dispose': async () => {
    const disposed: unknown[] = [];
    const open = (done: Done<string>): void => void setTimeout(done, 1, null, 'handle');
    const controller = new AbortController();
    const { signal } = controller;
    const arrived = new Promise((dispose) => {
      promisify(open)
        .with({ signal, dispose: (handle) => dispose(disposed.push(handle)) })()
        .catch(caught);
    });
    controller.abort();
    await arrived;
    assert.deepEqual(disposed, ['handle']);
  },

  'an outcome tells cancelled from failed': async () => {
    assert.deepEqual(await outcome(operation((receiver) => receiver.abort('gone'))), {
      status: 'cancelled',
      reason: 'gone',
    });
    assert.deepEqual(await outcome(fromPromise(Promise.resolve(1))), { status: 'fulfilled', value: 1 });
  },

  'convert: a synchronous function becomes one of promises': async () => {
    assert.deepEqual(await convert(JSON.parse, sync, promise)('[1]'), [1]);
    const rejected = await convert(JSON.parse, sync, promise)('no').catch(caught);
    assert.instanceOf(rejected, SyntaxError);
  },

  'unsubscribing aborts the fetch: the server sees the connection close': async () => {
    const request = fromPromise((signal) => fetch('/never?rxjs', { signal }));
    const subscription = toRxjs(request).subscribe();
    assert.strictEqual(await told('/arrived?rxjs'), 'yes');
    subscription.unsubscribe();
    assert.strictEqual(await told('/closed?rxjs'), 'yes');
  },

  "aborting the platform's Observable aborts the fetch: the server sees the connection close": async () => {
    const request = fromPromise((signal) => fetch('/never?platform', { signal }));
    const controller = new AbortController();
    toObservable(request).subscribe({}, { signal: controller.signal });
    assert.strictEqual(await told('/arrived?platform'), 'yes');
    controller.abort();
    assert.strictEqual(await told('/closed?platform'), 'yes');
  },

  'a fetch with a timeout is aborted: the server sees the connection close': async () => {
    const started = performance.now();
    const request = fromPromise((signal) => fetch('/never?timeout', { signal }));
    const rejected = (await toPromise(request, { timeout: 100 }).catch(caught)) as Error;
    assert.deepEqual([rejected.name, performance.now() - started < 5000], ['TimeoutError', true]);
    assert.strictEqual(await told('/closed?timeout'), 'yes');
    assert.strictEqual(await (await toPromise(fromPromise(fetch('/ok')))).text(), 'data');
  },

  'a failed conversion says what to pass': () => {
    const { Observable } = globalThis as { Observable?: unknown };
    assert.throws(() => promisify('no' as never), /Received "no"/);
    assert.throws(() => observableConvention({ Observable: 1 as never }), /constructor/);
    assert.isFunction(Observable);
  },
};
