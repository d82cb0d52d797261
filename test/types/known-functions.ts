// Functions of libraries that people promisify, with their real types or a copy of them.
import * as childProcess from 'node:child_process';
import * as crypto from 'node:crypto';
import * as dns from 'node:dns';
import * as fs from 'node:fs';
import * as zlib from 'node:zlib';
import { callback, promisify } from '@anyasync/callback';
import { convert } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { overloads } from './equal.js';

declare const some: <F>() => F;

// node:fs
{
  const readFile = promisify(fs.readFile);
  const text: Promise<string> = readFile('x', 'utf8');
  const bytes: Promise<Buffer> = readFile('x');
  const textWith: Promise<string> = readFile.with({ timeout: 5 })('x', { encoding: 'utf8' });
  // @ts-expect-error without an encoding it is a buffer
  const wrong: Promise<string> = readFile('x');

  const converted = convert(fs.readFile, callback, promise);
  const convertedText: Promise<string> = converted('x', 'utf8');
  const convertedBytes: Promise<Buffer> = converted('x');

  const stats: Promise<fs.Stats> = promisify(fs.stat)('x');
  const nothing: Promise<void> = promisify(fs.unlink)('x');
  const read: Promise<{ bytesRead: number; buffer: Buffer }> = promisify(fs.read)(
    1,
    Buffer.alloc(1),
    0,
    1,
    0,
  );
  const exists: Promise<boolean> = promisify(fs.exists)('x');
}

// node:crypto, node:child_process, node:dns, node:zlib, timers
{
  const scrypt = promisify(crypto.scrypt);
  const key: Promise<Buffer> = scrypt('password', 'salt', 64);
  const cheap: Promise<Buffer> = scrypt('password', 'salt', 64, { N: 2 });
  // @ts-expect-error the length is a number
  scrypt('password', 'salt', '64');

  const exec: Promise<{ stdout: string; stderr: string }> = promisify(childProcess.exec)('ls');
  const address: Promise<dns.LookupAddress> = promisify(dns.lookup)('example.org');
  const packed: Promise<Buffer> = promisify(zlib.gzip)('text');
  const slept: Promise<string> = promisify(setTimeout)(5, 'value');
}

// jsonwebtoken: overloads with a callback after optional arguments, and without one
{
  interface Jwt {
    header: object;
    payload: JwtPayload | string;
    signature: string;
  }
  interface JwtPayload {
    sub?: string;
  }
  type Secret = string | Buffer;
  type GetKey = (header: object, done: (error: Error | null, secret?: Secret) => void) => void;
  interface SignOptions {
    expiresIn?: number;
  }
  type VerifyError = Error & { inner: Error };
  type Verified<T> = (error: VerifyError | null, decoded: T | undefined) => void;
  type Verify = {
    (token: string, secret: Secret, options: { complete: true }): Jwt;
    (token: string, secret: Secret, options?: { complete?: false }): JwtPayload | string;
    (token: string, secret: Secret | GetKey, done?: Verified<JwtPayload | string>): void;
    (token: string, secret: Secret | GetKey, options: { complete: true }, done?: Verified<Jwt>): void;
    (
      token: string,
      secret: Secret | GetKey,
      options?: { complete?: false },
      done?: Verified<JwtPayload | string>,
    ): void;
  };
  const verify = promisify(some<Verify>());
  const payload: Promise<JwtPayload | string | undefined> = verify('token', 'secret');
  const complete: Promise<Jwt | undefined> = verify('token', 'secret', { complete: true });
  const fetched: Promise<JwtPayload | string | undefined> = verify('token', (header, done) =>
    done(null, 's'),
  );

  type Signed = (error: Error | null, encoded?: string) => void;
  type Sign = {
    (payload: string | object, secret: Secret, options?: SignOptions): string;
    (payload: string | object, secret: Secret, done: Signed): void;
    (payload: string | object, secret: Secret, options: SignOptions, done: Signed): void;
  };
  const sign = promisify(some<Sign>());
  overloads<
    typeof sign,
    [
      [unknown, [payload: string | object, secret: Secret], Promise<string>],
      [unknown, [payload: string | object, secret: Secret, options: SignOptions], Promise<string>],
    ]
  >();
}

// gRPC: four overloads of a unary call
{
  class Metadata {
    add(key: string, value: string): void {}
  }
  interface ServiceError extends Error {
    code: number;
  }
  interface Reply {
    message: string;
  }
  type Done = (error: ServiceError | null, value?: Reply) => void;
  interface Unary {
    (request: object, done: Done): { cancel(): void };
    (request: object, metadata: Metadata | null, done: Done): { cancel(): void };
    (
      request: object,
      metadata: Metadata | null,
      options: { deadline?: Date } | null,
      done: Done,
    ): {
      cancel(): void;
    };
    (request: object, options: { deadline?: Date }, done: Done): { cancel(): void };
  }
  class Client {
    declare sayHello: Unary;
  }
  const sayHello = promisify(new Client().sayHello.bind(new Client()) as Unary);
  const plain: Promise<Reply> = sayHello({});
  const withMetadata: Promise<Reply> = sayHello({}, new Metadata());
  const withBoth: Promise<Reply> = sayHello({}, new Metadata(), { deadline: new Date() });
  // @ts-expect-error no overload takes a number
  sayHello({}, 5);
}
