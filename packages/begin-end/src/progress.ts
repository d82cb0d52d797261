import { assertArgument, reportStray } from '@anyasync/core';

/**
 * Takes reports of progress and passes each to a handler. After .NET's `Progress<T>`; the handler is called inside `report`, because there
 * is no other context to call it in.
 *
 * - What the handler throws is reported (`onStray`), and harms nobody who reports.
 *
 * @throws {ArgumentError} The handler is no function.
 * @example
 * ```ts
 * import { Progress } from '@anyasync/begin-end';
 *
 * const seen: number[] = [];
 * const progress = new Progress<number>((percentage) => seen.push(percentage));
 * progress.report(50);
 * seen; //=> [50]
 * ```
 */
export class Progress<T> {
  /** @param handler - Hears each report. */
  constructor(private readonly handler: (value: T) => unknown) {
    assertArgument(
      typeof handler === 'function',
      'handler',
      handler,
      '[begin-end] the handler is a function of what is reported.',
    );
  }

  /** Tells how far it is. */
  report(value: T): void {
    try {
      this.handler(value);
    } catch (error) {
      reportStray('thrown', error);
    }
  }
}
