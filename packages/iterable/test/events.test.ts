/** Event sources: EventEmitters and EventTargets. */
import { AsyncLocalStorage } from 'node:async_hooks';
import { EventEmitter, getEventListeners, once as nodeOnce } from 'node:events';
import { CancelledError } from '@anyasync/core';
import { fromEvent, once, toIterable } from '@anyasync/iterable';
import { describe, expect, it } from 'vitest';
import { drain, name, shown, turn } from './support.js';

const count = (emitter: EventEmitter): number =>
  emitter.eventNames().reduce((sum, each) => sum + emitter.listenerCount(each), 0);

describe('fromEvent', () => {
  it('items are the first argument, all of them, or an object of names', async () => {
    const emitter = new EventEmitter();
    const items = ['one', 'all', ['code', 'signal']].map((values) =>
      toIterable(fromEvent(emitter, 'exit', { values: values as 'all' }), { eager: true }),
    );
    emitter.emit('exit', 1, 'SIGTERM');
    const taken = await Promise.all(items.map((iterator) => iterator.next()));
    expect(taken.map(({ value }) => value)).toEqual([1, [1, 'SIGTERM'], { code: 1, signal: 'SIGTERM' }]);
    await Promise.all(items.map((iterator) => iterator.return()));
    expect(count(emitter)).toBe(0);
  });

  it('ends with the events that are named, fails with the error event, and no listener is left', async () => {
    const emitter = new EventEmitter();
    const listen = (options = {}) => toIterable(fromEvent(emitter, 'data', options), { eager: true });
    const ended = listen({ end: ['end', 'close'] });
    const failed = listen();
    const never = listen({ error: false });
    emitter.emit('data', 1);
    emitter.emit('close');
    emitter.emit('error', new Error('failed'));
    expect([await drain(ended), await drain(failed)]).toEqual([
      ['1', 'done'],
      ['1', 'error failed'],
    ]);
    await never.return();
    expect(count(emitter)).toBe(0);
    const cancelled = listen({ error: 'abort' });
    emitter.emit('abort', new CancelledError());
    expect([await drain(cancelled), count(emitter)]).toEqual([['error CancelledError'], 0]);
  });

  it('the error event itself can be what is listened to', async () => {
    const emitter = new EventEmitter();
    const errors = toIterable(fromEvent(emitter, 'error'), { eager: true });
    emitter.emit('error', new Error('an item'));
    emitter.emit('error', new Error('another'));
    expect(name((await errors.next()).value)).toBe('an item');
    expect(name((await errors.next()).value)).toBe('another');
    await errors.return();
  });

  it('an EventTarget has no error event unless it is named; what is both is an emitter, as for Node', async () => {
    const target = new EventTarget();
    const events = toIterable(fromEvent<Event>(target, 'change', { end: 'end' }), { eager: true });
    const failing = toIterable(fromEvent<Event>(target, 'change', { error: 'error' }), { eager: true });
    target.dispatchEvent(new Event('error'));
    target.dispatchEvent(new Event('change'));
    target.dispatchEvent(new Event('end'));
    expect([(await events.next()).value?.type, await shown(events.next())]).toEqual(['change', 'done']);
    expect(await failing.next().catch((error: Event) => error.type)).toBe('error');
    expect(['change', 'end', 'error'].flatMap((each) => getEventListeners(target, each))).toEqual([]);
    const { port1, port2 } = new MessageChannel();
    const messages = toIterable(fromEvent(port1, 'message'), { eager: true });
    port2.postMessage('raw');
    expect((await messages.next()).value).toBe('raw');
    await messages.return();
    port1.close();
  });

  it('{ capture, passive } are what addEventListener takes, and removeEventListener; without them it gets none', async () => {
    const log: unknown[] = [];
    const target = {
      addEventListener: (...args: unknown[]) => log.push(['add', args[0], ...args.slice(2)]),
      removeEventListener: (...args: unknown[]) => log.push(['remove', args[0], ...args.slice(2)]),
    };
    for (const options of [{ capture: true }, {}]) {
      const items = toIterable(fromEvent(target, 'data', options), { eager: true });
      await items.return();
    }
    expect(log).toEqual([
      ['add', 'data', { capture: true }],
      ['remove', 'data', { capture: true }],
      ['add', 'data'],
      ['remove', 'data'],
    ]);
  });

  it("hostile 12: a consumer that has left is forgotten by its source, also with { cancel: 'detach' }", async () => {
    const emitter = new EventEmitter();
    const controller = new AbortController();
    const options = { eager: true, signal: controller.signal, cancel: 'detach' } as const;
    const items = toIterable(fromEvent(emitter, 'data'), options);
    controller.abort(new Error('given up'));
    expect([count(emitter), await drain(items)]).toEqual([0, ['error given up']]);
  });

  it('rule 36: it is synchronous, in the async context of whoever emits', () => {
    const context = new AsyncLocalStorage<string>();
    const emitter = new EventEmitter();
    const seen: unknown[] = [];
    const receiver = { active: true, onCancel() {}, next: () => void seen.push(context.getStore()) };
    context.run('subscriber', () => fromEvent(emitter, 'data')['~anyasync'].start(receiver as never));
    context.run('emitter', () => emitter.emit('data'));
    expect(seen).toEqual(['emitter']);
  });

  it.each(['emitter', 'target', 'signal'])('10,000 conversions on one %s leave 0 listeners', async (what) => {
    const emitter = new EventEmitter().setMaxListeners(0);
    const controller = new AbortController();
    const target = what === 'signal' ? controller.signal : new EventTarget();
    for (let n = 0; n < 10_000; n++) {
      const operation = fromEvent(what === 'emitter' ? emitter : target, 'data', { end: 'end' });
      const iterator = toIterable(operation, { eager: true });
      if (n % 2 === 0) void iterator.return();
      else if (what === 'emitter') emitter.emit('end');
      else target.dispatchEvent(new Event('end'));
    }
    expect(count(emitter)).toBe(0);
    expect(['data', 'end', 'error'].flatMap((each) => getEventListeners(target, each))).toEqual([]);
  });

  it.each([
    ['target', () => fromEvent({} as never, 'data')],
    ['name', () => fromEvent(new EventEmitter(), 1 as never)],
    ['values', () => fromEvent(new EventEmitter(), 'data', { values: ['a', 'a'] })],
    ['end', () => fromEvent(new EventEmitter(), 'data', { end: [1 as never] })],
    ['error', () => fromEvent(new EventEmitter(), 'data', { error: true as never })],
    ['options', () => fromEvent(new EventEmitter(), 'data', null as never)],
    ['options', () => fromEvent(new EventEmitter(), 'data', 'end' as never)],
    ['capture', () => fromEvent(new EventTarget(), 'data', { capture: 1 as never })],
    ['passive', () => fromEvent(new EventEmitter(), 'data', { passive: true })],
    ['target', () => once({} as never, 'data')],
    ['signal', () => void once(new EventEmitter(), 'data', { signal: 1 as never })],
    ['timeout', () => void once(new EventEmitter(), 'data', { timeout: -1 })],
  ])('bad input is an ArgumentError at once: %s', (argument, call) => {
    expect(call).toThrow(expect.objectContaining({ name: 'ArgumentError', argument }));
  });
});

