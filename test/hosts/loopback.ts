/** Servers on this machine, on a free port. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Starts it, and gives its port. */
export function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

/** What a test waits for: resolves as soon as it is true, and never otherwise. */
export async function until(isTrue: () => boolean): Promise<true> {
  while (!isTrue()) await new Promise((resolve) => setImmediate(resolve));
  return true;
}

/** A folder of its own, and what removes it. */
export function folder(name: string): { readonly path: string; remove(): void } {
  const path = mkdtempSync(join(tmpdir(), `anyasync-${name}-`));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

export const noRedis =
  spawnSync('redis-server', ['--version']).status === 0
    ? undefined
    : 'needs redis-server, which is not installed';

/** A redis-server that hears on a socket in a folder of its own, since Redis takes no port 0. */
export async function redisServer(): Promise<{ readonly path: string; stop(): Promise<void> }> {
  const { path, remove } = folder('redis');
  const socket = join(path, 'redis.sock');
  const options = ['--port', '0', '--unixsocket', socket, '--save', '', '--dir', path];
  const server: ChildProcess = spawn('redis-server', options, { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise<void>((resolve, reject) => {
    server.once('exit', () => reject(new Error('redis-server did not start')));
    server.stdout?.on('data', (text) => /ready to accept/i.test(String(text)) && resolve());
  });
  const ended = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  return {
    path: socket,
    stop: async () => {
      server.kill();
      await ended;
      remove();
    },
  };
}
