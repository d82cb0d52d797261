import type { Pair } from './pair.js';
import type { Scenario } from './scenario.js';
import { values } from './values.js';

const { value, cancelled } = values;

/** A call that was cancelled while it waited. */
function cancelledWhile(
  pair: Pair,
  heard: readonly string[],
  late: readonly string[],
  reason = 'reason',
): string[] {
  if (!pair.writes.later) return [...pair.blocked(), 'cancel', 'tick', ...late];
  return ['start', 'return', 'cancel', ...pair.inTurn([...pair.teardown(reason), ...heard]), 'tick', ...late];
}

/** Who cancels, and when. */
export const cancels: readonly Scenario[] = [
  {
    name: 'cancelled by the source',
    steps: [['abort', cancelled]],
    requires: ['errors'],
    expected: (pair) => {
      const aborted = pair.aborted('cancelled');
      return pair.reads.errors === 'thrown' ? pair.thrown('cancelled', aborted) : pair.now(aborted, []);
    },
  },
  {
    name: 'cancel before',
    steps: [['value', value]],
    cancel: 'before',
    expected: (pair) => ['cancel', ...pair.inCall(pair.aborted('reason'))],
  },
  {
    name: 'cancel inside',
    steps: [['cancel'], ['value', value]],
    expected: (pair) => {
      const { reads } = pair;
      const told = reads.told ? pair.teardown('reason') : [];
      const isHeld = reads.handle === 'first'; // and nothing is asked for after the cancel
      const late = reads.late === 'run' && !isHeld ? pair.late('value', true) : [];
      if (reads.inside) return ['start', ...pair.inCall(['cancel', ...told, ...pair.aborted('reason')])];
      if (reads.delivery === 'sync' || isHeld)
        return ['start', ...pair.inCall(['cancel', ...pair.aborted('reason'), ...late, ...told])];
      const log = pair.inCall(['cancel', ...pair.aborted('reason')]);
      const returned = log.findIndex((line) => /^(return|threw)/.test(line));
      if (pair.writes.starts === 'later') return ['start', ...log, ...late];
      return ['start', ...log.slice(0, returned + 1), ...late, ...log.slice(returned + 1)];
    },
  },
  {
    name: 'cancel while',
    steps: [['later'], ['value', value]],
    cancel: 'while',
    requires: ['later'],
    expected: (pair) =>
      cancelledWhile(pair, pair.aborted('reason'), pair.unstopped(pair.late('value', true))),
  },
  {
    name: 'cancel while, and a result after it',
    steps: [['later'], ['value', value]],
    cancel: 'while',
    dispose: true,
    world: { stubborn: true },
    requires: ['later'],
    expected: (pair) =>
      cancelledWhile(
        pair,
        pair.aborted('reason'),
        pair.reads.drops
          ? []
          : pair.reads.ends === 'value' && pair.reads.late === 'run'
            ? ['dispose value']
            : pair.late('value', true),
      ),
  },
  {
    name: 'cancel after',
    steps: [['value', value]],
    cancel: 'after',
    expected: (pair) => [...pair.now(pair.value()), 'cancel'],
  },
  {
    name: 'cancel by the consumer',
    steps: [['later'], ['value', value]],
    cancel: 'by the consumer',
    requires: ['later', 'cancel'],
    expected: (pair) =>
      cancelledWhile(
        pair,
        pair.writes.stopped === 'heard' ? pair.aborted('reason') : [],
        pair.unstopped(pair.late('value', true)),
        pair.writes.reason ? 'reason' : 'CancelledError',
      ),
  },
];
