/** Items that are all there at once, read one by one: ours beside what else makes an async iterator or a stream of the web of them. */
import { EventEmitter, on } from 'node:events';
import { Readable } from 'node:stream';
import { load } from './conversion.js';

/** What a source tells. */
export interface Told {
  readonly produced: () => void;
  readonly stopped: () => void;
}

/** Makes an iterator of so many items, the numbers from 0; of `undefined`, one whose source waits for ever. The limit is of what may wait. */
export type Open = (items: number | undefined, told: Told, limit?: number) => Drained;

export interface Drained {
  next(): PromiseLike<{ readonly done?: boolean | undefined; readonly value?: any }>;
  return(value?: any): PromiseLike<unknown>;
}

interface Drain {
  readonly name: string;
  /** Which of ours does the same; without it the first. */
  readonly beside?: string;
  readonly load: () => Promise<Open>;
}

interface Drains {
  readonly title: string;
  /** The first is ours. */
  readonly drains: readonly Drain[];
}

/** What an Observable of RxJS is made with. */
const subscribing = (items: number | undefined, told: Told) => (subscriber: any) => {
  for (let i = 0; i < (items ?? 0) && !subscriber.closed; i++) {
    told.produced();
    subscriber.next(i);
  }
  if (items !== undefined) subscriber.complete();
  return told.stopped;
};

const ours = (policy: 'each' | 'batch') => async (): Promise<Open> => {
  const [{ fromObservable }, { toIterable }, { Observable }] = await Promise.all([
    load('@anyasync/observable'),
    load('@anyasync/iterable'),
    load('rxjs'),
  ]);
  return (items, told, limit) =>
    toIterable(fromObservable(new Observable(subscribing(items, told))), { policy, limit });
};
const forAwait = (name: string) => async (): Promise<Open> => {
  const [{ [name]: from }, { Observable }] = await Promise.all([load('rxjs-for-await'), load('rxjs')]);
  return (items, told) => from(new Observable(subscribing(items, told)));
};
async function rxjs8(): Promise<Open> {
  const { Observable } = await load('rxjs8');
  return (items, told) => new Observable(subscribing(items, told))[Symbol.asyncIterator]();
}

/** An emitter emits when it is heard, and tells when nobody listens to it any more. */
function emitting(
  items: number | undefined,
  told: Told,
  iterate: (emitter: EventEmitter) => unknown,
): Drained {
  const emitter = new EventEmitter().on('removeListener', told.stopped);
  const iterator = iterate(emitter) as Drained;
  for (let i = 0; i < (items ?? 0); i++) {
    told.produced();
    emitter.emit('item', i);
  }
  if (items !== undefined) emitter.emit('end');
  return iterator;
}
async function ourEvents(): Promise<Open> {
  const { fromEvent, toIterable } = await load('@anyasync/iterable');
  return (items, told, limit) =>
    emitting(items, told, (emitter) =>
      toIterable(fromEvent(emitter, 'item', { end: 'end' }), { eager: true, limit }),
    );
}

async function* generator(items: number | undefined, told: Told): AsyncGenerator<number> {
  try {
    if (items === undefined) await new Promise(() => {});
    for (let i = 0; i < (items ?? 0); i++) {
      told.produced();
      yield i;
    }
  } finally {
    told.stopped();
  }
}

function readable(items: number | undefined, told: Told): Readable {
  let i = 0;
  return new Readable({
    objectMode: true,
    read() {
      if (items === undefined) return;
      if (i === items) return void this.push(null);
      told.produced();
      this.push(i++);
    },
    destroy(error, callback) {
      told.stopped();
      callback(error);
    },
  });
}
const read = (stream: ReadableStream<unknown>): Drained => {
  const reader = stream.getReader();
  return { next: () => reader.read(), return: () => reader.cancel() };
};
const ourStream = (highWaterMark: number) => async (): Promise<Open> => {
  const { fromStream, toReadableStream } = await load('@anyasync/iterable');
  return (items, told, limit = highWaterMark) =>
    read(toReadableStream(fromStream(readable(items, told)), { highWaterMark: limit }));
};
/** The types of Node 20 know nothing of its options. */
const toWeb = Readable.toWeb as (stream: Readable, options?: object) => unknown;

export const drains: readonly Drains[] = [
  {
    title: 'items -> async iterable',
    drains: [
      { name: 'anyasync toIterable', load: ours('each') },
      { name: 'anyasync toIterable, batch', load: ours('batch') },
      { name: 'rxjs-for-await eachValueFrom', load: forAwait('eachValueFrom') },
      {
        name: 'rxjs-for-await bufferedValuesFrom',
        beside: 'anyasync toIterable, batch',
        load: forAwait('bufferedValuesFrom'),
      },
      { name: "rxjs 8's iterator", load: rxjs8 },
      { name: 'anyasync fromEvent, toIterable', load: ourEvents },
      {
        name: 'events.on',
        beside: 'anyasync fromEvent, toIterable',
        load: async () => (items, told) =>
          emitting(items, told, (emitter) => on(emitter, 'item', { close: ['end'] } as object)),
      },
      { name: 'async generator', load: async () => (items, told) => generator(items, told) },
    ],
  },
  {
    title: 'node stream -> web stream',
    drains: [
      { name: 'anyasync toReadableStream', load: ourStream(0) },
      // What Readable.toWeb has by default.
      { name: 'anyasync, highWaterMark: 16', load: ourStream(16) },
      {
        name: 'Readable.toWeb',
        beside: 'anyasync, highWaterMark: 16',
        load: async () => (items, told, limit) => {
          const options = limit === undefined ? undefined : { strategy: { highWaterMark: limit } };
          return read(toWeb(readable(items, told), options) as ReadableStream<unknown>);
        },
      },
    ],
  },
];
