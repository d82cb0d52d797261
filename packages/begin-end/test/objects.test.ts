/** Whole objects: begin/end classes adopted method by method, and the reverse; loops, scopes, and the event-based pattern. */
import { EventEmitter, once } from 'node:events';
import { promises as fs, readFile, stat } from 'node:fs';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import {
  type AsyncResult,
  adopt,
  beginEnd,
  endScope,
  expose,
  fromEvents,
  InvalidOperationError,
  loop,
  NotEndedError,
  type ProgressArgs,
  toEvents,
} from '@anyasync/begin-end';
import { convert, onStray, outcome, type Stray, setDebugging, sync } from '@anyasync/core';
import { toPromise } from '@anyasync/promise';
import { describe, expect, expectTypeOf, test } from 'vitest';

const fileName = new URL('../package.json', import.meta.url);
type Callback<T> = ((result: Result<T>) => void) | null;

/** A result as a class of the time before promises has it. */
class Result<T> {
  isCompleted = false;
  completedSynchronously = false;
  readonly asyncWaitHandle = {
    wait: (): boolean => this.isCompleted,
    waitAsync: async (): Promise<boolean> => this.isCompleted,
  };
  take!: () => T;
  constructor(
    private readonly callback: Callback<T> | undefined,
    readonly asyncState: unknown,
  ) {}
  complete(take: () => T, inside = false): this {
    Object.assign(this, { take, isCompleted: true, completedSynchronously: inside });
    this.callback?.(this);
    return this;
  }
}

/** Five pairs over the real fs, synchronous completions among them. */
class Store {
  readonly #cache = new Map<string, string>();
  begun = 0;

  beginLoad(
    url: URL,
    encoding?: BufferEncoding,
    callback?: Callback<string>,
    state?: unknown,
  ): Result<string> {
    const result = this.#begin(callback, state);
    const cached = this.#cache.get(url.href);
    if (cached !== undefined) return result.complete(() => cached, true);
    readFile(url, encoding ?? 'utf8', (error, text) =>
      result.complete(() => {
        if (error) throw error;
        this.#cache.set(url.href, text as string);
        return text as string;
      }),
    );
    return result;
  }
  endLoad(result: Result<string>): string {
    return this.#end(result);
  }
  beginSize(url: URL, callback?: Callback<number>, state?: unknown): Result<number> {
    const result = this.#begin(callback, state);
    stat(url, (error, stats) =>
      result.complete(() => {
        if (error) throw error;
        return stats.size;
      }),
    );
    return result;
  }
  endSize(result: Result<number>): number {
    return this.#end(result);
  }
  beginForget(url: URL, callback?: Callback<boolean>, state?: unknown): Result<boolean> {
    return this.#begin(callback, state).complete(() => this.#cache.delete(url.href), true);
  }
  endForget(result: Result<boolean>): boolean {
    return this.#end(result);
  }
  BeginCount(callback?: Callback<number>, state?: unknown): Result<number> {
    return this.#begin(callback, state).complete(() => this.#cache.size, true);
  }
  EndCount(result: Result<number>): number {
    return this.#end(result);
  }
  beginRead(callback?: Callback<string>, state?: unknown): Result<string> {
    return this.#begin(callback, state).complete(() => this.read(), true);
  }
  endRead(result: Result<string>): string {
    return this.#end(result);
  }
  read(): string {
    return 'read at once';
  }
  beginPath(): string {
    return 'no pair';
  }

  #begin<T>(callback: Callback<T> | undefined, state: unknown): Result<T> {
    this.begun++;
    return new Result<T>(callback, state);
  }
  #end<T>(result: Result<T>): T {
    this.begun--;
    return result.take();
  }
}

