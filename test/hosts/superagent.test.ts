import { createServer } from 'node:http';
import { promisify } from 'anyasync';
import request from 'superagent';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';
import { listen, until } from './loopback.js';

/** How many requests it has not answered. */
let open = 0;
const server = createServer((request, response) => {
  if (request.url === '/text') return response.end('it works');
  if (request.url === '/none') return response.writeHead(404).end('none');
  open++;
  response.on('close', () => open--);
});

type Agent = ReturnType<typeof request.agent>;
type Get = (path: string, done: (error: Error | null, response: request.Response) => void) => request.Request;
let origin: string;
/** A request is a promise, an emitter and a stream as well, and has an abort(). */
const get = (agent: Agent) =>
  promisify(((path, done) => {
    const sent = agent.get(origin + path);
    sent.end(done as never);
    return sent;
  }) as Get);

testHost<Agent>({
  name: 'superagent 10.4.2',
  converted: 'promisify(get), which returns its request',
  async open() {
    origin = `http://127.0.0.1:${await listen(server)}`;
    return request.agent();
  },
  async close() {
    server.closeAllConnections();
    await promisify(server.close.bind(server))();
  },
  same: [
    [
      'a text',
      async (agent) => (await get(agent)('/text')).text,
      async (agent) => (await agent.get(`${origin}/text`)).text,
    ],
    ['an error', (agent) => get(agent)('/none'), (agent) => agent.get(`${origin}/none`)],
  ],
  slow: (agent, options) => get(agent).with(options)('/hangs'),
  wasStopped: () => until(() => open === 0),
  works: async (agent) => {
    const response = await get(agent)('/text');
    expect(response.status).toBe(200);
  },
  more(agent) {
    test('a request that is aborted gives no second error', async () => {
      let handle: any;
      const call = get(agent()).with({ timeout: 5, onHandle: (it: unknown) => void (handle = it) });
      expect(await ending(() => call('/hangs'))).toMatchObject({ name: 'TimeoutError' });
      await until(() => open === 0);
      expect(handle._aborted).toBe(true);
    });

    test('its promise is not asked: the request is sent once', async () => {
      let requests = 0;
      const hear = () => void requests++;
      server.on('request', hear);
      await get(agent())('/text');
      server.off('request', hear);
      expect(requests).toBe(1);
    });
  },
});
