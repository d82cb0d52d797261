import child from 'node:child_process';
import crypto from 'node:crypto';
import dgram from 'node:dgram';
import dns from 'node:dns';
import fs from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import stream from 'node:stream';
import timers from 'node:timers';
import util from 'node:util';
import zlib from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { callbackify, promisify } from '../src/index.js';

/** What one call works on: a folder of its own with the file a.txt, a link to it, and the empty folder sub. */
class Place {
  readonly dir: string;
  readonly file: string;
  readonly fd: number;
  readonly leave: (() => unknown)[] = [];
  constructor(root: string) {
    this.dir = fs.mkdtempSync(join(root, 'place-'));
    this.file = this.path('a.txt');
    fs.writeFileSync(this.file, 'hello world', { mode: 0o644 });
    fs.symlinkSync('a.txt', this.path('link'));
    fs.mkdirSync(this.path('sub'));
    this.fd = fs.openSync(this.file, 'r+');
    this.leave.push(() => fs.close(this.fd, () => {}));
  }
  path(name: string): string {
    return join(this.dir, name);
  }
  /** Numbers and names that differ from call to call, replaced. */
  same(what: unknown): unknown {
    if (typeof what === 'string') return what.replaceAll(this.dir, '<dir>');
    if (Array.isArray(what)) return what.map((each) => this.same(each));
    if (
      what instanceof Map ||
      Buffer.isBuffer(what) ||
      ArrayBuffer.isView(what) ||
      what instanceof ArrayBuffer
    )
      return what;
    if (typeof what !== 'object' || what === null) return what;
    return Object.fromEntries(Object.entries(what).map(([key, value]) => [key, this.same(value)]));
  }
}

interface Call {
  readonly fn: (...args: any[]) => unknown;
  readonly args: readonly unknown[];
  readonly self?: unknown;
  /** The part of the result that is the same each time. */
  readonly show?: ((result: any, place: Place) => unknown) | undefined;
}

const data = Buffer.from('the same text, the same text, the same text');
const stats = (found: fs.Stats): unknown => [found.constructor.name, found.size, found.mode, found.isFile()];
const call = (fn: any, ...args: unknown[]): Call => ({ fn, args });
const own = (self: any, name: string, ...args: unknown[]): Call => ({ fn: self[name], args, self });
const shown = (show: Call['show'], of: Call): Call => ({ ...of, show });
const text = (path: string) => (result: unknown, place: Place) => [
  result,
  fs.readFileSync(place.path(path), 'utf8'),
];
const kinds = (result: any): unknown =>
  Object.entries(result).map(([name, key]) => [
    name,
    (key as { constructor: { name: string } }).constructor.name,
  ]);
const { uid, gid } = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };

const keys = crypto.generateKeyPairSync('ed25519');
const signature = crypto.sign(null, data, keys.privateKey);

function server(place: Place, kind: { createServer(): net.Server } = net): Promise<net.Server> {
  const made = kind.createServer();
  place.leave.push(() => made.close());
  return new Promise((done) => made.listen(0, '127.0.0.1', () => done(made)));
}

