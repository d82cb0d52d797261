/** First in, first out, each step in constant time: a ring that doubles when it is full. `Array.shift` moves what is left at every step. */
export class Queue<T> {
  /** How many wait. */
  size = 0;
  private ring: (T | undefined)[] = [];
  private head = 0;

  push(item: T): void {
    if (this.size === this.ring.length) this.grow();
    // The length is a power of two.
    this.ring[(this.head + this.size++) & (this.ring.length - 1)] = item;
  }

  /** The first one; only when there is one. */
  shift(): T {
    const item = this.ring[this.head] as T;
    this.ring[this.head] = undefined; // or it would stay reachable from here
    this.head = (this.head + 1) & (this.ring.length - 1);
    this.size--;
    return item;
  }

  /** All of them, which leaves none. */
  drain(): T[] {
    const { ring, head } = this;
    const end = head + this.size;
    const items = [...ring.slice(head, end), ...ring.slice(0, Math.max(0, end - ring.length))] as T[];
    this.clear();
    return items;
  }

  clear(): void {
    this.ring = [];
    this.head = this.size = 0;
  }

  private grow(): void {
    const { ring, head } = this;
    this.ring = [...ring.slice(head), ...ring.slice(0, head)];
    this.head = 0;
    this.ring.length = ring.length === 0 ? 4 : ring.length * 2;
  }
}
