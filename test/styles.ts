/** Every style that the matrix converts, as a record of one shape: to add a style is to add a record. */
import {
  callback,
  callbackOptions,
  callbackPair,
  chromeCallback,
  convention,
  handler,
  valueCallback,
} from '@anyasync/callback';
import { sync } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { hotStyles } from './matrix/hot.js';
import { observableStyles } from './matrix/observables.js';
import { operation } from './matrix/operation.js';
import { pulledStyles } from './matrix/pulls.js';
import { type Native, type StyleRecord, usual } from './matrix/record.js';

export type { StyleRecord };

const callbacks = { package: '@anyasync/callback', ...usual } as const;

/** The last of the arguments is what the call is answered with. */
const withLast = <T>(call: (self: unknown, args: readonly unknown[], last: T) => unknown): Native =>
  function (...args) {
    return call(this, args.slice(0, -1), args.at(-1) as T);
  };

type Fn = (...args: unknown[]) => void;
type Methods = Readonly<Record<string, Fn>>;

/** Where browser extensions find the error of their callback. */
const extension: { runtime: { lastError?: unknown } } = { runtime: {} };
(globalThis as { chrome?: unknown }).chrome = extension;

/** Calls a callback of a browser extension the way the browser does it. */
function answerWithLastError(error: unknown, done: Fn): void {
  extension.runtime.lastError = error;
  try {
    done();
  } finally {
    delete extension.runtime.lastError;
  }
}

export const styles: readonly StyleRecord[] = [
  {
    name: 'sync',
    package: '@anyasync/core',
    style: sync,
    reads: { ...usual.reads, later: false, errors: 'thrown', twice: false },
    writes: { ...usual.writes, later: false, consumer: 'caller' },
    source: (play): Native =>
      function (...args) {
        let returned: unknown;
        play(this, args, {
          value: (value) => void (returned = value),
          error: (error) => {
            throw error;
          },
        });
        return returned;
      },
    call: (native, self, args, on) => on.value(native.apply(self, [...args])),
  },
  {
    name: 'promise',
    package: '@anyasync/promise',
    style: promise,
    reads: { ...usual.reads, twice: false },
    writes: { ...usual.writes, throws: 'error', consumer: 'derived' },
    source: (play): Native =>
      function (...args) {
        let value!: Fn;
        let error!: Fn;
        const returned = new Promise((resolve, reject) => {
          value = resolve;
          error = reject;
        });
        play(this, args, { value, error });
        return returned;
      },
    call: (native, self, args) => native.apply(self, [...args]),
    consume: (result: Promise<unknown>, on) => {
      result.then(on.value, on.error).catch(on.derived);
      return {};
    },
  },
  {
    ...callbacks,
    name: 'callback',
    style: callback,
    reads: { ...usual.reads, errors: 'truthy' },
    writes: { ...usual.writes, errors: 'truthy' },
    source: (play) =>
      withLast<Fn>((self, args, done) =>
        play(self, args, { value: (...given) => done(null, ...given), error: done }),
      ),
    call: (native, self, args, on) =>
      native.call(self, ...args, (error: unknown, ...given: unknown[]) =>
        error ? on.error(error, ...given) : on.value(...given),
      ),
  },
  {
    ...callbacks,
    name: 'valueCallback',
    style: valueCallback,
    reads: { ...usual.reads, errors: 'none' },
    writes: { ...usual.writes, errors: 'none' },
    source: (play) =>
      withLast<Fn>((self, args, done) => play(self, args, { value: done, error: () => done() })),
    call: (native, self, args, on) => native.call(self, ...args, on.value),
  },
  {
    ...callbacks,
    name: 'callbackPair',
    style: callbackPair,
    source: (play): Native =>
      function (...args) {
        const [value, error] = args.slice(-2);
        return play(this, args.slice(0, -2), { value, error });
      },
    call: (native, self, args, on) => native.call(self, ...args, on.value, on.error),
  },
  {
    ...callbacks,
    name: 'callbackOptions',
    style: callbackOptions,
    source: (play) =>
      withLast<Methods>((self, args, { success, error }) =>
        play(self, args, { value: success as Fn, error: error as Fn }),
      ),
    call: (native, self, args, on) => native.call(self, ...args, { success: on.value, error: on.error }),
  },
  {
    ...callbacks,
    name: 'handler',
    style: handler,
    source: (play) =>
      withLast<Methods>((self, args, on) =>
        play(self, args, {
          value: on.onSuccess as Fn,
          error: on.onError as Fn,
          abort: on.onCancel as Fn,
          complete: on.onComplete as Fn,
        }),
      ),
    call: (native, self, args, { value, error, complete, abort }) =>
      native.call(self, ...args, {
        onSuccess: value,
        onError: error,
        onComplete: complete,
        onCancel: abort,
      }),
  },
  {
    ...callbacks,
    name: 'chromeCallback',
    style: chromeCallback,
    reads: { ...usual.reads, errors: 'not nullish' },
    writes: { ...usual.writes, errors: 'truthy' },
    source: (play) =>
      withLast<Fn>((self, args, done) =>
        play(self, args, { value: done, error: (error) => answerWithLastError(error, done) }),
      ),
    call: (native, self, args, on) =>
      native.call(self, ...args, (...given: unknown[]) =>
        extension.runtime.lastError ? on.error(extension.runtime.lastError) : on.value(...given),
      ),
  },
  {
    ...callbacks,
    name: 'items',
    style: convention({ name: 'items', style: 'handler', multiple: true }),
    reads: { ...usual.reads, ends: 'complete' },
    writes: { ...usual.writes, ends: 'complete' },
    source: (play) =>
      withLast<Methods>((self, args, on) =>
        play(self, args, {
          value: (...given) => {
            on.onNext?.(...given);
            on.onComplete?.();
          },
          item: on.onNext as Fn,
          error: on.onError as Fn,
          abort: on.onCancel as Fn,
          complete: on.onComplete as Fn,
        }),
      ),
    call: (native, self, args, { item, error, complete, abort }) =>
      native.call(self, ...args, { onNext: item, onError: error, onComplete: complete, onCancel: abort }),
  },
  ...hotStyles,
  ...observableStyles,
  ...pulledStyles,
  operation,
];
