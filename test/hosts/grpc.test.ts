import { fromStream, toIterable } from '@anyasync/iterable';
import * as grpc from '@grpc/grpc-js';
import { promisify, promisifyAll, toArray, toPromise } from 'anyasync';
import { expect, test } from 'vitest';
import { testHost } from './host.js';
import { until } from './loopback.js';

type Done = (error: grpc.ServiceError | null, value: string) => void;
interface Words extends grpc.Client {
  echo(text: string, done: Done): grpc.ClientUnaryCall;
  hang(text: string, done: Done): grpc.ClientUnaryCall;
  count(text: string): grpc.ClientReadableStream<string>;
}

const json = {
  requestSerialize: (value: unknown) => Buffer.from(JSON.stringify(value)),
  requestDeserialize: (bytes: Buffer) => JSON.parse(bytes.toString()),
  responseSerialize: (value: unknown) => Buffer.from(JSON.stringify(value)),
  responseDeserialize: (bytes: Buffer) => JSON.parse(bytes.toString()),
};
const service = {
  echo: { path: '/Words/echo', requestStream: false, responseStream: false, ...json },
  hang: { path: '/Words/hang', requestStream: false, responseStream: false, ...json },
  count: { path: '/Words/count', requestStream: false, responseStream: true, ...json },
};

let server: grpc.Server;
/** How many calls the server is answering. */
let open = 0;

testHost<Words>({
  name: '@grpc/grpc-js 1.14.7',
  converted: 'promisify(client.echo.bind(client))',
  async open() {
    server = new grpc.Server();
    server.addService(service, {
      echo: ((call, done) => {
        if (call.request === 'fail') done({ code: grpc.status.NOT_FOUND, details: 'no such word' });
        else done(null, call.request);
      }) as grpc.handleUnaryCall<string, string>,
      hang: ((call) => {
        open++;
        call.on('cancelled', () => open--);
      }) as grpc.handleUnaryCall<string, string>,
      count: ((call) => {
        open++;
        call.on('cancelled', () => open--);
        for (const n of ['1', '2', '3']) call.write(n);
        if (call.request === 'to the end') {
          open--;
          call.end();
        }
      }) as grpc.handleServerStreamingCall<string, string>,
    });
    const port = await promisifyAll(server, { pick: ['bindAsync'] }).bindAsyncAsync(
      '127.0.0.1:0',
      grpc.ServerCredentials.createInsecure(),
    );
    const Client = grpc.makeGenericClientConstructor(service, 'Words');
    return new Client(`127.0.0.1:${port}`, grpc.credentials.createInsecure()) as unknown as Words;
  },
  close(client) {
    client.close();
    server.forceShutdown();
  },
  same: [
    [
      'an error',
      (client) => promisify(client.echo.bind(client))('fail'),
      (client) =>
        new Promise((resolve, reject) => {
          client.echo('fail', (error, value) => (error ? reject(error) : resolve(value)));
        }),
    ],
  ],
  slow: (client, options) => promisify(client.hang.bind(client)).with(options)('x'),
  wasStopped: () => until(() => open === 0),
  works: async (client) => expect(await promisify(client.echo.bind(client))('it works')).toBe('it works'),
  more(client) {
    test('a view: the methods that call back, and the one that gives a stream as it is', async () => {
      const view = promisifyAll(client());
      expect(await view.echoAsync('a')).toBe('a');
      const call = view.count('to the end');
      expect(await toPromise(fromStream(call), { fold: toArray() })).toEqual(['1', '2', '3']);
    });

    test('a stream from the server is read, and left half way: the call is cancelled', async () => {
      const call = client().count('for ever');
      call.on('error', () => {});
      const words = toIterable(fromStream(call));
      for await (const word of words) {
        expect(word).toBe('1');
        break;
      }
      expect(call.destroyed).toBe(true);
      await until(() => open === 0);
    });
  },
});
