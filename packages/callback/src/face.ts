import { type AnyStart, type Receiver, type Teardown, unbound } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { custom } from './custom.js';

type Face = (...args: unknown[]) => unknown;

interface Host {
  readonly process?: { getBuiltinModule?(id: string): any };
}

/** Node's own promise forms that take a signal, and after how many arguments their options stand; -1: they are last, or left out. */
const places: Readonly<Record<string, number>> = {
  setTimeout: 2,
  setImmediate: 1,
  finished: 1,
  question: 1,
  pipeline: -1,
};

/** Where the options stand. Only for Node's own, told by identity: a signal means nothing to anybody else's. */
function placeOf(face: Face): number | undefined {
  const { name } = face;
  if (!Object.hasOwn(places, name)) return;
  for (const id of ['timers/promises', 'stream/promises', 'readline']) {
    const module = (globalThis as Host).process?.getBuiltinModule?.(id);
    const own = module?.[name] ?? module?.Interface?.prototype[name]?.[custom];
    if (own === face) return places[name];
  }
}

/** Reads a function's own promise form. One of Node's that takes a signal is given one, and so is stopped, where somebody can cancel it. */
export function liftFace(face: Face): AnyStart {
  const start = promise.lift(face) as (...args: [...Parameters<AnyStart>, stop?: Teardown]) => void;
  const place = placeOf(unbound(face) as Face);
  if (place === undefined) return start;
  return (
    receiver: Receiver<unknown> & { readonly _stays?: boolean },
    self: unknown,
    given: readonly unknown[],
  ) => {
    if (receiver._stays) return start(receiver, self, given);
    const args = [...given];
    const at = place < 0 ? args.length - (isOptions(args.at(-1)) ? 1 : 0) : place;
    const options = args[at] as { signal?: AbortSignal } | undefined;
    const own = options?.signal;
    // What Node would refuse stays as it is.
    if (own === undefined || typeof own?.addEventListener === 'function') {
      const signal = new RunSignal(own);
      args[at] = { ...options, signal };
      return start(receiver, self, args, signal);
    }
    start(receiver, self, args);
  };
}

/**
 * The signal of a run, and of the caller's own options, as far as Node asks for it. It is the teardown too. With an AbortController each
 * `setImmediate` would take fifteen times as long.
 */
class RunSignal {
  private readonly listeners: (() => void)[] = [];
  private state: Pick<AbortSignal, 'aborted' | 'reason'> | undefined;

  constructor(private readonly own: AbortSignal | undefined) {
    this.state = own;
  }
  get aborted(): boolean {
    return this.state?.aborted === true;
  }
  get reason(): unknown {
    return this.state?.reason;
  }
  addEventListener(type: 'abort', listener: () => void): void {
    this.listeners.push(listener);
    this.own?.addEventListener(type, listener);
  }
  removeEventListener(type: 'abort', listener: () => void): void {
    this.own?.removeEventListener(type, listener);
  }
  cancel(reason: unknown): void {
    this.state = { aborted: true, reason };
    for (const listener of this.listeners) listener();
  }
}

/** Whether the last argument of `pipeline` is its options, and no stream, iterable, or pair of streams. */
function isOptions(value: any): boolean {
  return value?.constructor === Object && !('readable' in value);
}
