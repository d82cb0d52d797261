import { convertAny, playThereAndBack } from './cell.js';
import { Pair } from './pair.js';
import type { Scenario } from './scenario.js';
import { values } from './values.js';
import { World } from './world.js';

const { value } = values;

/** What the consumer does, and what belongs to the call. */
export const calls: readonly Scenario[] = [
  {
    name: 'consumer throws',
    steps: [['value', value]],
    world: {
      whenHeard: () => {
        throw values.consumerError;
      },
    },
    requires: ['consumer'],
    expected: (pair) => {
      const log = pair.now(pair.value());
      const thrown = `${pair.writes.consumer === 'derived' ? 'derived' : 'stray thrown'} consumerError`;
      const isInside = pair.writes.delivery === 'sync' && log.at(-1) === 'return';
      return isInside ? [...log.slice(0, -1), thrown, 'return'] : [...log, thrown];
    },
  },
  {
    name: 'consumer re-enters',
    steps: [['value', value]],
    world: { whenHeard: (world) => world.log.filter((line) => line === 'start').length < 2 && world.again() },
    expected: (pair) => {
      const once = pair.now(pair.value());
      const isNested = once.at(-1) === 'return';
      if (isNested) return [...once.slice(0, -1), ...once, 'return'];
      return once.some((line) => line.startsWith('threw')) ? once : [...once, ...once];
    },
  },
  {
    name: 'late consumer',
    steps: [['value', value]],
    late: true,
    requires: ['replay'],
    expected: (pair) => [...pair.now(pair.value()), ...pair.value()],
  },
  {
    name: 'this and arguments',
    steps: [['value', value]],
    world: { arguments: true },
    expected: (pair) => pair.now(pair.value()).map((line) => (line === 'start' ? 'start self a b' : line)),
  },
  {
    name: 'async context',
    steps: [['later'], ['value', value]],
    world: { context: true },
    requires: ['later'],
    expected: (pair) => {
      const heard = pair.writes.context === 'subscriber' ? 'consumer' : pair.reads.context;
      const caller = pair.writes.lazy || pair.to.consume === undefined ? 'consumer' : 'caller';
      return pair.later(pair.value('value', ` in ${heard === 'subscriber' ? caller : heard}`));
    },
  },
  {
    name: 'round trip',
    steps: [],
    requires: ['plain'],
    expected: () => ['the original'],
    play: async ({ from, to }) => {
      const native = from.source(new World().play([]));
      const there = convertAny(native, from.style, to.style);
      return [convertAny(there, to.style, from.style) === native ? 'the original' : 'another function'];
    },
  },
  {
    name: 'value there and back',
    steps: [['value', value]],
    expected: (pair) => {
      const back = new Pair(pair.to, pair.from);
      const late = pair.late('value', true);
      if (pair.reads.delivery === 'async' && !pair.writes.later)
        return [...pair.teardown('WouldDeadlockError'), ...late, ...back.error('WouldDeadlockError')];
      if (pair.writes.delivery === 'async' && !back.writes.later)
        return back.reads.handle === 'first'
          ? ['threw WouldDeadlockError', ...(pair.writes.starts === 'later' ? [] : back.late('value', true))]
          : ['threw WouldDeadlockError', 'stray value value (cancelled)']; // after the fold, which nobody could tell
      return back.value();
    },
    play: (pair) => playThereAndBack(pair, [['value', value]]),
  },
];
