/** The records of the styles that are pulled: what their functions return gives an item when it is asked for one. */
import { iterable } from '@anyasync/iterable';
import { type Native, type StyleRecord, usual } from './record.js';
import type { Consumer, Emitter, Handle, Play } from './world.js';

const call: StyleRecord['call'] = (native, self, args) => native.apply(self, [...args]);

/** Answers inside its call or later, is asked for one item after the other, and is not told why it is left. */
const reads = { ...usual.reads, twice: false, ends: 'complete', reason: false, handle: 'first' } as const;
/** Who pulls is the only consumer, and the caller of each pull. */
const writes = {
  ...usual.writes,
  throws: 'error',
  consumer: 'caller',
  ends: 'complete',
  stopped: 'heard',
} as const;

/** An async iterator of what a script plays, without our help. */
class Played implements AsyncIterableIterator<unknown> {
  handle: Handle | undefined;
  private readonly results: (() => IteratorResult<unknown>)[] = [];
  private wake = (): void => {};
  private demand = (): void => {};

  readonly emitter: Emitter = {
    value: (value) => {
      this.item(value);
      this.end();
    },
    item: (value) => this.item(value),
    complete: () => this.end(),
    error: (error) =>
      this.put(() => {
        throw error;
      }),
  };

  async next(): Promise<IteratorResult<unknown>> {
    this.demand();
    while (this.results.length === 0) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return (this.results.shift() as () => IteratorResult<unknown>)();
  }
  async return(): Promise<IteratorResult<unknown>> {
    this.handle?.cancel(undefined);
    return { done: true, value: undefined };
  }
  [Symbol.asyncIterator](): this {
    return this;
  }

  /** Ready for another when this one has been taken, and one more is asked for. */
  private item(value: unknown): Promise<void> {
    this.put(() => ({ value }));
    return new Promise((resolve) => {
      this.demand = () => this.results.length === 0 && resolve();
    });
  }
  private end(): void {
    this.put(() => ({ done: true, value: undefined }));
  }
  private put(result: () => IteratorResult<unknown>): void {
    this.results.push(result);
    this.wake();
  }
}

/** Pulls until the end, the way a loop does it. */
async function pull(iterator: AsyncIterator<unknown>, on: Consumer): Promise<void> {
  try {
    for (let result = await iterator.next(); !result.done; result = await iterator.next()) {
      const ready = on.item(result.value);
      if (ready instanceof Promise) await ready;
    }
  } catch (error) {
    return on.error(error);
  }
  on.complete();
}

export const pulledStyles: readonly StyleRecord[] = [
  {
    name: 'iterable',
    package: '@anyasync/iterable',
    style: iterable,
    reads,
    writes,
    source: (play: Play): Native =>
      function (...args) {
        const played = new Played();
        play(this, args, played.emitter, (handle) => {
          played.handle = handle;
        });
        return played;
      },
    call,
    consume: (result: AsyncIterator<unknown>, on) => {
      void pull(result, on);
      return { cancel: (reason) => void result.throw?.(reason).catch(() => {}) };
    },
  },
];
