/** What each version of jQuery is put through: its $.ajax against a real server, in jsdom. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import type { AddressInfo } from 'node:net';
import { convert, promise, toPromise } from 'anyasync';
import { fromJQuery, jquery } from 'anyasync/jquery';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';

/** Its types are those of one version; what is used of it is the same. */
type JQuery = any;

const { JSDOM } = createRequire(import.meta.url)('jsdom');

interface Page {
  readonly $: JQuery;
  readonly server: Server;
  readonly url: string;
  /** Requests that the server has not answered, and still could. */
  open: number;
}

let last: JQuery;

export function testJQuery(load: (window: object) => JQuery): void {
  const version: string = load(new JSDOM('').window).fn.jquery;
  testHost<Page>({
    name: `jquery ${version}`,
    converted: 'toPromise(fromJQuery($.ajax(url)))',
    async open() {
      const server = createServer((request, response) => {
        if (request.url === '/bad') response.writeHead(500).end('no');
        else if (request.url === '/slow') page.open++;
        else response.end('data');
        request.on('close', () => request.url === '/slow' && page.open--);
      });
      await once(server.listen(0, '127.0.0.1'), 'listening');
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      const page: Page = { $: load(new JSDOM('', { url }).window), server, url, open: 0 };
      return page;
    },
    close: ({ server }) => {
      server.closeAllConnections();
      server.close();
    },
    same: [
      ['data', ({ $, url }) => toPromise(fromJQuery($.ajax(url))), ({ $, url }) => $.ajax(url)],
      [
        'an error: the jqXHR',
        ({ $, url }) =>
          ending(() => toPromise(fromJQuery($.ajax(`${url}/bad`)))).then((e) => (e as any).reason.status),
        async ({ $, url }) => ending(() => $.ajax(`${url}/bad`)).then((e) => (e as any).reason.status),
      ],
    ],
    slow: ({ $, url }, options) =>
      convert(
        () => {
          last = $.ajax(`${url}/slow`);
          return last;
        },
        jquery,
        promise,
      ).with(options)(),
    wasStopped: () => last.statusText === 'abort',
    many: 100, // each is a connection of jsdom's own
    works: async ({ $, url }) => expect(await toPromise(fromJQuery($.ajax(url)))).toBe('data'),
    more: (page) => {
      test('a request that somebody else aborts is a cancellation', async () => {
        const { $, url } = page();
        const request = $.ajax(`${url}/slow`);
        const ended = ending(() => toPromise(fromJQuery(request)));
        request.abort();
        expect(await ended).toMatchObject({ name: 'CancelledError' });
      });
    },
  });
}
