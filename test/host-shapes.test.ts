/**
 * Hosts of every shape, put together at random: what a call returns, what it does, and which methods its objects have. Whatever happens to a run, an
 * object of the host that the call did not make is untouched.
 */
import { EventEmitter, getEventListeners } from 'node:events';
import { convention, onStray, promisify, promisifyAll, type RunOptions } from 'anyasync';
import { bindNodeCallback } from 'anyasync/rxjs';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';

const stops = ['cancel', 'abort', 'destroy', 'kill', 'close'] as const;
const others = ['call', 'apply', 'bind', 'end', 'disconnect'] as const;

/** What a host is like. */
const shapes = fc.record({
  returns: fc.constantFrom('this', 'bound this', 'shared', 'fresh', 'child', 'promise', 'nothing', 'number'),
  answers: fc.constantFrom('inside', 'next tick', 'later', 'never', 'twice', 'error', 'throws'),
  methods: fc.subarray([...stops, ...others]),
  emits: fc.constantFrom('nothing', 'error of the handle', 'error of the host'),
  /** How it is called. */
  by: fc.constantFrom('method', 'bind', 'arrow', 'view', 'view in place', 'observable', 'errorEvent', 'stop'),
  ends: fc.constantFrom(
    'by itself',
    'aborted before',
    'aborted',
    'aborted after',
    'timeout',
    'detached',
    'unsubscribed',
  ),
  /** Whether what was stopped closes, as everything of Node's does. */
  closes: fc.boolean(),
  calls: fc.integer({ min: 1, max: 3 }),
});
type Shape = typeof shapes extends fc.Arbitrary<infer S> ? S : never;

type Done = (error: Error | null, value?: string) => void;

/** An object of the host that writes down which of its methods are called. */
class Thing extends EventEmitter {
  readonly touched: string[] = [];
  private readonly touch = (name: string): void => {
    this.touched.push(name);
    if (this.closes) process.nextTick(() => this.emit('close'));
  };
  constructor(
    methods: Shape['methods'],
    private readonly closes: boolean,
    isChild = false,
  ) {
    super();
    this.on('error', () => {});
    for (const name of methods)
      Object.defineProperty(this, name, { value: () => this.touch(name), configurable: true });
    if (isChild)
      Object.assign(this, {
        pid: 1,
        killed: false,
        exitCode: null,
        signalCode: null,
        spawnfile: 'sleep',
        spawnargs: [],
        kill: () => this.touch('kill'),
      });
  }
}

class Client extends Thing {
  readonly shared: Thing;
  readonly fresh: Thing[] = [];
  constructor(private readonly shape: Shape) {
    super(shape.methods, shape.closes);
    this.shared = new Thing(shape.methods, shape.closes);
  }
  query(_text: string, done: Done): unknown {
    const { answers, emits, returns, methods } = this.shape;
    const made = new Thing(
      returns === 'child' ? methods.filter((name) => name !== 'kill') : methods,
      this.shape.closes,
      returns === 'child',
    );
    this.fresh.push(made);
    if (answers === 'throws') throw new Error('thrown');
    if (answers === 'inside' || answers === 'twice') done(null, 'value');
    if (answers === 'twice') done(null, 'again');
    if (answers === 'next tick') process.nextTick(done, null, 'value');
    if (answers === 'error') process.nextTick(done, new Error('failed'));
    if (answers === 'later') setTimeout(done, 5, null, 'value');
    if (emits !== 'nothing')
      process.nextTick(() =>
        (emits === 'error of the host' ? this : made).emit('error', new Error('emitted')),
      );
    if (returns === 'this' || returns === 'bound this') return this;
    if (returns === 'shared') return this.shared;
    if (returns === 'fresh' || returns === 'child') return made;
    if (returns === 'promise')
      return Object.assign(
        Promise.resolve('promised'),
        Object.fromEntries(
          methods.filter((name) => name !== 'call').map((name) => [name, () => void made.touched.push(name)]),
        ),
      );
    return returns === 'number' ? 42 : undefined;
  }
}

/** One call of the host, as a user may write it. */
function callOf(client: Client, { by, returns }: Shape): (options: RunOptions) => Promise<unknown> {
  const { query } = client;
  if (returns === 'bound this' && by === 'method') return callOf(client, { by: 'bind', returns } as Shape);
  if (by === 'method') return (options) => promisify(query).with(options).call(client, 'q');
  if (by === 'bind') return (options) => promisify(query.bind(client)).with(options)('q');
  if (by === 'arrow')
    return (options) => promisify((text: string, done: Done) => client.query(text, done)).with(options)('q');
  if (by === 'view') return (options) => promisifyAll(client).queryAsync.with(options)('q');
  if (by === 'view in place')
    return (options) => promisifyAll(client, { suffix: '', pick: ['query'] }).query.with(options)('q');
  if (by === 'errorEvent') {
    const from = convention({ errorEvent: 'error' });
    return (options) => promisify(query.bind(client), { from }).with(options)('q');
  }
  if (by === 'stop') return (options) => promisify(query.bind(client), { stop: () => {} }).with(options)('q');
  return (options) => {
    const { promise, resolve, reject } = withResolvers();
    const subscription = bindNodeCallback(
      query.bind(client),
      options as object,
    )('q').subscribe({ next: resolve, error: reject });
    subscriptions.push(subscription);
    return promise;
  };
}

