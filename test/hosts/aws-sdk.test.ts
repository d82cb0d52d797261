import { createServer } from 'node:http';
import { promisify, promisifyAll } from 'anyasync';
import AWS from 'aws-sdk';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';
import { listen, until } from './loopback.js';

process.env.AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE = '1';

/** How many requests it has not answered. */
let open = 0;
const server = createServer((request, response) => {
  if (request.url === '/bucket/key') return response.end('it works');
  if (request.url === '/bucket/none') {
    response.writeHead(404, { 'content-type': 'application/xml' });
    return response.end('<Error><Code>NoSuchKey</Code><Message>There is none.</Message></Error>');
  }
  open++;
  response.on('close', () => open--);
});

const of = (Key: string): AWS.S3.GetObjectRequest => ({ Bucket: 'bucket', Key });
type Get = (
  request: AWS.S3.GetObjectRequest,
  done: (error: AWS.AWSError, output: AWS.S3.GetObjectOutput) => void,
) => AWS.Request<AWS.S3.GetObjectOutput, AWS.AWSError>;
const get = (s3: AWS.S3) => promisify(s3.getObject.bind(s3) as Get);

testHost<AWS.S3>({
  name: 'aws-sdk 2.1693.0',
  converted: 'promisify(s3.getObject.bind(s3))',
  async open() {
    return new AWS.S3({
      endpoint: `http://127.0.0.1:${await listen(server)}`,
      credentials: new AWS.Credentials('id', 'secret'),
      region: 'eu-west-1',
      s3ForcePathStyle: true,
      maxRetries: 0,
    });
  },
  async close() {
    server.closeAllConnections();
    await promisify(server.close.bind(server))();
  },
  same: [
    [
      'an object',
      async (s3) => (await get(s3)(of('key'))).Body,
      async (s3) => (await s3.getObject(of('key')).promise()).Body,
    ],
    ['an error', (s3) => get(s3)(of('none')), (s3) => s3.getObject(of('none')).promise()],
  ],
  slow: (s3, options) => get(s3).with(options)(of('hangs')),
  wasStopped: () => until(() => open === 0),
  works: async (s3) => expect(String((await get(s3)(of('key'))).Body)).toBe('it works'),
  more(s3) {
    test('a view: its methods beside, and a request without a callback is the original', async () => {
      const view = promisifyAll(s3());
      expect(String((await view.getObjectAsync(of('key'))).Body)).toBe('it works');
      expect(view.getObject(of('key'))).toBeInstanceOf(AWS.Request);
      expect(view.config).toBe(s3().config);
    });

    test('what a stopped request calls back with is no second error', async () => {
      const codes: string[] = [];
      const call = get(s3()).with({
        timeout: 5,
        onHandle: (request: any) => request.on('complete', ({ error }: any) => codes.push(error.code)),
      });
      expect(await ending(() => call(of('hangs')))).toMatchObject({ name: 'TimeoutError' });
      await until(() => codes.length > 0);
      expect(codes).toHaveLength(1);
    });
  },
});
