import { Run } from '@anyasync/core';

/** A promise that joins the chain. */
export class Awaiting extends Run<unknown> {
  constructor(
    private readonly onValue: (value: any) => void,
    private readonly onError: (reason: unknown) => void,
  ) {
    super();
  }
  protected override fulfilled(value: unknown): void {
    this.onValue(value);
  }
  protected override rejected(reason: unknown): void {
    this.onError(reason);
  }
}
