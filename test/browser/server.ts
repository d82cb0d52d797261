/** The server of the pages, and of their requests. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Something that happens once and that some wait for, before or after. */
class Event {
  readonly happened: Promise<void>;
  happen!: () => void;
  constructor() {
    this.happened = new Promise((resolve) => {
      this.happen = resolve;
    });
  }
}

const page = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>anyasync</title>';

/**
 * Starts it. Beside the page it has `/ok`, which answers; `/never?name`, which does not; and two that tell what became of that request:
 * `/arrived?name` answers when it is there, `/closed?name` when the browser has left it.
 */
export async function serve(): Promise<{ readonly url: string; close(): void }> {
  const events = new Map<string, Event>();
  const event = (name: string): Event => {
    const known = events.get(name) ?? new Event();
    events.set(name, known);
    return known;
  };
  const answers: Readonly<Record<string, RequestListener>> = {
    '/': (_, response) => response.setHeader('content-type', 'text/html').end(page),
    '/ok': (_, response) => response.end('data'),
    '/never': ({ url }, response) => {
      response.on('close', event(`/closed?${url?.split('?')[1]}`).happen);
      event(`/arrived?${url?.split('?')[1]}`).happen();
    },
  };
  const server = createServer((request, response) => {
    const { url = '/' } = request;
    const answer = answers[url.split('?')[0] ?? ''];
    if (answer !== undefined) answer(request, response);
    else event(url).happened.then(() => response.end('yes'));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
