/** Node's own functions as Observables, and how leaving stops what they started. */
import { execFile } from 'node:child_process';
import * as dns from 'node:dns';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { createServer, get, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { bindCallback, bindNodeCallback, firstValueFrom } from '@anyasync/rxjs';
import * as rx from 'rxjs';
import { describe, expect, onTestFinished, test } from 'vitest';
import { strays } from '../../core/test/support.js';

describe('bindNodeCallback of', () => {
  test('fs.readFile, stat and readdir, with their overloads', async () => {
    const read = bindNodeCallback(fs.readFile);
    expect(await firstValueFrom(read('package.json', 'utf8'))).toContain('"name"');
    expect(await firstValueFrom(read('package.json'))).toBeInstanceOf(Buffer);
    expect((await firstValueFrom(bindNodeCallback(fs.stat)('package.json'))).isFile()).toBe(true);
    const list = bindNodeCallback(fs.readdir);
    expect(await firstValueFrom(list('packages'))).toContain('rxjs');
    const entries = await firstValueFrom(list('packages', { withFileTypes: true }));
    expect(entries.some((entry) => entry.isDirectory() && entry.name === 'rxjs')).toBe(true);
    await expect(firstValueFrom(read('none'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  test('dns.lookup and execFile: several values under the names that Node gives them', async () => {
    const found = await firstValueFrom(bindNodeCallback(dns.lookup)('localhost'));
    expect(Object.keys(found).sort()).toEqual(['address', 'family']);
    const run = bindNodeCallback(execFile);
    expect(await firstValueFrom(run(process.execPath, ['-p', '6 * 7']))).toEqual({
      stdout: '42\n',
      stderr: '',
    });
  });

  test('a method keeps its this, and two that run at the same time do not share', async () => {
    class Store {
      constructor(private readonly prefix: string) {}
      get(key: string, done: (error: Error | null, value?: string) => void): void {
        setImmediate(done, null, `${this.prefix}${key}`);
      }
      readonly read = bindNodeCallback(this.get);
    }
    const [a, b] = [new Store('a:'), new Store('b:')];
    expect(await Promise.all([firstValueFrom(a.read('x')), firstValueFrom(b.read('y'))])).toEqual([
      'a:x',
      'b:y',
    ]);
    expect(await firstValueFrom(bindNodeCallback(a.get).call(b, 'z'))).toBe('b:z');
  });
});

describe('leaving stops what was started', () => {
  test('a child process is killed', async () => {
    const run = bindNodeCallback(execFile);
    const children: any[] = [];
    const log: string[] = [];
    const sleep = run.with({ onHandle: (child) => children.push(child) })('sleep', ['60']);
    expect(children).toEqual([]);
    strays();
    const subscription = sleep.subscribe({ next: () => log.push('next'), error: () => log.push('error') });
    subscription.unsubscribe();
    const [code, signal] = await once(children[0], 'exit');
    expect([code, signal, log]).toEqual([null, 'SIGTERM', []]);
  });

  test('a request is destroyed, and the server sees it', async () => {
    const server = createServer(() => {}).listen(0);
    onTestFinished(() => void server.close());
    await once(server, 'listening');
    const fetchUrl = bindCallback(get as (url: string, done: (response: IncomingMessage) => void) => unknown);
    const arrived = once(server, 'request');
    const { port } = server.address() as AddressInfo;
    strays();
    const subscription = fetchUrl(`http://localhost:${port}/`).subscribe();
    const [request] = await arrived;
    const closed = new Promise((done) => request.on('error', () => {}).on('close', done));
    subscription.unsubscribe();
    await closed;
    expect(request.destroyed).toBe(true);
  });

  test('take(1), takeUntil, switchMap, a signal and a timeout do the same, once', async () => {
    const stops: string[] = [];
    const never = bindNodeCallback((name: string, _done: (error: null, value: number) => void) => ({
      abort: () => stops.push(name),
    }));
    never('takeUntil')
      .pipe(rx.takeUntil(rx.of(1).pipe(rx.delay(1))))
      .subscribe();
    const starts = new rx.Subject<string>();
    const switching = starts.pipe(rx.switchMap((name) => never(name))).subscribe();
    starts.next('switched away');
    starts.next('unsubscribed');
    switching.unsubscribe();
    const controller = new AbortController();
    const heard: unknown[] = [];
    never
      .with({ signal: controller.signal })('signal')
      .subscribe({ error: (reason) => heard.push(reason) });
    controller.abort('left');
    await expect(firstValueFrom(never.with({ timeout: 1 })('timeout'))).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    await expect(firstValueFrom(never('first'), { timeout: 1 })).rejects.toMatchObject({
      name: 'TimeoutError',
    });
    expect(heard).toEqual(['left']);
    expect(stops.sort()).toEqual([
      'first',
      'signal',
      'switched away',
      'takeUntil',
      'timeout',
      'unsubscribed',
    ]);
  });

  test("{ cancel: 'detach' } leaves it alone, and a value that comes too late is disposed of", async () => {
    const stops: string[] = [];
    const closed: unknown[] = [];
    let finish = (_error: null, _fd: number): void => {};
    const open = bindNodeCallback(
      (_path: string, done: (error: null, fd: number) => void) => {
        finish = done;
        return { abort: () => stops.push('stopped') };
      },
      { cancel: 'detach', dispose: (fd: number) => closed.push(fd) },
    );
    open('file').subscribe().unsubscribe();
    finish(null, 7);
    expect([stops, closed]).toEqual([[], [7]]);
  });
});

test('bad input is refused at once', () => {
  const cases: [unknown, object | undefined, string][] = [
    [undefined, undefined, 'fn'],
    ['readFile', undefined, 'fn'],
    [fs.readFile, { share: 'once' }, 'share'],
    [fs.readFile, { timeout: -1 }, 'timeout'],
    [fs.readFile, { values: 3 }, 'values'],
    [fs.readFile, { cancel: 'no' }, 'cancel'],
  ];
  for (const bind of [bindNodeCallback, bindCallback] as any[])
    for (const [fn, options, argument] of cases)
      expect(() => bind(fn, options)).toThrow(expect.objectContaining({ name: 'ArgumentError', argument }));
  for (const bind of [bindNodeCallback, bindCallback] as any[])
    for (const options of [null, 1, (...values: unknown[]) => values, rx.asapScheduler])
      expect(() => bind(fs.readFile, options)).toThrow(
        expect.objectContaining({ name: 'ArgumentError', argument: 'options', received: options }),
      );
});