describe('adopt', () => {
  test('five pairs of a class, method by method, old and new call sites on the same object', async () => {
    const store = new Store();
    const view = adopt(store);
    const before = Object.getOwnPropertyNames(Store.prototype);
    const text = await view.load(fileName);
    expectTypeOf(text).toEqualTypeOf<string>();
    expectTypeOf(await view.size(fileName)).toEqualTypeOf<number>();
    expect(await view.size(fileName)).toBe(Buffer.byteLength(text));
    expect(await view.load(fileName, 'utf8')).toBe(text); // completed inside begin
    const old = await new Promise<unknown>((resolve) =>
      view.beginLoad(
        fileName,
        undefined,
        (result) => resolve([view.endLoad(result), result.asyncState]),
        'state',
      ),
    );
    expect(old).toEqual([text, 'state']);
    expect([await view.count(), await view.forget(fileName), await view.count()]).toEqual([1, true, 0]);
    expect([store.begun, Object.getOwnPropertyNames(Store.prototype)]).toEqual([0, before]);
  });
  test('old and new call sites run at the same time, and each operation is ended once', async () => {
    const store = new Store();
    const view = adopt(store);
    const oldSize = new Promise<number>((resolve) =>
      store.beginSize(fileName, (result) => resolve(store.endSize(result))),
    );
    const oldForget = new Promise<boolean>((resolve) =>
      view.beginForget(fileName, (result) => resolve(view.endForget(result))),
    );
    const answers = await Promise.all([
      view.load(fileName),
      oldSize,
      view.size(fileName),
      oldForget,
      view.count(),
    ]);
    expect(answers).toEqual([expect.stringContaining('begin-end'), answers[2], answers[2], false, 0]);
    expect(store.begun).toBe(0);
  });
  test('the types of what is added are exact, and the members of the class keep theirs', () => {
    type View = ReturnType<typeof adopt<Store>>;
    expectTypeOf<Parameters<View['load']>>().toEqualTypeOf<[url: URL, encoding?: BufferEncoding]>();
    expectTypeOf<ReturnType<View['load']>>().toEqualTypeOf<Promise<string>>();
    expectTypeOf<Parameters<View['size']>>().toEqualTypeOf<[url: URL]>();
    expectTypeOf<ReturnType<View['size']>>().toEqualTypeOf<Promise<number>>();
    expectTypeOf<Parameters<View['forget']>>().toEqualTypeOf<[url: URL]>();
    expectTypeOf<ReturnType<View['forget']>>().toEqualTypeOf<Promise<boolean>>();
    expectTypeOf<Parameters<View['count']>>().toEqualTypeOf<[]>();
    expectTypeOf<ReturnType<View['count']>>().toEqualTypeOf<Promise<number>>();
    expectTypeOf<ReturnType<View['readAsync']>>().toEqualTypeOf<Promise<string>>();
    expectTypeOf<View['beginLoad']>().toEqualTypeOf<Store['beginLoad']>();
    expectTypeOf<View['read']>().toEqualTypeOf<() => string>();
    expectTypeOf<Exclude<keyof View, keyof Store>>().toEqualTypeOf<
      'load' | 'size' | 'forget' | 'count' | 'readAsync'
    >();
  });
  test('a name that is taken gets Async behind it; what is no pair is left alone', async () => {
    const view = adopt(new Store());
    expect(view.read()).toBe('read at once');
    expect(await view.readAsync()).toBe('read at once');
    expect([view.beginPath(), 'path' in view, 'load' in view]).toEqual(['no pair', false, true]);
    // @ts-expect-error there is no endPath
    expect(view.path).toBe(undefined);
  });
  test('what the operation fails with rejects, and it has been ended', async () => {
    const store = new Store();
    await expect(adopt(store).load(new URL('missing', fileName))).rejects.toMatchObject({ code: 'ENOENT' });
    expect(store.begun).toBe(0);
  });
  test('a false friend that is called says what it is; the original still works', async () => {
    const gl = { beginQuery: (n: number) => n, endQuery: (n: number) => n };
    const view = adopt(gl) as typeof gl & { query(n: number): Promise<unknown> };
    expect(view.beginQuery(1)).toBe(1);
    await expect(view.query(1)).rejects.toThrow('returned no AsyncResult');
  });
  test('only those that are picked, and defaults for each call', async () => {
    const view = adopt(new Store(), { pick: ['size'], timeout: 1000 });
    expect(await view.size(fileName)).toBeGreaterThan(0);
    expect('load' in view).toBe(false);
    expect(() => adopt(new Store(), { pick: ['nothing' as never] })).toThrow(
      expect.objectContaining({ argument: 'pick' }),
    );
  });
});

