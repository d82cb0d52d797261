// The loop that runs the links of Deferreds. One loop for a whole chain of them: nothing here calls itself.

import { ArgumentError, fail, isCancelled, isMarked, type Receiver, warn } from '@anyasync/core';
import { failureOf, isFailure } from './failure.js';
import { forget, watch } from './unhandled.js';

/** A callback or an errback, or undefined to pass the result on. */
export type Link = ((result: any) => unknown) | undefined;

/** What is added must be a function: in Twisted it would be noticed when it is called. */
export function linkOf(
  fn: (result: any, ...extra: any) => unknown,
  argument: string,
  extra: readonly unknown[],
): Link {
  if (typeof fn !== 'function')
    throw new ArgumentError(argument, fn, `[deferred] the ${argument} is a function of the result.`);
  return extra.length === 0 ? fn : (result) => fn(result, ...extra);
}

/** Twisted's addCallbacks takes arguments for both in two lists: here they would be lost. */
export function refuse(more: readonly unknown[]): never {
  throw new ArgumentError(
    'more',
    more[0],
    '[deferred] addCallbacks() takes two functions. More arguments are passed on by addCallback() and addErrback().',
  );
}

/** What the loop needs of a Deferred. */
export interface Chained {
  /** Pairs: callback and errback; or one of the marks below and whom it means. */
  _links: unknown[] | undefined;
  /** The current result; {@link none} before there is one. */
  _result: unknown;
  /** How often it is paused. */
  _paused: number;
  /** One of these pauses is its waiting for the Deferred that a callback returned. */
  _waits?: boolean;
  /** Its links run now. */
  _running: boolean;
  /** It has been cancelled, and its canceller has not answered. */
  readonly _wasCancelled: boolean;
  /** Who waits on it gets the result without taking it away. */
  readonly _shares: boolean;
  /** Becomes called, without running its links; throws if it was. */
  _fire(result: unknown): boolean;
}

/** No result yet. */
export const none: unique symbol = Symbol('none');
/** A link that gives the result to a Deferred that waits for it, because a callback returned this one. */
export const toWaiting = (): void => {};
/** A link that fires another Deferred. */
export const toChained = (): void => {};
/** A link that tells the result to a run of the core, and changes nothing. */
export const toReceiver = (): void => {};

/** Marks the Deferreds of this copy of the package: of another one, no fields are known. */
export const ours: unique symbol = Symbol('deferred');
/** Whether the loop can run the links of a value. */
export const isChained = (value: unknown): value is Chained => isMarked(value, ours);
/** Marks those of every copy. */
const brand = Symbol.for('anyasync.deferred/1');
/** What is used of a Deferred of another copy, and made of one of ours. */
interface Other extends Chained {
  readonly called: boolean;
  callback(value: unknown): void;
  addBoth(both: (result: unknown) => void): unknown;
  cancel(): unknown;
}
let make: (canceller: () => void) => Other;
/** The class imports the loop, not the other way round. */
export function makeBy(maker: typeof make): void {
  make = maker;
}

/** What is to be waited for instead of a Deferred of another copy: one of ours that takes its result, and cancels it. */
function inPlaceOf(other: Other): Chained {
  const own = make(() => void other.cancel());
  other.addBoth((result) => {
    if (!own.called) own.callback(isFailure(result) ? failureOf(result.value) : result);
  });
  return own;
}

/** A consumer that has left: of several in a row one stays, which knows that they were there. */
const gone = { active: false };

/** Lets go of the consumers that have left. */
export function withoutGone(links: readonly unknown[]): unknown[] {
  const left: unknown[] = [];
  for (let at = 0; at < links.length; at += 2) {
    const isGone = links[at] === toReceiver && !(links[at + 1] as Receiver<unknown>).active;
    if (!isGone) left.push(links[at], links[at + 1]);
    else if (left.at(-1) !== gone) left.push(toReceiver, gone);
  }
  return left;
}

/** Runs the links of a Deferred that has a result, and those of all Deferreds that get theirs from it. */
export function runLinks(first: Chained): void {
  if (first._running || first._paused !== 0) return;
  const stack: Chained[] = [first];
  for (let current = stack.at(-1); current !== undefined; current = stack.at(-1)) {
    current._running = false;
    const below = current._paused === 0 ? runSome(current) : undefined;
    if (below === undefined) {
      stack.pop();
      if (current._paused === 0) watchIfFailed(current);
    } else if (below._paused === 0 && !below._running) stack.push(below);
  }
}

/** Runs links until there are none left, or another Deferred has to go first. */
function runSome(current: Chained): Chained | undefined {
  const links = current._links;
  if (links === undefined) return undefined;
  let at = 0;
  try {
    while (at < links.length) {
      const callback = links[at];
      const errback = links[at + 1];
      at += 2;
      if (callback === toReceiver) tell(errback as Receiver<unknown>, current);
      else if (callback === toWaiting) {
        const waiting = errback as Chained;
        waiting._result = current._result;
        if (!current._shares) current._result = undefined;
        waiting._waits = false;
        waiting._paused--;
        return waiting;
      } else if (callback === toChained) {
        const chained = errback as Chained;
        const result = current._result;
        current._result = undefined;
        try {
          if (!chained._fire(result)) continue;
        } catch (error) {
          current._result = failureOf(error);
          continue;
        }
        current._running = true; // a link that is added meanwhile waits, as if this were one call
        return chained;
      } else if (runOne(current, (isFailure(current._result) ? errback : callback) as Link)) break;
    }
  } finally {
    if (at >= links.length) current._links = undefined;
    else links.splice(0, at);
  }
  return undefined;
}

/** Runs one link. True if the Deferred waits for another one now. */
function runOne(current: Chained, link: Link): boolean {
  if (link === undefined) return false;
  current._running = true;
  try {
    current._result = link(current._result);
  } catch (error) {
    current._result = failureOf(error);
  }
  current._running = false;
  const result = current._result;
  if (!isMarked(result, brand)) return false;
  const inner = isChained(result) ? result : inPlaceOf(result as Other);
  current._result = inner;
  if (inner === current)
    warn(
      '[deferred] a callback returned the Deferred that it belongs to, which waits for itself now. Return another one, or a value.',
    );
  if (inner._result === none || isChained(inner._result) || inner._paused !== 0) {
    current._waits = true;
    current._paused++;
    (inner._links ??= []).push(toWaiting, current);
    return true;
  }
  current._result = inner._result;
  if (!inner._shares) inner._result = undefined;
  forget(inner);
  return false;
}

function tell(receiver: Receiver<unknown>, current: Chained): void {
  const result = current._result;
  if (!receiver.active) {
    // It was cancelled by itself, and the result is still here; a failure that came of that is no news to anybody.
    if (isFailure(result) && (current._wasCancelled || isCancelled(result.value))) result._heard = true;
    return;
  }
  current._running = true; // what its consumer adds goes to the end
  try {
    if (!isFailure(result)) return receiver.resolve(result);
    result._heard = true;
    fail(receiver, result.value);
  } finally {
    current._running = false;
  }
}

/** An error that nobody has handled is reported if the Deferred is collected so. */
function watchIfFailed(current: Chained): void {
  const result = current._result;
  if (isFailure(result) && !result._heard) watch(current, result);
  else forget(current);
}