describe('once, beside that of node:events', () => {
  const both = [
    ['ours', once],
    ['Node', nodeOnce as typeof once],
  ] as const;

  it.each(both)(
    '%s: the arguments as an array; error rejects, unless it is what is waited for',
    async (_whose, wait) => {
      const emitter = new EventEmitter();
      const log: unknown[] = [];
      const exit = wait(emitter, 'exit');
      emitter.emit('exit', 0, null);
      emitter.emit('exit', 1);
      log.push(await exit);
      const failed = wait(emitter, 'exit');
      const reason = new Error('failed');
      emitter.emit('error', reason);
      log.push((await failed.catch((error) => error)) === reason);
      const error = wait(emitter, 'error');
      emitter.emit('error', reason);
      log.push(((await error) as unknown[])[0] === reason);
      const target = new EventTarget();
      const event = wait(target, 'change');
      const change = new Event('change');
      target.dispatchEvent(change);
      log.push((await event)[0] === change, count(emitter));
      expect(log).toEqual([[0, null], true, true, true, 0]);
    },
  );

  it('a signal stops waiting, with its own reason, and leaves no listener', async () => {
    const emitter = new EventEmitter();
    const controller = new AbortController();
    const waiting = once(emitter, 'exit', { signal: controller.signal });
    const reason = new Error('enough');
    controller.abort(reason);
    await expect(waiting).rejects.toBe(reason);
    await expect(once(emitter, 'exit', { signal: controller.signal })).rejects.toBe(reason);
    await expect(once(emitter, 'exit', { timeout: 1 })).rejects.toThrow(
      expect.objectContaining({ name: 'TimeoutError' }),
    );
    await turn();
    expect([count(emitter), getEventListeners(controller.signal, 'abort')]).toEqual([0, []]);
  });
});
