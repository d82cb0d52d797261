/** The records of the Observables: RxJS 7, which is stopped by a subscription, and the platform's, which is stopped by a signal. */
import '@rxjs/observable-polyfill';
import { observable } from '@anyasync/observable';
import { rxjs } from '@anyasync/rxjs';
import { Observable } from 'rxjs';
import { type Native, type StyleRecord, usual } from './record.js';
import type { Consumer, Emitter, Handle } from './world.js';

const call: StyleRecord['call'] = (native, self, args) => native.apply(self, [...args]);

interface Subscriber {
  next(item: unknown): void;
  error(error: unknown): void;
  complete(): void;
}

/**
 * The side of a subscriber that answers. A teardown runs at every end; here it is of interest only when the source has not ended by itself.
 */
class Source implements Emitter {
  private hasEnded = false;
  constructor(
    private readonly subscriber: Subscriber,
    readonly active: () => boolean,
  ) {}
  readonly item = (item: unknown): void => this.subscriber.next(item);
  readonly value = (value: unknown): void => {
    this.item(value);
    this.complete();
  };
  readonly error = (error: unknown): void => {
    this.hasEnded = true;
    this.subscriber.error(error);
  };
  readonly complete = (): void => {
    this.hasEnded = true;
    this.subscriber.complete();
  };
  /** Plays a script; what it throws is the library's affair, and an end as well. */
  play(play: () => void): void {
    try {
      play();
    } catch (error) {
      this.hasEnded = true;
      throw error;
    }
  }
  teardown(handle: Handle, reason: unknown): void {
    if (!this.hasEnded) handle.cancel(reason);
  }
}

const observerOf = ({ item, error, complete }: Consumer): Consumer & { next: Consumer['item'] } =>
  ({ next: item, error, complete }) as never;

/** What is used of the platform's, here that of a polyfill. */
interface Platform {
  new (
    subscribe: (subscriber: PlatformSubscriber) => void,
  ): {
    subscribe(observer: object, options: { signal: AbortSignal }): void;
  };
}
interface PlatformSubscriber extends Subscriber {
  readonly active: boolean;
  readonly signal: AbortSignal;
  addTeardown(teardown: () => void): void;
}
const PlatformObservable = (globalThis as unknown as { Observable: Platform }).Observable;

const reads = { ...usual.reads, ends: 'complete', inside: true, thrown: 'error' } as const;
const writes = { ...usual.writes, ends: 'complete', throws: 'error', consumer: 'library' } as const;

export const observableStyles: readonly StyleRecord[] = [
  {
    name: 'rxjs',
    package: '@anyasync/rxjs',
    style: rxjs,
    reads: { ...reads, reason: false },
    writes: { ...writes, reason: false },
    source: (play): Native =>
      function (...args) {
        return new Observable((subscriber) => {
          const source = new Source(subscriber, () => !subscriber.closed);
          source.play(() =>
            play(this, args, source, (handle) => subscriber.add(() => source.teardown(handle, undefined))),
          );
        });
      },
    call,
    consume: (result: Observable<unknown>, on) => {
      const subscription = result.subscribe(observerOf(on));
      return { cancel: () => subscription.unsubscribe() };
    },
  },
  {
    name: 'observable',
    package: '@anyasync/observable',
    style: observable,
    reads: { ...reads, twice: false, late: 'nobody' },
    writes,
    source: (play): Native =>
      function (...args) {
        return new PlatformObservable((subscriber) => {
          const source = new Source(subscriber, () => subscriber.active);
          source.play(() =>
            play(this, args, source, (handle) =>
              subscriber.addTeardown(() => source.teardown(handle, subscriber.signal.reason)),
            ),
          );
        });
      },
    call,
    consume: (result: InstanceType<Platform>, on) => {
      const controller = new AbortController();
      result.subscribe(observerOf(on), { signal: controller.signal });
      return { cancel: (reason) => controller.abort(reason) };
    },
  },
];