describe('expose', () => {
  class Client {
    readonly #factor = 2;
    async twice(n: number): Promise<number> {
      return n * this.#factor;
    }
    label = 'client';
  }
  test('begin and end beside promise methods, on the same object', async () => {
    const client = new Client();
    const view = expose(client);
    const begun = view.beginTwice(4, null, 'state');
    expectTypeOf(
      view.endTwice(await begun.asyncWaitHandle.waitAsync().then(() => begun)),
    ).toEqualTypeOf<number>();
    expect([begun.asyncState, view.label, await view.twice(1)]).toEqual(['state', 'client', 2]);
    const next = view.beginTwice(5);
    await next.asyncWaitHandle.waitAsync();
    expect(view.endTwice(next)).toBe(10);
    expect(Object.keys(client)).toEqual(['label']);
  });
  test('five promise methods over the real fs and net for callers that know begin and end only, and their types', async () => {
    class Modern {
      opened = 0;
      async load(url: URL, encoding: BufferEncoding): Promise<string> {
        return String(await fs.readFile(url, encoding));
      }
      async size(url: URL): Promise<number> {
        return (await fs.stat(url)).size;
      }
      async listen(): Promise<Server> {
        const server = createServer((socket) => socket.pipe(socket));
        await once(server.listen(0, '127.0.0.1'), 'listening');
        this.opened++;
        return server;
      }
      async echo(server: Server, text: string): Promise<string> {
        const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
        socket.end(text);
        return String((await once(socket, 'data'))[0]);
      }
      async close(server: Server): Promise<void> {
        await new Promise((resolve) => server.close(resolve));
        this.opened--;
      }
    }
    const modern = new Modern();
    const view = expose(modern);
    type View = typeof view;
    expectTypeOf<ReturnType<View['endLoad']>>().toEqualTypeOf<string>();
    expectTypeOf<ReturnType<View['endListen']>>().toEqualTypeOf<Server>();
    expectTypeOf<ReturnType<View['endClose']>>().toEqualTypeOf<void>();
    expectTypeOf<View['echo']>().toEqualTypeOf<Modern['echo']>();
    const refused = (): void => {
      // @ts-expect-error the result of another begin
      view.endSize(view.beginLoad(fileName, 'utf8'));
      // @ts-expect-error the encoding is missing
      view.beginLoad(fileName);
    };
    expect(typeof refused).toBe('function');
    const server = await new Promise<Server>((resolve) =>
      view.beginListen((result) => resolve(view.endListen(result))),
    );
    const echoed = new Promise<unknown>((resolve) =>
      view.beginEcho(
        server,
        'hello',
        (result) => resolve([view.endEcho(result), result.asyncState]),
        'state',
      ),
    );
    const loading = view.beginLoad(fileName, 'utf8');
    expect([loading.isCompleted, loading.completedSynchronously]).toEqual([false, false]);
    expect(await echoed).toEqual(['hello', 'state']);
    await loading.asyncWaitHandle.waitAsync();
    const sizing = view.beginSize(fileName);
    await sizing.asyncWaitHandle.waitAsync();
    expect(view.endSize(sizing)).toBe(Buffer.byteLength(view.endLoad(loading)));
    const missing = view.beginSize(new URL('missing', fileName));
    await missing.asyncWaitHandle.waitAsync();
    expect(() => view.endSize(missing)).toThrow(expect.objectContaining({ code: 'ENOENT' }));
    await view.close(server);
    expect([modern.opened, view.opened]).toEqual([0, 0]);
  });
  test('there and back', async () => {
    const view = adopt(expose(new Client()), { pick: [] });
    expect(await view.twice(2)).toBe(4);
  });
});

describe('the End ledger', () => {
  const half = convert((n: number) => n / 2, sync, beginEnd);

  test('a scope fails on what was begun in it and not ended, and works with using', () => {
    const scope = endScope();
    half.end(half.begin(1));
    half.begin(2);
    expect(() => scope.dispose()).toThrow(NotEndedError);
    const clean = endScope();
    half.end(half.begin(1));
    expect(() => clean[Symbol.dispose]()).not.toThrow();
  });
  test('in debug mode a second end shows where it was begun and ended, and one that is never ended is reported', async () => {
    setFlagsFromString('--expose-gc');
    const gc = runInNewContext('gc') as () => void;
    const strays: Stray[] = [];
    const removeListener = onStray((stray) => {
      stray.preventDefault();
      strays.push(stray);
    });
    setDebugging(true);
    try {
      const begun = half.begin(1);
      half.end(begun);
      expect(() => half.end(begun)).toThrow(/begun at:.*objects\.test.*ended first at:.*objects\.test/s);
      (() => void half.begin(3))();
      for (let turns = 0; turns < 50 && strays.length === 0; turns++) {
        await new Promise((resolve) => setTimeout(resolve, 5));
        gc();
      }
      expect(strays.map(({ kind }) => kind)).toContain('unended');
    } finally {
      setDebugging(false);
      removeListener();
    }
  });
});

