/** Functions of each style for the probes: their work is answered by hand, and tells whether it was stopped. */

/** One call of an original, by whoever does its work. */
export interface Work {
  readonly answer: (value: unknown) => void;
  readonly fail: (error: unknown) => void;
  /** Whether it was told to stop. */
  readonly isStopped: () => boolean;
}

/** Makes a function of the style (of begin/end, a pair); `begin` gets the work of each call, and may settle it inside the call. */
export type MakeOriginal = (begin: (work: Work, self: any) => void) => any;

const load = (name: string): Promise<any> => import(name);
const neverStopped = (): boolean => false;

/** What can be stopped by its `abort`. */
function stoppable(): { readonly handle: { abort(): void }; readonly isStopped: () => boolean } {
  let isStopped = false;
  const abort = (): void => {
    isStopped = true;
  };
  return { handle: { abort }, isStopped: () => isStopped };
}

export const hotOriginals: Readonly<Record<string, () => Promise<MakeOriginal>>> = {
  'error-first': async () => (begin) =>
    function (this: unknown, callback: (error: unknown, value?: unknown) => void) {
      const { handle, isStopped } = stoppable();
      begin({ answer: (value) => callback(null, value), fail: callback, isStopped }, this);
      return handle;
    },
  promise: async () => (begin) =>
    function (this: unknown) {
      const { handle, isStopped } = stoppable();
      return Object.assign(new Promise((answer, fail) => begin({ answer, fail, isStopped }, this)), handle);
    },
  future: async () => {
    const { Future } = await load('@anyasync/future');
    return (begin) =>
      function (this: unknown) {
        const future = new Future();
        const answer = (value: unknown): void => future.setResult(value);
        begin(
          { answer, fail: (error) => future.setException(error), isStopped: () => future.cancelled() },
          this,
        );
        return future;
      };
  },
  deferred: async () => {
    const { Deferred } = await load('@anyasync/deferred');
    return (begin) =>
      function (this: unknown) {
        const { handle, isStopped } = stoppable();
        const deferred = new Deferred(handle.abort);
        const answer = (value: unknown): void => deferred.callback(value);
        begin({ answer, fail: (error) => deferred.errback(error), isStopped }, this);
        return deferred;
      };
  },
  jquery: async () => {
    const { Deferred } = await load('@anyasync/jquery');
    return (begin) =>
      function (this: unknown) {
        const deferred = Deferred();
        begin({ answer: deferred.resolve, fail: deferred.reject, isStopped: neverStopped }, this);
        return deferred.promise();
      };
  },
  rxjs: async () => {
    const { Observable } = await load('rxjs');
    return (begin) =>
      function (this: unknown) {
        return new Observable((subscriber: any) => {
          const { handle, isStopped } = stoppable();
          const answer = (value: unknown): void => {
            subscriber.next(value);
            subscriber.complete();
          };
          begin({ answer, fail: (error) => subscriber.error(error), isStopped }, this);
          return handle.abort;
        });
      };
  },
  /** It calls back twice; each of its operations is ended once, or the end throws. */
  'begin-end': async () => (begin) => ({
    begin(this: unknown, callback: (result: unknown) => void, asyncState: unknown) {
      const result = {
        asyncState,
        isCompleted: false,
        completedSynchronously: false,
        take: (): unknown => 0,
      };
      let isInside = true;
      const complete = (take: () => unknown): void => {
        Object.assign(result, { take, isCompleted: true, completedSynchronously: isInside });
        callback(result);
        callback(result);
      };
      const fail = (error: unknown): void =>
        complete(() => {
          throw error;
        });
      begin({ answer: (value) => complete(() => value), fail, isStopped: neverStopped }, this);
      isInside = false;
      return result;
    },
    end(result: { take: () => unknown }) {
      const { take } = result;
      result.take = () => {
        throw new Error('ended twice');
      };
      return take();
    },
  }),
};
