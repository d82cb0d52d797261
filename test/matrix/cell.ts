import { convert, type Fold, only, type RunOptions, type Style } from '@anyasync/core';
import { Pair } from './pair.js';
import type { Consumed } from './record.js';
import { show, values } from './values.js';
import { type Step, World, type WorldOptions } from './world.js';

/** A function of a style that is known only at run time. */
type AnyFunction = any;
/** The types of a conversion are tested elsewhere; here the styles are data. */
export const convertAny = convert as (fn: unknown, from: Style, to: Style, options?: object) => AnyFunction;

/** What a cell plays, and when it is cancelled. */
export interface Script {
  readonly steps: readonly Step[];
  /** How items become one value, where a style has no place for them. */
  readonly fold?: Fold<never, unknown>;
  /** When the signal is aborted, or the consumer cancels by the means of its style. */
  readonly cancel?: 'before' | 'while' | 'after' | 'by the consumer';
  readonly dispose?: boolean;
  readonly world?: WorldOptions;
  /** A second consumer comes after the end. */
  readonly late?: boolean;
  /** A second consumer comes at the same time. */
  readonly together?: boolean;
}

const takeOnly = only() as Fold<never, unknown>;
const isStream = (steps: readonly Step[]): boolean =>
  steps.some(([what]) => ['item', 'pull', 'complete', 'forever'].includes(what));

/** What a conversion needs, where items meet a style without: a fold for a stream, `next` for items beside the value. */
export function itemOptions({ reads, writes }: Pair, { steps, fold }: Script, world: World): object {
  if (!reads.items || writes.items) return {};
  if (isStream(steps) || reads.ends === 'complete') return { fold: fold ?? takeOnly };
  return { next: (item: unknown) => world.write(`next ${show(item)}`) };
}

/** Plays a script from one style to another and returns the log. */
export function play(pair: Pair, script: Script): Promise<string[]> {
  const { from, to } = pair;
  const { steps, cancel, dispose } = script;
  const world = new World(script.world);
  const native = from.source(world.play(steps));
  const converted = convertAny(native, from.style, to.style, itemOptions(pair, script, world));
  const usesSignal = steps.some(([what]) => what === 'cancel') || (cancel && cancel !== 'by the consumer');
  const options: RunOptions = {
    signal: usesSignal ? world.controller.signal : undefined,
    dispose: dispose ? (value) => world.write(`dispose ${show(value)}`) : undefined,
  };
  const configured = usesSignal || dispose ? converted.with(options) : converted;
  let result: unknown;
  let consumed: Consumed | undefined;
  const consume = (called: unknown): void => {
    result = called;
    consumed = to.consume?.(called as never, world.consumer);
  };
  world.again = () =>
    world.call(() => to.call(configured, values.self, ['a', 'b'], world.consumer), to.consume && consume);
  return world.run(async () => {
    if (cancel === 'before') world.cancel();
    world.again();
    if (script.together) to.consume?.(result as never, world.consumer);
    await world.quiet();
    if (cancel === 'while') world.cancel();
    if (cancel === 'by the consumer') {
      world.write('cancel');
      consumed?.cancel?.(values.reason);
    }
    await world.turn();
    if (cancel === 'after') world.cancel();
    if (script.late) to.consume?.(result as never, world.consumer);
    await world.turn();
  });
}

/** Plays a script from one style to another and from there back to the first, and returns what its consumer hears. */
export async function playThereAndBack(pair: Pair, steps: readonly Step[]): Promise<string[]> {
  const { from, to } = pair;
  const world = new World();
  const asked = { timeout: Number.POSITIVE_INFINITY }; // so that the way back is not the original
  const there = convertAny(from.source(world.play(steps)), from.style, to.style, {
    ...itemOptions(pair, { steps }, world),
    ...asked,
  });
  const back = convertAny(there, to.style, from.style, {
    ...itemOptions(new Pair(to, from), { steps }, world),
    ...asked,
  });
  const log = await world.run(() => {
    world.call(
      () => from.call(back, values.self, [], world.consumer),
      (result) => from.consume?.(result as never, world.consumer),
    );
  });
  return log.filter((line) => line !== 'start' && line !== 'return');
}
