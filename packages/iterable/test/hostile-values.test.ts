/** Values that lie, or throw when they are looked at. */
import { EventEmitter } from 'node:events';
import { operation } from '@anyasync/core';
import {
  fromEvent,
  fromIterable,
  fromStream,
  isIterable,
  isStream,
  once,
  toIterable,
  toReadableStream,
} from '@anyasync/iterable';
import { describe, expect, it } from 'vitest';

const revoked = (): any => {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
};
const throwing: any = new Proxy(
  {},
  {
    get() {
      throw new Error('get');
    },
    has() {
      throw new Error('has');
    },
  },
);

describe('values that lie or throw', () => {
  it.each([
    ['a revoked proxy', revoked()],
    ['a proxy that throws', throwing],
  ])('hostile 7: isIterable and isStream say no, and from() throws an ArgumentError: %s', (_name, value) => {
    expect([isIterable(value), isStream(value)]).toEqual([false, false]);
    const calls = [
      () => fromIterable(value),
      () => fromStream(value),
      () => fromEvent(value, 'data'),
      () => once(value, 'data'),
    ];
    for (const call of calls) expect(call).toThrow(expect.objectContaining({ name: 'ArgumentError' }));
  });

  it('hostile 8: any reason settles every run', async () => {
    for (const reason of [revoked(), throwing]) {
      const failing = operation<void, number>((receiver) => receiver.reject(reason));
      const same = (error: unknown): boolean => error === reason;
      expect(await toIterable(failing).next().catch(same)).toBe(true);
      expect(await toReadableStream(failing).getReader().read().catch(same)).toBe(true);
      expect(
        await toIterable(fromIterable(() => Promise.reject(reason)))
          .next()
          .catch(same),
      ).toBe(true);
      const emitter = new EventEmitter();
      const items = toIterable(fromEvent(emitter, 'data'), { eager: true });
      emitter.emit('error', reason);
      expect(await items.next().catch(same)).toBe(true);
      const web = new ReadableStream({ start: (controller) => controller.error(reason) });
      expect(await toIterable(fromStream(web)).next().catch(same)).toBe(true);
      expect(
        await toIterable(operation<void, number>(() => {}))
          .throw(reason)
          .catch(same),
      ).toBe(true);
    }
  });
});
