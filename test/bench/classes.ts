/**
 * `npm run bench -- classes`: what an object of each hot style costs beside a native promise: settled with one callback and read, a chain of
 * 100 callbacks, and the bytes of one that is pending. One subject per process, in random order; the numbers are medians over all rounds.
 */
import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

/** What is measured of a subject; each works on `n` objects. */
interface Subject {
  /** Settles each with one callback, whose value is added up. */
  readonly once: (n: number) => Promise<number>;
  /** A chain of so many callbacks on one object. */
  readonly chain: (links: number) => Promise<number>;
  /** A pending one with a callback. */
  readonly pending: () => unknown;
}

const add = (n: number): number => n + 1;

async function native(): Promise<Subject> {
  let settle!: (n: number) => void;
  const make = (): Promise<number> => new Promise((resolve) => void (settle = resolve));
  return {
    once: async (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        void make().then((value) => void (sum += value));
        settle(1);
      }
      await null;
      return sum;
    },
    chain: (links) => {
      let last = make();
      for (let i = 0; i < links; i++) last = last.then(add);
      settle(0);
      return last;
    },
    pending: () => [make(), make().then(add)][0],
  };
}

async function future(): Promise<Subject> {
  const { Future, continueWith } = await import('@anyasync/future');
  return {
    once: async (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const made = new Future<number>();
        made.addDoneCallback((done) => void (sum += done.result()));
        made.setResult(1);
      }
      return sum;
    },
    chain: async (links) => {
      const first = new Future<number>();
      let last = first;
      for (let i = 0; i < links; i++) last = continueWith(last, (done) => done.result() + 1);
      first.setResult(0);
      return last.result();
    },
    pending: () => {
      const made = new Future<number>();
      made.addDoneCallback(ignore);
      return made;
    },
  };
}

async function deferred(): Promise<Subject> {
  const { Deferred } = await import('@anyasync/deferred');
  return {
    once: async (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const made = new Deferred<number>();
        made.addCallback((value) => void (sum += value));
        made.callback(1);
      }
      return sum;
    },
    chain: async (links) => {
      const made = new Deferred<number>();
      for (let i = 0; i < links; i++) made.addCallback(add);
      made.callback(0);
      return made.result as number;
    },
    pending: () => new Deferred<number>().addCallback(ignore),
  };
}

async function beginEnd(): Promise<Subject> {
  const { end, toAsyncResult } = await import('@anyasync/begin-end');
  const { operation } = await import('@anyasync/core');
  let settle!: (n: number) => void;
  const source = operation<number>((receiver) => {
    settle = (n) => receiver.resolve(n);
  });
  return {
    once: async (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        toAsyncResult(source, (result) => void (sum += end(result)));
        settle(1);
      }
      return sum;
    },
    chain: async (links) => links, // it has no chains
    pending: () => toAsyncResult(source, ignore),
  };
}

/** Ours, or jQuery's own: they are used in the same way. */
const jqueryOf = (load: () => Promise<() => any>) => async (): Promise<Subject> => {
  const Deferred = await load();
  return {
    once: async (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        Deferred()
          .done((value: number) => void (sum += value))
          .resolve(1);
      }
      return sum;
    },
    chain: (links) =>
      new Promise((resolve) => {
        const first = Deferred();
        let last = first;
        for (let i = 0; i < links; i++) last = last.then(add);
        last.done(resolve);
        first.resolve(0);
      }),
    pending: () => Deferred().done(ignore),
  };
};

async function jquery4(): Promise<() => any> {
  const { JSDOM } = await import('jsdom' as string);
  const { jQueryFactory } = await import('jquery/factory' as string);
  return jQueryFactory(new JSDOM('').window).Deferred;
}

function ignore(): void {}

const subjects: Readonly<Record<string, () => Promise<Subject>>> = {
  'native promise': native,
  Future: future,
  Deferred: deferred,
  AsyncResult: beginEnd,
  'jQuery 4 by us': jqueryOf(async () => (await import('@anyasync/jquery')).Deferred),
  'jQuery 4': jqueryOf(jquery4),
};

declare const gc: () => void;

/** Nanoseconds per object, nanoseconds per link, bytes per pending object. */
async function measure({ once, chain, pending }: Subject, n: number): Promise<[number, number, number]> {
  const time = async (times: number, work: () => Promise<number>): Promise<number> => {
    for (let warm = 0; warm < 3; warm++) await work();
    const begun = process.hrtime.bigint();
    await work();
    return Number(process.hrtime.bigint() - begun) / times;
  };
  const each = await time(n, () => once(n));
  const link = await time(100, () => chain(100));
  const kept: unknown[] = new Array(n).fill(undefined);
  gc();
  const before = process.memoryUsage().heapUsed;
  for (let i = 0; i < n; i++) kept[i] = pending();
  gc();
  const bytes = (process.memoryUsage().heapUsed - before) / n;
  if (kept.length !== n) throw new Error('nothing was kept');
  return [each, link, bytes];
}

/** Prints the table; `tiny` only proves that everything runs. */
export async function benchClasses(size: 'full' | 'quick' | 'tiny'): Promise<string> {
  const { rounds, n } = {
    full: { rounds: 7, n: 20_000 },
    quick: { rounds: 3, n: 20_000 },
    tiny: { rounds: 1, n: 100 },
  }[size];
  const jobs = Object.keys(subjects).flatMap((name) => Array.from({ length: rounds }, () => name));
  const results = new Map<string, [number, number, number][]>();
  for (const name of jobs.sort(() => Math.random() - 0.5)) {
    const args = [
      '--expose-gc',
      '--min-semi-space-size=16',
      '--import',
      'tsx',
      fileURLToPath(import.meta.url),
      name,
      String(n),
    ];
    const { stdout } = await promisify(execFile)(process.execPath, args);
    results.set(name, [...(results.get(name) ?? []), JSON.parse(stdout)]);
  }
  const median = (name: string, column: number): number => {
    const sorted = (results.get(name) ?? []).map((row) => row[column] as number).sort((a, b) => a - b);
    return sorted[sorted.length >> 1] as number;
  };
  const rows = Object.keys(subjects).map((name) => {
    const cell = (column: number): string => {
      const ratio = (median(name, column) / median('native promise', column)).toFixed(2);
      return `${Math.round(median(name, column))} (${ratio})`;
    };
    return `| ${name} | ${cell(0)} | ${name === 'AsyncResult' ? '' : cell(1)} | ${cell(2)} |`;
  });
  return [
    '| | settle, one callback, read: ns | a link of a chain of 100: ns | bytes, pending |',
    '| --- | --- | --- | --- |',
    ...rows,
    '',
    'In brackets: divided by the native promise. What is synchronous guarantees no turn in between; a native chain does.',
  ].join('\n');
}

const [, script, name, n] = process.argv;
if (script === fileURLToPath(import.meta.url) && name !== undefined) {
  const subject = await subjects[name]?.();
  if (subject === undefined) throw new Error(`There is no ${name}.`);
  console.log(JSON.stringify(await measure(subject, Number(n))));
}
