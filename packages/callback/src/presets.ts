import type { Style } from '@anyasync/core';
import { type ConventionOptions, describe } from './convention.js';
import { lowerConvention } from './convention-run.js';
import type { Misspelt } from './option-types.js';
import { liftConvention } from './place.js';
import { hasCallbacks } from './take.js';
import type { ConventionTypes } from './types.js';

/**
 * Makes a style from the description of a callback convention. It works both ways: it reads functions of that convention, and writes
 * functions that call callbacks of the same one.
 *
 * - Read: each start is one call of the original, with the caller's `this`. Its callback may come inside the call. The first call
 *   settles, later ones are strays; with `multiple` each call is an item. Errors are passed on as the same object.
 * - Written: the callback is called once, asynchronously, in the caller's async context, with the `this` of the call. One that throws
 *   is an uncaught exception of the host and changes nothing else. A missing callback throws.
 * - Cancelling: stops what the original returned, see `stop`. A written callback hears the reason as its error.
 *
 * @throws {ArgumentError} The description contradicts itself.
 * @example
 * ```ts
 * import { convert } from '@anyasync/core';
 * import { convention } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * const geolocation = convention({ style: 'pair', position: 'first' });
 * const locate = (found: (place: string) => void, failed: (error: Error) => void, city: string) => found(`${city}, here`);
 * await convert(locate, geolocation, promise)('Rome'); //=> 'Rome, here'
 * ```
 */
export function convention<const O extends ConventionOptions>(
  options: O & Misspelt<O>,
): Style<ConventionTypes<O>> {
  const described = describe(options);
  const takesFirst = described.values === undefined || described.values === 'one';
  const style: ConventionStyle = {
    takes: (args) => hasCallbacks(args, described),
    name: described.name,
    callbacks: described.callbacks,
    traits: {
      items: described.multiple,
      lazy: false,
      replay: false,
      delivery: 'sync',
      cancel: 'stop',
      cancelled: described.methods.abort !== undefined,
      errors: described.errors,
      thenables: true,
      arguments: takesFirst ? 'many' : 'one',
      beside: described.style !== 'value-only' && described.errors !== 'none',
      this: true,
      backpressure: false,
      context: 'emitter',
    },
    written: {
      delivery: 'async',
      cancel: 'none',
      context: 'subscriber',
      arguments: takesFirst ? 'one' : 'many',
      beside: false,
    },
    lift: (fn) => liftConvention(fn, described),
    lower: (start, source) => lowerConvention(start, described, source.context),
  };
  return style as Style<ConventionTypes<O>>;
}

/** A style that can tell whether a call has its callbacks, for universalify. */
export interface ConventionStyle extends Style {
  readonly takes?: (args: readonly unknown[]) => boolean;
}

/**
 * A callback that gets only the value: `fn(...args, (value) => {})`, such as `fs.exists`. Written, it has no place for an error:
 * that is reported as a stray.
 *
 * @example
 * ```ts
 * import { convert } from '@anyasync/core';
 * import { valueCallback } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * await convert((n: number, done: (n: number) => void) => done(n + 1), valueCallback, promise)(1); //=> 2
 * ```
 */
export const valueCallback: Style<ConventionTypes<{ style: 'value-only' }>> = /* @__PURE__ */ convention({
  name: 'valueCallback',
  style: 'value-only',
});

/**
 * Two callbacks at the end, success and failure: `fn(...args, (value) => {}, (error) => {})`.
 *
 * @example
 * ```ts
 * import { convert } from '@anyasync/core';
 * import { callbackPair } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * const locate = (city: string, ok: (place: string) => void, failed: (error: Error) => void) => ok(`in ${city}`);
 * await convert(locate, callbackPair, promise)('Rome'); //=> 'in Rome'
 * ```
 */
export const callbackPair: Style<ConventionTypes<{ style: 'pair' }>> = /* @__PURE__ */ convention({
  name: 'callbackPair',
  style: 'pair',
});

/**
 * Callbacks in an options object at the end: `fn(...args, { success, error, ...options })`. The caller's object is not changed.
 *
 * @example
 * ```ts
 * import { convert } from '@anyasync/core';
 * import { callbackOptions } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * const get = (url: string, options: { success: (body: string) => void; error: (error: Error) => void }) => options.success(`<${url}>`);
 * await convert(get, callbackOptions, promise)('a'); //=> '<a>'
 * ```
 */
export const callbackOptions: Style<ConventionTypes<{ style: 'options' }>> = /* @__PURE__ */ convention({
  name: 'callbackOptions',
  style: 'options',
});

/**
 * A handler object at the end, one method per event: `fn(...args, { onSuccess, onError, onComplete, onCancel })`.
 *
 * @example
 * ```ts
 * import { convert } from '@anyasync/core';
 * import { handler } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * const read = (file: string, on: { onSuccess(text: string): void; onError(error: Error): void }) => on.onSuccess(`text of ${file}`);
 * await convert(read, handler, promise)('a.txt'); //=> 'text of a.txt'
 * ```
 */
export const handler: Style<ConventionTypes<{ style: 'handler' }>> = /* @__PURE__ */ convention({
  name: 'handler',
  style: 'handler',
});

interface Runtime {
  lastError?: unknown;
}

const runtime = (): Runtime | undefined => (globalThis as { chrome?: { runtime?: Runtime } }).chrome?.runtime;

/**
 * The convention of browser extensions: a value-only callback, and the error in `chrome.runtime.lastError` while it runs.
 *
 * @example
 * ```ts
 * import { convert } from '@anyasync/core';
 * import { chromeCallback } from '@anyasync/callback';
 * import { promise } from '@anyasync/promise';
 *
 * const get = (key: string, done: (items: Record<string, unknown>) => void) => done({ [key]: 1 });
 * await convert(get, chromeCallback, promise)('n'); //=> { n: 1 }
 * ```
 */
export const chromeCallback: Style<ConventionTypes<{ style: 'value-only' }>> = /* @__PURE__ */ convention({
  name: 'chromeCallback',
  style: 'value-only',
  lastError: {
    read: () => runtime()?.lastError,
    write: (error: unknown) => {
      const target = runtime();
      if (error === undefined) delete target?.lastError;
      else (target as Runtime).lastError = error; // throws where there is none: the error is unheard
    },
  },
});
