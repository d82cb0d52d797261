/**
 * Ours beside the libraries that convert callbacks and promises: nothing is claimed, every cell of the README's table is what a probe
 * saw when it ran the library. They run in a process of their own (this file, run by itself), because some of them end in uncaught
 * exceptions.
 */

import { AsyncLocalStorage } from 'node:async_hooks';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import util from 'node:util';
import { root } from './workspace.js';

type Fn = (this: any, ...args: any[]) => any;

/** A library, as a user would call it. What it has no way to do is left out. */
interface Library {
  readonly promisify: (fn: Fn) => Fn;
  readonly callbackify?: (fn: Fn) => Fn;
  /** A function to be called with or without a callback. */
  readonly either?: (fn: Fn) => Fn;
  /** The object with promise versions of its methods, and their names. */
  readonly object?: (object: object) => any;
  readonly suffix?: string;
  readonly array?: (fn: Fn) => Fn;
  readonly names?: (fn: Fn, names: readonly string[]) => Fn;
  readonly valueOnly?: (fn: Fn) => Fn;
  readonly falsyErrors?: (fn: Fn) => Fn;
  readonly first?: (fn: Fn) => Fn;
  readonly pair?: (fn: Fn) => Fn;
  readonly handle?: (fn: Fn, hear: (handle: unknown) => void) => Fn;
  readonly limited?: (fn: Fn, milliseconds: number) => unknown;
  /** One call that the signal should stop. */
  readonly cancelled?: (fn: Fn, signal: AbortSignal) => unknown;
  readonly disposed?: (fn: Fn, signal: AbortSignal, dispose: (value: unknown) => void) => unknown;
}

const load = (name: string): Promise<any> => import(name);

/** Each library by the name of the table's column. */
const libraries: Readonly<Record<string, () => Promise<Library>>> = {
  anyasync: async () => {
    const { callbackify, callbackPair, convention, promisify, promisifyAll, universalify, valueCallback } =
      await load('anyasync');
    return {
      promisify: (fn) => promisify(fn),
      callbackify: (fn) => callbackify(fn),
      either: (fn) => universalify(fn),
      object: (object) => promisifyAll(object, { deep: true }),
      suffix: 'Async',
      array: (fn) => promisify(fn, { values: 'all' }),
      names: (fn, values) => promisify(fn, { values }),
      valueOnly: (fn) => promisify(fn, { from: valueCallback }),
      first: (fn) => promisify(fn, { from: convention({ position: 'first' }) }),
      pair: (fn) => promisify(fn, { from: callbackPair }),
      falsyErrors: (fn) => promisify(fn, { from: convention({ isError: 'nullish' }) }),
      limited: (fn, timeout) => promisify(fn).with({ timeout })(),
      handle: (fn, onHandle) => promisify(fn).with({ onHandle }),
      cancelled: (fn, signal) => promisify(fn).with({ signal })(),
      disposed: (fn, signal, dispose) => promisify(fn).with({ signal, dispose })(),
    };
  },
  util: async () => ({ promisify: util.promisify, callbackify: util.callbackify as (fn: Fn) => Fn }),
  pify: async () => {
    const { default: pify } = await load('pify');
    return {
      promisify: (fn) => pify(fn),
      object: (object) => pify(object),
      array: (fn) => pify(fn, { multiArgs: true }),
      valueOnly: (fn) => pify(fn, { errorFirst: false }),
    };
  },
  'es6-promisify': async () => {
    const { promisify } = await load('es6-promisify');
    return {
      promisify,
      names: (fn, names) => promisify(Object.assign(fn, { [promisify.argumentNames]: names })),
    };
  },
  universalify: async () => {
    const { default: universalify } = await load('universalify');
    const { fromCallback, fromPromise } = universalify;
    return {
      promisify: fromCallback,
      callbackify: fromPromise,
      either: fromCallback,
      falsyErrors: fromCallback,
    };
  },
  bluebird: async () => {
    const Bluebird = (await load('bluebird')).default.getNewLibraryCopy();
    Bluebird.config({ cancellation: true, asyncHooks: true });
    return {
      promisify: (fn) => Bluebird.promisify(fn),
      callbackify: (fn) =>
        function (...args) {
          const callback = args.pop();
          Bluebird.resolve(fn.apply(this, args)).asCallback(callback);
        },
      object: (object) => Bluebird.promisifyAll(object),
      suffix: 'Async',
      limited: (fn, milliseconds) => Bluebird.promisify(fn)().timeout(milliseconds),
      array: (fn) => Bluebird.promisify(fn, { multiArgs: true }),
      cancelled: (fn, signal) => {
        const promise = Bluebird.promisify(fn)();
        signal.addEventListener('abort', () => promise.cancel());
        return promise;
      },
    };
  },
  rxjs: async () => {
    const { bindCallback, bindNodeCallback, firstValueFrom, fromEvent, takeUntil, timeout } =
      await load('rxjs');
    const promisify = (fn: Fn): Fn =>
      function (...args) {
        return firstValueFrom(bindNodeCallback(fn).apply(this, args));
      };
    return {
      promisify,
      array: promisify,
      valueOnly:
        (fn) =>
        (...args) =>
          firstValueFrom(bindCallback(fn)(...args)),
      limited: (fn, milliseconds) => firstValueFrom(bindNodeCallback(fn)().pipe(timeout(milliseconds))),
      cancelled: (fn, signal) =>
        firstValueFrom(bindNodeCallback(fn)().pipe(takeUntil(fromEvent(signal, 'abort')))),
    };
  },
};

