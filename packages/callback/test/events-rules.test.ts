import { EventEmitter, getEventListeners } from 'node:events';
import { convert, first, last, toArray } from '@anyasync/core';
import { describe, expect, it, vi } from 'vitest';
import { brief, strays, turns } from '../../core/test/support.js';
import { promise } from '../../promise/src/index.js';
import { convention, promisify } from '../src/index.js';

/** A source of events that returns how to leave it. */
class Bus extends EventEmitter {
  subscribe(name: string, listener: (item: any) => void): () => void {
    this.on(name, listener);
    return () => void this.off(name, listener);
  }
}
const events = convention({
  name: 'events',
  style: 'value-only',
  multiple: { until: (item: unknown) => item === 'end', last: 'none' },
  stop: (leave: any) => leave(),
});
const take = (bus: Bus, options: object): any =>
  convert(bus.subscribe.bind(bus) as any, events as any, promise, options);

describe('rule 26: listeners are removed on every exit', () => {
  it('rule 26: a value', async () => {
    const bus = new Bus();
    const { signal } = new AbortController();
    const made = take(bus, { fold: first(), signal })('data');
    expect(bus.listenerCount('data')).toBe(1);
    bus.emit('data', 'a');
    expect(bus.listenerCount('data')).toBe(0);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(await made).toBe('a');
  });

  it('rule 26: an abort', async () => {
    const bus = new Bus();
    const controller = new AbortController();
    const made = take(bus, { fold: last(), signal: controller.signal })('data');
    controller.abort('enough');
    expect(bus.listenerCount('data')).toBe(0);
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
    await expect(made).rejects.toBe('enough');
  });

  it('rule 26: a timeout', async () => {
    const bus = new Bus();
    await expect(take(bus, { fold: toArray(), timeout: 1 })('data')).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    expect(bus.listenerCount('data')).toBe(0);
  });

  it('rule 26: the end of the stream frees the signal', async () => {
    const bus = new Bus();
    const { signal } = new AbortController();
    const made = take(bus, { fold: toArray(), signal })('data');
    for (const item of ['a', 'b', 'end']) bus.emit('data', item);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    expect(await made).toEqual(['a', 'b']);
  });

  it('rule 26: an error', async () => {
    const { signal } = new AbortController();
    const failing = convention({ multiple: true });
    const fn: any = convert(((done: any) => done(new Error('no'))) as any, failing as any, promise, {
      fold: toArray(),
      signal,
    } as any);
    await expect(fn()).rejects.toThrow('no');
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });

  it('rule 26: 12 waits on one signal are no 12 listeners, and no warning', async () => {
    const bus = new Bus();
    const { signal } = new AbortController();
    for (let i = 0; i < 12; i++) {
      const made = take(bus, { fold: first(), signal })('data');
      bus.emit('data', i);
      expect(await made).toBe(i);
      expect(getEventListeners(signal, 'abort')).toHaveLength(0);
    }
  });
});

describe('rule 26: signal.aborted is looked at before anything is started', () => {
  it('rule 26: the registering function is not called', async () => {
    const bus = new Bus();
    const subscribe = vi.spyOn(bus, 'subscribe');
    await expect(take(bus, { fold: first(), signal: AbortSignal.abort('before') })('data')).rejects.toBe(
      'before',
    );
    expect(subscribe).not.toHaveBeenCalled();
  });
});

describe('rule 26: a registering function that fails is an error, and nothing hangs', () => {
  it('rule 26: its throw rejects, and frees the signal', async () => {
    const { signal } = new AbortController();
    const error = new Error('cannot listen');
    const failing: any = convert(
      (() => {
        throw error;
      }) as any,
      events as any,
      promise,
      { fold: first(), signal } as any,
    );
    await expect(failing('data')).rejects.toBe(error);
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('multi-shot callbacks', () => {
  it('each call is an item, in order, and until tells the last call, which is none with last: none', async () => {
    const bus = new Bus();
    const made = take(bus, { fold: toArray() })('data');
    for (const item of [1, undefined, 'end']) bus.emit('data', item);
    expect(await made).toEqual([1, undefined]);
  });

  it('a synchronous source that calls for ever stops after one item with first()', async () => {
    let made = 0;
    const leave = vi.fn();
    const hose = (each: (n: number) => void): (() => void) => {
      while (made < 1000) each(made++);
      return leave;
    };
    const one: any = convert(hose as any, events as any, promise, { fold: first() } as any);
    expect(await one()).toBe(0);
    expect(leave).toHaveBeenCalledOnce(); // the handle came after the end, and was stopped at once
  });

  it('promisify takes such a convention with a fold, too', async () => {
    const three = (each: any): void => [1, 2, 3].forEach(each) as any;
    const until = (n: number): boolean => n === 3;
    const from = convention({ style: 'value-only', multiple: { until, last: 'none' } });
    const all: any = promisify(three as any, { from, fold: toArray() } as any);
    expect(await all()).toEqual([1, 2]);
  });

  it('calls after the end are strays', async () => {
    const heard = strays();
    const bus = new Bus();
    const keep = convention({
      style: 'value-only',
      multiple: { until: (n: any) => n === 'end', last: 'none' } as any,
      stop: () => {},
    });
    const made = convert(bus.subscribe.bind(bus) as any, keep as any, promise, {
      fold: toArray(),
    } as any) as any;
    const all = made('data');
    bus.emit('data', 'end');
    bus.emit('data', 'late');
    await turns();
    expect(await all).toEqual([]);
    expect(brief(heard)).toEqual([['item', 'late']]);
  });
});
