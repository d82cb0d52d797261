import { promisify, promisifyAll } from 'anyasync';
import { Redis } from 'ioredis';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';
import { noRedis, redisServer } from './loopback.js';

type Get = (
  key: string,
  done: (error: Error | null | undefined, value: string | null | undefined) => void,
) => unknown;

let server: Awaited<ReturnType<typeof redisServer>>;
/** Each command takes a callback, and returns a promise beside. */
const getOf = (client: Redis) => promisify(client.get.bind(client) as Get);
let get: ReturnType<typeof getOf>;

testHost<Redis>({
  name: 'ioredis 5.8.2',
  converted: 'promisify(client.get.bind(client))',
  missing: noRedis,
  async open() {
    server = await redisServer();
    const client = new Redis(server.path);
    get = getOf(client);
    await client.set('key', 'value');
    await client.rpush('list', 'item');
    return client;
  },
  async close(client) {
    await client.quit();
    await server.stop();
  },
  emitters: (client) => [client, client.stream],
  same: [
    ['get', () => get('key'), (client) => client.get('key')],
    ['no value', () => get('none'), (client) => client.get('none')],
    ['an error', () => get('list'), (client) => client.get('list')],
  ],
  fast: true,
  slow: (_, options) => get.with(options)('key'),
  works: async () => expect(await get('key')).toBe('value'),
  more(client) {
    test('a pipeline and a transaction, by their callbacks', async () => {
      const pipeline = client().pipeline().get('key').get('none');
      expect(await promisifyAll(pipeline).execAsync()).toEqual(
        await client().pipeline().get('key').get('none').exec(),
      );
      const multi = client().multi().incr('n').del('n');
      expect(await promisify(multi.exec.bind(multi))()).toEqual([
        [null, 1],
        [null, 1],
      ]);
    });

    test('only stop ends a connection: one that was made to wait', async () => {
      const waiting = client().duplicate();
      await promisify(
        waiting.ping.bind(waiting) as (
          done: (error: Error | null | undefined, pong?: string) => void,
        ) => unknown,
      )();
      const pop = promisify(
        waiting.blpop.bind(waiting) as unknown as (
          key: string,
          seconds: number,
          done: (error: Error | null, item?: string[]) => void,
        ) => unknown,
      );
      const call = pop.with({ stop: () => waiting.disconnect(), timeout: 5 })('empty', 0);
      expect(await ending(() => call)).toMatchObject({ name: 'TimeoutError' });
      await new Promise((resolve) => waiting.once('end', resolve));
      expect([waiting.status, client().status]).toEqual(['end', 'ready']);
    });
  },
});
