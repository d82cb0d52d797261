import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { convention, convert, promise } from 'anyasync';
import { expect } from 'vitest';
import { testHost } from './host.js';

const { JSDOM } = createRequire(import.meta.url)('jsdom');
const { version } = createRequire(import.meta.url)('jsdom/package.json') as { version: string };

// The types of the DOM are not there in a program for Node: this much is used of them.
interface XMLHttpRequest {
  readonly readyState: number;
  readonly status: number;
  readonly responseText: string;
  onload: () => void;
  onerror: () => void;
  open(method: string, url: string): void;
  send(): void;
  abort(): void;
}

interface Page {
  readonly window: { XMLHttpRequest: new () => XMLHttpRequest; close(): void };
  readonly server: Server;
  readonly url: string;
}

/** What `send` was before there was `fetch`: a helper with two callbacks that returns the request. */
function send(
  page: Page,
  path: string,
  loaded: (text: string) => void,
  failed: (error: Error) => void,
): XMLHttpRequest {
  const xhr = new page.window.XMLHttpRequest();
  xhr.open('GET', page.url + path);
  xhr.onload = () => (xhr.status < 400 ? loaded(xhr.responseText) : failed(new RangeError(`${xhr.status}`)));
  xhr.onerror = () => failed(new Error('no connection'));
  xhr.send();
  last = xhr;
  return xhr;
}
let last: XMLHttpRequest;

const load = convert(send, convention({ style: 'pair' }), promise);

testHost<Page>({
  name: `jsdom ${version}`,
  converted: 'convert(send, convention({ style: "pair" }), promise)',
  async open() {
    const server = createServer((request, response) => {
      if (request.url === '/bad') response.writeHead(404).end();
      else if (request.url !== '/slow') response.end('data');
    });
    await once(server.listen(0, '127.0.0.1'), 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return { window: new JSDOM('', { url }).window, server, url };
  },
  close: ({ window, server }) => {
    window.close();
    server.closeAllConnections();
    server.close();
  },
  same: [
    ['the text', (page) => load(page, '/'), async () => 'data'],
    ['a status', (page) => load(page, '/bad'), () => Promise.reject(new RangeError('404'))],
  ],
  slow: (page, options) => load.with(options)(page, '/slow'),
  wasStopped: () => last.readyState === 0 || last.readyState === 4, // abort() of the handle
  many: 100, // each is a connection of jsdom's own
  works: async (page) => expect(await load(page, '/')).toBe('data'),
});