/** Every call: its name, and how it is made. The name up to the colon is the function's. */
const calls: Record<string, (place: Place) => Call | Promise<Call>> = {
  'fs.access': (p) => call(fs.access, p.file),
  'fs.access: with a mode': (p) => call(fs.access, p.file, fs.constants.R_OK),
  'fs.access: missing': (p) => call(fs.access, p.path('none')),
  'fs.appendFile': (p) => shown(text('a.txt'), call(fs.appendFile, p.file, '!')),
  'fs.chmod': (p) => shown(() => fs.statSync(p.file).mode, call(fs.chmod, p.file, 0o600)),
  'fs.chown': (p) => call(fs.chown, p.file, uid, gid),
  'fs.close': (p) => call(fs.close, fs.openSync(p.file, 'r')),
  'fs.close: no such descriptor': () => call(fs.close, 987_654),
  'fs.copyFile': (p) => shown(text('b.txt'), call(fs.copyFile, p.file, p.path('b.txt'))),
  'fs.copyFile: missing': (p) => call(fs.copyFile, p.path('none'), p.path('b.txt')),
  'fs.cp': (p) => shown(text('b.txt'), call(fs.cp, p.file, p.path('b.txt'))),
  'fs.exists': (p) => call(fs.exists, p.file),
  'fs.exists: of nothing': (p) => call(fs.exists, p.path('none')),
  'fs.fchmod': (p) => shown(() => fs.statSync(p.file).mode, call(fs.fchmod, p.fd, 0o600)),
  'fs.fchown': (p) => call(fs.fchown, p.fd, uid, gid),
  'fs.fdatasync': (p) => call(fs.fdatasync, p.fd),
  'fs.fstat': (p) => shown(stats, call(fs.fstat, p.fd)),
  'fs.fsync': (p) => call(fs.fsync, p.fd),
  'fs.ftruncate': (p) => shown(text('a.txt'), call(fs.ftruncate, p.fd, 4)),
  'fs.futimes': (p) => shown(() => fs.statSync(p.file).mtimeMs, call(fs.futimes, p.fd, 1, 2)),
  'fs.lchown': (p) => call(fs.lchown, p.path('link'), uid, gid),
  'fs.link': (p) => shown(text('b.txt'), call(fs.link, p.file, p.path('b.txt'))),
  'fs.lstat': (p) => shown((found) => found.isSymbolicLink(), call(fs.lstat, p.path('link'))),
  'fs.lutimes': (p) =>
    shown(() => fs.lstatSync(p.path('link')).mtimeMs, call(fs.lutimes, p.path('link'), 1, 2)),
  'fs.mkdir': (p) => call(fs.mkdir, p.path('new')),
  'fs.mkdir: recursive gives the first folder made': (p) =>
    call(fs.mkdir, p.path('new/x'), { recursive: true }),
  'fs.mkdir: exists': (p) => call(fs.mkdir, p.path('sub')),
  'fs.mkdtemp': (p) => shown((made) => made.slice(0, -6), call(fs.mkdtemp, p.path('t-'))),
  'fs.open': (p) => shown((fd) => [typeof fd, fs.closeSync(fd)], call(fs.open, p.file, 'r')),
  'fs.open: missing': (p) => call(fs.open, p.path('none'), 'r'),
  'fs.opendir': (p) => shown((dir) => [dir.path, dir.closeSync()], call(fs.opendir, p.dir)),
  'fs.read': (p) => call(fs.read, p.fd, Buffer.alloc(5), 0, 5, 0),
  'fs.readdir': (p) => call(fs.readdir, p.dir),
  'fs.readdir: with types': (p) =>
    shown(
      (found) => found.map((each: fs.Dirent) => [each.name, each.isFile()]),
      call(fs.readdir, p.dir, { withFileTypes: true }),
    ),
  'fs.readFile': (p) => call(fs.readFile, p.file),
  'fs.readFile: as text': (p) => call(fs.readFile, p.file, 'utf8'),
  'fs.readFile: missing': (p) => call(fs.readFile, p.path('none')),
  'fs.readFile: a folder': (p) => call(fs.readFile, p.dir),
  'fs.readlink': (p) => call(fs.readlink, p.path('link')),
  'fs.readlink: no link': (p) => call(fs.readlink, p.file),
  'fs.readv': (p) => call(fs.readv, p.fd, [Buffer.alloc(3), Buffer.alloc(4)], 0),
  'fs.realpath': (p) => call(fs.realpath, p.path('link')),
  'fs.realpath.native': (p) => call(fs.realpath.native, p.path('link')),
  'fs.rename': (p) => shown(text('b.txt'), call(fs.rename, p.file, p.path('b.txt'))),
  'fs.rm': (p) => shown(() => fs.readdirSync(p.dir), call(fs.rm, p.file)),
  'fs.rm: missing': (p) => call(fs.rm, p.path('none')),
  'fs.rmdir': (p) => call(fs.rmdir, p.path('sub')),
  'fs.rmdir: not empty': (p) => call(fs.rmdir, p.dir),
  'fs.stat': (p) => shown(stats, call(fs.stat, p.file)),
  'fs.stat: as bigint': (p) => shown((found) => found.size, call(fs.stat, p.file, { bigint: true })),
  'fs.stat: a wrong argument throws at once': () => call(fs.stat, 5.5),
  'fs.statfs': (p) => shown((found) => found.constructor.name, call(fs.statfs, p.dir)),
  'fs.symlink': (p) => shown(text('b.txt'), call(fs.symlink, 'a.txt', p.path('b.txt'))),
  'fs.truncate': (p) => shown(text('a.txt'), call(fs.truncate, p.file, 4)),
  'fs.unlink': (p) => call(fs.unlink, p.file),
  'fs.utimes': (p) => shown(() => fs.statSync(p.file).mtimeMs, call(fs.utimes, p.file, 1, 2)),
  'fs.write': (p) => call(fs.write, p.fd, Buffer.from('HELLO'), 0, 5, 0),
  'fs.write: text': (p) => call(fs.write, p.fd, 'HELLO', 0, 'utf8'),
  'fs.writeFile': (p) => shown(text('b.txt'), call(fs.writeFile, p.path('b.txt'), 'text')),
  'fs.writev': (p) => call(fs.writev, p.fd, [Buffer.from('ab'), Buffer.from('c')], 0),

  'zlib.brotliCompress': () => call(zlib.brotliCompress, data),
  'zlib.brotliDecompress': () => call(zlib.brotliDecompress, zlib.brotliCompressSync(data)),
  'zlib.deflate': () => call(zlib.deflate, data),
  'zlib.deflate: with options': () => call(zlib.deflate, data, { level: 1 }),
  'zlib.deflateRaw': () => call(zlib.deflateRaw, data),
  'zlib.gunzip': () => call(zlib.gunzip, zlib.gzipSync(data)),
  'zlib.gunzip: no gzip': () => call(zlib.gunzip, data),
  'zlib.gzip': () => call(zlib.gzip, data),
  'zlib.inflate': () => call(zlib.inflate, zlib.deflateSync(data)),
  'zlib.inflateRaw': () => call(zlib.inflateRaw, zlib.deflateRawSync(data)),
  'zlib.unzip': () => call(zlib.unzip, zlib.gzipSync(data)),

  'crypto.checkPrime': () => call(crypto.checkPrime, 7n),
  'crypto.generateKey': () =>
    shown((key) => key.symmetricKeySize, call(crypto.generateKey, 'hmac', { length: 64 })),
  'crypto.generateKeyPair': () => shown(kinds, call(crypto.generateKeyPair, 'ed25519', {})),
  'crypto.generatePrime': () => shown((prime) => prime.byteLength, call(crypto.generatePrime, 32)),
  'crypto.hkdf': () => call(crypto.hkdf, 'sha256', 'key', 'salt', 'info', 16),
  'crypto.pbkdf2': () => call(crypto.pbkdf2, 'secret', 'salt', 10, 16, 'sha256'),
  'crypto.pbkdf2: no such digest': () => call(crypto.pbkdf2, 'secret', 'salt', 10, 16, 'none'),
  'crypto.randomBytes': () => shown((bytes) => bytes.length, call(crypto.randomBytes, 8)),
  'crypto.randomFill': () => shown((bytes) => bytes.length, call(crypto.randomFill, Buffer.alloc(8))),
  'crypto.randomInt': () => call(crypto.randomInt, 5, 6),
  'crypto.scrypt': () => call(crypto.scrypt, 'secret', 'salt', 16, { N: 16 }),
  'crypto.sign': () => call(crypto.sign, null, data, keys.privateKey),
  'crypto.verify': () => call(crypto.verify, null, data, keys.publicKey, signature),

  'dns.lookup': () => call(dns.lookup, '127.0.0.1'),
  'dns.lookup: localhost': () => call(dns.lookup, 'localhost', 4),
  'dns.lookup: all': () => call(dns.lookup, 'localhost', { all: true }),
  'dns.lookupService': () => call(dns.lookupService, '127.0.0.1', 80),

  'child_process.exec': () => call(child.exec, 'echo out; echo err >&2'),
  'child_process.exec: fails': () => call(child.exec, 'echo out; exit 3'),
  'child_process.execFile': () => call(child.execFile, 'echo', ['one', 'two']),
  'child_process.execFile: no such file': (p) => call(child.execFile, p.path('none')),

  'stream.finished': () => {
    const source = stream.Readable.from(['a']);
    source.resume();
    return call(stream.finished, source);
  },
  'stream.finished: destroyed': () => {
    const source = new stream.PassThrough();
    source.on('error', () => {});
    setImmediate(() => source.destroy(Object.assign(new Error('gone'), { code: 'EGONE' })));
    return call(stream.finished, source);
  },
  'stream.pipeline': (p) =>
    shown(
      text('b.txt'),
      call(stream.pipeline, stream.Readable.from(['a', 'b']), fs.createWriteStream(p.path('b.txt'))),
    ),
  'stream.pipeline: fails': (p) =>
    call(stream.pipeline, fs.createReadStream(p.path('none')), new stream.PassThrough().resume()),
  'writable.end': () => own(new stream.PassThrough().resume(), 'end', 'last'),
  'writable.write': () => own(new stream.PassThrough(), 'write', 'chunk', 'utf8'),

  'timers.setImmediate': () => call(timers.setImmediate, 'value'),
  'timers.setTimeout': () => call(timers.setTimeout, 1, 'value'),

  'net.Server.close': async (p) => own(await server(p), 'close'),
  'net.Server.close: not running': () => own(net.createServer(), 'close'),
  'net.Server.getConnections': async (p) => own(await server(p), 'getConnections'),
  'net.Server.listen': (p) => {
    const made = net.createServer();
    p.leave.push(() => made.close());
    return shown((_none, __) => made.listening, own(made, 'listen', 0, '127.0.0.1'));
  },
  'net.Socket.end': async (p) => {
    const { port } = (await server(p)).address() as net.AddressInfo;
    const socket = net.connect(port, '127.0.0.1');
    p.leave.push(() => socket.destroy());
    return own(socket, 'end', 'bye');
  },
  'http.Server.close': async (p) => own(await server(p, http), 'close'),
  'dgram.Socket.send': (p) => {
    const socket = dgram.createSocket('udp4');
    p.leave.push(() => socket.close());
    return own(socket, 'send', Buffer.from('ping'), 9, '127.0.0.1');
  },
};

