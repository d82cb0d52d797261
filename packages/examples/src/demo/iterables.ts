import { EventEmitter } from 'node:events';
import { createReadStream, promises } from 'node:fs';
import { Readable } from 'node:stream';
import { callback, convert, promise, toArray } from 'anyasync';
import { from } from 'anyasync/from';
import {
  fromEvent,
  fromStream,
  iterable,
  once,
  readable,
  readableStream,
  toIterable,
} from 'anyasync/iterable';
import { of } from 'rxjs';
import { heard, readme, type Show } from './show.js';

/** Iterables, streams and events. */
export async function iterables(show: Show): Promise<void> {
  function* range(to: number): Generator<number, void> {
    for (let n = 1; n <= to; n++) yield n;
  }
  const size = async (path: string): Promise<number> => (await promises.stat(path)).size;

  await show('generator', 'iterable -> promise', 'convert(range, iterable, promise, ...)', () =>
    convert(range, iterable, promise, { fold: toArray() })(3),
  );

  await show('generator', 'iterable -> callback', 'convert(range, iterable, callback, ...)', () =>
    heard((done) => convert(range, iterable, callback, { fold: toArray() })(3, done)),
  );

  await show('fs.createReadStream', 'Node stream -> iterable', 'toIterable(fromStream(stream))', async () => {
    const stream = createReadStream(readme, { encoding: 'utf8', highWaterMark: 10 });
    let start = '';
    for await (start of toIterable(fromStream(stream))) break;
    return `${start.trim()}; the stream is ${stream.destroyed ? 'destroyed' : 'open'}`;
  });

  await show('EventEmitter', 'events -> iterable', 'toIterable(fromEvent(emitter), latest)', async () => {
    const emitter = new EventEmitter<{ temperature: [degrees: number] }>();
    const latest = toIterable(fromEvent(emitter, 'temperature'), { eager: true, policy: 'latest' });
    for (const degrees of [20, 21, 22]) emitter.emit('temperature', degrees);
    const { value } = await latest.next();
    await latest.return();
    return `${value} degrees; ${emitter.listenerCount('temperature')} listeners left`;
  });

  await show('AbortSignal', 'event -> promise', "once(signal, 'abort')", async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 1);
    const [{ type }] = await once(controller.signal, 'abort', { timeout: 1000 });
    return `an event of the type ${type}`;
  });

  await show('anything', 'whatever it is -> iterable', 'toIterable(from(anything))', async () => {
    const found: unknown[] = [];
    const sources: any[] = [new Set([1]), Readable.from([2]), Promise.resolve(3), of(4)];
    for (const source of sources) for await (const item of toIterable(from(source))) found.push(item);
    return found;
  });

  await show('size', 'promise -> Node stream', 'convert(size, promise, readable)(path)', () =>
    convert(size, promise, readable)(readme).toArray(),
  );

  await show(
    'fs.createReadStream',
    'Node -> web stream',
    'convert(open, readable, readableStream)',
    async () => {
      const open = (path: string) => createReadStream(path);
      const text = await new Response(convert(open, readable, readableStream)(readme)).text();
      return `${text.split('\n')[0]}, as the body of a Response`;
    },
  );
}
