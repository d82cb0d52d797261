import { PassThrough } from 'node:stream';
import { first, fromPromise, operation, toPromise } from 'anyasync';
import { toIterable } from 'anyasync/iterable';
import { expect, test } from 'vitest';
import {
  CancellationTokenSource,
  createMessageConnection,
  type Event,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import { testHost } from './host.js';

interface Pair {
  readonly client: MessageConnection;
  readonly server: MessageConnection;
  readonly log: string[];
}

/** Its requests are stopped by a token of its own. */
const request = ({ client }: Pair, method: string, ...params: unknown[]) =>
  fromPromise(async (signal) => {
    const source = new CancellationTokenSource();
    const cancel = (): void => source.cancel();
    signal.addEventListener('abort', cancel);
    try {
      return await client.sendRequest(method, ...params, source.token);
    } finally {
      signal.removeEventListener('abort', cancel);
      source.dispose();
    }
  });

/** Its events are functions that take a listener and return what disposes of it. */
const events = <T>(event: Event<T>) =>
  operation<void, T>((receiver) => {
    const disposable = event((item) => void receiver.next(item));
    receiver.onCancel(() => disposable.dispose());
  });

testHost<Pair>({
  name: 'vscode-jsonrpc 10.0.0',
  converted: 'fromPromise((signal) => client.sendRequest(..., token))',
  open() {
    const [up, down] = [new PassThrough(), new PassThrough()];
    const client = createMessageConnection(new StreamMessageReader(down), new StreamMessageWriter(up));
    const server = createMessageConnection(new StreamMessageReader(up), new StreamMessageWriter(down));
    const log: string[] = [];
    server.onRequest('double', (n: number) => n * 2);
    server.onRequest('fail', () => Promise.reject(new RangeError('refused')));
    server.onRequest(
      'never',
      (_: unknown, token) =>
        new Promise((_resolve, reject) =>
          token.onCancellationRequested(() => {
            log.push('cancelled');
            reject(new Error('cancelled'));
          }),
        ),
    );
    client.listen();
    server.listen();
    return { client, server, log };
  },
  close: ({ client, server }) => {
    client.dispose();
    server.dispose();
  },
  same: [
    [
      'a value',
      (pair) => toPromise(request(pair, 'double', 4)),
      ({ client }) => client.sendRequest('double', 4),
    ],
    ['an error', (pair) => toPromise(request(pair, 'fail')), ({ client }) => client.sendRequest('fail')],
  ],
  slow: (pair, options) => toPromise(request(pair, 'never', {}), options),
  async wasStopped({ log, client }) {
    await client.sendRequest('double', 1); // the server has heard of it before
    return log.splice(0).length > 0;
  },
  works: async (pair) => expect(await toPromise(request(pair, 'double', 4))).toBe(8),
  more: (pair) => {
    test('its events are read in a loop, and disposed of when it is left', async () => {
      const { client, server } = pair();
      const hears = toIterable(events(client.onUnhandledNotification), { eager: true });
      await server.sendNotification('told', { n: 1 });
      expect((await hears.next()).value).toMatchObject({ method: 'told' });
      await hears.return?.();
      const again = toPromise(events(client.onUnhandledNotification), { fold: first(), timeout: 1000 });
      await server.sendNotification('told again');
      expect(await again).toMatchObject({ method: 'told again' });
    });
  },
});
