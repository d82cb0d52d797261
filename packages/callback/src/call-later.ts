import { reportStray } from '@anyasync/core';

type Soon = (call: (...args: never[]) => void, ...args: unknown[]) => void;

/** After the microtasks that are due, as Node's callbackify does it; a throw there is an uncaught exception. */
const soon: Soon = /* @__PURE__ */ hostSoon(globalThis as never);

function hostSoon({ process }: { process?: { nextTick?: Soon } }): Soon {
  return process?.nextTick ?? ((call, ...args) => queueMicrotask(() => call(...(args as never[]))));
}

/** Calls a callback when everything that is due has run. */
export function callLater(fn: (...args: never[]) => unknown, self: unknown, args: readonly unknown[]): void {
  soon(callNow, fn, self, args);
}

/** The same for an error-first callback that has its value, without an array. What is passed on is not the run: it may be freed at once. */
export function callNodeLater(fn: (...args: never[]) => unknown, self: unknown, value: unknown): void {
  soon(callNode, fn, self, value);
}

/** Calls it now. What it throws is an uncaught exception of the host, and no rejection of anything: see onStray. */
export function callNow(fn: (...args: unknown[]) => unknown, self: unknown, args: readonly unknown[]): void {
  try {
    Reflect.apply(fn, self, args);
  } catch (error) {
    reportStray('thrown', error, false, undefined, fn);
  }
}

function callNode(fn: (error: null, value: unknown) => unknown, self: unknown, value: unknown): void {
  try {
    Reflect.apply(fn, self, [null, value]);
  } catch (error) {
    reportStray('thrown', error, false, undefined, fn);
  }
}