const subscriptions: { unsubscribe(): void }[] = [];
function withResolvers(): {
  promise: Promise<unknown>;
  resolve: (value: unknown) => void;
  reject: (reason: unknown) => void;
} {
  let resolve!: (value: unknown) => void;
  let reject!: (reason: unknown) => void;
  const promise = new Promise<unknown>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}

/** Everything that is due, and no time. */
async function settle(): Promise<void> {
  for (let n = 0; n < 5; n++) await new Promise((resolve) => process.nextTick(resolve));
}

/** What may be stopped without being told: `cancel()`, `abort()`, and a child process, of what this call alone has returned. */
function mayTouch({ returns, calls, by, ends }: Shape, name: string): boolean {
  const isLeft = ends === 'by itself' && by === 'observable'; // unsubscribed when all is over
  if ((ends === 'by itself' && !isLeft) || ends === 'aborted before' || ends === 'detached' || by === 'stop')
    return false;
  if (returns === 'child') return name === 'kill' || name === 'cancel' || name === 'abort';
  if (returns === 'fresh' || returns === 'promise') return name === 'cancel' || name === 'abort';
  // An arrow hides that it was the host itself: the first call cannot know, the second one tells.
  if (calls > 1) return false;
  const isHidden = ['bind', 'arrow', 'observable', 'errorEvent'].includes(by);
  const hides =
    returns === 'shared' ||
    (returns === 'this' && isHidden) ||
    (returns === 'bound this' && (isHidden || by === 'method'));
  return hides && (name === 'cancel' || name === 'abort');
}

async function play(shape: Shape): Promise<void> {
  const client = new Client(shape);
  const controller = new AbortController();
  const before = client.listenerCount('error');
  const { ends } = shape;
  if (ends === 'aborted before') controller.abort(new Error('before'));
  const options: RunOptions = {
    ...(ends.startsWith('aborted') ? { signal: controller.signal } : {}),
    ...(ends === 'timeout' ? { timeout: 1 } : {}),
    ...(ends === 'detached' ? { timeout: 1, cancel: 'detach' as const } : {}),
  };
  const call = callOf(client, shape);
  const all = Array.from({ length: shape.calls }, () => call(options).catch(() => {}));
  if (ends === 'aborted') controller.abort(new Error('while'));
  if (ends === 'unsubscribed') for (const each of subscriptions.splice(0)) each.unsubscribe();
  await settle();
  await vi.advanceTimersByTimeAsync(2);
  await settle();
  await vi.advanceTimersByTimeAsync(10);
  if (ends === 'aborted after') controller.abort(new Error('after'));
  await settle();
  for (const each of subscriptions.splice(0)) each.unsubscribe();
  await settle();
  await vi.advanceTimersByTimeAsync(1); // the turn in which a stopped handle may fail
  void all;
  const touched = [client, client.shared, ...client.fresh]
    .flatMap((thing) => thing.touched)
    .filter((name) => !mayTouch(shape, name));
  const left = [client, client.shared, ...client.fresh].filter(
    (thing) => thing.listenerCount('error') !== before || thing.listenerCount('close') > 0,
  ).length;
  const isEndless = ends === 'by itself' || (ends === 'unsubscribed' && shape.by !== 'observable');
  const isOver = !isEndless || shape.answers !== 'never';
  expect({
    touched,
    left: isOver ? left : 0,
    signals: isOver ? getEventListeners(controller.signal, 'abort').length : 0,
  }).toEqual({ touched: [], left: 0, signals: 0 });
}

const uncaught: unknown[] = [];
const hear = (error: unknown): void => void uncaught.push(error);
let stopHearing: () => void;
beforeAll(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  process.on('warning', () => {});
  process.on('uncaughtExceptionMonitor', hear);
  stopHearing = onStray((stray) => stray.preventDefault());
});
afterAll(() => {
  vi.useRealTimers();
  process.off('uncaughtExceptionMonitor', hear);
  stopHearing();
});

test('a host object that was not made by the call is untouched, in 20,000 programs', async () => {
  const seed = Number(process.env.SEED ?? Date.now() % 2 ** 31);
  console.log(`seed ${seed}`);
  await fc.assert(fc.asyncProperty(shapes, play), { numRuns: 20_000, seed });
  expect(uncaught).toEqual([]);
}, 300_000);
