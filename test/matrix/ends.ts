import type { Pair } from './pair.js';
import type { Scenario } from './scenario.js';
import { values } from './values.js';

const { value, second, error, oddError, thenable } = values;

/** A source that ends with this error; a synchronous one throws it. */
function failed(pair: Pair, name: string, isFalsy = false): string[] {
  const asError = pair.error(name, isFalsy);
  return pair.reads.errors === 'thrown' ? pair.thrown(name, asError) : pair.now(asError);
}

/** How a source ends: with a value, an error, both, twice, or not at all. */
export const ends: readonly Scenario[] = [
  { name: 'value now', steps: [['value', value]], expected: (pair) => pair.now(pair.value()) },
  {
    name: 'value later',
    steps: [['later'], ['value', value]],
    requires: ['later'],
    expected: (pair) => pair.later(pair.value()),
  },
  { name: 'undefined', steps: [['value', undefined]], expected: (pair) => pair.now(pair.value('undefined')) },
  {
    name: 'null',
    steps: [['value', null]],
    requires: ['nulls'],
    expected: (pair) => {
      const { reads, writes } = pair;
      if (writes.nulls === true) return pair.now(pair.value('null'));
      const told = reads.ends === 'complete' ? pair.teardown(writes.nulls) : [];
      return pair.now([...told, ...pair.error(writes.nulls)]);
    },
  },
  {
    name: 'a thenable as value',
    steps: [['value', thenable]],
    expected: (pair) => pair.now(pair.value('thenable')),
  },
  {
    name: 'throw now',
    steps: [['throw', error]],
    expected: (pair) => pair.thrown('error', pair.error('error')),
  },
  {
    name: 'error now',
    steps: [['error', error]],
    requires: ['errors'],
    expected: (pair) => failed(pair, 'error'),
  },
  {
    name: 'error later',
    steps: [['later'], ['error', error]],
    requires: ['errors', 'later'],
    expected: (pair) => pair.later(pair.error('error')),
  },
  {
    name: 'same error object',
    steps: [['error', oddError]],
    requires: ['errors'],
    expected: (pair) => failed(pair, 'oddError'),
  },
  {
    name: 'falsy error',
    steps: [['error', 0]],
    requires: ['falsy'],
    expected: (pair) => failed(pair, '0', true),
  },
  {
    name: 'undefined as error',
    steps: [['error', undefined]],
    requires: ['nullish'],
    expected: (pair) => failed(pair, 'undefined', true),
  },
  {
    name: 'settle twice',
    steps: [
      ['value', value],
      ['value', second],
    ],
    requires: ['twice'],
    expected: (pair) => pair.now([...pair.value(), ...pair.late('second')]),
  },
  {
    name: 'value then error',
    steps: [
      ['value', value],
      ['error', error],
    ],
    requires: ['twice', 'errors'],
    expected: (pair) => pair.now([...pair.value(), 'stray error error']),
  },
  {
    name: 'value then throw',
    steps: [
      ['value', value],
      ['throw', error],
    ],
    requires: ['twice'],
    expected: (pair) =>
      pair.reads.late === 'object' // its call returns nothing that could bring the value
        ? pair.thrown('error', pair.error('error'))
        : pair.now([...pair.value(), `stray ${pair.reads.thrown} error`]),
  },
  {
    name: 'never',
    steps: [['later']],
    requires: ['later'],
    expected: (pair) => pair.later([]),
  },
];
