/** How each written style is called, heard, and cancelled. */
export const callers: Readonly<
  Record<string, (converted: any, self: unknown, tell: (...what: unknown[]) => void) => any>
> = {
  promise: (converted, self, tell) => {
    converted.call(self).then(
      (value: unknown) => tell('value', value),
      (error: unknown) => tell('error', error),
    );
  },
  callback: (converted, self, tell) =>
    converted.call(self, (error: unknown, value: unknown) =>
      error ? tell('error', error) : tell('value', value),
    ),
  future: (converted, self, tell) => {
    const future = converted.call(self);
    future.addDoneCallback(() => ended(() => future.result(), tell));
    return () => future.cancel();
  },
  'begin-end': (converted, self, tell) => {
    const result = converted.begin.call(self, (done: unknown) => ended(() => converted.end(done), tell));
    return () => result.cancel();
  },
  deferred: (converted, self, tell) => {
    const deferred = converted.call(self);
    deferred.addCallbacks(
      (value: unknown) => tell('value', value),
      (failure: { value: unknown }) => tell('error', failure.value),
    );
    return () => deferred.cancel();
  },
  jquery: (converted, self, tell) => {
    const promise = converted.call(self);
    promise.done((value: unknown) => tell('value', value)).fail((error: unknown) => tell('error', error));
    return () => promise.abort();
  },
  rxjs: (converted, self, tell) => {
    const subscription = converted.call(self).subscribe({
      next: (value: unknown) => tell('value', value),
      error: (error: unknown) => tell('error', error),
    });
    return () => subscription.unsubscribe();
  },
};

function ended(take: () => unknown, tell: (...what: unknown[]) => void): void {
  let value: unknown;
  try {
    value = take();
  } catch (error) {
    return tell('error', error);
  }
  tell('value', value);
}
