import { assertStyle } from './convert.js';
import type { Style, Traits } from './style.js';

/** One thing that a conversion drops. */
export interface Loss {
  /** The trait in which the two styles differ. */
  readonly trait: keyof Traits;
  /** What is lost, and what keeps it where something does, as a sentence. */
  readonly what: string;
}

const strength = { none: 0, detach: 1, stop: 2 };
const certainty = { none: 0, some: 1, any: 2 };

interface Row extends Loss {
  /** When the trait is lost. By default: if the style that is read has it, and the one that is written has not. */
  readonly lost?: (from: Traits, to: Traits) => boolean;
}

const ledger: readonly Row[] = [
  {
    trait: 'items',
    what: 'Items need a fold, or { next } to take them.',
  },
  {
    trait: 'lazy',
    what: 'Work starts with the call, and is not run again by a second consumer.',
  },
  {
    trait: 'shared',
    lost: (from, to) => from.lazy && to.lazy && !from.shared && to.shared === true,
    what: 'Consumers at the same time share one run.',
  },
  {
    trait: 'replay',
    what: 'Who comes after the end does not get the result.',
  },
  {
    trait: 'delivery',
    lost: (from, to) => from.delivery === 'sync' && to.delivery === 'async',
    what: 'A result that is there inside the call arrives after it.',
  },
  {
    trait: 'cancel',
    lost: (from, to) => strength[from.cancel] > strength[to.cancel],
    what: 'The consumer cancels through { signal } or { timeout } only.',
  },
  {
    trait: 'cancelled',
    what: 'Cancelled arrives as an error; isCancelled(error) tells it apart.',
  },
  {
    trait: 'errors',
    lost: (from, to) => certainty[from.errors] > certainty[to.errors],
    what: 'An error that cannot be told from success arrives as a FalsyRejectionError, or as a stray where there is no place for errors.',
  },
  {
    trait: 'thenables',
    what: 'A value that is a thenable is awaited.',
  },
  {
    trait: 'nulls',
    lost: (from, to) => from.nulls !== false && to.nulls === false,
    what: 'An item or a value that is null would be the end, and is a NullItemError.',
  },
  {
    trait: 'arguments',
    lost: (from, to) => from.arguments === 'many' && to.arguments === 'one',
    what: 'Only the first of several values arrives, unless { values } says how to carry them.',
  },
  {
    trait: 'beside',
    what: 'Values beside an error are dropped.',
  },
  {
    trait: 'this',
    what: 'The function is not called with a this.',
  },
  {
    trait: 'backpressure',
    what: 'A slow consumer does not slow the source down.',
  },
  {
    trait: 'context',
    lost: (from, to) => from.context === 'subscriber' && to.context === 'emitter' && !to.lazy,
    what: 'The consumer runs in the async context of whoever settles.',
  },
];

/**
 * What a conversion drops, computed from the traits of the two styles. Nothing else is lost: the test matrix proves each claimed
 * loss and each claimed survival, and the README's table is made from this.
 *
 * @example
 * ```ts
 * import { losses, sync } from '@anyasync/core';
 * import { promise } from '@anyasync/promise';
 *
 * losses(sync, promise).map((loss) => loss.trait); //=> ['delivery', 'thenables']
 * ```
 */
export function losses(from: Style, to: Style): Loss[] {
  assertStyle(from, 'from', 'lift');
  assertStyle(to, 'to', 'lower');
  const written = { ...to.traits, ...to.written };
  const isLost = ({ trait, lost }: Row): boolean =>
    typeof lost !== 'function' ? Boolean(from.traits[trait]) && !written[trait] : lost(from.traits, written);
  return ledger.filter(isLost).map(({ trait, what }) => ({ trait, what }));
}
