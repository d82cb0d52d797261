import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createHttpPoller, type OperationState } from '@azure/core-lro';
import { fromPromise, operation, toPromise } from 'anyasync';
import { toIterable } from 'anyasync/iterable';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';

interface State extends OperationState<{ n: number }> {
  readonly percent?: number;
}
interface Service {
  readonly server: Server;
  readonly url: string;
  /** How often each operation was asked for. */
  readonly asked: Map<string, number>;
}

/** A call of the service: what the generated clients of Azure do. */
async function send(method: string, url: string, signal: AbortSignal | null = null): Promise<any> {
  const response = await fetch(url, { method, signal });
  const { status, headers } = response;
  const body: any = status === 202 ? {} : await response.json();
  return {
    flatResponse: body.properties ?? body,
    rawResponse: {
      statusCode: status,
      headers: Object.fromEntries(headers),
      body,
      request: { method, url },
    },
  };
}

const pollerOf = ({ url }: Service, path: string) =>
  createHttpPoller<{ n: number }, State>(
    {
      requestMethod: 'PUT',
      requestPath: `${url}${path}`,
      sendInitialRequest: () => send('PUT', `${url}${path}`),
      sendPollRequest: (at: string, options?: { abortSignal?: AbortSignal }) =>
        send('GET', at, options?.abortSignal),
    } as never,
    { intervalInMs: 1 },
  );

/** Until it is done; a signal stops the polling, which the service itself goes on with. */
const done = (service: Service, path: string) =>
  fromPromise(async (signal) => (await pollerOf(service, path)).pollUntilDone({ abortSignal: signal }));

/** The same, with each poll as an item. */
const progress = (service: Service, path: string) =>
  operation<{ n: number }, string>((receiver) => {
    const controller = new AbortController();
    receiver.onCancel((reason) => controller.abort(reason));
    pollerOf(service, path)
      .then((poller) => {
        poller.onProgress(({ status }) => void receiver.next(status));
        return poller.pollUntilDone({ abortSignal: controller.signal });
      })
      .then(receiver.resolve, receiver.reject);
  });

testHost<Service>({
  name: '@azure/core-lro 2.7.2',
  converted: 'fromPromise((abortSignal) => poller.pollUntilDone({ abortSignal }))',
  async open() {
    const asked = new Map<string, number>();
    const server = createServer(({ method, url: path = '' }, response) => {
      const [, name = ''] = path.split('/');
      response.setHeader('content-type', 'application/json');
      if (method === 'PUT') {
        response.writeHead(202, { 'operation-location': `${service.url}${path}/status` }).end();
        return;
      }
      if (!path.endsWith('/status')) return void response.end(JSON.stringify({ properties: { n: 3 } }));
      const count = (asked.get(name) ?? 0) + 1;
      asked.set(name, count);
      const status = name === 'never' || count < 3 ? 'Running' : name === 'bad' ? 'Failed' : 'Succeeded';
      if (status !== 'Running') asked.delete(name);
      response.setHeader('content-type', 'application/json');
      response.end(
        JSON.stringify({ status, properties: { n: count }, error: { code: 'Bad', message: 'refused' } }),
      );
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const service: Service = { server, url, asked };
    return service;
  },
  close: ({ server }) => {
    server.closeAllConnections();
    server.close();
  },
  same: [
    [
      'a value',
      (s) => toPromise(done(s, '/good')),
      async (s) => (await pollerOf(s, '/good')).pollUntilDone(),
    ],
    ['an error', (s) => toPromise(done(s, '/bad')), async (s) => (await pollerOf(s, '/bad')).pollUntilDone()],
  ],
  slow: (service, options) => toPromise(done(service, '/never'), options),
  async wasStopped({ asked }) {
    await new Promise((resolve) => setTimeout(resolve, 20)); // longer than the interval of the poller
    const before = asked.get('never');
    await new Promise((resolve) => setTimeout(resolve, 20));
    return asked.get('never') === before;
  },
  many: 50, // each is a loop of requests
  works: async (service) => expect(await toPromise(done(service, '/good'))).toBeDefined(),
  more: (service) => {
    test('its progress is read in a loop, before the value', async () => {
      const seen: unknown[] = [];
      for await (const status of toIterable(progress(service(), '/seen'))) seen.push(status);
      expect(seen.slice(0, -1)).toEqual(['running', 'running', 'succeeded']);
    });

    test('what the service refuses is an error of the run', async () => {
      expect(await ending(() => toPromise(progress(service(), '/bad'), { next: () => {} }))).toMatchObject({
        message: expect.stringContaining('refused'),
      });
    });
  },
});
