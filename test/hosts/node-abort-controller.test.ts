import { readFile } from 'node:fs';
import { promisify } from 'anyasync';
import { AbortController as Polyfill } from 'node-abort-controller';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';

const read = promisify(readFile);
const never = promisify((_done: (error: Error | null) => void): void => {});

/** Its signals keep function listeners only, in an emitter of their own. */
const listeners = ({ signal }: Polyfill): number =>
  (signal as unknown as { eventEmitter: { listenerCount(name: string): number } }).eventEmitter.listenerCount(
    'abort',
  );

testHost<Polyfill>({
  name: 'node-abort-controller 3.1.1',
  converted: 'fn.with({ signal: controller.signal })',
  open: () => new Polyfill(),
  works: async ({ signal }) => expect(await read.with({ signal })('package.json', 'utf8')).toContain('{'),
  more: () => {
    test('its abort ends the call, with its reason, and no listener is left', async () => {
      const controller = new Polyfill();
      const call = ending(() => never.with({ signal: controller.signal })());
      expect(listeners(controller)).toBe(1);
      controller.abort();
      expect(await call).toMatchObject({ message: 'AbortError' });
      expect(listeners(controller)).toBe(0);
    });

    test('a thousand calls at once are one listener', async () => {
      const controller = new Polyfill();
      const calls = Array.from({ length: 1000 }, () =>
        ending(() => never.with({ signal: controller.signal })()),
      );
      expect(listeners(controller)).toBe(1);
      controller.abort();
      await Promise.all(calls);
      expect(listeners(controller)).toBe(0);
    });

    test('aborted before, nothing is started', async () => {
      const controller = new Polyfill();
      controller.abort();
      let calls = 0;
      const count = promisify((done: (error: Error | null) => void) => {
        calls++;
        done(null);
      });
      await ending(() => count.with({ signal: controller.signal })());
      expect(calls).toBe(0);
    });
  },
});
