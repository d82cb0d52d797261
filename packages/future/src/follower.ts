import type { Receiver } from '@anyasync/core';
import type { Future } from './future.js';

/** Hears a future however it ends, for one that comes of it. Forgotten as soon as that has ended before. */
export class Follower implements Receiver<any> {
  constructor(
    private readonly derived: Future<any>,
    private readonly ended: () => void,
  ) {}
  get active(): boolean {
    return this.derived.active;
  }
  next(): void {}
  onCancel(): void {}
  complete(): void {}
  resolve(): void {
    this.ended();
  }
  reject(): void {
    this.ended();
  }
  abort(): void {
    this.ended();
  }
}
