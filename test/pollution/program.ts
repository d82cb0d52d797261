/**
 * Runs in a process of its own: programs with every style, once as they are and once for each name and value on Object.prototype. Prints what changed.
 * A name that changes what Node, RxJS or the language do without us (the control of a program) says nothing about us, and is listed.
 */
import { EventEmitter } from 'node:events';
import { readFile, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { beginEnd, toAsyncResult } from '@anyasync/begin-end';
import * as callbacks from '@anyasync/callback';
import * as core from '@anyasync/core';
import { Deferred, DeferredList, toDeferred } from '@anyasync/deferred';
import { Future, toFuture, wait } from '@anyasync/future';
import {
  fromEvent,
  fromIterable,
  fromStream,
  once,
  toIterable,
  toReadable,
  toReadableStream,
} from '@anyasync/iterable';
import { fromJQuery, toJQuery } from '@anyasync/jquery';
import { firstValueFrom, fromObservable, toObservable } from '@anyasync/observable';
import { fromPromise, promise, toPromise } from '@anyasync/promise';
import { from, Observable, of } from 'rxjs';

type Log = unknown[];
type Program = (log: Log) => Promise<void>;

const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
const add = (a: number, b: number, done: (error: Error | null, sum?: number) => void): void =>
  void setImmediate(() => (b < 0 ? done(new RangeError('negative')) : done(null, a + b)));
const told = (error: unknown): string => {
  const { name, message } = error as Error;
  return `${name}: ${message}`;
};
const both = async (log: Log, call: () => unknown): Promise<void> => {
  try {
    log.push(await call());
  } catch (error) {
    log.push(told(error));
  }
};

/** Pairs: what we do, and the same without us. */
const programs: Readonly<Record<string, readonly [ours: Program, control: Program]>> = {
  callbacks: [
    async (log) => {
      const sum = callbacks.promisify(add);
      await both(log, () => sum(1, 2));
      await both(log, () => sum(1, -2));
      await both(log, () => sum.with({ timeout: 1000 })(1, 2));
      await both(log, () => sum.with({ signal: AbortSignal.abort(new Error('before')) })(1, 2));
      const controller = new AbortController();
      const aborted = sum.with({ signal: controller.signal, dispose: (n) => log.push(`dispose ${n}`) })(1, 2);
      controller.abort(new Error('while'));
      await both(log, () => aborted);
      for (let turns = 0; turns < 3; turns++) await soon(); // its late value is disposed of
      await both(log, () =>
        callbacks
          .promisify(readFile)('package.json', 'utf8')
          .then((text) => text.length > 9),
      );
      const back = callbacks.callbackify(async (n: number) => n + 1);
      await both(log, () => new Promise((resolve) => back(1, (...given) => resolve(given.join()))));
      const either = callbacks.universalify(add);
      await both(log, () => either(1, 2));
      const view = callbacks.promisifyAll({ add, two: 2 }, { suffix: 'Async' });
      await both(log, () => view.addAsync(2, 2));
      log.push(view.two, 'addAsync' in view, Object.keys(view).join());
    },
    async (log) => {
      const text = await new Promise<string>((resolve) =>
        readFile('package.json', 'utf8', (_, read) => resolve(read)),
      );
      log.push(text.length > 9);
    },
  ],
  conventions: [
    async (log) => {
      const { callbackPair, callbackOptions, handler, valueCallback } = callbacks;
      const half = async (n: number): Promise<number> => n / 2;
      const options: object = Object.create(null);
      for (const style of [callbackPair, callbackOptions, handler, valueCallback] as core.Style[]) {
        const written = core.convert(half, promise as core.Style, style, options) as (
          ...args: unknown[]
        ) => void;
        const read = core.convert(written, style, promise as core.Style, { timeout: 1000 }) as (
          n: number,
        ) => unknown;
        await both(log, () => read(8));
      }
      const ticks = callbacks.convention({ style: 'value-only', position: 'first', multiple: true });
      const three = (tick: (n: number) => void): void => void [1, 2, 3].map((n) => setImmediate(tick, n));
      await both(log, () => core.convert(three, ticks, promise, { fold: core.first() })());
    },
    async () => {},
  ],
  operations: [
    async (log) => {
      const later = <T>(value: T): core.Operation<T> =>
        core.operation<T>((receiver) => void setImmediate(() => receiver.resolve(value)));
      await both(log, () => toPromise(core.all([later(1), fromPromise(Promise.resolve(2))])));
      await both(log, () => toPromise(core.race([later(1), later(2)]), { timeout: 1000 }));
      await both(log, () => toPromise(core.any([fromPromise(Promise.reject(new Error('no'))), later(2)])));
      await both(
        log,
        async () => (await core.outcome(core.operation((receiver) => receiver.abort('why')))).status,
      );
      await both(log, () => toPromise(core.operation((receiver) => receiver.reject(new Error('no')))));
      await both(log, () => toPromise(later(1), { tiemout: 1 } as object));
      log.push(
        core.isOperation(later(1)),
        core.isOperation({}),
        core.isCancelled({}),
        core.losses(core.sync, core.sync).length,
      );
    },
    async () => {},
  ],
  classes: [
    async (log) => {
      const later = core.operation<number>((receiver) => void setImmediate(() => receiver.resolve(1)));
      await both(log, () => toFuture(later));
      await both(log, () => toDeferred(later));
      await both(log, () => toPromise(fromJQuery(toJQuery(later))));
      const result = toAsyncResult(later);
      await both(log, () => result.asyncWaitHandle.waitAsync(1000));
      log.push(result.isCompleted, result.completedSynchronously);
      const future = new Future<number>();
      const waited = wait([future], { timeout: 1000 });
      future.setResult(2);
      await both(log, async () => (await waited).done.size);
      log.push(new Future().cancel(), future.state, future.result());
      const deferred = new Deferred<number>();
      const list = new DeferredList([deferred]);
      deferred.callback(3);
      log.push(JSON.stringify(list.result));
      const pair = core.convert(async (n: number) => n + 1, promise, beginEnd);
      const begun = pair.begin(1, null, 'state');
      await begun.asyncWaitHandle.waitAsync();
      log.push(pair.end(begun));
    },
    async () => {},
  ],
  observables: [
    async (log) => {
      await both(log, () => firstValueFrom(of(1, 2)));
      await both(log, () => toPromise(fromObservable(from([1, 2, 3])), { fold: core.toArray() }));
      const later = core.operation<number>((receiver) => void setImmediate(() => receiver.resolve(1)));
      await both(log, () => firstValueFrom(toObservable(later, { Observable })));
      await both(log, () => firstValueFrom(toObservable(later, { Observable, share: 'replay' })));
    },
    async (log) => {
      log.push(await new Promise((resolve) => of(1).subscribe(resolve)));
      log.push(
        await new Promise((resolve) => new Observable<number>((s) => s.next(1)).subscribe({ next: resolve })),
      );
    },
  ],
  iterables: [
    async (log) => {
      async function* two(): AsyncGenerator<number> {
        yield 1;
        yield 2;
      }
      const read: number[] = [];
      for await (const n of toIterable(fromIterable(two()), { limit: 5 })) read.push(n);
      log.push(read.join());
      await both(log, () => toPromise(fromIterable([1, 2]), { fold: core.last() }));
      const emitter = new EventEmitter();
      const event = once(emitter, 'event', { timeout: 1000 });
      const items = toIterable(fromEvent<number>(emitter, 'event'), { eager: true });
      emitter.emit('event', 7);
      await both(log, async () => (await event).join());
      await both(log, async () => (await items.next()).value);
      await items.return?.();
      log.push(emitter.listenerCount('event'));
    },
    async (log) => {
      const emitter = new EventEmitter();
      emitter.on('event', (n) => log.push(n)).emit('event', 1);
    },
  ],
  'streams of Node': [
    async (log) => {
      await both(log, async () => (await toReadable(fromIterable(['a', 'b'])).toArray()).join());
      await both(log, async () =>
        String(await toPromise(fromStream(Readable.from(['a'])), { fold: core.toArray() })),
      );
    },
    async (log) => {
      const readable = new Readable({
        objectMode: true,
        read: () => void readable.push(null),
        destroy: (_, done) => done(null),
      });
      const hear = (): void => {};
      readable.on('close', hear).removeListener('close', hear);
      await both(log, async () => (await readable.toArray()).join());
      await both(log, async () => (await Readable.from(['a']).toArray()).join());
    },
  ],
  'streams of the web': [
    async (log) => {
      const reader = toReadableStream(fromIterable(['a'])).getReader();
      await both(log, async () => (await reader.read()).value);
      await reader.cancel();
    },
    async (log) => {
      const reader = new ReadableStream({ pull: (controller) => controller.enqueue('a') }).getReader();
      await both(log, async () => (await reader.read()).value);
      await reader.cancel();
    },
  ],
};

const values: readonly unknown[] = [true, 0, {}, 'x'];
const given: readonly string[] = JSON.parse(process.argv[2] as string);
/** With these no property can be defined by anybody, and Node itself stops: only what defines properties is tried. */
const accessors = ['get', 'set'];
const names: readonly string[] = given.filter((name) => !accessors.includes(name));

/** Everything of ours that defines a property. */
function define(): string {
  const sum = callbacks.promisify(add);
  const back = callbacks.callbackify(async (n: number) => n + 1);
  const view = callbacks.promisifyAll({ add, two: 2 }, { suffix: 'Async' });
  return [
    sum.name,
    back.name,
    view.addAsync.name,
    Object.keys(view),
    callbacks.universalify(add).name,
  ].join();
}

async function logOf(program: Program): Promise<string> {
  const log: Log = [];
  const strays = core.onStray((stray) => {
    (stray as { preventDefault?(): void }).preventDefault?.();
    log.push(`stray ${stray.kind}`);
  });
  let timer: unknown;
  const hung = new Promise<void>((resolve) => {
    timer = setTimeout(() => {
      log.push('hangs');
      resolve();
    }, 1000);
  });
  try {
    const [first] = [1, 2]; // the language itself asks an iterator that it leaves for its `return`
    log.push(first);
    await Promise.race([program(log), hung]);
    await soon();
  } catch (error) {
    log.push(told(error));
  } finally {
    clearTimeout(timer as never);
    strays();
  }
  return log.map(String).join(' | ');
}

function pollute(name: string, value: unknown): void {
  const property = { __proto__: null, value, writable: true, enumerable: true, configurable: true };
  Reflect.defineProperty(Object.prototype, name, property as PropertyDescriptor);
}

/** The same with a name on every object. */
async function polluted(name: string, value: unknown, program: Program): Promise<string> {
  pollute(name, value);
  try {
    return await logOf(program);
  } finally {
    Reflect.deleteProperty(Object.prototype, name);
  }
}

function pollutedNow(name: string, value: unknown, call: () => string): string {
  pollute(name, value);
  try {
    return call();
  } catch (error) {
    Reflect.deleteProperty(Object.prototype, name);
    return told(error);
  } finally {
    Reflect.deleteProperty(Object.prototype, name);
  }
}

const changed: string[] = [];
const defined = define();
for (const name of accessors)
  for (const value of values) {
    const log = pollutedNow(name, value, define);
    if (log !== defined) changed.push(`properties: ${name} = ${JSON.stringify(value)}: ${log}`);
  }

const others = new Set<string>();
let uncaught = '';
process.on('uncaughtException', (error) => (uncaught = told(error)));
process.on('unhandledRejection', (error) => (uncaught = told(error)));
for (const [title, [ours, control]] of Object.entries(programs)) {
  const usual = await logOf(ours);
  const usualControl = await logOf(control);
  for (const name of names)
    for (const value of values) {
      const isOthers = (await polluted(name, value, control)) !== usualControl || uncaught !== '';
      uncaught = '';
      if (isOthers) others.add(`${title}: ${name}`);
      else {
        const log = await polluted(name, value, ours);
        if (log !== usual || uncaught !== '')
          changed.push(`${title}: ${name} = ${JSON.stringify(value)}: ${uncaught || log}`);
        uncaught = '';
      }
    }
}
writeFileSync(process.argv[3] as string, JSON.stringify({ changed, others: [...others] }));
process.exit();
