import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { fromStream } from '@anyasync/iterable';
import { promisify, promisifyAll, toArray, toPromise } from 'anyasync';
import ssh2, { type ClientChannel, type SFTPWrapper } from 'ssh2';
import { expect, test } from 'vitest';
import { ending, testHost } from './host.js';
import { listen, until } from './loopback.js';

const { Client, Server, utils } = ssh2;
type Client = InstanceType<typeof Client>;
type Exec = (command: string, done: (error: Error | undefined, channel: ClientChannel) => void) => Client;

const { private: hostKey } = utils.generateKeyPairSync('ed25519');
const { STATUS_CODE, OPEN_MODE } = utils.sftp;

/** Runs `echo words`, never answers `hang`, refuses the rest; its one file is /file. */
const server = new Server({ hostKeys: [hostKey] }, (connection) => {
  (connection as unknown as Client).setNoDelay();
  connection.on('error', () => {});
  connection.on('authentication', (context) => context.accept());
  connection.on('session', (accept) => {
    const session = accept();
    session.on('exec', (accept, reject, { command }) => {
      if (command === 'hang') return;
      if (!command.startsWith('echo ')) return reject();
      const channel = accept();
      channel.write(command.slice(5));
      channel.exit(0);
      channel.end();
    });
    session.on('sftp', (accept) => {
      const sftp = accept();
      sftp.on('STAT', (id, path) => {
        if (path === '/file') sftp.attrs(id, { mode: 0o100644, uid: 0, gid: 0, size: 4, atime: 0, mtime: 0 });
        else sftp.status(id, STATUS_CODE.NO_SUCH_FILE);
      });
      sftp.on('OPEN', (id, _path, flags) => {
        if (flags & OPEN_MODE.READ) sftp.handle(id, Buffer.from('1'));
        else sftp.status(id, STATUS_CODE.PERMISSION_DENIED);
      });
      sftp.on('FSTAT', (id) =>
        sftp.attrs(id, { mode: 0o100644, uid: 0, gid: 0, size: 4, atime: 0, mtime: 0 }),
      );
      sftp.on('READ', (id, _handle, offset) => {
        if (offset === 0) sftp.data(id, Buffer.from('text'));
        else sftp.status(id, STATUS_CODE.EOF);
      });
      sftp.on('CLOSE', (id) => sftp.status(id, STATUS_CODE.OK));
    });
  });
});

let port: number;
/** exec returns the client, which has an end() and a destroy(). */
const exec = (client: Client) => promisify(client.exec.bind(client) as Exec);
const plain = (client: Client, command: string) =>
  new Promise((resolve, reject) => {
    client.exec(command, (error, channel) => (error ? reject(error) : resolve(channel)));
  });

async function connect(): Promise<Client> {
  const client = new Client()
    .connect({ host: '127.0.0.1', port, username: 'me', password: 'it' })
    .setNoDelay();
  await once(client, 'ready');
  return client;
}

testHost<Client>({
  name: 'ssh2 1.17.0',
  converted: 'promisify(client.exec.bind(client))',
  async open() {
    port = await listen(server as unknown as import('node:net').Server);
    return connect();
  },
  async close(client) {
    client.end();
    await once(client, 'close');
    await promisify(server.close.bind(server) as (done: (error?: Error) => void) => unknown)();
  },
  emitters: (client) => [client],
  same: [['a command that is refused', (client) => exec(client)('rm'), (client) => plain(client, 'rm')]],
  slow: (client, options) => exec(client).with(options)('hang'),
  async works(client) {
    const channel = await exec(client)('echo it works');
    expect(
      Buffer.concat(await toPromise(fromStream<ClientChannel>(channel), { fold: toArray() })).toString(),
    ).toBe('it works');
  },
  more(client) {
    test('a command that is not answered in time does not close the connection', async () => {
      let closed = 0;
      const hear = () => void closed++;
      client().on('close', hear);
      for (const run of [exec(client()), promisify((...args: Parameters<Exec>) => client().exec(...args))])
        expect(await ending(() => run.with({ timeout: 1 })('hang'))).toMatchObject({ name: 'TimeoutError' });
      expect(Buffer.isBuffer((await exec(client())('echo still here')).read() ?? Buffer.alloc(0))).toBe(true);
      client().off('close', hear);
      expect(closed).toBe(0);
    });

    test('sftp: its methods beside its streams, and an error is its own', async () => {
      const sftp = promisifyAll(
        await promisify(
          client().sftp.bind(client()) as (
            done: (error: Error | undefined, sftp: SFTPWrapper) => void,
          ) => Client,
        )(),
      );
      expect((await sftp.statAsync('/file')).size).toBe(4);
      expect(String(await sftp.readFileAsync('/file'))).toBe('text');
      expect(await ending(() => sftp.statAsync('/none'))).toMatchObject({ code: STATUS_CODE.NO_SUCH_FILE });
      const chunks = await toPromise(fromStream<Readable>(sftp.createReadStream('/file') as Readable), {
        fold: toArray(),
      });
      expect(Buffer.concat(chunks as Buffer[]).toString()).toBe('text');
      sftp.end();
    });

    test('only stop destroys a client', async () => {
      const other = await connect();
      let isClosed = false;
      other.on('close', () => {
        isClosed = true;
      });
      const run = exec(other).with({ stop: 'destroy', timeout: 5 });
      expect(await ending(() => run('hang'))).toMatchObject({ name: 'TimeoutError' });
      await until(() => isClosed);
    });
  },
});
