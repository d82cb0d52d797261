import { type Loss, losses, type Style, sync, type Traits } from '@anyasync/core';
import { describe, expect, it } from 'vitest';
import { callback, callbackPair, convention, handler, valueCallback } from '../../callback/src/index.js';
import { promise } from '../../promise/src/index.js';

const most: Traits = {
  items: true,
  lazy: true,
  replay: true,
  delivery: 'sync',
  cancel: 'stop',
  cancelled: true,
  errors: 'any',
  thenables: true,
  arguments: 'many',
  this: true,
  backpressure: true,
  context: 'subscriber',
};
const least: Traits = {
  items: false,
  lazy: false,
  replay: false,
  delivery: 'async',
  cancel: 'none',
  cancelled: false,
  errors: 'none',
  thenables: false,
  arguments: 'one',
  this: false,
  backpressure: false,
  context: 'emitter',
};
const style = (traits: Traits, written?: Partial<Traits>): any =>
  ({ name: 'made', traits, written, lift() {}, lower() {} }) as unknown as Style;
const traits = (list: readonly Loss[]): string[] => list.map((loss) => loss.trait);

describe('losses', () => {
  it('from the style that can carry most to the one that can carry least are all traits, each once', () => {
    expect(traits(losses(style(most), style(least))).sort()).toEqual(Object.keys(most).sort());
  });

  it('are none in the other direction, and between a style and itself', () => {
    expect(losses(style(least), style(most))).toEqual([]);
    expect(losses(style(most), style(most))).toEqual([]);
    expect(losses(style(least), style(least))).toEqual([]);
  });

  it('are one for each trait in which the second style is weaker', () => {
    for (const trait of Object.keys(most) as (keyof Traits)[]) {
      // A lazy style is started by its consumer, in the consumer's context.
      const all = trait === 'context' ? { ...most, lazy: false } : most;
      const weaker = style({ ...all, [trait]: least[trait] });
      expect(traits(losses(style(all), weaker))).toEqual([trait]);
    }
  });

  it('know the steps of cancel: stop, detach, none', () => {
    const cancel = (how: Traits['cancel']): any => style({ ...most, cancel: how });
    expect(traits(losses(cancel('stop'), cancel('detach')))).toEqual(['cancel']);
    expect(traits(losses(cancel('detach'), cancel('none')))).toEqual(['cancel']);
    expect(traits(losses(cancel('detach'), cancel('stop')))).toEqual([]);
  });

  it('compare what is read with what is written', () => {
    expect(traits(losses(style(most), style(most, { cancel: 'none' })))).toEqual(['cancel']);
    expect(traits(losses(style(most, { items: false }), style(most)))).toEqual([]);
  });

  it('are each said in a sentence', () => {
    for (const { what } of losses(style(most), style(least))) expect(what).toMatch(/^[A-Z].+\.$/);
  });

  it('of the styles that there are', () => {
    const many = convention({ style: 'value-only', multiple: true });
    expect(traits(losses(sync, promise))).toEqual(['delivery', 'thenables']);
    expect(traits(losses(promise, promise))).toEqual([]);
    expect(traits(losses(callback, promise)).sort()).toEqual([
      'arguments',
      'beside',
      'cancel',
      'delivery',
      'thenables',
    ]);
    expect(traits(losses(promise, callback))).toEqual(['replay', 'errors']);
    expect(traits(losses(many, promise))).toContain('items');
    expect(traits(losses(handler, callback))).toContain('cancelled');
    expect(traits(losses(callbackPair, valueCallback))).toContain('arguments');
  });
});
