/** What the unit tests of all packages share: runs that write a log, and ears for what goes to the host. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { type Operation, onStray, Run, run, type Stray, startSelf } from '@anyasync/core';
import { onTestFinished } from 'vitest';

/** A run that writes everything its consumer hears into a log. */
export class Recorder<T = unknown, Item = unknown> extends Run<T, Item> {
  readonly log: string[] = [];
  /** How it ended: the very object that came. */
  end: unknown;
  override next(item: Item): void {
    if (this.active) this.log.push(`next ${show(item)}`);
    else super.next(item);
  }
  protected override fulfilled(value: T): void {
    this.end = value;
    this.log.push(`value ${show(value)}`);
  }
  protected override completed(): void {
    this.log.push('complete');
  }
  protected override rejected(reason: unknown): void {
    this.end = reason;
    this.log.push(`error ${show(reason)}`);
  }
  protected override aborted(reason: unknown): void {
    this.end = reason;
    this.log.push(`aborted ${show(reason)}`);
  }
  protected override stopped(reason: unknown): void {
    this.end = reason;
    this.log.push(`cancelled ${show(reason)}`);
  }
}

/** For the log: an error by its message, one of ours by its name. */
function show(what: unknown): string {
  if (typeof what === 'object' && what !== null && !(what instanceof Error)) return 'object';
  if (!(what instanceof Error)) return String(what);
  return what.message.startsWith('[') ? what.name : what.message;
}

/** Starts an operation and records what comes of it. */
export function record<T, Item>(operation: Operation<T, Item>): Recorder<T, Item> {
  const recorder = new Recorder<T, Item>();
  run(startSelf<T, Item>, recorder, operation, []);
  return recorder;
}

/** The strays of this test, from now on. */
export function strays(): Stray[] {
  const heard: Stray[] = [];
  onTestFinished(
    onStray((stray) => {
      stray.preventDefault();
      heard.push(stray);
    }),
  );
  return heard;
}

/** The kinds and values of strays, for short comparisons. */
export const brief = (heard: readonly Stray[]): [string, unknown][] => heard.map((s) => [s.kind, s.value]);

/** Collects one event of the process for as long as `during` runs, in place of those who listen usually. */
async function instead(event: string, during: () => unknown): Promise<unknown[]> {
  const heard: unknown[] = [];
  const usual = process.listeners(event as 'warning');
  process.removeAllListeners(event);
  process.on(event, (what: unknown) => heard.push(what));
  try {
    await during();
    await turns();
  } finally {
    process.removeAllListeners(event);
    for (const listener of usual) process.on(event, listener as never);
  }
  return heard;
}

/** What the host hears as uncaught exceptions while `during` runs. */
export const uncaught = (during: () => unknown): Promise<unknown[]> => instead('uncaughtException', during);

/** What the host hears as unhandled rejections while `during` runs. */
export const unhandled = (during: () => unknown): Promise<unknown[]> => instead('unhandledRejection', during);

/** The warnings that are given while `during` runs. */
export const warnings = async (during: () => unknown): Promise<Error[]> =>
  (await instead('warning', during)) as Error[];

/** Lets everything run that is due: microtasks, ticks, and a few turns of the event loop. */
export async function turns(count = 3): Promise<void> {
  for (let i = 0; i < count; i++) await new Promise((done) => setImmediate(done));
}

/** Runs a module in a process of its own, where nobody listens and nothing is caught. All packages can be imported. */
export function inChild(
  source: string,
  ...flags: string[]
): { readonly status: number | null; readonly out: string; readonly err: string } {
  const cwd = fileURLToPath(new URL('../../../test', import.meta.url));
  const args = ['--import', 'tsx', ...flags, '--input-type=module', '-e', source];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { ...process.env, NODE_OPTIONS: '', NO_COLOR: '1' },
  });
  return { status, out: stdout, err: stderr };
}

/** What a call throws. */
export function thrownBy(call: () => unknown): unknown {
  try {
    call();
  } catch (error) {
    return error;
  }
  throw new Error('nothing was thrown');
}

/** A proxy that throws at whatever is done to it. */
export function revoked(): object {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

/** An object of which nothing can be read. */
export const throwing = (): object =>
  new Proxy(
    {},
    {
      get() {
        throw new Error('in a getter');
      },
    },
  );
