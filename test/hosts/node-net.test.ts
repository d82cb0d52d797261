import net, { type Server, type Socket } from 'node:net';
import tls, { type TLSSocket } from 'node:tls';
import { once } from '@anyasync/iterable';
import { convention, promisify, promisifyAll } from 'anyasync';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';
import { listen, until } from './loopback.js';

type Listen = (port: number, host: string, done: (error?: Error) => void) => Server;
type Count = (done: (error: Error | null, count: number) => void) => Server;
type Write = (text: string, done: (error?: Error | null) => void) => boolean;
const withErrors = convention({ errorEvent: 'error' });
const count = (server: Server) => promisify(server.getConnections.bind(server) as Count);
/** Its server has stopped reading, so that what is written waits. */
let stuck: Socket;
let silent: Socket;
const keep = (socket: Socket): void => {
  silent = socket.pause();
};

testHost<Server>({
  name: 'node:net',
  converted: 'promisify(socket.write.bind(socket))',
  async open() {
    const server = net.createServer((socket) =>
      socket
        .on('error', () => {})
        .once('data', (text) => (text.length < 9 ? socket.end(text) : keep(socket))),
    );
    await promisify(server.listen.bind(server) as Listen, { from: withErrors })(0, '127.0.0.1');
    stuck = net.connect((server.address() as net.AddressInfo).port);
    await once(stuck, 'connect');
    while (stuck.write(Buffer.alloc(1_000_000)));
    return server;
  },
  close(server) {
    stuck.destroy();
    silent.destroy();
    return promisifyAll(server).closeAsync();
  },
  emitters: (server) => [server, stuck],
  same: [
    [
      'a closed server',
      () => promisifyAll(net.createServer()).closeAsync(),
      () =>
        new Promise((resolve, reject) =>
          net.createServer().close((error) => (error ? reject(error) : resolve(undefined))),
        ),
    ],
  ],
  slow: (_, options) => promisify(stuck.write.bind(stuck) as Write).with(options)('text'),
  works: async (server) => expect([await count(server)(), server.listening]).toEqual([1, true]),
  more(server) {
    test('getConnections and close return the server: an aborted call closes none', async () => {
      const controller = new AbortController();
      const calls = Array.from({ length: 1000 }, () =>
        ending(() => count(server()).with({ signal: controller.signal })()),
      );
      controller.abort(new Error('left'));
      expect(new Set((await Promise.all(calls)).map((it) => (it as Error).message))).toEqual(
        new Set(['left']),
      );
      expect(server().listening).toBe(true);
    });

    test('an error that is an event rejects, 12 times, and no listener is left', async () => {
      const { port } = server().address() as net.AddressInfo;
      for (let n = 0; n < 12; n++) {
        const other = net.createServer();
        const call = promisify(other.listen.bind(other) as Listen, { from: withErrors });
        expect(await ending(() => call(port, '127.0.0.1'))).toMatchObject({ code: 'EADDRINUSE' });
        expect(other.listenerCount('error')).toBe(0);
      }
      for (let n = 0; n < 12; n++)
        await promisify(server().getConnections.bind(server()) as Count, { from: withErrors })();
      expect(server().listenerCount('error')).toBe(0);
    });

    test('a socket: connect, write and end by their callbacks', async () => {
      const { port } = server().address() as net.AddressInfo;
      const socket = new net.Socket();
      type Connect = (port: number, host: string, done: (error?: Error) => void) => Socket;
      await promisify(socket.connect.bind(socket) as Connect, { from: withErrors })(port, '127.0.0.1');
      await promisify(socket.write.bind(socket) as Write)('echo');
      expect(String((await once(socket, 'data'))[0])).toBe('echo');
      await promisify(socket.end.bind(socket) as (done: () => void) => Socket)();
      expect(socket.listenerCount('error')).toBe(0);
      await until(() => socket.closed);
    });
  },
});

/** Both know a key, so that no certificate is needed. */
const pskCallback = () => ({ psk: Buffer.alloc(16, 1), identity: 'me' });
const secure = { ciphers: 'PSK', checkServerIdentity: () => undefined, pskCallback };
const mute = new Set<Socket>();
/** It never answers a handshake. */
const muteServer = net.createServer((socket) => {
  mute.add(socket);
  socket
    .on('error', () => {})
    .on('close', () => mute.delete(socket))
    .resume();
});
const tlsServer = tls.createServer({ ...secure, pskCallback: () => Buffer.alloc(16, 1) }, (socket) =>
  socket.on('error', () => {}).end('it works'),
);
let ports: { readonly secure: number; readonly mute: number };
type Connect = (options: tls.ConnectionOptions, done: (error?: Error) => void) => TLSSocket;
const connect = (port: number, options = {}) => {
  let socket!: TLSSocket;
  const onHandle = (it: unknown) => void (socket = it as TLSSocket);
  const from = convention({ errorEvent: 'error', stop: 'destroy' });
  return promisify(tls.connect as Connect, { from })
    .with({ ...options, onHandle })({ ...secure, host: '127.0.0.1', port })
    .then(() => socket);
};

testHost<null>({
  name: 'node:tls',
  converted: "promisify(tls.connect, { from: convention({ errorEvent: 'error', stop: 'destroy' }) })",
  async open() {
    ports = { secure: await listen(tlsServer), mute: await listen(muteServer) };
    return null;
  },
  async close() {
    await promisifyAll(tlsServer).closeAsync();
    await promisifyAll(muteServer).closeAsync();
  },
  emitters: () => [tlsServer, muteServer],
  slow: (_, options) => connect(ports.mute, options),
  wasStopped: () => until(() => mute.size === 0),
  many: 200, // each is two open files
  async works() {
    const socket = await connect(ports.secure);
    expect(socket.encrypted).toBe(true);
    socket.destroy();
  },
});
