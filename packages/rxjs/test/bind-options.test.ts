/** What bindNodeCallback and bindCallback refuse, and where it is said what to write instead. */
import { bindCallback, bindNodeCallback, toObservable } from '@anyasync/rxjs';
import { asapScheduler } from 'rxjs';
import { describe, expect, test } from 'vitest';

const fn = (done: (error: null, value: number) => void): void => done(null, 1);
const selector = (value: number): number => value;

describe.each([
  ['bindNodeCallback', bindNodeCallback as any],
  ['bindCallback', bindCallback as any],
])('%s refuses what it would ignore', (_name, bind) => {
  test.each([
    ['a scheduler', [asapScheduler]],
    ['a result selector', [selector]],
    ['a scheduler after no selector', [undefined, asapScheduler]],
    ['a scheduler after a selector', [selector, asapScheduler]],
    ['a scheduler after options', [{}, asapScheduler]],
    ['null', [null]],
  ])('%s', (_what, rest) => {
    expect(() => bind(fn, ...rest)).toThrow(/map\(\).*observeOn\(\)/);
  });

  test.each(['multiArgs', 'constructor', 'toString', 'scheduler', 'fold '])('the option %s', (name) => {
    expect(() => bind(fn, { [name]: true })).toThrow(`a conversion has no option ${name}`);
  });
  test('multiArgs: with the name that it has here', () => {
    expect(() => bind(fn, { multiArgs: true })).toThrow("values: 'all'");
  });
});

test('toObservable takes no third argument', () => {
  expect(() => (toObservable as any)({}, {}, 1)).toThrow(
    'toObservable() takes an operation and options, and no more',
  );
});
