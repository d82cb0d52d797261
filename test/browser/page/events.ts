/** EventTargets and DOM events as async iterables: policies, ends, and what is left on the target. */
import { count as countItems, type Operation } from '@anyasync/core';
import { fromEvent, once, toIterable } from '@anyasync/iterable';
import { toObservable } from '@anyasync/observable';
import { toPromise } from '@anyasync/promise';
import type {} from '@rxjs/observable-polyfill';
import { assert } from 'chai';
import type { Tests } from './recording.js';

const reason = { reason: true };
const caught = (rejected: unknown): unknown => rejected;

/** Counts the listeners of a target from now on, the platform's own `addEventListener` with it. */
function watched<Target extends EventTarget>(target: Target): { target: Target; count: () => number } {
  const there = new Map<string, Set<unknown>>();
  const { addEventListener, removeEventListener } = target;
  const of = (name: string): Set<unknown> => there.get(name) ?? new Set();
  target.addEventListener = (name: string, listener: any, ...options: any[]) => {
    there.set(name, of(name).add(listener));
    addEventListener.call(target, name, listener, ...options);
  };
  target.removeEventListener = (name: string, listener: any, ...options: any[]) => {
    of(name).delete(listener);
    removeEventListener.call(target, name, listener, ...options);
  };
  return { target, count: () => [...there.values()].reduce((sum, { size }) => sum + size, 0) };
}

/** Events with a number each. */
const send = (target: EventTarget, ...numbers: number[]): void => {
  for (const detail of numbers) target.dispatchEvent(new CustomEvent('number', { detail }));
};
const number = (event: unknown): unknown => (event as CustomEvent).detail;

/** What is taken until the end: numbers, and how it ends. */
async function drain(items: AsyncIterator<unknown>): Promise<unknown[]> {
  const seen: unknown[] = [];
  for (;;) {
    const result = await items.next().catch((rejected) => rejected);
    if (result.done !== false) return [...seen, result.done ? 'done' : (result.name ?? result)];
    seen.push(Array.isArray(result.value) ? result.value.map(number) : number(result.value));
  }
}

