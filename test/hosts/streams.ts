/** What every copy of Node's streams is put through. */
import { toArray, toPromise } from 'anyasync';
import { fromStream, toIterable } from 'anyasync/iterable';
import { expect, test } from 'vitest';
import { ending, type Listened, testHost } from './host.js';

/** What is used of a stream here. */
export interface StreamLike extends Listened {
  read(): unknown;
  on(name: string, listener: (...args: any[]) => void): unknown;
  removeListener(name: string, listener: (...args: any[]) => void): unknown;
  destroy(error?: Error): unknown;
  push(chunk: unknown): unknown;
}
export type StreamClass = new (options: {
  read(this: StreamLike, ...more: any[]): void;
  objectMode?: boolean;
}) => StreamLike;

/** Two chunks and the end. */
const two = (Readable: StreamClass): StreamLike => {
  const chunks = ['a', 'b', null];
  return new Readable({
    read(...[done]: [unknown?]) {
      this.push(chunks.shift());
      if (typeof done === 'function') done(null); // streamx
    },
  });
};
/** One that brings nothing. */
const silent = (Readable: StreamClass): StreamLike => new Readable({ read() {} });
const chunksOf = async (stream: StreamLike): Promise<string> =>
  (await toPromise(fromStream(stream as never), { fold: toArray() })).join('');

let last: StreamLike & { destroyed?: boolean; destroying?: boolean };

export function testStreams(name: string, Readable: StreamClass): void {
  testHost<StreamClass>({
    name,
    converted: 'toPromise(fromStream(stream), { fold: toArray() })',
    open: () => Readable,
    slow: (_, options) => {
      last = silent(Readable);
      return toPromise(fromStream(last as never), { ...options, fold: toArray() });
    },
    wasStopped: () => last.destroyed === true || last.destroying === true,
    works: async () => expect(await chunksOf(two(Readable))).toBe('ab'),
    more: () => {
      test('a stream that has ended before it is read, ends at once', async () => {
        const stream = two(Readable);
        await chunksOf(stream);
        expect(await chunksOf(stream)).toBe('');
      });

      test('a loop that is left destroys it, and leaves no listener', async () => {
        const stream = two(Readable);
        for await (const _ of toIterable(fromStream(stream as never))) break;
        await new Promise((resolve) => setImmediate(resolve));
        expect(stream.listenerCount?.('readable')).toBe(0);
        expect(stream.listenerCount?.('end')).toBe(0);
      });

      test('its error is that of the run, the same object', async () => {
        const stream = silent(Readable);
        const error = new Error('broken');
        const read = ending(() => chunksOf(stream));
        stream.destroy(error);
        expect(await read).toEqual(await ending(() => Promise.reject(error)));
      });

      test('destroyed before it is read, an unread one fails with its error', async () => {
        const stream = silent(Readable);
        const operation = fromStream(stream as never);
        stream.destroy(new Error('broken'));
        await new Promise((resolve) => setImmediate(resolve));
        expect(await ending(() => toPromise(operation, { fold: toArray() }))).toMatchObject({
          message: 'broken',
        });
      });
    },
  });
}
