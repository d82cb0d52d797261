/** First in, first out: a queue that stays quick however long it is. An array's own `shift` moves all that are left. */
export class Fifo<T> {
  private items: (T | undefined)[] = [];
  /** Where the first one is; those before it have gone. */
  private head = 0;

  get length(): number {
    return this.items.length - this.head;
  }

  push(item: T): void {
    this.items.push(item);
  }

  shift(): T | undefined {
    if (this.length === 0) return undefined;
    const item = this.items[this.head];
    this.items[this.head++] = undefined;
    if (this.head * 2 > this.items.length) {
      this.items.splice(0, this.head);
      this.head = 0;
    }
    return item;
  }

  remove(item: T): void {
    const at = this.items.indexOf(item, this.head);
    if (at !== -1) this.items.splice(at, 1);
  }
}
