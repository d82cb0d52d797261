import { assertArgument, optionsOf, type RunOptions, type Style, type Traits } from '@anyasync/core';
import { assertNoMore } from './arguments.js';
import { liftObservable } from './from.js';
import { sharingOf } from './sharing.js';
import {
  type AnyObservable,
  constructorOf,
  lowerObservable,
  names,
  nothing,
  type ObservableOptions,
} from './to.js';
import type { ObservableTypes, ObservableTypesOf } from './types.js';

const traits: Traits = {
  items: true,
  lazy: true,
  replay: false,
  delivery: 'sync',
  cancel: 'stop',
  cancelled: false,
  errors: 'any',
  thenables: true,
  arguments: 'one',
  this: true,
  backpressure: false,
  context: 'emitter',
};

/** What is written with a constructor, which is asked only when somebody wants to know; the platform's shares, as far as nothing else is known. */
const writtenWith = (find: () => AnyObservable | undefined, others?: Partial<Traits>): Partial<Traits> => ({
  ...others,
  get shared() {
    const Observable = find();
    return others?.replay || Observable === undefined || sharingOf(Observable) === 'shared';
  },
});

/**
 * Functions that return an Observable, as a style. Read, those of every library will do, and the platform's; written, they return the
 * platform's own, and where it has none the conversion throws: use {@link observableConvention} then, or `@anyasync/rxjs`.
 *
 * - Read: the function is called and its result subscribed to when the run starts. Cancelling unsubscribes.
 * - Written: lazy. The original is called for each subscriber, so that `retry` and `repeat` call it again. Unsubscribing cancels.
 *
 * @example
 * ```ts
 * import { convert, last } from '@anyasync/core';
 * import { observable } from '@anyasync/observable';
 * import { promise } from '@anyasync/promise';
 * import { range } from 'rxjs';
 *
 * const upTo = convert((n: number) => range(1, n), observable, promise, { fold: last() });
 * await upTo(3); //=> 3
 * ```
 */
export const observable: Style<ObservableTypes> = {
  name: 'observable',
  suffix: '$',
  traits,
  written: writtenWith(() => (globalThis as { readonly Observable?: AnyObservable }).Observable),
  lift: liftObservable,
  lower: (start) => lowerObservable(start, constructorOf(nothing)),
};

/** One writer for each constructor: it is the identity by which `convert` knows the way back. */
const writers = new WeakMap<AnyObservable, Style['lower']>();
function writerOf(Observable: AnyObservable): Style['lower'] {
  const known = writers.get(Observable);
  if (known !== undefined) return known;
  const writer: Style['lower'] = (start) => lowerObservable(start, Observable);
  writers.set(Observable, writer);
  return writer;
}

/** How a style writes Observables. */
export interface ObservableConventionOptions extends ObservableOptions {
  /** What messages call it. */
  readonly name?: string | undefined;
}

/**
 * The same style, written with another constructor, or shared.
 *
 * - `{ Observable }`: the constructor; that of RxJS 6, 7, 8, zen-observable or any other that takes a function of the subscriber.
 * - `{ context: 'subscriber' }`: the subscriber hears in its own async context, not in that of whoever emits.
 * - `{ name }`: what messages call it.
 * - `{ share: 'replay' }`: all subscribers of what one call returned share one run, which is kept for those who come later.
 *
 * @throws {ArgumentError} An option cannot be meant.
 * @example
 * ```ts
 * import { convert } from '@anyasync/core';
 * import { observableConvention } from '@anyasync/observable';
 * import { promise } from '@anyasync/promise';
 * import { firstValueFrom, Observable } from 'rxjs';
 *
 * const half = convert(async (n: number) => n / 2, promise, observableConvention({ Observable }));
 * await firstValueFrom(half(8)); //=> 4
 * ```
 */
export function observableConvention<O>(
  options: ObservableConventionOptions & {
    readonly Observable: new (subscribe: (subscriber: any) => any) => O;
  },
): Style<ObservableTypesOf<O>>;
export function observableConvention(
  options: ObservableConventionOptions & { readonly Observable?: undefined },
): Style<ObservableTypes>;
export function observableConvention(options: ObservableConventionOptions, surplus?: unknown): Style<any> {
  assertNoMore(surplus, 'observableConvention() takes options');
  const own = [...names, 'name'];
  const read = optionsOf<ObservableConventionOptions & RunOptions>(options, undefined, own);
  for (const option of Object.keys(read)) {
    const message = '[observable] the options of a run are for convert() and with(), not for a style.';
    assertArgument(own.includes(option), 'options', option, message);
  }
  const Observable = constructorOf(read);
  const { share, context = 'emitter', name = 'observable' } = read;
  const isPlain = share === undefined && context === 'emitter';
  return {
    name,
    suffix: '$',
    traits,
    written: writtenWith(() => Observable, { context, replay: share === 'replay' }),
    lift: liftObservable,
    lower: isPlain ? writerOf(Observable) : (start) => lowerObservable(start, Observable, read),
  };
}
