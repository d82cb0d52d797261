// Where Node's own promise form takes a signal, ours gives it one.
import { execFileSync } from 'node:child_process';
import { getEventListeners } from 'node:events';
import readline from 'node:readline';
import { finished, PassThrough, pipeline, Readable, Writable } from 'node:stream';
import timers from 'node:timers';
import { fileURLToPath } from 'node:url';
import { promisify as nodePromisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { brief, strays, turns } from '../../core/test/support.js';
import { promisify, promisifyAll } from '../src/index.js';

const timedOut = { name: 'TimeoutError' };
const any = (it: unknown): any => it;
const custom = nodePromisify.custom;

/** Aborts it half way, and tells how it ended. */
async function aborted(fn: any, self: unknown, args: readonly unknown[]): Promise<unknown> {
  const controller = new AbortController();
  const run = fn.with({ signal: controller.signal }).apply(self, args);
  await turns();
  controller.abort('enough');
  expect(getEventListeners(controller.signal, 'abort')).toHaveLength(0);
  return run.catch((error: unknown) => error);
}
const slow = (): Readable => new Readable({ read() {} });
const sink = (): Writable => new Writable({ write: (_chunk, _encoding, done) => done() });

describe('timers', () => {
  it('a timeout that is given up leaves no timer: the process exits at once', () => {
    const source = fileURLToPath(new URL('../src/index.ts', import.meta.url));
    const script = `import('${source}').then(({ promisify }) => promisify(setTimeout).with({ timeout: 5 })(60_000).catch((error) => console.log(error.name)))`;
    const output = execFileSync(process.execPath, ['--import', 'tsx', '-e', script], {
      timeout: 30_000,
      encoding: 'utf8',
    });
    expect(output.trim()).toBe('TimeoutError');
  });

  const active = (): number =>
    process.getActiveResourcesInfo().filter((name) => /Timeout|Immediate/.test(name)).length;
  it.each([
    ['setTimeout', setTimeout, [60_000]],
    ['setTimeout with a value', setTimeout, [60_000, 'v']],
    ['setTimeout with options', setTimeout, [60_000, 'v', { ref: true }]],
    ['timers.setTimeout', timers.setTimeout, [60_000]],
  ])('%s is cleared', async (_name, fn, args) => {
    const heard = strays();
    const before = active();
    expect(await aborted(promisify(any(fn)), undefined, args)).toBe('enough');
    await turns();
    expect(active()).toBeLessThanOrEqual(before);
    expect(heard.filter((stray) => !stray.cancelled)).toEqual([]); // that it was aborted is no news
  });

  it('setImmediate is cleared, with and without a value', async () => {
    const controller = new AbortController();
    const run = any(promisify(setImmediate)).with({ signal: controller.signal });
    const before = active();
    const made = [run(), run('v'), run('v', {})];
    controller.abort('enough');
    expect(active()).toBe(before);
    for (const each of made) await expect(each).rejects.toBe('enough');
  });

  it('gives its value as before, and takes refused arguments as Node does', async () => {
    expect(await any(promisify(setTimeout))(1, 'v')).toBe('v');
    expect(await any(promisify(setTimeout))(1, 'v', {})).toBe('v');
    expect(await any(promisify(setImmediate))('v')).toBe('v');
    for (const options of [{}, { signal: 5 }, { signal: {} }, { ref: 5 }]) {
      const nodes = await any(nodePromisify(setTimeout))(1, 'v', options).catch((error: any) => error.code);
      const ours = await any(promisify(setTimeout))(1, 'v', options).catch((error: any) => error.code);
      expect(ours).toBe(nodes);
    }
  });

  it("the caller's own signal counts too, and no listener of ours stays on it", async () => {
    const own = new AbortController();
    const run = any(promisify(setTimeout)).with({ timeout: 1000 });
    const made = run(60_000, 'v', { signal: own.signal });
    own.abort('mine');
    await expect(made).rejects.toMatchObject({ name: 'AbortError', cause: 'mine' });
    await expect(run(60_000, 'v', { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: 'AbortError',
    });
    const kept = new AbortController();
    expect(await run(1, 'v', { signal: kept.signal })).toBe('v');
    await expect(
      any(promisify(setTimeout)).with({ timeout: 1 })(60_000, 'v', { signal: kept.signal }),
    ).rejects.toMatchObject(timedOut);
    await turns();
    expect(getEventListeners(kept.signal, 'abort')).toHaveLength(0);
  });

  it('where it is only detached the timer runs on', async () => {
    const run = any(promisify(setTimeout)).with({ timeout: 1, cancel: 'detach' });
    const before = active();
    const own = new AbortController();
    await expect(run(60_000, 'v', { signal: own.signal })).rejects.toMatchObject(timedOut);
    expect(active()).toBe(before + 1);
    strays();
    own.abort();
    await turns();
  });
});

describe('streams', () => {
  it.each([
    ['two', () => [slow(), sink()], []],
    ['three', () => [slow(), new PassThrough(), sink()], []],
    ['with options', () => [slow(), sink()], [{ end: true }]],
    ['with a signal of its own', () => [slow(), sink()], [{ signal: new AbortController().signal }]],
  ])('pipeline of %s is stopped', async (_name, make, more) => {
    const heard = strays();
    const streams: any[] = make();
    expect(await aborted(promisify(any(pipeline)), undefined, [...streams, ...more])).toBe('enough');
    await turns();
    expect(streams.map((stream) => stream.destroyed)).toEqual(streams.map(() => true));
    expect(heard.filter((stray) => !stray.cancelled)).toEqual([]);
  });

  it('pipeline of iterables, generators and web streams gives what Node gives', async () => {
    const chunks: unknown[] = [];
    const collect = async (source: AsyncIterable<unknown>): Promise<number> => {
      for await (const chunk of source) chunks.push(chunk);
      return chunks.length;
    };
    expect(await any(promisify(any(pipeline)))([1, 2, 3], collect)).toBe(3);
    const web = new ReadableStream({ start: (controller) => controller.close() });
    await any(promisify(any(pipeline)))(web, new WritableStream());
    const pair = new TransformStream();
    await any(promisify(any(pipeline)))(Readable.from(['a']), pair, collect);
    expect(chunks).toHaveLength(4);
  });

  it('finished stops listening: no listener is left on the stream', async () => {
    const stream = slow();
    const before = stream.eventNames().length;
    for (const args of [[stream], [stream, { writable: false }]])
      expect(await aborted(promisify(any(finished)), undefined, args)).toBe('enough');
    await turns();
    const left = stream.eventNames().flatMap((name) => stream.listeners(name));
    expect(left.length).toBeLessThanOrEqual(Math.max(before, 1));
    expect(stream.destroyed).toBe(false);
  });
});

describe("readline's question", () => {
  const open = (): { rl: readline.Interface; input: PassThrough } => {
    const input = new PassThrough();
    const rl = readline.createInterface({ input, output: new PassThrough() });
    onTestFinished(() => rl.close());
    return { rl, input };
  };
  it.each([
    ['with this', (rl: any) => [promisify(any(rl.question)), rl]],
    ['of the prototype', (rl: any) => [promisify(any(readline.Interface.prototype.question)), rl]],
    [
      'through a view',
      (rl: any) => [promisifyAll(rl, { suffix: '', pick: ['question'] } as any).question, undefined],
    ],
  ])('%s is taken back: the interface answers the next one', async (_how, make) => {
    const heard = strays();
    const { rl, input } = open();
    const [question, self] = any(make)(rl);
    expect(await aborted(question, self, ['first? '])).toBe('enough');
    expect(await aborted(question, self, ['with options? ', {}])).toBe('enough');
    const answer = Reflect.apply(question, self, ['second? ']);
    input.write('yes\n');
    expect(await answer).toBe('yes');
    expect(heard.filter((stray) => !stray.cancelled)).toEqual([]);
  });
});

describe("nobody else's promise form is given a signal", () => {
  it.each(['setTimeout', 'pipeline', 'question', 'toString', '__proto__'])(
    'a function of the name %s',
    async (name) => {
      const got: unknown[][] = [];
      const face = Object.defineProperty(
        async (...args: unknown[]) => {
          got.push(args);
          return new Promise(() => {});
        },
        'name',
        { value: name },
      );
      const fn = Object.assign(() => {}, { [custom]: face });
      await expect(any(promisify(any(fn))).with({ timeout: 1 })(1)).rejects.toMatchObject(timedOut);
      expect(got).toEqual([[1]]);
    },
  );

  it('a fake of a mocking library', async () => {
    vi.useFakeTimers();
    onTestFinished(() => void vi.useRealTimers());
    const run = any(promisify(any(globalThis.setTimeout)))(5, 'v');
    await vi.advanceTimersByTimeAsync(5);
    await Promise.race([run, Promise.resolve()]);
  });

  it('a late failure of another kind is still told', async () => {
    const heard = strays();
    const streams = [slow(), sink()];
    const run = any(promisify(any(pipeline))).with({ timeout: 1, cancel: 'detach' });
    await expect(run(...streams)).rejects.toMatchObject(timedOut);
    (streams[0] as Readable).destroy(new Error('gone'));
    await turns();
    expect(brief(heard)).toEqual([['error', expect.objectContaining({ message: 'gone' })]]);
  });
});