describe('loop', () => {
  test('D7: 100,000 synchronous completions, and asynchronous ones among them', async () => {
    let n = 0;
    const next = convert(() => n++, sync, beginEnd);
    await toPromise(
      loop(
        (callback) => next.begin(callback),
        next.end,
        (value) => value < 100_000,
      ),
    );
    expect(n).toBe(100_001);
    const store = new Store();
    let turns = 0;
    const size = loop(
      (callback) => store.beginSize(fileName, callback as never),
      (result) => store.endSize(result),
      () => ++turns < 5,
    );
    await toPromise(size);
    expect([turns, store.begun]).toEqual([5, 0]);
  });
  test('what the body throws ends it', async () => {
    const next = convert(() => 1, sync, beginEnd);
    const failing = loop(
      (callback) => next.begin(callback),
      next.end,
      () => {
        throw new Error('enough');
      },
    );
    await expect(toPromise(failing)).rejects.toThrow('enough');
  });
});

describe('the event-based pattern', () => {
  class Reader extends EventEmitter {
    readonly cancelled: unknown[] = [];
    readAsync(text: string, userState?: unknown): void {
      queueMicrotask(() => {
        this.emit('progressChanged', this, { progressPercentage: 50, userState });
        if (text === 'bad') this.emit('readCompleted', this, { error: new Error('bad'), userState });
        else if (text === 'gone')
          this.emit('readCompleted', this, { cancelled: true, error: null, userState });
        else this.emit('readCompleted', this, { result: text.toUpperCase(), userState });
        this.emit('progressChanged', this, { progressPercentage: 100, userState });
      });
    }
    cancelAsync(userState: unknown): void {
      this.cancelled.push(userState);
    }
  }

  test('D13: listens before the call, tells its own events by the userState, cancelled before error before result, removes its listeners', async () => {
    const reader = new Reader();
    const [a, b] = await Promise.all(
      ['a', 'b'].map((text) => toPromise(fromEvents<string>(reader, 'read', [text]))),
    );
    expect([a, b]).toEqual(['A', 'B']);
    await expect(toPromise(fromEvents(reader, 'read', ['bad']))).rejects.toThrow('bad');
    expect((await outcome(fromEvents(reader, 'read', ['gone']))).status).toBe('cancelled');
    expect(reader.eventNames()).toEqual([]);
  });
  test('progress comes as items, and never after the end', async () => {
    const seen: ProgressArgs[] = [];
    await toPromise(fromEvents<string>(new Reader(), 'read', ['a'], { progress: true }), {
      next: (item) => seen.push(item),
    });
    expect(seen.map(({ progressPercentage }) => progressPercentage)).toEqual([50]);
  });
  test('cancelling calls cancelAsync with the userState; without one, one call runs at a time', async () => {
    const reader = new Reader();
    const controller = new AbortController();
    const pending = toPromise(fromEvents(reader, 'read', ['a']), { signal: controller.signal });
    controller.abort('enough');
    await expect(pending).rejects.toBe('enough');
    expect([reader.cancelled.length, reader.eventNames()]).toEqual([1, []]);
    const first = toPromise(fromEvents(reader, 'read', ['a'], { userState: false }));
    await expect(toPromise(fromEvents(reader, 'read', ['b'], { userState: false }))).rejects.toThrow(
      InvalidOperationError,
    );
    expect(await first).toBe('A');
  });
  test('EAP, written: the event comes once, however it ends; its result throws where there is none', async () => {
    const emitter = new EventEmitter();
    const log: unknown[] = [];
    emitter.on('progressChanged', ({ progressPercentage, userState }) =>
      log.push([progressPercentage, userState]),
    );
    emitter.on('readCompleted', (args) => {
      log.push([args.userState, args.cancelled, args.error?.message]);
      if (args.error || args.cancelled) expect(() => args.result).toThrow();
      else log.push(args.result);
    });
    const reader = toEvents(emitter, 'read', async ({ progress, signal }, text: string) => {
      progress.report(50);
      if (text === 'bad') throw new Error('bad');
      if (text === 'never') await new Promise((resolve) => signal.addEventListener('abort', resolve));
      return text;
    });
    reader.readAsync(1, 'a');
    reader.readAsync(2, 'bad');
    reader.readAsync(3, 'never');
    expect(() => reader.readAsync(3, 'never')).toThrow(InvalidOperationError);
    reader.cancelAsync(3);
    await new Promise((resolve) => setImmediate(resolve));
    expect(log).toEqual([
      [50, 1],
      [50, 2],
      [50, 3],
      [3, true, expect.any(String)],
      [1, false, undefined],
      'a',
      [2, false, 'bad'],
    ]);
  });
});

test('a result of the platform stays what it is', () => {
  expectTypeOf<AsyncResult<number, string>['asyncState']>().toEqualTypeOf<string>();
});
