interface Host {
  readonly setImmediate?: (call: () => void) => unknown;
  readonly setTimeout: (call: () => void) => unknown;
}

// Taken before a test fakes them.
const nextTurn = /* @__PURE__ */ (({ setImmediate, setTimeout }: Host) =>
  typeof setImmediate === 'function' ? setImmediate : setTimeout)(globalThis as never);

let steps = 0;
let before = 0;
/** Now and then: by the clock, which is looked at from time to time only. */
function isDue(): boolean {
  if (++steps & 63) return false;
  const now = performance.now();
  if (now - before < 50) return false;
  before = now;
  return true;
}

/**
 * Whether a source waits: for its consumer, or now and then for another turn of the event loop, so that one that is always ready leaves timers
 * and signals theirs. Then `pull` is called when it can go on.
 */
export function waits(ready: void | PromiseLike<void>, pull: () => void): boolean {
  const next = isDue() ? () => void nextTurn(pull) : pull;
  if (isWaiting(ready)) ready.then(next, next);
  else if (next !== pull) next();
  else return false;
  return true;
}

/** Whether the consumer has the source wait. */
export const isWaiting = (ready: void | PromiseLike<void>): ready is PromiseLike<void> =>
  typeof (ready as PromiseLike<void> | undefined)?.then === 'function';