/** What the process heard of since the last probe. */
const reports: { readonly kind: string; readonly value: unknown }[] = [];

/** After timers, immediates and microtasks that were due: by then a library has reported what it will report. */
async function quiet(): Promise<void> {
  for (let turn = 0; turn < 2; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 1));
    await new Promise(setImmediate);
  }
}

type Heard = readonly ['value' | 'error' | 'thrown' | 'pending', unknown?];

/** How a call ended that should have returned a promise. */
async function outcome(call: () => any): Promise<Heard> {
  let heard: Heard = ['pending'];
  try {
    const promise = call();
    if (typeof promise?.then !== 'function') return ['thrown'];
    promise.then(
      (value: unknown) => {
        heard = ['value', value];
      },
      (error: unknown) => {
        heard = ['error', error];
      },
    );
  } catch (error) {
    heard = ['thrown', error];
  }
  await quiet();
  return heard;
}

/** What a callback was called with, call by call. */
async function calls(call: (callback: Fn) => void): Promise<unknown[][]> {
  const heard: unknown[][] = [];
  call((...args) => void heard.push(args));
  await quiet();
  return heard;
}

const is = ([kind, value]: Heard, expected: unknown): boolean =>
  kind === 'value' && util.isDeepStrictEqual(value, expected);
const give: Fn = (value, done) => done(null, value);
const context = new AsyncLocalStorage<string>();
class Private {
  readonly #n = 7;
  read(done: Fn): void {
    done(null, this.#n);
  }
}

/** Whether the library does it; undefined if it has no such function at all. */
type Probe = (library: Library) => Promise<boolean | undefined> | boolean | undefined;

const toPromise: Readonly<Record<string, Probe>> = {
  'what the call throws rejects': async ({ promisify }) => {
    const problem = new Error('thrown');
    const failing = promisify(() => {
      throw problem;
    });
    const [kind, reason] = await outcome(() => failing());
    return kind === 'error' && reason === problem;
  },
  'a throw after the callback is reported': async ({ promisify }) => {
    const failing = promisify((done: Fn) => {
      done(null, 1);
      throw new Error('after');
    });
    await outcome(() => failing());
    return reports.length > 0;
  },
  'a second call of the callback is reported': async ({ promisify }) => {
    const twice = promisify((done: Fn) => {
      done(null, 1);
      setImmediate(done, new Error('second'));
    });
    await outcome(() => twice());
    return reports.length > 0;
  },
  'a function that returns a promise warns': async ({ promisify }) => {
    const async = promisify(async () => {});
    await outcome(() => async());
    return reports.length > 0;
  },
  'the rejection is the same object': async ({ promisify }) => {
    const problem = new Error('same');
    const [kind, reason] = await outcome(() => promisify((done: Fn) => done(problem))());
    return kind === 'error' && reason === problem;
  },
  '`this` is kept': async ({ promisify }) => {
    const counter = {
      n: 7,
      read: promisify(function (done: Fn) {
        done(null, this.n);
      }),
    };
    return is(await outcome(() => counter.read()), 7);
  },
  'the name is kept': ({ promisify }) => promisify(give).name === 'give',
  'own properties are kept': ({ promisify }) =>
    (promisify(Object.assign(() => {}, { own: 1 })) as Fn & { own?: number }).own === 1,
  'own symbols are kept': ({ promisify }) => {
    const own = Symbol('own');
    return (promisify(Object.assign(() => {}, { [own]: 1 })) as Fn & { [own]?: number })[own] === 1;
  },
  '`util.promisify.custom` is honoured': async ({ promisify }) => {
    const fn = Object.assign((done: Fn) => done(null, 'callback'), {
      [util.promisify.custom]: async () => 'custom',
    });
    return is(await outcome(() => promisify(fn)()), 'custom');
  },
  'twice is the same as once': ({ promisify }) => {
    const once = promisify((done: Fn) => done(null, 1));
    return promisify(once) === once;
  },
  "the caller's async context is kept": async ({ promisify }) => {
    let answer: Fn = () => {};
    const call = promisify((done: Fn) => {
      answer = done;
    });
    let seen: string | undefined;
    const see = (): void => {
      seen = context.getStore();
    };
    context.run('caller', () => void call().then(see));
    context.run('pool', () => answer(null, 1));
    await quiet();
    return seen === 'caller';
  },
};

const conventions: Readonly<Record<string, Probe>> = {
  'several values as an array': async ({ array }) =>
    array !== undefined && is(await outcome(() => array((done: Fn) => done(null, 1, 2))()), [1, 2]),
  'several values by name': async ({ names }) =>
    names !== undefined &&
    is(await outcome(() => names((done: Fn) => done(null, 1, 2), ['a', 'b'])()), { a: 1, b: 2 }),
  'a callback without an error': async ({ valueOnly }) =>
    valueOnly !== undefined && is(await outcome(() => valueOnly((done: Fn) => done(1))()), 1),
  'a callback that is not last': async ({ first }) =>
    first !== undefined &&
    is(await outcome(() => first((done: Fn, value: unknown) => done(null, value))(1)), 1),
  'falsy errors such as 0, by option or always': async ({ falsyErrors }) => {
    if (falsyErrors === undefined) return false;
    const [kind, reason] = await outcome(() => falsyErrors((done: Fn) => done(0, 1))());
    return kind === 'error' && reason === 0;
  },
  'success and failure callbacks': async ({ pair }) =>
    pair !== undefined &&
    is(await outcome(() => pair((value: unknown, succeeded: Fn) => succeeded(value))(1)), 1),
};

const handles: Readonly<Record<string, Probe>> = {
  'what the original returned can be had': async ({ handle }) => {
    if (handle === undefined) return false;
    const request = { abort(): void {} };
    let heard: unknown;
    const start = handle(
      () => request,
      (each) => {
        heard = each;
      },
    );
    await outcome(() => start());
    return heard === request;
  },
  'a time limit rejects': async ({ limited }) =>
    limited !== undefined && (await outcome(() => limited(() => {}, 1)))[0] === 'error',
  'cancelling stops the work': async ({ cancelled }) => {
    if (cancelled === undefined) return false;
    let stopped = false;
    const controller = new AbortController();
    const request = {
      abort(): void {
        stopped = true;
      },
    };
    const heard = outcome(() => cancelled(() => request, controller.signal));
    controller.abort();
    await heard;
    return stopped;
  },
  'a result that is too late is disposed of': async ({ disposed }) => {
    if (disposed === undefined) return false;
    const late: unknown[] = [];
    const controller = new AbortController();
    const open = (done: Fn): void => void setImmediate(done, null, 'file');
    const heard = outcome(() => disposed(open, controller.signal, (value) => late.push(value)));
    controller.abort();
    await heard;
    return late[0] === 'file';
  },
};

const objects: Readonly<Record<string, Probe>> = {
  'methods that use #private members': async (library) => readsSeven(library, new Private()),
  'a frozen object': async (library) =>
    readsSeven(library, Object.freeze({ read: (done: Fn) => done(null, 7) })),
  'the object is not changed': ({ object }) => {
    if (object === undefined) return undefined;
    const original = { read: (done: Fn) => done(null, 7) };
    const before = Object.getOwnPropertyDescriptors(original);
    object(original);
    return util.isDeepStrictEqual(Object.getOwnPropertyDescriptors(original), before);
  },
  'instances of the classes in it': async ({ object, suffix = '' }) => {
    if (object === undefined) return undefined;
    class Client {
      read(done: Fn): void {
        done(null, 7);
      }
    }
    const converted = object({ Client });
    return is(await outcome(() => new converted.Client()[`read${suffix}`]()), 7);
  },
};

async function readsSeven({ object, suffix = '' }: Library, original: object): Promise<boolean | undefined> {
  return object && is(await outcome(() => object(original)[`read${suffix}`]()), 7);
}

const toCallback: Readonly<Record<string, Probe>> = {
  'a throwing callback is uncaught, and no rejection': async ({ callbackify }) => {
    if (callbackify === undefined) return undefined;
    callbackify(async () => 1)(() => {
      throw new Error('callback');
    });
    await quiet();
    return reports.length === 1 && reports[0]?.kind === 'uncaughtException';
  },
  'a falsy rejection is told from success': async ({ callbackify }) => {
    if (callbackify === undefined) return undefined;
    const [given = []] = await calls((done) => callbackify(() => Promise.reject(null))(done));
    return Boolean(given[0]);
  },
  'a thenable that settles twice calls back once': async ({ callbackify }) => {
    if (callbackify === undefined) return undefined;
    const twice = {
      then(resolved: Fn): void {
        resolved(1);
        resolved(2);
      },
    };
    return (await calls((done) => callbackify(() => twice)(done))).length === 1;
  },
  "the callback keeps the caller's async context": async ({ callbackify }) => {
    if (callbackify === undefined) return undefined;
    let answer: Fn = () => {};
    const call = callbackify(() => new Promise((resolve) => (answer = resolve)));
    let seen: string | undefined;
    const see = (): void => {
      seen = context.getStore();
    };
    context.run('caller', () => call(see));
    context.run('pool', () => answer(1));
    await quiet();
    return seen === 'caller';
  },
  'one function, with or without a callback': async ({ either }) => {
    if (either === undefined) return false;
    const both = either(give);
    const [called = []] = await calls((done) => both(1, done));
    return called[1] === 1 && is(await outcome(() => both(1)), 1);
  },
  'promisifying it gives the original': ({ promisify, callbackify }) => {
    if (callbackify === undefined) return undefined;
    const original = async (): Promise<number> => 1;
    return promisify(callbackify(original)) === original;
  },
};

/** The rows of the table, in sections. */
const sections: Readonly<Record<string, Readonly<Record<string, Probe>>>> = {
  'From a callback to a promise': toPromise,
  'Other callbacks': conventions,
  'Handles and cancelling': handles,
  Objects: objects,
  'From a promise to a callback, and both': toCallback,
};

export interface PeerTable {
  /** The columns: ours first. */
  readonly libraries: readonly { readonly name: string; readonly version: string }[];
  /** A cell is undefined (JSON: missing) where the library has no such function. */
  readonly sections: readonly {
    readonly title: string;
    readonly rows: readonly { readonly what: string; readonly cells: readonly (boolean | null)[] }[];
  }[];
}

/** Runs every probe on every library, in a process of its own. */
export function probePeers(): PeerTable {
  const args = ['--no-warnings', '--import', 'tsx', fileURLToPath(import.meta.url)];
  return JSON.parse(execFileSync(process.execPath, args, { cwd: root, encoding: 'utf8' }));
}

async function probeAll(): Promise<PeerTable> {
  const loaded = await Promise.all(Object.values(libraries).map((load) => load()));
  // Only now: before, an error is one of ours, and must end this process.
  for (const kind of ['uncaughtException', 'unhandledRejection', 'warning'] as const)
    process.on(kind as 'warning', (value) => reports.push({ kind, value }));
  const tried: PeerTable['sections'][number][] = [];
  for (const [title, probes] of Object.entries(sections)) {
    const rows = [];
    for (const [what, probe] of Object.entries(probes)) {
      const cells: (boolean | null)[] = [];
      for (const library of loaded) {
        reports.length = 0;
        cells.push((await holds(probe, library)) ?? null);
        await quiet();
      }
      rows.push({ what, cells });
    }
    tried.push({ title, rows });
  }
  return {
    libraries: Object.keys(libraries).map((name) => ({ name, version: versionOf(name) })),
    sections: tried,
  };
}

/** A probe that throws asked for something that the library refuses. */
async function holds(probe: Probe, library: Library): Promise<boolean | undefined> {
  try {
    return await probe(library);
  } catch {
    return false;
  }
}

function versionOf(name: string): string {
  if (name === 'util') return 'of Node 20 to 26'; // npm run test:nodes compares the table under each
  return JSON.parse(readFileSync(join(root, 'test/node_modules', name, 'package.json'), 'utf8')).version;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  process.stdout.write(JSON.stringify(await probeAll()));
}