const ways: Record<string, (call: Call) => Promise<unknown>> = {
  'util.promisify': ({ fn, self, args }) => util.promisify(fn).apply(self, args as []),
  promisify: ({ fn, self, args }) => promisify(fn as any).apply(self, args as any),
  // the wrapper in between keeps callbackify from giving the original back
  callbackify: ({ fn, self, args }) =>
    new Promise((resolve, reject) => {
      const asPromise = promisify(fn as any) as (...args: unknown[]) => Promise<unknown>;
      const asCallback: any = callbackify(function (this: unknown, ...rest: unknown[]) {
        return asPromise.apply(this, rest);
      } as any);
      asCallback.call(self, ...args, (error: unknown, value: unknown) =>
        error ? reject(error) : resolve(value),
      );
    }),
};

let root: string;
beforeAll(() => {
  root = fs.mkdtempSync(join(tmpdir(), 'anyasync-node-'));
});
afterAll(() => fs.rmSync(root, { recursive: true, force: true }));

async function run(name: string, way: (call: Call) => Promise<unknown>): Promise<unknown> {
  const place = new Place(root);
  const made = await calls[name]!(place);
  try {
    const result = await way(made);
    return { value: place.same(made.show === undefined ? result : made.show(result, place)) };
  } catch (error: any) {
    if (error.code === undefined && !(error instanceof Error)) throw error;
    return { code: error.code, name: error.name, message: place.same(error.message), stdout: error.stdout };
  } finally {
    for (const leave of place.leave) leave();
  }
}

describe('real Node functions give the same as util.promisify', () => {
  it.concurrent.each(Object.keys(calls))('%s', async (name) => {
    const [expected, ...ours] = await Promise.all(Object.values(ways).map((way) => run(name, way)));
    for (const our of ours) expect(our).toEqual(expected);
    const fails = /: (missing|no |exists|not |fails|destroyed|a folder|a wrong)/.test(name);
    expect(Object.hasOwn(expected as object, 'value'), util.inspect(expected)).toBe(!fails);
  });

  it('are at least 60, and no function is only listed by another name', () => {
    const names = new Set(Object.keys(calls).map((name) => name.split(':')[0]));
    expect(names.size).toBeGreaterThanOrEqual(60);
    expect(Object.keys(calls).length).toBeGreaterThanOrEqual(names.size);
  });

  it('promisified, they have the name and the length of the original without its callback', () => {
    for (const fn of [fs.writeFile, fs.rename, zlib.gzip, crypto.randomBytes, crypto.pbkdf2] as any[]) {
      const promisified: any = promisify(fn);
      expect(promisified.name).toBe(fn.name);
      expect(promisified).toHaveLength(Math.max(0, fn.length - 1));
    }
  });
});
