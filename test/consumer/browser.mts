// A consumer without Node's types: compiled, never run.
import { fromPromise, promisify, toPromise } from 'anyasync';

export const wait: (ms: number) => Promise<void> = promisify(
  (ms: number, done: (error: Error | null) => void): void => void setTimeout(done, ms, null),
);
export const one: Promise<number> = toPromise(fromPromise(Promise.resolve(1)), {
  signal: AbortSignal.timeout(5),
});
