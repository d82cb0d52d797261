/** The guarantees of what is subscribed to: of the Observables that are written, and of the first value of one that is read. */
import { load } from './conversion.js';
import type { HotProbe } from './guarantees-hot.js';
import type { Work } from './hot-originals.js';
import { later, problem } from './probing.js';

export const ofSubscribers: Readonly<Record<string, HotProbe>> = {
  'unsubscribing stops the work, in silence': async ({ call, reported }) => {
    let work!: Work;
    const { heard, cancel } = call((begun) => {
      work = begun;
    });
    cancel();
    const isStopped = work.isStopped();
    await later();
    return isStopped && heard.length === 0 && (await reported()).length === 0;
  },
  'work starts for each subscriber, none before': async ({ convert, make }) => {
    let begun = 0;
    const observable = convert(make(() => begun++))();
    const before = begun;
    const subscriptions = [observable.subscribe(), observable.subscribe()];
    const isEach = before === 0 && begun === 2;
    for (const subscription of subscriptions) subscription.unsubscribe();
    return isEach;
  },
};

/** RxJS 9's has no `closed`; the `active` of RxJS 6 means something else. */
interface Emitting {
  readonly closed?: boolean;
  readonly active?: boolean;
  next(value: number): void;
}

/** Of that version of RxJS. */
const loopIsStopped =
  (rxjs: string): HotProbe =>
  async ({ callOf }) => {
    const { Subject } = await load(rxjs);
    const Observable = Object.getPrototypeOf(Subject); // RxJS 9 has no name for it
    let values = 0;
    const { heard } = callOf(
      () =>
        new Observable((subscriber: Emitting) => {
          while (values < 10 && (subscriber.closed === undefined ? subscriber.active : !subscriber.closed))
            subscriber.next(values++);
        }),
    );
    await later();
    return values === 1 && heard.length === 1;
  };

export const ofFirst: Readonly<Record<string, HotProbe>> = {
  'no value is an EmptyError': async ({ callOf }) => {
    const { EMPTY } = await load('rxjs');
    const { heard } = callOf(() => EMPTY);
    await later();
    return heard.length === 1 && (heard[0]?.[1] as Error | undefined)?.name === 'EmptyError';
  },
  'torn down in the turn of the value': async ({ callOf }) => {
    const { Subject } = await load('rxjs');
    const subject = new Subject();
    callOf(() => subject);
    subject.next(1);
    return !subject.observed;
  },
  'a loop inside subscribe is stopped after one value': loopIsStopped('rxjs'),
  'that of RxJS 6, 8 and 9, too': async (tools) =>
    (await loopIsStopped('rxjs6')(tools)) &&
    (await loopIsStopped('rxjs8')(tools)) &&
    (await loopIsStopped('rxjs9')(tools)),
  'an object that gives its Observable': async ({ callOf }) => {
    const { of } = await load('rxjs');
    const { heard } = callOf(() => ({ subscribe: undefined, '@@observable': () => of(1) }));
    await later();
    return heard[0]?.[1] === 1;
  },
  'who asks hears of a late error': async ({ callOf }) => {
    const [{ onStray }, { Observable, config }] = await Promise.all([load('@anyasync/core'), load('rxjs')]);
    const late: unknown[] = [];
    const stop = onStray((stray: { value: unknown; preventDefault(): void }) => {
      stray.preventDefault();
      late.push(stray.value);
    });
    config.onStoppedNotification = ({ error }: { error: unknown }) => late.push(error);
    let fail!: (error: unknown) => void;
    callOf(
      () =>
        new Observable((subscriber: { next(value: number): void; error(error: unknown): void }) => {
          fail = (error) => subscriber.error(error);
          subscriber.next(1);
        }),
    );
    await later();
    fail(problem);
    await later();
    stop();
    config.onStoppedNotification = null;
    return late.includes(problem);
  },
};
