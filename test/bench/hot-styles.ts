/** How the styles with objects of their own are measured: a function of the style that answers when it is told to, and who hears it. */

/** A converted function; of begin/end, a pair of them. */
type Converted = any;

export interface MeasuredStyle {
  /** A function of the style; `keep` takes that with which the call is settled. */
  readonly original: (keep: (kept: any) => void) => Converted;
  readonly settle: (kept: any, value: number) => void;
  /** Calls a converted function. */
  readonly call: (converted: Converted, value: number) => unknown;
  /** Calls one, and hears its value. */
  readonly hear: (converted: Converted, value: number, onValue: (value: number) => void) => void;
}

// By a variable: TypeScript should not look for types, nor the bundler for the module.
const load = (name: string): Promise<any> => import(name);

/** What a class of the time before promises returns from its begin. */
class Result {
  isCompleted = false;
  readonly completedSynchronously = false;
  readonly asyncWaitHandle = undefined;
  value: number | undefined = undefined;
  constructor(
    readonly callback: (result: Result) => void,
    readonly asyncState: unknown,
  ) {}
}

export const hotStyles = {
  future: async (): Promise<MeasuredStyle> => {
    const { Future } = await load('@anyasync/future');
    return {
      original: (keep) => (_value: number) => {
        const future = new Future();
        keep(future);
        return future;
      },
      settle: (future, value) => future.setResult(value),
      call: (converted, value) => converted(value),
      hear: (converted, value, onValue) =>
        converted(value).addDoneCallback((done: any) => onValue(done.result())),
    };
  },
  'begin-end': async (): Promise<MeasuredStyle> => ({
    original: (keep) => ({
      begin: (_value: number, callback: (result: Result) => void, state: unknown) => {
        const result = new Result(callback, state);
        keep(result);
        return result;
      },
      end: (result: Result) => result.value,
    }),
    settle: (result: Result, value) => {
      result.value = value;
      result.isCompleted = true;
      result.callback(result);
    },
    call: (converted, value) => converted.begin(value),
    hear: (converted, value, onValue) =>
      converted.begin(value, (result: unknown) => onValue(converted.end(result))),
  }),
  deferred: async (): Promise<MeasuredStyle> => {
    const { Deferred } = await load('@anyasync/deferred');
    return {
      original: (keep) => (_value: number) => {
        const deferred = new Deferred();
        keep(deferred);
        return deferred;
      },
      settle: (deferred, value) => deferred.callback(value),
      call: (converted, value) => converted(value),
      hear: (converted, value, onValue) => converted(value).addCallback(onValue),
    };
  },
  jquery: async (): Promise<MeasuredStyle> => {
    const { Deferred } = await load('@anyasync/jquery');
    return {
      original: (keep) => (_value: number) => {
        const deferred = Deferred();
        keep(deferred);
        return deferred.promise();
      },
      settle: (deferred, value) => deferred.resolve(value),
      call: (converted, value) => converted(value),
      hear: (converted, value, onValue) => converted(value).done(onValue),
    };
  },
  rxjs: async (): Promise<MeasuredStyle> => {
    const { Observable } = await load('rxjs');
    return {
      original: (keep) => (_value: number) => new Observable((subscriber: unknown) => keep(subscriber)),
      // Alone it keeps nothing: its work starts when somebody subscribes.
      settle: (subscriber, value) => {
        subscriber?.next(value);
        subscriber?.complete();
      },
      call: (converted, value) => converted(value).subscribe(),
      hear: (converted, value, onValue) => converted(value).subscribe(onValue),
    };
  },
} as const;

export type HotStyle = keyof typeof hotStyles;
