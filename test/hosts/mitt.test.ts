import { first, operation, toPromise } from 'anyasync';
import { fromEvent } from 'anyasync/iterable';
import mittModule, { type Emitter } from 'mitt';
import { expect, test } from 'vitest';
import { testHost } from './host.js';

// Its types are those of CommonJS, whose default export would be a member.
const mitt = mittModule as unknown as typeof mittModule.default;
type Events = { line: string };
type Mitt = Emitter<Events>;

/** It has `on` and `off`, and no `removeListener`. */
const line = (emitter: Mitt) =>
  operation<void, string>((receiver) => {
    const hear = (text: string): void => void receiver.next(text);
    emitter.on('line', hear);
    receiver.onCancel(() => emitter.off('line', hear));
  });

const soon = (emitter: Mitt): Promise<string> => {
  const heard = toPromise(line(emitter), { fold: first() });
  emitter.emit('line', 'a');
  return heard;
};

testHost<Mitt>({
  name: 'mitt 3.0.1',
  converted: 'operation((receiver) => emitter.on(...))',
  open: () => mitt<Events>(),
  emitters: ({ all }) => [
    { eventNames: () => [...all.keys()], listenerCount: (name) => all.get(name as 'line')?.length ?? 0 },
  ],
  same: [['an event', soon, async () => 'a']],
  slow: (emitter, options) => toPromise(line(emitter), { ...options, fold: first() }),
  wasStopped: ({ all }) => (all.get('line')?.length ?? 0) === 0,
  works: async (emitter) => expect(await soon(emitter)).toBe('a'),
  more: (emitter) => {
    test.skip('fromEvent(emitter, "line"): it takes on() with removeListener() or addEventListener(), and no on() with off()', () => {
      fromEvent(emitter() as never, 'line');
    });
  },
});
