import { promisify as nodePromisify } from 'node:util';
import { promisify, promisifyAll } from 'anyasync';
import redis, { type RedisClient } from 'redis';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';
import { noRedis, redisServer, until } from './loopback.js';

let server: Awaited<ReturnType<typeof redisServer>>;
const get = (client: RedisClient) => promisify(client.get.bind(client));
const own = (client: RedisClient, key: string) => nodePromisify(client.get).call(client, key);

testHost<RedisClient>({
  name: 'redis 3.1.2',
  converted: 'promisifyAll(client).getAsync(key)',
  missing: noRedis,
  async open() {
    server = await redisServer();
    const client = redis.createClient({ path: server.path });
    const { setAsync, rpushAsync } = promisifyAll(client);
    await setAsync('key', 'value');
    await rpushAsync('list', 'item');
    return client;
  },
  async close(client) {
    await promisify(client.quit.bind(client))();
    await server.stop();
  },
  emitters: (client) => [client, client.stream],
  same: [
    ['get', (client) => get(client)('key'), (client) => own(client, 'key')],
    ['no value', (client) => get(client)('none'), (client) => own(client, 'none')],
    ['an error', (client) => promisifyAll(client).getAsync('list'), (client) => own(client, 'list')],
  ],
  fast: true,
  slow: (client, options) => get(client).with(options)('key'),
  works: async (client) => expect(await promisifyAll(client).getAsync('key')).toBe('value'),
  more(client) {
    test('multi() and batch() are views, too, and give every answer in order', async () => {
      const multi = client().multi().incr('n').get('key').get('list');
      expect(await promisifyAll(multi).execAsync()).toEqual([1, 'value', expect.any(redis.ReplyError)]);
      expect(await promisify(multi.exec.bind(multi))()).toEqual([]);
      const batch = promisifyAll(
        client().batch([
          ['get', 'key'],
          ['del', 'n'],
        ]),
      );
      expect(await batch.execAsync()).toEqual(['value', 1]);
    });

    test('methods of its prototypes are promisified once, for every client and every multi', async () => {
      const getOf = promisify(redis.RedisClient.prototype.get);
      const execOf = promisify(redis.Multi.prototype.exec);
      expect(await getOf.call(client(), 'key')).toBe('value');
      expect(await execOf.call(client().multi().get('key'))).toEqual(['value']);
    });

    test('the view shows what is no callback method as it is', () => {
      const view = promisifyAll(client());
      expect(view.multi()).toBeInstanceOf(redis.Multi);
      expect(view.listenerCount('error')).toBe(client().listenerCount('error'));
      expect(view.connected).toBe(true);
      expect('onAsync' in view || 'emitAsync' in view || 'getAsyncAsync' in promisifyAll(view)).toBe(false);
    });

    test('a method that returns the client, through bind and arrows, never ends it', async () => {
      const it = client();
      const fetch = (key: string, done: (error: Error | null, value: string | null) => void) => {
        it.get(key, done);
        return it;
      };
      const controller = new AbortController();
      const calls = [
        ending(() => promisify(fetch).with({ timeout: 0 })('key')),
        ending(() => promisify(fetch.bind(it)).with({ signal: controller.signal })('key')),
      ];
      controller.abort(new Error('left'));
      await Promise.all(calls);
      expect(await get(it)('key')).toBe('value');
      expect(it).toMatchObject({ connected: true, closing: false });
    });

    test('only stop ends a connection: one that was made to wait', async () => {
      const waiting = client().duplicate();
      const pop = promisify((key: string, done: (error: Error | null, item?: [string, string]) => void) => {
        waiting.blpop(key, 0, done);
        return waiting;
      });
      const call = pop.with({ stop: (handle: unknown) => (handle as RedisClient).end(false), timeout: 5 })(
        'empty',
      );
      expect(await ending(() => call)).toMatchObject({ name: 'TimeoutError' });
      await until(() => waiting.stream.destroyed);
      expect(client().connected).toBe(true);
    });
  },
});
