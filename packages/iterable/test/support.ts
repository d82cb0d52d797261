import { type Operation, onStray, operation, type Receiver } from '@anyasync/core';

/** A source that a test drives by hand, and what it was told. */
export class Source<T = void, Item = number> {
  readonly log: string[] = [];
  receiver!: Receiver<T, Item>;
  readonly operation: Operation<T, Item> = operation<T, Item>((receiver) => {
    this.log.push('start');
    this.receiver = receiver;
    receiver.onCancel((reason) => this.log.push(`cancel ${name(reason)}`));
  });
  /** The end of a stream. */
  complete(): void {
    (this.receiver as unknown as Receiver<void, Item>).complete();
  }
}

/** An error by its name or message, anything else as text. */
export const name = (what: unknown): string =>
  what instanceof Error ? (what.name === 'Error' ? what.message : what.name) : String(what);

/** How a promise has settled, as a line of a log. */
export const shown = (promise: Promise<IteratorResult<unknown>>): Promise<string> =>
  promise.then(
    ({ done, value }) => (done ? (value === undefined ? 'done' : `done ${value}`) : String(value)),
    (error) => `error ${name(error)}`,
  );

/** Takes everything, as a log. */
export async function drain(iterator: AsyncIterator<unknown>): Promise<string[]> {
  const log: string[] = [];
  do log.push(await shown(iterator.next()));
  while (!/^(done|error)/.test(log.at(-1) as string));
  return log;
}

/** The strays of what runs meanwhile. */
export async function straysOf(run: () => Promise<unknown>): Promise<string[]> {
  const strays: string[] = [];
  const stop = onStray((stray) => {
    stray.preventDefault();
    const { kind, value, cancelled } = stray;
    strays.push(`${kind} ${name(value)}${cancelled ? ' (cancelled)' : ''}`);
  });
  try {
    await run();
  } finally {
    stop();
  }
  return strays;
}

/** Another turn of the event loop. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A generator that writes down what it does. */
export async function* counted(log: string[], to = Number.POSITIVE_INFINITY): AsyncGenerator<number, void> {
  try {
    for (let n = 1; n <= to; n++) {
      log.push(`made ${n}`);
      yield n;
    }
  } finally {
    log.push('finally');
  }
}
