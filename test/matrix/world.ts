import { AsyncLocalStorage } from 'node:async_hooks';
import { getEventListeners } from 'node:events';
import { onStray } from '@anyasync/core';
import { show, values } from './values.js';

/** What a source does, one step after the other; after `later` it goes on in another turn of the event loop. */
export type Step =
  | readonly ['value', ...unknown[]]
  | readonly ['error', unknown, ...unknown[]]
  | readonly ['item' | 'pull' | 'abort' | 'throw', unknown]
  | readonly ['complete' | 'later' | 'cancel' | 'forever'];

/** The side of a style's native function that answers; the members that are missing, the style cannot do. */
export interface Emitter {
  readonly value: (...values: unknown[]) => void;
  readonly error: (error: unknown, ...beside: unknown[]) => void;
  readonly item?: (item: unknown) => unknown;
  readonly complete?: () => void;
  readonly abort?: (reason: unknown) => void;
  /** Whether anybody still listens, for a loop inside the call. */
  readonly active?: () => boolean;
}

/** What the native call returns where the style has something to return: the way to stop the work. */
export interface Handle {
  cancel(reason: unknown): void;
}

/** Plays the script for one call of a native function; a style that gives its handle away before it begins, passes `begin`. */
export type Play = (
  self: unknown,
  args: readonly unknown[],
  emitter: Emitter,
  begin?: (handle: Handle) => void,
) => Handle;

/** Hears what the consumer of a native function sees; the functions are passed on as callbacks. */
export interface Consumer {
  readonly value: (...values: unknown[]) => void;
  readonly item: (item: unknown) => unknown;
  readonly complete: () => void;
  readonly error: (error: unknown, ...beside: unknown[]) => void;
  readonly abort: (reason: unknown) => void;
  /** What the consumer itself threw, where the language hands it on to somebody else. */
  readonly derived: (error: unknown) => void;
}

const context = new AsyncLocalStorage<string>();
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Turns the event loop until two turns in a row have brought nothing. */
export async function quiet(log: readonly unknown[]): Promise<void> {
  for (let idle = 0; idle < 2; ) {
    const before = log.length;
    await turn();
    idle = log.length === before ? idle + 1 : 0;
  }
}

export interface WorldOptions {
  /** Write down `this` and the arguments of the source's call. */
  readonly arguments?: boolean | undefined;
  /** Write down the async context in which the consumer hears. */
  readonly context?: boolean | undefined;
  /** The source goes on after it has been told to stop. */
  readonly stubborn?: boolean | undefined;
  /** The consumer takes until the next tick for each item. */
  readonly slow?: boolean | undefined;
  /** What the consumer does when it hears of an end. */
  readonly whenHeard?: ((world: World) => void) | undefined;
}

/** Everything that happens in one cell: the log, the source, the consumer, and time, which passes only in {@link World.turn}. */
export class World {
  readonly log: string[] = [];
  readonly controller = new AbortController();
  /** Calls the converted function again; set by the cell. */
  again: () => void = () => {};
  private readonly tasks: (() => void)[] = [];

  constructor(private readonly options: WorldOptions = {}) {}

  write = (line: string): void => void this.log.push(line);

  /** Runs the cell while strays go to the log, and writes down a listener that outlives it. */
  async run(cell: () => void | Promise<void>): Promise<string[]> {
    const stop = onStray((stray) => {
      stray.preventDefault();
      const { kind, value, cancelled } = stray;
      const what = kind === 'complete' ? '' : ` ${show(value)}`;
      this.write(`stray ${kind}${what}${cancelled ? ' (cancelled)' : ''}`);
    });
    try {
      await cell();
      await quiet(this.log);
    } finally {
      stop();
    }
    const { length } = getEventListeners(this.controller.signal, 'abort');
    if (length > 0) this.write(`${length} listeners left`);
    return this.log;
  }

  /** Starts a call; where its result is consumed by itself, that is in another async context than the call. */
  call<R>(call: () => R, consume?: (result: R) => void): void {
    try {
      const result = context.run(consume === undefined ? 'consumer' : 'caller', call);
      context.run('consumer', () => consume?.(result));
      this.write('return');
    } catch (error) {
      this.write(`threw ${show(error)}`);
    }
  }

  /** Aborts the signal. */
  cancel(): void {
    this.write('cancel');
    this.controller.abort(values.reason);
  }

  /** Waits for everything that needs no new turn of the source. */
  quiet(): Promise<void> {
    return quiet(this.log);
  }

  /** Lets time pass until nothing is left to do. */
  async turn(): Promise<void> {
    await this.quiet();
    for (let task = this.tasks.shift(); task !== undefined; task = this.tasks.shift()) {
      this.write('tick');
      context.run('emitter', task);
      await quiet(this.log);
    }
  }

  /** The source: plays these steps at each call. */
  play(steps: readonly Step[]): Play {
    return (self, args, emitter, begin) => {
      const handle = this.handle();
      begin?.(handle);
      const called = self === values.self ? 'self' : String(self);
      this.write(this.options.arguments ? `start ${called} ${args.map(show).join(' ')}` : 'start');
      this.step(steps, emitter, handle);
      return handle;
    };
  }

  private handle(): Handle & { stopped: boolean } {
    const { write } = this;
    return {
      stopped: false,
      cancel(reason) {
        write(`teardown ${show(reason)}`);
        this.stopped = true;
      },
    };
  }

  private step(steps: readonly Step[], emitter: Emitter, handle: Handle & { stopped: boolean }): void {
    for (const [index, [what, ...given]] of steps.entries()) {
      if (handle.stopped && !this.options.stubborn) return;
      const goOn = (): void => this.step(steps.slice(index + 1), emitter, handle);
      if (what === 'later') return void this.tasks.push(goOn);
      if (what === 'throw') throw given[0];
      if (what === 'cancel') this.cancel();
      else if (what === 'value') emitter.value(...given);
      else if (what === 'error') emitter.error(given[0], ...given.slice(1));
      else if (what === 'forever') this.loop(emitter);
      else if (what === 'complete') emitter.complete?.();
      else if (what === 'pull') {
        const ready = emitter.item?.(given[0]);
        if (ready instanceof Promise) return void ready.then(goOn);
      } else if (what === 'abort') (emitter.abort ?? emitter.error)(given[0]);
      else emitter[what]?.(given[0]);
    }
  }

  /** A loop that ends only when nobody listens any more, or when the test has seen enough. */
  private loop(emitter: Emitter): void {
    let items = 0;
    while (items < 1000 && emitter.active?.() !== false) {
      items++;
      emitter.item?.(values.item);
    }
    this.write(`looped ${items}`);
  }

  /** The consumer: writes down what it hears. */
  readonly consumer: Consumer = {
    value: (...given) => this.hear('value', given, true),
    item: (item) => {
      this.hear('item', [item], false);
      if (!this.options.slow) return undefined;
      return new Promise<void>((resolve) => {
        this.tasks.push(() => {
          this.write('ready');
          resolve();
        });
      });
    },
    complete: () => this.hear('complete', [], true),
    error: (...given) => this.hear('error', given, true),
    abort: (reason) => this.hear('abort', [reason], true),
    derived: (error) => this.write(`derived ${show(error)}`),
  };

  private hear(kind: string, given: readonly unknown[], isEnd: boolean): void {
    const where = this.options.context && isEnd ? [`in ${context.getStore()}`] : [];
    this.write([kind, ...given.map(show), ...where].join(' '));
    if (isEnd) this.options.whenHeard?.(this);
  }
}
