/**
 * The real libraries of Observables, and how each makes one of a producer. They are loaded in the order that breaks others: RxJS and
 * zen-observable are there before something defines `Symbol.observable`. Their types are left aside, here they are data.
 */
import { operation } from '@anyasync/core';
import { type AnyObservable, fromObservable, toObservable } from '@anyasync/observable';

const load = (name: string): Promise<any> => import(name);

await load('@rxjs/observable-polyfill');
export const rx9: any = await load('rxjs9');
export const rx6: any = { ...(await load('rxjs6/operators/index.js')), ...(await load('rxjs6')) }; // `merge` is a source
export const rx7: any = await load('rxjs');
export const rx8: any = await load('rxjs8');
const Zen: any = (await load('zen-observable')).default;
const most: any = await load('most');
const xstreamModule: any = (await load('xstream')).default;
const xs: any = xstreamModule.default ?? xstreamModule;

/** The platform's, here the polyfill. */
export const Platform: any = (globalThis as any).Observable;

/** What a producer is called with: the same for all libraries. */
export interface Emitter {
  next(item: unknown): void;
  error(error: unknown): void;
  complete(): void;
  /** Whether somebody still listens, as far as the library tells. */
  active(): boolean;
  /** Has a function called when the subscription ends, in whichever way. */
  teardown(run: (reason?: unknown) => void): void;
}
export type Producer = (emitter: Emitter) => void;

export interface Library {
  readonly name: string;
  readonly make: (producer: Producer) => any;
  /** Its constructor, if that takes a function of the subscriber. */
  readonly Observable?: any;
  /** What it emits inside `subscribe` is heard there, and a loop in there can be stopped. */
  readonly sync: boolean;
  /** Those who listen at the same time share one run. */
  readonly shares?: true;
  /** Its sources hear the reason of a cancellation. */
  readonly reason?: true;
  /** The teardown runs later than in the turn of the cancellation. */
  readonly stopsLater?: true;
  /** The end is heard in a later turn. */
  readonly endsLater?: true;
}

/** RxJS 6 to 8: a `closed`, and an `add`. */
const subscriptions = (Observable: any) => (producer: Producer) =>
  new Observable((subscriber: any) =>
    producer({
      next: (item) => subscriber.next(item),
      error: (error) => subscriber.error(error),
      complete: () => subscriber.complete(),
      active: () => !subscriber.closed,
      teardown: (run) => subscriber.add(() => run()),
    }),
  );

/** The platform, and RxJS 9: an `active`, and a signal. */
const signals = (Observable: any) => (producer: Producer) =>
  new Observable((subscriber: any) =>
    producer({
      next: (item) => subscriber.next(item),
      error: (error) => subscriber.error(error),
      complete: () => subscriber.complete(),
      active: () => subscriber.active,
      teardown: (run) => subscriber.addTeardown(() => run(subscriber.signal.reason)),
    }),
  );

function zen(producer: Producer): any {
  return new Zen((observer: any) => {
    const teardowns: (() => void)[] = [];
    producer({
      next: (item) => observer.next(item),
      error: (error) => observer.error(error),
      complete: () => observer.complete(),
      active: () => !observer.closed,
      teardown: (run) => void teardowns.push(() => run()),
    });
    return () => {
      for (const each of teardowns) each();
    };
  });
}

function xstream(producer: Producer): any {
  let running = false;
  const teardowns: (() => void)[] = [];
  return xs.create({
    start(listener: any) {
      running = true;
      producer({
        next: (item) => listener.next(item),
        error: (error) => listener.error(error),
        complete: () => listener.complete(),
        active: () => running,
        teardown: (run) => void teardowns.push(() => run()),
      });
    },
    stop() {
      running = false;
      for (const each of teardowns.splice(0)) each();
    },
  });
}

function mostStream(producer: Producer): any {
  return new most.Stream({
    run(sink: any, scheduler: any) {
      let running = true;
      const teardowns: (() => void)[] = [];
      producer({
        next: (item) => running && sink.event(scheduler.now(), item),
        error: (error) => running && sink.error(scheduler.now(), error),
        complete: () => running && sink.end(scheduler.now()),
        active: () => running,
        teardown: (run) => void teardowns.push(() => run()),
      });
      return {
        dispose() {
          running = false;
          for (const each of teardowns.splice(0)) each();
        },
      };
    },
  });
}

const subscribing: Library[] = [
  { name: 'RxJS 6', Observable: rx6.Observable, make: subscriptions(rx6.Observable), sync: true },
  { name: 'RxJS 7', Observable: rx7.Observable, make: subscriptions(rx7.Observable), sync: true },
  { name: 'RxJS 8', Observable: rx8.Observable, make: subscriptions(rx8.Observable), sync: true },
];
const cold: Library = {
  name: 'RxJS 9 ColdObservable',
  Observable: rx9.ColdObservable,
  make: signals(rx9.ColdObservable),
  sync: true,
  reason: true,
};
const platform: Library = {
  name: 'the platform',
  Observable: Platform,
  make: signals(Platform),
  sync: true,
  shares: true,
  reason: true,
};
const zenObservable: Library = { name: 'zen-observable', Observable: Zen, make: zen, sync: false };
const others: Library[] = [
  { name: 'xstream', make: xstream, sync: false, shares: true, stopsLater: true },
  { name: 'most', make: mostStream, sync: false, endsLater: true },
];

export type Named = [string, Library];
const named = (some: readonly Library[]): Named[] => some.map((each) => [each.name, each]);

/** All of them. */
export const libraries: Named[] = named([...subscribing, cold, platform, zenObservable, ...others]);
/** Those whose constructor takes a function of the subscriber: what can be written. */
export const constructors: Named[] = named([...subscribing, cold, platform, zenObservable]);
/** Those of which a synchronous loop can be stopped. */
export const synchronous: Named[] = libraries.filter(([, { sync }]) => sync);
/** RxJS 6 to 8, each with its operators as functions for `pipe`. */
export const piping: [string, any][] = [
  ['RxJS 6', rx6],
  ['RxJS 7', rx7],
  ['RxJS 8', rx8],
];

/** An observable of any library as an operation of items that are not known by type. */
export const read = (observable: object): any => fromObservable(observable as any);
/** A constructor, as the option takes it. */
export const constructorOf = ({ Observable }: Library): AnyObservable => Observable;
/** An operation as an Observable of a library. */
export const write = (source: any, library: Library, options: object = {}): any =>
  toObservable(source, { ...options, Observable: constructorOf(library) as never });
/** Never ends; writes down when it starts and when it is stopped. */
export const never = (log: string[]): any =>
  operation<void, number>((receiver) => {
    log.push('start');
    receiver.onCancel(() => log.push('teardown'));
  });

/** Subscribes as a user of the library would; gives what ends it. */
export function listen(observable: any, log: string[], wanted: object = {}): (reason?: unknown) => void {
  const controller = new AbortController();
  const observer = {
    next: (item: unknown) => void log.push(`next ${String(item)}`),
    error: (error: any) => void log.push(`error ${error?.message ?? String(error)}`),
    complete: () => void log.push('complete'),
    ...wanted,
  };
  const subscription = observable.subscribe(observer, { signal: controller.signal });
  return (reason) => {
    controller.abort(reason);
    subscription?.unsubscribe?.();
  };
}

/** Lets everything run that is due, also xstream's timer: it stops a source in a turn of its own. */
export const later = (): Promise<void> => new Promise((done) => setTimeout(done, 5));
