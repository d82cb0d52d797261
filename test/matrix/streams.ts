import { first, toArray } from '@anyasync/core';
import type { Pair } from './pair.js';
import type { Scenario } from './scenario.js';
import { values } from './values.js';

const { second, item, error } = values;

/** Two values that a style without items gets as the fold makes them. */
const folded = (pair: Pair, items: readonly string[], fold: readonly string[]): readonly string[] =>
  pair.writes.items ? items : fold;

/** Items before the end. */
export const streams: readonly Scenario[] = [
  {
    name: 'empty',
    steps: [['complete']],
    requires: ['items'],
    expected: (pair) => pair.now(folded(pair, ['complete'], pair.error('EmptyError')), []),
  },
  {
    name: 'many',
    steps: [['item', item], ['item', second], ['complete']],
    fold: toArray(),
    requires: ['items'],
    expected: (pair) =>
      pair.now(
        folded(pair, ['item item', 'item second', 'complete'], ['value [item second]']),
        pair.late('item', true),
      ),
  },
  {
    name: 'many, and an error',
    steps: [
      ['item', item],
      ['error', error],
    ],
    fold: toArray(),
    requires: ['items', 'errors'],
    expected: (pair) =>
      pair.now([...folded(pair, ['item item'], []), ...pair.error('error')], pair.late('item', true)),
  },
  {
    name: 'the first of many',
    steps: [['later'], ['item', item], ['item', second], ['complete']],
    fold: first(),
    requires: ['items', 'later'],
    expected: (pair) =>
      pair.later(
        folded(
          pair,
          ['item item', 'item second', 'complete'],
          [...pair.teardown('CancelledError'), 'value item'],
        ),
      ),
  },
  {
    name: 'infinite synchronous source',
    steps: [['forever']],
    fold: first(),
    requires: ['items', 'inside'],
    expected: (pair) =>
      pair.now(
        folded(
          pair,
          [...Array(1000).fill('item item'), 'looped 1000'],
          [...pair.teardown('CancelledError'), 'value item', 'looped 1'],
        ),
      ),
  },
];
