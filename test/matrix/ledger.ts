import type { Traits } from '@anyasync/core';
import { convertAny, itemOptions, play } from './cell.js';
import type { Pair } from './pair.js';
import { show, values } from './values.js';
import { World } from './world.js';

const { value, second, item, error, thenable, cancelled } = values;

/** How the matrix sees a trait: whether a source has it, and whether it is still there in the style that it was converted to. */
export interface Observation {
  readonly has: (traits: Traits) => boolean;
  readonly isKept: (pair: Pair) => Promise<boolean>;
  /** It shows only in what the consumer hears, and so not where the call gives up. */
  readonly isHeard?: true;
  /** Why it cannot be seen in this pair, if so. */
  readonly hidden?: (pair: Pair) => string | undefined;
}

const lineWith = (log: readonly string[], what: string): number =>
  log.findIndex((line) => /^(value|item) /.test(line) && line.includes(what));

export const observations: Readonly<Record<keyof Traits, Observation>> = {
  items: {
    has: ({ items }) => items,
    isKept: async (pair) =>
      (await play(pair, { steps: [['item', item], ['complete']] })).includes('item item'),
  },
  lazy: {
    has: ({ lazy }) => lazy,
    isKept: async (pair) => {
      const world = new World();
      const script = { steps: [['value', value]] as const };
      const native = pair.from.source(world.play(script.steps));
      const converted = convertAny(native, pair.from.style, pair.to.style, itemOptions(pair, script, world));
      const log = await world.run(() =>
        world.call(() => void pair.to.call(converted, undefined, [], world.consumer)),
      );
      return !log.includes('start');
    },
  },
  replay: {
    has: ({ replay }) => replay,
    isKept: async (pair) => {
      const log = await play(pair, { steps: [['value', value]], late: true });
      const count = (what: string): number => log.filter((line) => line === what).length;
      return count('start') === 1 && count('value value') === 2;
    },
  },
  delivery: {
    has: ({ delivery }) => delivery === 'sync',
    isKept: async (pair) => {
      const log = await play(pair, { steps: [['value', value]] });
      return lineWith(log, 'value') < log.indexOf('return');
    },
  },
  cancel: {
    has: ({ cancel }) => cancel !== 'none',
    isKept: async (pair) => {
      const log = await play(pair, { steps: [['later'], ['value', value]], cancel: 'by the consumer' });
      return log.slice(log.indexOf('cancel')).some((line) => line.startsWith('teardown'));
    },
  },
  cancelled: {
    has: ({ cancelled }) => cancelled,
    isKept: async (pair) => (await play(pair, { steps: [['abort', cancelled]] })).includes('abort cancelled'),
  },
  errors: {
    has: ({ errors }) => errors !== 'none',
    hidden: ({ reads, writes }) =>
      reads.errors === 'thrown' && writes.throws === 'thrown' ? 'what the call throws is thrown' : undefined,
    isHeard: true,
    isKept: async (pair) => {
      const reason = pair.from.style.traits.errors === 'any' ? 0 : error;
      const log = await play(pair, { steps: [['error', reason]] });
      return log.includes(`error ${show(reason)}`) || log.includes(`threw ${show(reason)}`);
    },
  },
  thenables: {
    has: ({ thenables }) => thenables,
    isHeard: true,
    isKept: async (pair) =>
      (await play(pair, { steps: [['value', thenable]] })).some((line) =>
        /^(value|item) thenable/.test(line),
      ),
  },
  nulls: {
    has: ({ nulls }) => nulls !== false,
    isHeard: true,
    isKept: async (pair) =>
      (await play(pair, { steps: [['value', null]] })).some((line) => /^(value|item) null/.test(line)),
  },
  arguments: {
    has: (traits) => traits.arguments === 'many',
    isKept: async (pair) =>
      lineWith(await play(pair, { steps: [['value', value, second]] }), 'value second') >= 0,
  },
  beside: {
    has: (traits) => traits.beside === true,
    isKept: async (pair) =>
      (await play(pair, { steps: [['error', error, second]] })).some((line) => line.includes('second')),
  },
  this: {
    has: (traits) => traits.this,
    isKept: async (pair) =>
      (await play(pair, { steps: [['value', value]], world: { arguments: true } })).some((line) =>
        line.startsWith('start self'),
      ),
  },
  backpressure: {
    has: ({ backpressure }) => backpressure,
    isKept: async (pair) => {
      const log = await play(pair, {
        steps: [['pull', item], ['pull', second], ['complete']],
        world: { slow: true },
      });
      return log.includes('ready') && log.indexOf('ready') < lineWith(log, 'second');
    },
  },
  context: {
    has: ({ context }) => context === 'subscriber',
    hidden: ({ reads, writes }) =>
      !reads.later && writes.replay ? 'the result is there before anybody listens' : undefined,
    isHeard: true,
    isKept: async (pair) => {
      const { later } = pair.reads;
      const log = await play(pair, {
        steps: later ? [['later'], ['value', value]] : [['value', value]],
        world: { context: true },
      });
      return log.some((line) => line.endsWith('in consumer'));
    },
  },
  shared: {
    has: ({ lazy, shared }) => lazy && !shared,
    hidden: ({ writes }) => (writes.lazy ? undefined : 'it is not lazy'),
    isKept: async (pair) => {
      const log = await play(pair, { steps: [['later'], ['value', value]], together: true });
      return log.filter((line) => line === 'start').length === 2;
    },
  },
};
