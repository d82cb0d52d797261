/** The server of the pages, and of their requests. */
import { once } from 'node:events';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';

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

const nameIn = (url: string | undefined): string => url?.split('?')[1] ?? '';

const page = '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>anyasync</title>';

/** What `/flood` brings: more than a browser takes by itself, and the sockets, of which each may hold 64 MiB. */
const chunk = Buffer.alloc(2 ** 16);
const chunks = 16384;

/**
 * Starts it. Beside the page it has `/ok`, which answers; `/never?name`, which does not; `/part?name`, which answers in part; and two that
 * tell what became of those requests: `/arrived?name` answers when it is there, `/closed?name` when the browser has left it.
 * `/flood?name` answers with 1 GiB, as fast as the browser takes them, and `/sent?name` tells how many bytes are on their way.
 */
export async function serve(): Promise<{ readonly url: string; close(): void }> {
  const events = new Map<string, Event>();
  const event = (name: string): Event => {
    const known = events.get(name) ?? new Event();
    events.set(name, known);
    return known;
  };
  const sent = new Map<string, number>();
  const answers: Readonly<Record<string, RequestListener>> = {
    '/': (_, response) => response.setHeader('content-type', 'text/html').end(page),
    '/ok': (_, response) => response.end('data'),
    '/never': ({ url }, response) => {
      response.on('close', event(`/closed?${nameIn(url)}`).happen);
      event(`/arrived?${nameIn(url)}`).happen();
    },
    '/part': (request, response) => {
      response.setHeader('connection', 'close'); // else Chromium, for 5 s, may wait for the rest, to use the connection again
      response.write('a part');
      answers['/never']?.(request, response);
    },
    '/flood': ({ url }, response) => {
      const name = nameIn(url);
      const bytes = function* (): Generator<Buffer> {
        for (let n = 1; n <= chunks; n++) {
          sent.set(name, n * chunk.length);
          yield chunk;
        }
      };
      Readable.from(bytes()).pipe(response);
    },
    '/sent': ({ url }, response) => response.end(String(sent.get(nameIn(url)) ?? 0)),
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