export const tests: Tests = {
  'clicks: the item is the event of the DOM; leaving the loop removes the listener': async () => {
    const { target, count } = watched(document.createElement('button'));
    document.body.append(target);
    const clicks = toIterable(fromEvent(target, 'click'), { eager: true }); // of MouseEvents, by its type
    target.click();
    target.click();
    let seen = 0;
    for await (const click of clicks) {
      assert.instanceOf(click, MouseEvent);
      assert.strictEqual(click.target, target);
      if (++seen === 2) break;
    }
    assert.strictEqual(count(), 0);
    target.remove();
  },

  'an event of a child bubbles to whoever listens, and a listener can prevent its default': async () => {
    const form = document.createElement('form');
    const button = document.createElement('button');
    document.body.append(form);
    form.append(button);
    const submits = toObservable(fromEvent(form, 'submit')) as Observable<Event>;
    const prevented: boolean[] = [];
    submits.subscribe((event) => {
      event.preventDefault(); // it is synchronous, so that this is in time
      prevented.push(event.defaultPrevented);
    });
    button.click();
    assert.deepEqual(prevented, [true]);
    form.remove();
  },

  '{ capture } hears before the targets inside, { passive } cannot prevent a default; both are removed':
    () => {
      const outer = document.createElement('div');
      const { target, count } = watched(outer);
      const inner = document.createElement('div');
      document.body.append(outer);
      outer.append(inner);
      const log: string[] = [];
      const hear = (operation: Operation<void, Event>, name: string): AbortController => {
        const controller = new AbortController();
        const next = (event: Event): void => {
          event.preventDefault();
          log.push(`${name} ${event.defaultPrevented}`);
        };
        toPromise(operation, { fold: countItems(), next, signal: controller.signal }).catch(caught);
        return controller;
      };
      const runs = [
        hear(fromEvent(target, 'wheel', { passive: false }), 'bubbling'),
        hear(fromEvent(target, 'wheel', { capture: true, passive: true }), 'capturing'),
      ];
      inner.addEventListener('wheel', () => log.push('inner'));
      inner.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true }));
      assert.deepEqual(log, ['capturing false', 'inner', 'bubbling true']);
      for (const run of runs) run.abort();
      inner.dispatchEvent(new WheelEvent('wheel', { bubbles: true, cancelable: true }));
      assert.deepEqual([log.slice(3), count()], [['inner'], 0]);
      outer.remove();
    },

  'listeners are removed at every end: an event that ends it, one that fails it, return(), a signal':
    async () => {
      const { target, count } = watched(new EventTarget());
      const controller = new AbortController();
      const { signal } = controller;
      const options = { end: 'end', error: 'fail' };
      const listen = (others = {}) =>
        toIterable(fromEvent(target, 'number', options), { eager: true, ...others });
      const [left, stopped, waiting] = [listen(), listen({ signal }), listen()];
      assert.strictEqual(count(), 9);
      await left.return();
      assert.strictEqual(count(), 6);
      controller.abort(reason);
      assert.deepEqual([count(), await drain(stopped)], [3, [reason]]);
      send(target, 1);
      target.dispatchEvent(new Event('end'));
      assert.deepEqual([count(), await drain(waiting)], [0, [1, 'done']]);
      const failing = listen();
      const failure = new Event('fail');
      target.dispatchEvent(failure);
      assert.strictEqual(await failing.next().catch(caught), failure);
      assert.strictEqual(count(), 0);
    },

  '25: 10,000 conversions on one target and one signal leave no listener': async () => {
    const { target, count } = watched(new EventTarget());
    const { target: signal, count: countOfSignal } = watched(new AbortController().signal);
    let most = 0;
    for (let n = 0; n < 10_000; n++) {
      const items = toIterable(fromEvent(target, 'number', { end: 'end' }), { eager: true, signal });
      const waiting = items.next();
      most = Math.max(most, count(), countOfSignal());
      if (n % 3 === 0) void items.return();
      else if (n % 3 === 1) target.dispatchEvent(new Event('end'));
      else await items.throw(reason).catch(caught);
      await waiting.catch(caught);
    }
    assert.deepEqual([count(), countOfSignal(), most], [0, 0, 2]);
  },

  '25: once, 10,000 times on one target and one signal, leaves no listener': async () => {
    const { target, count } = watched(new EventTarget());
    const { target: signal, count: countOfSignal } = watched(new AbortController().signal);
    for (let n = 0; n < 10_000; n++) {
      const event = once(target, 'number', { signal });
      send(target, n);
      assert.strictEqual(number((await event)[0]), n);
    }
    assert.deepEqual([count(), countOfSignal()], [0, 0]);
  },

  "25: once rejects with the signal's own reason, a DOMException where there was none": async () => {
    const { target, count } = watched(new EventTarget());
    const controller = new AbortController();
    const { target: signal, count: countOfSignal } = watched(controller.signal);
    const waiting = once(target, 'number', { signal });
    assert.deepEqual([count(), countOfSignal()], [1, 1]);
    controller.abort();
    const rejected = await waiting.catch(caught);
    assert.instanceOf(rejected, DOMException);
    assert.strictEqual(rejected, signal.reason);
    assert.deepEqual([count(), countOfSignal()], [0, 0]);
  },

  '26: with a signal that is aborted nothing listens, and next() rejects with its reason': async () => {
    const { target, count } = watched(new EventTarget());
    const signal = AbortSignal.abort(reason);
    const items = toIterable(fromEvent(target, 'number'), { eager: true, signal });
    assert.strictEqual(count(), 0);
    assert.deepEqual(await drain(items), [reason]);
    assert.strictEqual(await once(target, 'number', { signal }).catch(caught), reason);
    assert.strictEqual(count(), 0);
  },

  '37, 39: each, batch, latest and next of events that nobody asked for, and then the end': async () => {
    const target = new EventTarget();
    const source = fromEvent(target, 'number', { end: 'end' });
    const listening = [
      toIterable(source, { eager: true }),
      toIterable(source, { eager: true, policy: 'batch' }),
      toIterable(source, { eager: true, policy: 'latest' }),
      toIterable(source, { eager: true, policy: 'next' }),
    ];
    const firsts = listening.map(async (items) => {
      const { value } = await items.next();
      return Array.isArray(value) ? value.map(number) : number(value);
    });
    send(target, 1, 2, 3);
    target.dispatchEvent(new Event('end'));
    assert.deepEqual(await Promise.all(firsts), [1, [1, 2, 3], 3, 1]);
    assert.deepEqual(await Promise.all(listening.map(drain)), [[2, 3, 'done'], ['done'], ['done'], ['done']]);
  },

  '37: a limit with each overflow; one that fails removes the listeners': async () => {
    const { target, count } = watched(new EventTarget());
    const source = fromEvent(target, 'number', { end: 'end' });
    const overflows = ['error', 'pause', 'drop-oldest', 'drop-newest'] as const;
    const listening = overflows.map((overflow) => toIterable(source, { eager: true, limit: 2, overflow }));
    assert.strictEqual(count(), 8);
    send(target, 1, 2, 3);
    assert.strictEqual(count(), 4);
    target.dispatchEvent(new Event('end'));
    assert.deepEqual(await Promise.all(listening.map(drain)), [
      [1, 2, 'OverflowError'],
      [1, 2, 'OverflowError'],
      [2, 3, 'done'],
      [1, 2, 'done'],
    ]);
    assert.strictEqual(count(), 0);
  },

  '38: events before the first next() with each, batch, latest and next': async () => {
    const target = new EventTarget();
    const source = fromEvent(target, 'number', { end: 'end' });
    const policies = ['each', 'latest', 'next'] as const;
    const listening = policies.map((policy) => toIterable(source, { eager: true, policy }));
    const batches = toIterable(source, { eager: true, policy: 'batch' });
    send(target, 1, 2, 3);
    target.dispatchEvent(new Event('end'));
    assert.deepEqual(await Promise.all([...listening, batches].map(drain)), [
      [1, 2, 3, 'done'],
      [3, 'done'],
      ['done'],
      [[1, 2, 3], 'done'],
    ]);
  },

  '40: return() and throw() while next() is pending settle both at once, and stop listening': async () => {
    const { target, count } = watched(new EventTarget());
    const one = toIterable(fromEvent(target, 'number'));
    const waiting = [one.next(), one.next(), one.return()];
    assert.strictEqual(count(), 0);
    for (const each of waiting) assert.deepEqual(await each, { done: true, value: undefined });
    const other = toIterable(fromEvent(target, 'number'));
    const heard = [other.next(), other.throw(reason)].map((each) => each.catch(caught));
    assert.strictEqual(count(), 0);
    assert.deepEqual(await Promise.all(heard), [reason, reason]);
  },

  '41: it listens from the first next() on, or with { eager } from the start': async () => {
    const { target, count } = watched(new EventTarget());
    const lazy = toIterable(fromEvent(target, 'number'));
    const eager = toIterable(fromEvent(target, 'number'), { eager: true });
    assert.strictEqual(count(), 1);
    send(target, 1);
    const [late, early] = [lazy.next(), eager.next()];
    assert.strictEqual(count(), 2);
    send(target, 2);
    assert.deepEqual([number((await late).value), number((await early).value)], [2, 1]);
    await Promise.all([lazy.return(), eager.return()]);
    assert.strictEqual(count(), 0);
  },

  '42: several next() are answered in order; break, throw and asyncDispose stop listening': async () => {
    const { target, count } = watched(new EventTarget());
    const items = toIterable(fromEvent(target, 'number'));
    const three = [items.next(), items.next(), items.next()];
    send(target, 1, 2, 3);
    assert.deepEqual(
      (await Promise.all(three)).map(({ value }) => number(value)),
      [1, 2, 3],
    );
    const { asyncDispose } = Symbol as unknown as { asyncDispose: symbol };
    await (items as unknown as Record<symbol, () => Promise<void>>)[asyncDispose]?.();
    assert.strictEqual(count(), 0);
    const leave = [
      async (some: AsyncIterable<unknown>) => {
        for await (const _ of some) break;
      },
      async (some: AsyncIterable<unknown>) => {
        for await (const _ of some) throw reason;
      },
    ];
    for (const how of leave) {
      const left = how(toIterable(fromEvent(target, 'number'))).catch(caught);
      send(target, 1);
      await left;
      assert.strictEqual(count(), 0);
    }
  },

  '43: 100,000 events that wait are drained': async () => {
    const target = new EventTarget();
    const items = toIterable(fromEvent(target, 'number', { end: 'end' }), { eager: true });
    for (let n = 0; n < 100_000; n++) send(target, n);
    target.dispatchEvent(new Event('end'));
    let sum = 0;
    for await (const event of items) sum += number(event) as number;
    assert.strictEqual(sum, (100_000 * 99_999) / 2);
  },

  'a signal is a target as well: its abort as an event': async () => {
    const controller = new AbortController();
    const { target, count } = watched(controller.signal);
    const aborted = once(target, 'abort');
    controller.abort();
    assert.strictEqual((await aborted)[0].type, 'abort');
    assert.strictEqual(count(), 0);
  },
};
