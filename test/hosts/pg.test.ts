import { promisify, promisifyAll } from 'anyasync';
import pg from 'pg';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';
import { listen } from './loopback.js';
import { pgServer } from './pg-server.js';

type Result = pg.QueryResult<{ value: string }>;
type Query = (sql: string, done: (error: Error, result: Result) => void) => void;

const server = pgServer((sql) => {
  if (sql === 'SELECT never') return 'never';
  return sql.startsWith('SELECT ') ? [sql.slice(7)] : { code: '42601', message: 'syntax error' };
});
let port: number;
const query = (client: pg.Client | pg.Pool) => promisify(client.query.bind(client) as Query);
const connection = (): pg.ClientConfig => ({ host: '127.0.0.1', port, user: 'me', database: 'it' });

testHost<pg.Client>({
  name: 'pg 8.23.1',
  converted: 'promisify(client.query.bind(client))',
  async open() {
    port = await listen(server);
    const client = new pg.Client(connection());
    await promisifyAll(client).connectAsync();
    return client;
  },
  async close(client) {
    await promisify(client.end.bind(client) as (done: (error: Error) => void) => void)();
    await promisify(server.close.bind(server))();
  },
  emitters: (client) => [client, (client as unknown as { connection: pg.Connection }).connection],
  same: [
    [
      'a query',
      async (client) => (await query(client)('SELECT 1')).rows,
      async (client) => (await client.query('SELECT 1')).rows,
    ],
    ['an error', (client) => query(client)('SELEC'), (client) => client.query('SELEC')],
  ],
  fast: true,
  slow: (client, options) => query(client).with(options)('SELECT 1'),
  works: async (client) =>
    expect((await query(client)('SELECT it works')).rows).toEqual([{ value: 'it works' }]),
  more(client) {
    test('a query method that returns its client never ends it, nor asks it to cancel', async () => {
      const it = client();
      const run = (sql: string, done: (error: Error, result: Result) => void) => {
        it.query(sql, done);
        return it;
      };
      const controller = new AbortController();
      const call = ending(() => promisify(run).with({ signal: controller.signal })('SELECT 1'));
      controller.abort(new Error('left'));
      expect(await call).toMatchObject({ message: 'left' });
      expect((await query(it)('SELECT 2')).rows).toEqual([{ value: '2' }]);
    });

    test('a client of a pool that comes too late is released', async () => {
      const pool = new pg.Pool({ ...connection(), max: 1 });
      type Checkout = (
        done: (error: Error | undefined, client: pg.PoolClient, release: () => void) => void,
      ) => void;
      const connect = promisify(pool.connect.bind(pool) as unknown as Checkout, {
        values: ['client', 'release'],
      });
      const first = await connect();
      const late = await ending(() => connect.with({ timeout: 1, dispose: ({ release }) => release() })());
      expect(late).toMatchObject({ name: 'TimeoutError' });
      expect(pool.waitingCount).toBe(1);
      first.release();
      expect((await query(pool)('SELECT 3')).rows).toEqual([{ value: '3' }]);
      expect([pool.totalCount, pool.idleCount, pool.waitingCount]).toEqual([1, 1, 0]);
      await promisify(pool.end.bind(pool) as (done: (error?: Error) => void) => void)();
    });

    test('only stop ends a client: one whose query is never answered', async () => {
      const stuck = new pg.Client(connection());
      await stuck.connect();
      const ended = new Promise((resolve) => stuck.once('end', () => resolve('ended')));
      stuck.on('error', () => {});
      const run = query(stuck).with({ stop: () => stuck.end(), timeout: 5 });
      expect(await ending(() => run('SELECT never'))).toMatchObject({ name: 'TimeoutError' });
      expect(await ended).toBe('ended');
    });
  },
});
