import { enough, Run, run } from '@anyasync/core';
import { startObservable } from './from.js';

/** One object is the run, the fold that takes its first item, and what settles the promise. */
class FirstValue extends Run<void, unknown> {
  constructor(
    private readonly onValue: (value: unknown) => void,
    private readonly onError: (reason: unknown) => void,
    private readonly empty: () => unknown,
  ) {
    super();
  }
  override next(item: unknown): void {
    if (this._state === 0) {
      this._close(enough()); // the source is stopped first
      this.onValue(item);
    } else if (this._slot !== enough()) this.late('item', item); // what comes after the first was not asked for
  }
  protected override completed(): void {
    this.onError(this.empty());
  }
  protected override rejected(reason: unknown): void {
    this.onError(reason);
  }
}

/** The first value of an Observable, where nothing else is asked: the usual case, in which a fold and a promise's run of its own would cost twice as much. */
export function firstValueOf(observable: object, empty: () => unknown): Promise<unknown> {
  return new Promise((resolve, reject) =>
    run(startObservable, new FirstValue(resolve, reject, empty), observable, []),
  );
}
