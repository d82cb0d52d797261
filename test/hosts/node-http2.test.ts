import http2, { type ClientHttp2Session } from 'node:http2';
import { fromStream, once } from '@anyasync/iterable';
import { promisify, promisifyAll, toArray, toPromise } from 'anyasync';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';
import { listen } from './loopback.js';

type Ping = (done: (error: Error | null, duration: number, payload: Buffer) => void) => boolean;
const server = http2.createServer({ maxOutstandingPings: 5000 });
server.on('stream', (stream, headers) => {
  stream.on('error', () => {});
  if (headers[':path'] === '/text') stream.end('it works');
});
const ping = (session: ClientHttp2Session) =>
  promisify(session.ping.bind(session) as Ping, { values: ['duration', 'payload'] });

testHost<ClientHttp2Session>({
  name: 'node:http2',
  converted: "promisify(session.ping.bind(session), { values: ['duration', 'payload'] })",
  async open() {
    const session = http2.connect(`http://127.0.0.1:${await listen(server)}`, { maxOutstandingPings: 5000 });
    await once(session, 'connect');
    return session;
  },
  async close(session) {
    await promisifyAll(session).closeAsync();
    await promisifyAll(server).closeAsync();
  },
  emitters: (session) => [session],
  fast: true,
  many: 400, // a server takes more pings at once for an attack
  slow: (session, options) => ping(session).with(options)(),
  async works(session) {
    expect((await ping(session)()).payload).toHaveLength(8);
    const chunks = await toPromise(fromStream(session.request({ ':path': '/text' })), { fold: toArray() });
    expect(String(Buffer.concat(chunks))).toBe('it works');
  },
  more(session) {
    test('a view: what calls back, beside request() and the properties as they are', async () => {
      const view = promisifyAll(session(), { values: 'all' });
      expect(view.request({ ':path': '/text' }).resume()).toBeInstanceOf(Object);
      expect([view.closed, view.connecting]).toEqual([false, false]);
      expect(await view.pingAsync()).toHaveLength(2);
    });

    test('a stream that is left closes itself, and not its session', async () => {
      const stream = session().request({ ':path': '/hangs' });
      const read = toPromise(fromStream(stream), { fold: toArray(), timeout: 5 });
      expect(await ending(() => read)).toMatchObject({ name: 'TimeoutError' });
      expect([stream.destroyed, session().destroyed]).toEqual([true, false]);
    });
  },
});
