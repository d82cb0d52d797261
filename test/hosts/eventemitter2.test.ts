import { first, toPromise } from 'anyasync';
import { fromEvent, once, toIterable } from 'anyasync/iterable';
import { toObservable } from 'anyasync/rxjs';
import eventemitter2 from 'eventemitter2';
import { expect, test } from 'vitest';
import { testHost } from './host.js';

const { EventEmitter2 } = eventemitter2;
type Emitter = InstanceType<typeof EventEmitter2>;

testHost<Emitter>({
  name: 'eventemitter2 6.4.9',
  converted: 'once(emitter, "line")',
  open: () => new EventEmitter2({ wildcard: true }),
  emitters: (emitter) => [emitter as never],
  same: [
    [
      'the arguments of an event',
      (emitter) => {
        const line = once(emitter, 'line');
        emitter.emit('line', 'a', 1);
        return line;
      },
      (emitter) => {
        const line = emitter.waitFor('line');
        emitter.emit('line', 'a', 1);
        return line;
      },
    ],
  ],
  slow: (emitter, options) => toPromise(fromEvent(emitter, 'line'), { ...options, fold: first() }),
  wasStopped: (emitter) => emitter.listenerCount('line') === 0,
  works: async (emitter) => {
    const line = once<[string]>(emitter, 'line');
    emitter.emit('line', 'again');
    expect(await line).toEqual(['again']);
  },
  more: (emitter) => {
    test('a wildcard is heard as an Observable, and left', () => {
      const heard: unknown[] = [];
      const subscription = toObservable(fromEvent<string>(emitter(), 'user.*')).subscribe((name) =>
        heard.push(name),
      );
      emitter().emit('user.in', 'ann');
      subscription.unsubscribe();
      emitter().emit('user.in', 'bob');
      expect(heard).toEqual(['ann']);
    });

    test('an error ends a loop, as the same object', async () => {
      const lines = toIterable(fromEvent(emitter(), 'line'), { eager: true });
      const error = new Error('broken');
      emitter().emit('error', error);
      await expect(lines.next()).rejects.toBe(error);
    });
  },
});
