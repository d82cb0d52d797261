import { first, toPromise } from 'anyasync';
import { toIterable } from 'anyasync/iterable';
import { fromSubscribable } from 'anyasync/observable';
import { type Writable, writable } from 'svelte/store';
import { expect, test } from 'vitest';
import { testHost } from './host.js';

/** A store calls a function, and no observer. */
const items = (store: Writable<number>) =>
  fromSubscribable({
    subscribe: (observer: { next(n: number): void }) => store.subscribe((n) => observer.next(n)),
  });

let stops = 0;

testHost<Writable<number>>({
  name: 'svelte 5.57.3',
  converted: 'fromSubscribable({ subscribe: (o) => store.subscribe(o.next) })',
  open: () => writable(1, () => () => void stops++),
  same: [['the value of now', (store) => toPromise(items(store), { fold: first() }), async () => 1]],
  works: async (store) => expect(await toPromise(items(store), { fold: first() })).toBe(1),
  more: (store) => {
    test('a loop hears each value, and leaves the store when it is left', async () => {
      const before = stops;
      const heard: number[] = [];
      for await (const n of toIterable(items(store()))) {
        heard.push(n);
        if (n === 3) break;
        store().set(n + 1);
      }
      store().set(1);
      expect({ heard, left: stops - before }).toEqual({ heard: [1, 2, 3], left: 1 });
    });
  },
});
