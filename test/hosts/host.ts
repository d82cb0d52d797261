/**
 * What every host is put through: a real library, converted as its user would. Its file describes it and calls {@link testHost}; what was measured is
 * its row in README.md, which must say the same. `HOSTS=write` writes the rows.
 */
import { getEventListeners } from 'node:events';
import { mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { onStray, type RunOptions, type Stray } from 'anyasync';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';

/** Something of the host's on which listeners can be left. */
export interface Listened {
  listenerCount?(name: string): number;
  eventNames?(): (string | symbol)[];
}

/** A value or an error, for comparing our form of a call with the library's own. */
export type Compared<C> = readonly [what: string, ours: (client: C) => unknown, own: (client: C) => unknown];

/** One library, and how it is used. */
export interface Host<C> {
  /** As the table names it, with its version: `redis 3.1.2`. */
  readonly name: string;
  /** What was converted, in a few words of code: `promisifyAll(client).getAsync(key)`. */
  readonly converted: string;
  /** Why it cannot run here, if it cannot: the tests are skipped visibly. */
  readonly missing?: string | undefined;
  /** Makes the client, and its server on loopback. */
  open(): C | Promise<C>;
  /** Closes both. */
  close?(client: C): unknown;
  /** What listeners could be left on, in a fixed order. */
  emitters?(client: C): readonly Listened[];
  /** Calls whose value, or error, must be what the library's own promise form gives (or what its callback gets, where it has none). */
  readonly same?: readonly Compared<C>[];
  /** A call that is not answered before its options end it. Without one, the host has nothing that takes time. */
  slow?(client: C, options: RunOptions): unknown;
  /** It answers in a few microseconds, from memory: abort and timeout come in the turn of the call, before the answer can. */
  readonly fast?: boolean;
  /** Whether the work behind the last slow call has been stopped; asked once, after it was aborted. Without it, it is only not waited for. */
  wasStopped?(client: C): boolean | Promise<boolean>;
  /** Throws unless the host still answers. */
  works(client: C): unknown;
  /** How many slow calls are aborted, and how many time out, one after another or at once; 1,000 for what has a client. */
  readonly many?: number;
  /** The kinds of strays that are expected (a late answer of a library that cannot be stopped is none: it was cancelled). */
  readonly strays?: readonly Stray['kind'][];
  /** More tests, of what only this host has. */
  more?(client: () => C): void;
}

const listenersOf = (signal: AbortSignal): number => getEventListeners(signal, 'abort').length;

const page = fileURLToPath(new URL('README.md', import.meta.url));

/** How something ended, as a value that can be compared. */
export async function ending(call: () => unknown): Promise<unknown> {
  try {
    return { value: await call() };
  } catch (error) {
    if (!(error instanceof Error)) return { reason: error };
    const { name, message, code } = error as Error & { code?: unknown };
    return { name, message, code, class: error.constructor.name };
  }
}

/** Every listener on these, by emitter and event. */
function listenersOn(emitters: readonly Listened[]): string[] {
  return emitters.flatMap((emitter, index) =>
    (emitter.eventNames?.() ?? []).map(
      (name) => `${index}:${String(name)}:${emitter.listenerCount?.(name as string)}`,
    ),
  );
}

const timers = (): number =>
  process.getActiveResourcesInfo().filter((resource) => resource === 'Timeout').length;

/** Lets everything run that is due. */
export async function idle(turns = 10): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** Keeps the thread so long that a timer of these milliseconds is due before anything else. */
function block(ms: number): void {
  const end = performance.now() + ms + 1;
  while (performance.now() < end);
}

/** Puts a library through all of it. */
export function testHost<C>(host: Host<C>): void {
  const row: Record<string, string> = {};
  const halfWay = async (): Promise<void> => {
    if (!host.fast) await idle(3);
  };
  const { many = 1000 } = host;
  describe.skipIf(host.missing !== undefined)(
    `${host.name}${host.missing === undefined ? '' : ` (${host.missing})`}`,
    () => {
      let client!: C;
      let before: string[] = [];
      let timersBefore = 0;
      let strays: Stray[] = [];
      let stopHearing!: () => void;
      const uncaught: unknown[] = [];
      const hear = (error: unknown): void => void uncaught.push(error);

      beforeAll(async () => {
        client = await host.open();
        await host.works(client);
      });
      beforeEach(() => {
        strays = [];
        stopHearing = onStray((stray) => strays.push(stray));
        process.on('uncaughtExceptionMonitor', hear);
        before = listenersOn(host.emitters?.(client) ?? []);
        timersBefore = timers();
      });
      afterEach(async () => {
        await idle();
        stopHearing();
        process.off('uncaughtExceptionMonitor', hear);
        const news = strays.filter(({ kind, cancelled }) => !cancelled && !host.strays?.includes(kind));
        expect({ uncaught, strays: news }).toEqual({ uncaught: [], strays: [] });
      });
      afterAll(async () => {
        await host.close?.(client);
        checkRow(host, row);
      });

      /** Nothing of ours is left, and the host answers. */
      async function expectUnharmed(signals: readonly AbortSignal[]): Promise<void> {
        await idle();
        await host.works(client);
        await idle();
        expect(signals.map(listenersOf)).toEqual(signals.map(() => 0));
        expect(listenersOn(host.emitters?.(client) ?? [])).toEqual(before);
        expect(timers(), 'timers left').toBeLessThanOrEqual(timersBefore);
      }

      for (const [what, ours, own] of host.same ?? []) {
        test(`${what}: the same as the library's own`, async () => {
          expect(await ending(() => ours(client))).toEqual(await ending(() => own(client)));
        });
      }

      const { slow } = host;
      if (slow !== undefined) {
        test('aborted half way: the reason is heard, the host works, nothing is left', async () => {
          const controller = new AbortController();
          const reason = new Error('changed my mind');
          const call = ending(() => slow.call(host, client, { signal: controller.signal }));
          await halfWay();
          controller.abort(reason);
          expect(await call).toEqual(await ending(() => Promise.reject(reason)));
          const isStopped = (await host.wasStopped?.(client)) ?? false;
          row.abort = isStopped ? 'stopped' : 'not waited for';
          await expectUnharmed([controller.signal]);
        });

        test('timed out: a TimeoutError, the host works, nothing is left', async () => {
          const call = ending(() => slow.call(host, client, { timeout: 5 }));
          if (host.fast) block(5);
          const ended = (await call) as { name?: string };
          expect(ended.name).toBe('TimeoutError');
          const isStopped = (await host.wasStopped?.(client)) ?? false;
          row.timeout = isStopped ? 'stopped' : 'not waited for';
          await expectUnharmed([]);
        });

        test(`${many} aborted and ${many} timed-out calls: the next one is answered`, async () => {
          const controller = new AbortController();
          const aborted = Array.from({ length: many }, () =>
            ending(() => slow.call(host, client, { signal: controller.signal })),
          );
          await halfWay();
          controller.abort(new Error('shut down'));
          const names = (await Promise.all(aborted)).map((each) => (each as Error).message);
          expect(new Set(names)).toEqual(new Set(['shut down']));
          const timedOut = Array.from({ length: many }, () =>
            ending(() => slow.call(host, client, { timeout: 1 })),
          );
          if (host.fast) block(1);
          const errors = (await Promise.all(timedOut)).map((each) => (each as Error).name);
          expect(new Set(errors)).toEqual(new Set(['TimeoutError']));
          await expectUnharmed([controller.signal]);
          row.many = many.toLocaleString('en');
        }, 120_000);
      }

      test('one after another: no listener and no timer is left', async () => {
        for (let n = 0; n < 12; n++) await host.works(client);
        await expectUnharmed([]);
        row.leftovers = '0';
      });

      host.more?.(() => client);
    },
  );
}

/** The row of the table, as it was measured, must be that of the page. */
function checkRow({ name, converted, missing }: Host<any>, row: Readonly<Record<string, string>>): void {
  if (missing !== undefined || row.leftovers === undefined) return;
  const { abort = '–', timeout = '–', many = '–', leftovers } = row;
  const line = `| ${name} | \`${converted}\` | ${abort} | ${timeout} | ${many} | ${leftovers} |`;
  console.log(line);
  if (process.env.HOSTS === 'write') write(name, line);
  else expect(readFileSync(page, 'utf8').split('\n')).toContain(line);
}

/** One file at a time: they run beside each other. */
function write(name: string, line: string): void {
  const lock = `${page}.lock`;
  for (let isFree = false; !isFree; ) {
    try {
      mkdirSync(lock);
      isFree = true;
    } catch {
      block(5);
    }
  }
  try {
    writeRow(name, line);
  } finally {
    rmdirSync(lock);
  }
}

function writeRow(name: string, line: string): void {
  const text = readFileSync(page, 'utf8');
  const [head = '', table = ''] = text.split(/(?<=<!-- hosts -->\n)|(?=<!-- \/hosts -->)/);
  const rest = text.slice(head.length + table.length);
  const lines = table.trim().split('\n');
  const [packageAndMajor] = name.match(/^.*? \D*\d+/) ?? [name];
  const rows = lines.slice(2).filter((each) => !each.startsWith(`| ${packageAndMajor}`));
  const sorted = [...rows, line].sort((a, b) => a.toLowerCase().localeCompare(b.toLowerCase()));
  writeFileSync(page, `${head}${[...lines.slice(0, 2), ...sorted].join('\n')}\n${rest}`);
}
