import { assertArgument } from './errors.js';
import { realm } from './realm.js';
import { cut, nameOf, quietly } from './show.js';

/** Something that a source delivered when no run could take it any more. */
export interface Stray {
  /** `thrown` was thrown by a source, a teardown, or a consumer; `unheard` is an error whose consumer has no callback for it; the others name the call that came too late. `pending` and `unended` are debug reports: a run that was collected unsettled, an operation that was begun and never ended. */
  readonly kind:
    | 'thrown'
    | 'value'
    | 'error'
    | 'complete'
    | 'abort'
    | 'item'
    | 'unheard'
    | 'pending'
    | 'unended';
  /** What was thrown or delivered. */
  readonly value: unknown;
  /** Whether the run had been cancelled: then a late answer is expected, and the default is silence. */
  readonly cancelled: boolean;
  /** The function or object that delivered it, where it is known. */
  readonly source: object | undefined;
  /** Where the run was created, in debug mode. */
  readonly created: string | undefined;
  /** Whether a listener has called {@link Stray.preventDefault}. */
  readonly defaultPrevented: boolean;
  /** Leaves it to the listener: no uncaught exception, no warning. */
  preventDefault(): void;
}

/** Hears of strays; see {@link onStray}. */
export type StrayListener = (stray: Stray) => void;

/**
 * Hears of everything that a source delivered after its run had ended, so that nothing is lost in silence.
 *
 * - Then the default acts: something thrown goes to the host as an uncaught exception; a second settle or a late error is one warning
 *   per source, or per second where the source is not known; what comes after a cancellation is dropped quietly.
 * - A listener only observes. `stray.preventDefault()` leaves that stray to it: the default does not act, as with events of the DOM.
 * - One registry for the whole realm, for every copy of this package in it.
 * - A listener that throws is an uncaught exception of the host; the other listeners still run.
 * - Synchronous: the listener runs inside the late call.
 *
 * @returns A function that removes the listener.
 * @example
 * ```ts
 * import { onStray } from '@anyasync/core';
 * import { promisify } from '@anyasync/callback';
 *
 * const log: string[] = [];
 * const stop = onStray((stray) => {
 *   log.push(`${stray.kind}: ${stray.value}`);
 *   stray.preventDefault(); // no warning
 * });
 * const twice = promisify((done: (error: null, n: number) => void) => { done(null, 1); done(null, 2); });
 * await twice(); //=> 1
 * log; //=> ['value: 2']
 * stop();
 * ```
 */
export function onStray(listener: StrayListener): () => void {
  assertArgument(
    typeof listener === 'function',
    'listener',
    listener,
    '[core] onStray() takes a function of the stray.',
  );
  const once: StrayListener = (stray) => listener(stray); // the same function registered twice is two registrations
  realm.strayListeners.add(once);
  return () => void realm.strayListeners.delete(once);
}

let currentSource: object | undefined;

/**
 * Names the source of the strays that `deliver` causes: a callback that comes late knows its function, its receiver does not.
 * For writers of styles.
 *
 * @example
 * ```ts
 * import { attribute, type Receiver } from '@anyasync/core';
 *
 * export function hear(source: () => void, receiver: Receiver<number>, value: number) {
 *   if (receiver.active) receiver.resolve(value);
 *   else attribute(source, () => receiver.resolve(value));
 * }
 * ```
 */
export function attribute(source: object, deliver: () => void): void {
  const outer = currentSource;
  currentSource = source;
  try {
    deliver();
  } finally {
    currentSource = outer;
  }
}

/**
 * Reports a stray to {@link onStray}. Never throws. For writers of styles.
 *
 * @example
 * ```ts
 * import { onStray, reportStray } from '@anyasync/core';
 *
 * const kinds: string[] = [];
 * const stop = onStray((stray) => {
 *   kinds.push(stray.kind);
 *   stray.preventDefault();
 * });
 * reportStray('thrown', new Error('in a listener'));
 * stop();
 * kinds; //=> ['thrown']
 * ```
 */
export function reportStray(
  kind: Stray['kind'],
  value: unknown,
  cancelled = false,
  created?: string,
  source: object | undefined = currentSource,
): void {
  let defaultPrevented = false;
  const stray: Stray = {
    kind,
    value,
    cancelled,
    source,
    created,
    get defaultPrevented() {
      return defaultPrevented;
    },
    preventDefault() {
      defaultPrevented = true;
    },
  };
  for (const listener of [...(realm.strayListeners as Set<StrayListener>)]) {
    try {
      listener(stray);
    } catch (error) {
      throwToHost(error);
    }
  }
  if (!defaultPrevented) byDefault(stray);
}

/** Calls what is not ours: a teardown, a consumer's option. It cannot fail the run: what it throws or rejects with is a stray. */
export function attempt(call: () => unknown): unknown {
  try {
    const answer = call() as Partial<PromiseLike<unknown>> | null | undefined;
    return typeof answer?.then === 'function'
      ? Promise.resolve(answer).catch((error) => reportStray('thrown', error))
      : answer;
  } catch (error) {
    reportStray('thrown', error);
  }
}

/** Throws where no caller can catch it: an uncaught exception in Node, an `error` event in browsers. */
export function throwToHost(error: unknown): void {
  queueMicrotask(() => {
    throw error;
  });
}

/** What is said of what is no late call. */
const news: Partial<Record<Stray['kind'], string>> = {
  pending: 'a run was dropped before it settled',
  unended: 'an operation was begun. Call its end',
  unheard: 'an error has no callback to go to. Pass one',
};

/** When it was warned of each kind whose source is not known: it must not flood the host either. */
const warnedAt = new Map<string, number>();

/** Once for each source, or for each kind and second. */
function isNews({ kind, source, created }: Stray): boolean {
  const { warned } = realm;
  if (source !== undefined) return !warned.has(source) && !!warned.add(source);
  const what = kind + created;
  const now = Date.now();
  return !(Math.abs(now - (warnedAt.get(what) ?? -1000)) < 1000) && !!warnedAt.set(what, now);
}

function byDefault(stray: Stray): void {
  const { kind, value, cancelled, source, created } = stray;
  if (kind === 'thrown') return throwToHost(value);
  if (cancelled || !isNews(stray)) return;
  const name = nameOf(source);
  const by = name && ` by ${name}()`;
  const message = quietly(() => value instanceof Error && ` (${cut(value.message, 200)})`) || '';
  const what = news[kind] ?? `a late ${kind}${by}${message}; the first end of a run counts`;
  const where = created === undefined ? '' : `\nCreated at:${created}`;
  warn(`[core] ${what}. Hear each with onStray().${where}`, value);
}

interface Host {
  readonly process?: {
    emitWarning?: (message: string, options: { type: string; detail: string | undefined }) => void;
  };
  readonly console?: { warn: (...data: unknown[]) => void };
}

/**
 * One warning, the host's way: `process.emitWarning` in Node, the console elsewhere. Never throws. For writers of styles.
 *
 * @example
 * ```ts
 * import { warn } from '@anyasync/core';
 *
 * export const deprecated = () => warn('[my-style] old() is deprecated. Use new().');
 * ```
 */
export function warn(message: string, detail?: unknown): void {
  quietly(() => {
    const { process, console } = globalThis as Host;
    const stack = quietly(() => (detail instanceof Error ? String(detail.stack) : undefined));
    if (typeof process?.emitWarning === 'function')
      process.emitWarning(message, { type: 'AnyasyncWarning', detail: stack });
    else console?.warn(...(detail === undefined ? [message] : [message, detail]));
  });
}
