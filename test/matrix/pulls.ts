/** The records of the styles that are pulled: what their functions return gives an item when it is asked for one. */
import { Readable } from 'node:stream';
import { iterable, readable, readableStream } from '@anyasync/iterable';
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

/** A stream of Node that a script pushes into. */
function readableOf(play: Play, self: unknown, args: readonly unknown[]): Readable {
  let handle: Handle | undefined;
  let demand = (): void => {};
  const stream = new Readable({
    objectMode: true,
    read: () => demand(),
    destroy: (error, done) => {
      if (error === null && !stream.readableEnded) handle?.cancel(undefined);
      done(error);
    },
  });
  const end = (): void => void stream.push(null);
  const item = (value: unknown): Promise<void> => {
    stream.push(value);
    return new Promise((resolve) => {
      demand = resolve;
    });
  };
  const emitter: Emitter = {
    value: (value) => {
      item(value);
      end();
    },
    item,
    complete: end,
    error: (error) => setImmediate(() => stream.destroy(error as Error)),
  };
  play(self, args, emitter, (given) => {
    handle = given;
  });
  return stream;
}

/** A stream of the web that a script enqueues into. */
function readableStreamOf(play: Play, self: unknown, args: readonly unknown[]): ReadableStream {
  let handle: Handle | undefined;
  let isOver = false;
  let demand = (): void => {};
  let controller!: ReadableStreamDefaultController<unknown>;
  const stream = new ReadableStream<unknown>({
    start: (given) => {
      controller = given;
    },
    pull: () => demand(),
    cancel: (reason) => {
      isOver = true;
      handle?.cancel(reason);
    },
  });
  const unlessOver = (act: () => void): void => {
    if (!isOver) act();
  };
  const item = (value: unknown): Promise<void> => {
    unlessOver(() => controller.enqueue(value));
    return new Promise((resolve) => {
      demand = resolve;
    });
  };
  // In another turn: what is enqueued would be dropped, and a closed stream has nothing to stop.
  const soon = (act: () => void): void => void setImmediate(() => unlessOver(act));
  const end = (): void => soon(() => controller.close());
  const emitter: Emitter = {
    value: (value) => {
      item(value);
      end();
    },
    item,
    complete: end,
    error: (error) => soon(() => controller.error(error)),
  };
  play(self, args, emitter, (given) => {
    handle = given;
  });
  return stream;
}

/** Pulls from a reader until the end. */
async function readAll(reader: ReadableStreamDefaultReader<unknown>, on: Consumer): Promise<void> {
  try {
    for (let result = await reader.read(); !result.done; result = await reader.read()) {
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
  {
    name: 'readable',
    package: '@anyasync/iterable',
    style: readable,
    reads: { ...reads, errors: 'truthy', late: 'nobody', drops: true, nulls: false },
    writes: { ...writes, errors: 'truthy', starts: 'later', nulls: 'NullItemError' },
    source: (play: Play): Native =>
      function (...args) {
        return readableOf(play, this, args);
      },
    call,
    consume: (result: Readable, on) => {
      result.on('data', (item) => {
        const ready = on.item(item);
        if (!(ready instanceof Promise)) return;
        result.pause();
        void ready.then(() => result.resume());
      });
      result.on('end', on.complete).on('error', on.error);
      return { cancel: (reason) => void result.destroy(reason as Error) };
    },
  },
  {
    name: 'readableStream',
    package: '@anyasync/iterable',
    style: readableStream,
    reads: { ...reads, reason: true, drops: true },
    writes: { ...writes, stopped: 'quiet', starts: 'later' },
    source: (play: Play): Native =>
      function (...args) {
        return readableStreamOf(play, this, args);
      },
    call,
    consume: (result: ReadableStream, on) => {
      if (result.locked) return {}; // it has one consumer
      const reader = result.getReader();
      let isLeft = false;
      const complete = (): void => {
        if (!isLeft) on.complete();
      };
      void readAll(reader, { ...on, complete });
      return {
        cancel: (reason) => {
          isLeft = true;
          void reader.cancel(reason);
        },
      };
    },
  },
];
