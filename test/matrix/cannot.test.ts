/** What a style cannot: each reason for which the matrix skips a cell, seen once. */
import { callback, callbackPair, chromeCallback, valueCallback } from '@anyasync/callback';
import { ArgumentError, convert, first, type Style, sync, WouldDeadlockError } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { describe, expect, it } from 'vitest';
import { styles } from '../styles.js';
import { convertAny, play } from './cell.js';
import { Pair } from './pair.js';
import type { StyleRecord } from './record.js';
import { type Requirement, requirements } from './scenario.js';
import { values } from './values.js';
import type { Step } from './world.js';

const recordOf = (style: string): StyleRecord => styles.find(({ name }) => name === style) as StyleRecord;
const pair = (from: string, to: string): Pair => new Pair(recordOf(from), recordOf(to));
const items = recordOf('items').style;

const cannot: Readonly<Record<Requirement, readonly [sentence: string, test: () => Promise<void>]>> = {
  later: [
    'a synchronous call that returns a promise has that promise as its value',
    async () => {
      const later = Promise.resolve(values.value);
      const log: unknown[] = [];
      await new Promise<void>((done) => {
        convertAny(
          () => later,
          sync,
          callback,
        )((error: unknown, value: unknown) => {
          log.push(error, value);
          done();
        });
      });
      expect(log[1]).toBe(later);
    },
  ],
  errors: [
    'a value callback that gets an error has it as its value',
    async () => {
      const failing = (done: (value: unknown) => void): void => done(values.error);
      await expect(convertAny(failing, valueCallback, promise)()).resolves.toBe(values.error);
    },
  ],
  falsy: [
    'an error-first callback that gets a falsy error has its value',
    async () => {
      const failing = (done: (error: unknown, value: unknown) => void): void => done(0, values.value);
      await expect(convertAny(failing, callback, promise)()).resolves.toBe(values.value);
    },
  ],
  nullish: [
    'a callback whose lastError is undefined has its value',
    async () =>
      expect(await play(pair('chromeCallback', 'promise'), { steps: [['error', undefined]] })).toEqual([
        'start',
        'return',
        'value undefined',
      ]),
  ],
  twice: [
    'a promise that is settled twice keeps the first to itself, and nobody hears of the second',
    async () => {
      const steps: Step[] = [
        ['value', values.value],
        ['error', values.error],
      ];
      expect(await play(pair('promise', 'callback'), { steps })).toEqual(['start', 'return', 'value value']);
    },
  ],
  nulls: [
    'a stream of Node that is given null has ended',
    async () =>
      expect(await play(pair('readable', 'operation'), { steps: [['value', null]] })).toEqual([
        'start',
        'return',
        'complete',
      ]),
  ],
  items: [
    'a callback that is called without a value ends with undefined, not without a value',
    async () => {
      const empty = (done: () => void): void => done();
      await expect(convertAny(empty, callback, promise)()).resolves.toBe(undefined);
    },
  ],
  inside: [
    'a source that gives its handle away when it returns loops on, and is stopped then',
    async () => {
      const log = await play(pair('items', 'promise'), { steps: [['forever']], fold: first() });
      expect(log).toEqual(['start', 'looped 1000', 'teardown CancelledError', 'return', 'value item']);
    },
  ],
  plain: [
    'items to one value without a fold is an ArgumentError, and with one the way back is not the original',
    async () => {
      const stream = (): void => {};
      expect(() => convertAny(stream, items, promise)).toThrow(ArgumentError);
      const folded = convertAny(stream, items, promise, { fold: first() });
      expect(convertAny(folded, promise, items)).not.toBe(stream);
    },
  ],
  cancel: [
    'what a written callback or promise function returns has nothing to cancel with',
    async () => {
      const half = (n: number): number => n / 2;
      expect(convertAny(half, sync, callback)(8, () => {})).toBe(undefined);
      expect(Object.getPrototypeOf(convertAny(half, sync, promise)(8))).toBe(Promise.prototype);
    },
  ],
  consumer: [
    'what the caller of a synchronous call throws goes its own way',
    async () => {
      const whenHeard = (): never => {
        throw values.consumerError;
      };
      const log = await play(pair('callback', 'sync'), {
        steps: [['value', values.value]],
        world: { whenHeard },
      });
      expect(log).toEqual(['start', 'value value', 'threw consumerError']);
    },
  ],
  replay: [
    'a written callback function gives its caller nothing to ask for the result again',
    async () => {
      const answer = (done: (error: null, value: unknown) => void): void => done(null, values.value);
      expect(convertAny(answer, callback, callbackPair)(() => {})).toBe(undefined);
    },
  ],
};

describe('matrix, what a style cannot', () => {
  for (const [requirement, [sentence, test]] of Object.entries(cannot)) {
    it(`${requirements[requirement as Requirement].why}: ${sentence}`, test);
  }

  it('a synchronous call cannot wait: WouldDeadlockError, and the work is stopped', async () => {
    const log = await play(pair('callback', 'sync'), { steps: [['later'], ['value', values.value]] });
    expect(log).toEqual(['start', 'teardown WouldDeadlockError', 'threw WouldDeadlockError', 'tick']);
    expect(() => convert(async () => 1, promise, sync)()).toThrow(WouldDeadlockError);
  });

  it('a written value callback has no place for an error: a stray', async () => {
    const log = await play(pair('promise', 'valueCallback'), { steps: [['error', values.error]] });
    expect(log).toEqual(['start', 'return', 'stray unheard error']);
  });

  it.each([
    ['a falsy error becomes a FalsyRejectionError where an error must be truthy', callback],
    ['also in lastError', chromeCallback],
  ])('%s', async (_sentence, style: Style) => {
    const to = styles.find((record) => record.style === style) as StyleRecord;
    const log = await play(new Pair(recordOf('promise'), to), { steps: [['error', 0]] });
    expect(log).toEqual(['start', 'return', 'error FalsyRejectionError(0)']);
  });

  it('an operation that delivers an item to a style without items ends with an UnexpectedItemError', async () => {
    const unexpected = { ...items, traits: { ...items.traits, items: false } };
    const stream = (on: { onNext: (item: unknown) => void }): void => on.onNext(values.item);
    await expect(convertAny(stream, unexpected, promise)()).rejects.toThrow(
      expect.objectContaining({ name: 'UnexpectedItemError', item: values.item }),
    );
  });
});
