import { play, type Script } from './cell.js';
import type { Pair } from './pair.js';

/** Why a style cannot have a scenario; each reason is tested by itself in cannot.test.ts. */
export const requirements = {
  later: { of: 'from', why: 'answers inside the call', has: ({ reads }) => reads.later },
  errors: { of: 'from', why: 'has no errors', has: ({ reads }) => reads.errors !== 'none' },
  falsy: {
    of: 'from',
    why: 'takes a falsy error for none',
    has: ({ reads }) => !['none', 'truthy'].includes(reads.errors),
  },
  nullish: {
    of: 'from',
    why: 'takes an undefined error for none',
    has: ({ reads }) => ['any', 'thrown'].includes(reads.errors),
  },
  twice: { of: 'from', why: 'answers once by itself', has: ({ reads }) => reads.twice },
  nulls: { of: 'from', why: 'has no null', has: ({ reads }) => reads.nulls },
  items: { of: 'from', why: 'has no items', has: ({ reads }) => reads.items },
  inside: { of: 'from', why: 'hears of a cancel only after the call', has: ({ reads }) => reads.inside },
  cancel: { of: 'to', why: 'has no cancel', has: ({ writes }) => writes.cancel !== 'none' },
  consumer: {
    of: 'to',
    why: 'has no consumer but its caller, or reports by itself',
    has: ({ writes }) => writes.consumer !== 'caller' && writes.consumer !== 'library',
  },
  plain: { of: 'from', why: 'needs a fold', has: ({ reads, writes }) => !reads.items || writes.items },
  replay: { of: 'to', why: 'keeps no result', has: ({ writes }) => writes.replay },
} as const satisfies Readonly<
  Record<string, { of: 'from' | 'to'; why: string; has: (pair: Pair) => boolean }>
>;

export type Requirement = keyof typeof requirements;

export interface Scenario extends Script {
  readonly name: string;
  readonly requires?: readonly Requirement[];
  /** The log that must come of it. */
  readonly expected: (pair: Pair) => readonly string[];
  /** Plays it, where it is not one call of one conversion. */
  readonly play?: (pair: Pair) => Promise<string[]>;
}

/** The first requirement that the pair does not meet. */
export const missing = (pair: Pair, { requires = [] }: Scenario): Requirement | undefined =>
  requires.find((requirement) => !requirements[requirement].has(pair));

/** The log that must come of a scenario; where work starts after the call has returned, all that the source does comes after it. */
export function expectedLog(pair: Pair, scenario: Scenario): string[] {
  const log = scenario.expected(pair);
  if (pair.writes.starts === 'inside') return [...log];
  const moved: string[] = [];
  let isInside = false;
  for (const line of log) {
    const starts = line.startsWith('start');
    if (starts) moved.push('return');
    if (line !== 'return' || !isInside) moved.push(line);
    isInside = starts || (isInside && line !== 'return');
  }
  return moved;
}

/** Plays a scenario and returns its log. */
export const playScenario = (pair: Pair, scenario: Scenario): Promise<string[]> =>
  scenario.play?.(pair) ?? play(pair, scenario);
