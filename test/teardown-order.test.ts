/** What iterables and events free by themselves is free before a successor starts, with each RxJS. */
import { EventEmitter } from 'node:events';
import { fromEvent, fromIterable } from '@anyasync/iterable';
import { describe, expect, test } from 'vitest';
import {
  type Library,
  later,
  libraries,
  listen,
  piping,
  write,
} from '../packages/observable/test/libraries.js';

type Log = (line: string) => void;

async function logOf(make: (log: Log) => any): Promise<string[]> {
  const log: string[] = [];
  listen(
    make((line) => log.push(line)),
    log,
  );
  for (let i = 0; i < 5; i++) await later();
  return log;
}

describe.each(piping)('what a source frees by itself is free before its successor starts: %s', (name, rx) => {
  const library = libraries.find(([each]) => each === name)?.[1] as Library;
  const logOfTwo = (make: (n: number, log: Log) => any): Promise<string[]> =>
    logOf((log: Log) => rx.of(1, 2).pipe(rx.concatMap((n: number) => write(make(n, log), library))));
  const twice = ['open 1', 'next 1', 'close 1', 'open 2', 'next 2', 'close 2', 'complete'];

  test('a generator', async () => {
    function* opened(n: number, log: Log) {
      log(`open ${n}`);
      try {
        yield n;
      } finally {
        log(`close ${n}`);
      }
    }
    expect(await logOfTwo((n, log) => fromIterable(opened(n, log)))).toEqual(twice);
  });

  test('an asynchronous generator', async () => {
    async function* opened(n: number, log: Log) {
      log(`open ${n}`);
      try {
        yield n;
      } finally {
        await null;
        log(`close ${n}`);
      }
    }
    expect(await logOfTwo((n, log) => fromIterable(opened(n, log)))).toEqual(twice);
  });

  test('events', async () => {
    const make = (n: number, log: Log) => {
      const emitter = new EventEmitter();
      emitter.on('newListener', (event) => event === 'item' && log(`open ${n}`));
      emitter.on('removeListener', (event) => event === 'item' && log(`close ${n}`));
      setTimeout(() => {
        emitter.emit('item', n);
        emitter.emit('end');
      });
      return fromEvent(emitter, 'item', { end: 'end' });
    };
    expect(await logOfTwo(make)).toEqual(twice);
  });
});
