import { once } from 'node:events';
import { createServer } from 'node:http';
import { fromEvent, toIterable } from '@anyasync/iterable';
import { convention, promisify, valueCallback } from 'anyasync';
import { Server } from 'socket.io';
import { io, type Socket } from 'socket.io-client';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';
import { listen } from './loopback.js';

type Ask = (question: string, answer: (value: unknown) => void) => Socket;
type AskInTime = (question: string, answer: (error: Error | null, value: unknown) => void) => Socket;

let server: Server;
let url: string;
/** emit returns the socket, which has a close() and a disconnect(). */
const ask = (socket: Socket) => promisify(socket.emit.bind(socket) as Ask, { from: valueCallback });

testHost<Socket>({
  name: 'socket.io 4.8.4',
  converted: 'promisify(socket.emit.bind(socket), { from: valueCallback })',
  async open() {
    const http = createServer();
    server = new Server(http, { transports: ['websocket'] });
    server.on('connection', (socket) => {
      socket.on('ask', (answer) => answer('answer'));
      socket.on('news please', () => void [1, 2].map((n) => socket.emit('news', n)));
    });
    url = `http://127.0.0.1:${await listen(http)}`;
    const socket = io(url, { transports: ['websocket'] });
    await once(socket as unknown as NodeJS.EventEmitter, 'connect');
    return socket;
  },
  close(socket) {
    socket.close();
    return server.close();
  },
  emitters: (socket) => [
    {
      eventNames: () => ['ask', 'news', 'error', 'connect', 'disconnect', 'connect_error'],
      listenerCount: (name) => socket.listeners(name).length,
    },
  ],
  same: [
    ['an answer', (socket) => ask(socket)('ask'), (socket) => socket.emitWithAck('ask')],
    [
      'no answer in its own time',
      (socket) => promisify(socket.emit.bind(socket.timeout(5)) as AskInTime)('nobody hears this'),
      (socket) => socket.timeout(5).emitWithAck('nobody hears this'),
    ],
  ],
  slow: (socket, options) => ask(socket).with(options)('nobody hears this'),
  works: async (socket) => expect(await ask(socket)('ask')).toBe('answer'),
  more(socket) {
    test('one answer that came too late does not disconnect', async () => {
      const { id } = socket();
      expect(await ending(() => ask(socket()).with({ timeout: 1 })('nobody hears this'))).toMatchObject({
        name: 'TimeoutError',
      });
      expect([socket().connected, socket().id]).toEqual([true, id]);
      const [there] = await server.fetchSockets();
      expect(there?.id).toBe(id);
    });

    test('the server asks its clients, and none is disconnected', async () => {
      socket().once('who', (answer: (name: string) => void) => answer('me'));
      const there = server.sockets.sockets.get(socket().id as string);
      const askThere = promisify(there?.emit.bind(there) as unknown as Ask, { from: valueCallback });
      expect(await askThere('who')).toBe('me');
      await ending(() => askThere.with({ timeout: 1 })('nobody hears this'));
      expect(there?.connected).toBe(true);
    });

    test('only stop disconnects', async () => {
      const other = io(url, { transports: ['websocket'], forceNew: true });
      const leaving = promisify(other.emit.bind(other) as Ask, {
        from: convention({ style: 'value-only', stop: 'disconnect' }),
      });
      await ending(() => leaving.with({ timeout: 5 })('nobody hears this'));
      expect(other.active).toBe(false);
    });

    test('its events are items, and no listener stays', async () => {
      const news = toIterable(fromEvent<number>(socket(), 'news'));
      socket().emit('news please');
      expect([(await news.next()).value, (await news.next()).value]).toEqual([1, 2]);
      await news.return?.();
      expect(socket().listeners('news')).toEqual([]);
    });
  },
});
