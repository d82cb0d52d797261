// A consumer without Node's types: compiled, never run.
import { fromPromise, promisify, toPromise } from 'anyasync';
import { fromEvent, fromIterable, toIterable, toReadableStream } from 'anyasync/iterable';
import { toObservable } from 'anyasync/observable';
import { bindCallback } from 'anyasync/rxjs';
import { Observable } from 'rxjs';

export const wait: (ms: number) => Promise<void> = promisify(
  (ms: number, done: (error: Error | null) => void): void => void setTimeout(done, ms, null),
);
export const one: Promise<number> = toPromise(fromPromise(Promise.resolve(1)), {
  signal: AbortSignal.timeout(5),
});
export const soon: Observable<number> = toObservable(fromPromise(one), { Observable });
export const half: (n: number) => Observable<number> = bindCallback(
  (n: number, done: (half: number) => void) => done(n / 2),
);
export const stream: ReadableStream<number> = toReadableStream(fromIterable([1]));
export const clicks: AsyncIterable<Event> = toIterable(fromEvent<Event>(new EventTarget(), 'click'), {
  limit: 10,
});
