import { testRxjs } from './rxjs.js';

const load = (name: string): Promise<any> => import(name);
await load('@rxjs/observable-polyfill');
const { ColdObservable } = await load('rxjs9');

type Source = any;
type Operator = (source: Source) => Source;

/** It has methods, and no operators. */
const rx = {
  Observable: ColdObservable,
  of: (...items: unknown[]): Source =>
    new ColdObservable((subscriber: Source) => {
      for (const item of items) subscriber.next(item);
      subscriber.complete();
    }),
  concatMap:
    (project: (item: unknown) => Source): Operator =>
    (source) =>
      source.flatMap(project),
  switchMap:
    (project: (item: unknown) => Source): Operator =>
    (source) =>
      source.switchMap(project),
  retry: (times: number): Operator =>
    times === 0 ? (source) => source : (source) => source.catch(() => rx.retry(times - 1)(source)),
};

testRxjs('rxjs 9.0.0-beta.0', rx, (source, ...operators) =>
  operators.reduce((all, operator) => operator(all), source),
);
