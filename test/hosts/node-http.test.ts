import http, { type ClientRequest, type IncomingMessage } from 'node:http';
import { fromStream } from '@anyasync/iterable';
import { convention, convert, convertAll, promise, promisify, toArray, toPromise } from 'anyasync';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';
import { listen, until } from './loopback.js';

/** How many requests it has not answered. */
let open = 0;
const server = http.createServer((request, response) => {
  if (request.url === '/text') return response.end('it works');
  if (request.url === '/broken') return response.destroy();
  open++;
  response.on('close', () => open--);
});
let port: number;
let last: ClientRequest;

const get = (agent: http.Agent) => (path: string, done: (response: IncomingMessage) => void) => {
  last = http.get({ agent, port, path }, done);
  return last;
};
/** The error comes as an event of the request, which has an abort(). */
const from = convention({ style: 'value-only', errorEvent: 'error' });
const text = async (response: IncomingMessage) =>
  String(Buffer.concat(await toPromise(fromStream(response), { fold: toArray() })));

testHost<http.Agent>({
  name: 'node:http',
  converted: "promisify(get, { from: convention({ style: 'value-only', errorEvent: 'error' }) })",
  async open() {
    port = await listen(server);
    return new http.Agent({ keepAlive: true });
  },
  async close(agent) {
    agent.destroy();
    server.closeAllConnections();
    await promisify(server.close.bind(server))();
  },
  emitters: (agent) => [agent, server],
  same: [
    [
      'an error that is an event',
      (agent) => promisify(get(agent), { from })('/broken'),
      (agent) => new Promise((resolve, reject) => get(agent)('/broken', resolve).on('error', reject)),
    ],
  ],
  slow: (agent, options) => promisify(get(agent), { from }).with(options)('/hangs'),
  wasStopped: () => until(() => open === 0),
  works: async (agent) => expect(await text(await promisify(get(agent), { from })('/text'))).toBe('it works'),
  more(agent) {
    test('errorEvent: no listener of ours is left on the request, whichever way it ended', async () => {
      const fetch = promisify(get(agent()), { from });
      for (const call of [
        () => fetch('/text').then(text),
        () => fetch('/broken'),
        () => fetch.with({ timeout: 1 })('/hangs'),
      ]) {
        await ending(call);
        await until(() => last.closed || last.destroyed);
        await until(() => last.listenerCount('error') === 0);
      }
    });

    test('errorEvent goes through a view, too: neither uncaught, nor pending for ever', async () => {
      const view = convertAll({ get: get(agent()) }, from, promise);
      expect(await ending(() => (view as any).getAsync('/broken'))).toMatchObject({ code: 'ECONNRESET' });
      expect(await ending(() => convert(get(agent()), from, promise)('/broken'))).toMatchObject({
        code: 'ECONNRESET',
      });
    });
  },
});
