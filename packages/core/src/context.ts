import { assertArgument } from './errors.js';
import type { Receiver } from './protocol.js';
import type { AnyStart } from './start.js';
import { Through } from './through.js';

/** Calls a function in the async context in which this was made. */
export type Enter = (call: () => unknown) => unknown;

/** An async context, to call functions in it. */
export interface Context {
  run<Arg>(call: (arg: Arg) => unknown, arg: Arg): unknown;
}

/** Node's. Kept, because to look it up takes fifty times as long as to use it. */
let Resource: (new () => Context) | undefined;

interface NodeResource {
  runInAsyncScope(call: (arg: never) => unknown, self: undefined, arg: unknown): unknown;
}

interface Host {
  readonly AsyncContext?: { readonly Snapshot: new () => Context };
  readonly process?: {
    readonly versions?: { readonly node?: string };
    getBuiltinModule?(id: 'node:async_hooks'): {
      readonly AsyncResource: new (type: string) => NodeResource;
    };
  };
}

/**
 * The async context of here (AsyncLocalStorage, or the language's), as an object: for what is made for each run. Undefined on a platform that
 * has none. For writers of styles.
 *
 * @example
 * ```ts
 * import { AsyncLocalStorage } from 'node:async_hooks';
 * import { contextHere } from '@anyasync/core';
 *
 * const user = new AsyncLocalStorage<string>();
 * const here = user.run('me', () => contextHere());
 * user.run('you', () => here?.run(() => user.getStore(), undefined)); //=> 'me'
 * ```
 */
export function contextHere(): Context | undefined {
  const { AsyncContext, process } = globalThis as Host;
  if (AsyncContext !== undefined) return new AsyncContext.Snapshot();
  if (Resource === undefined) {
    const node = process?.getBuiltinModule?.('node:async_hooks');
    if (node === undefined) return;
    // AsyncLocalStorage.snapshot() takes a hundred times as long, and 2.7 kB.
    Resource = class extends node.AsyncResource implements Context {
      constructor() {
        super('anyasync');
      }
      run(call: (arg: never) => unknown, arg: unknown): unknown {
        return this.runInAsyncScope(call, undefined, arg);
      }
    };
  }
  return new Resource();
}

const callNow = (call: () => unknown): unknown => call();

/**
 * The async context of here (AsyncLocalStorage, or the language's), to call functions in it later. A platform without any has nothing to keep.
 * For writers of styles.
 *
 * @example
 * ```ts
 * import { AsyncLocalStorage } from 'node:async_hooks';
 * import { enterHere } from '@anyasync/core';
 *
 * const user = new AsyncLocalStorage<string>();
 * const enter = user.run('me', () => enterHere());
 * user.run('you', () => enter(() => user.getStore())); //=> 'me'
 * ```
 */
export function enterHere(): Enter {
  const here = contextHere();
  return here === undefined ? callNow : (call) => here.run(call, undefined);
}

/** In whose async context (AsyncLocalStorage) a consumer hears. */
export interface ContextOption {
  /** That of whoever settles, or its own, as when the work was asked for. */
  readonly context?: 'emitter' | 'subscriber' | undefined;
}

/** The receiver that its consumer hears in the consumer's own async context. */
class InContext extends Through<unknown, unknown, unknown> {
  private readonly enter = enterHere();

  override next(item: unknown): void | PromiseLike<void> {
    return this.enter(() => super.next(item)) as void | PromiseLike<void>;
  }
  protected override fulfilled(value: unknown): void {
    this.enter(() => super.fulfilled(value));
  }
  protected override rejected(reason: unknown): void {
    this.enter(() => super.rejected(reason));
  }
  protected override aborted(reason: unknown): void {
    this.enter(() => super.aborted(reason));
  }
  protected override completed(): void {
    this.enter(() => super.completed());
  }
}

/**
 * The start whose consumer hears everything in its own async context (AsyncLocalStorage), as at the start of the run, instead of that of
 * whoever settles. Synchronous as before. For writers of styles that deliver inside the source's call.
 *
 * @param context - What was asked for: `emitter`, or nothing, is the start itself.
 * @throws {ArgumentError} It is neither, or this is a Node that cannot tell (before 20.16).
 * @example
 * ```ts
 * import { AsyncLocalStorage } from 'node:async_hooks';
 * import { inContext, operation, Run, run, startSelf } from '@anyasync/core';
 *
 * const user = new AsyncLocalStorage<string>();
 * const log: unknown[] = [];
 * class Seen extends Run<void> {
 *   protected override fulfilled() { log.push(user.getStore()); }
 * }
 * let settle = () => {};
 * const pooled = operation<void>((receiver) => { settle = () => receiver.resolve(); });
 * user.run('me', () => run(inContext(startSelf, 'subscriber'), new Seen(), pooled, []));
 * settle();
 * log; //=> ['me']
 * ```
 */
export function inContext(start: AnyStart, context: 'subscriber' | 'emitter' | undefined): AnyStart {
  if (context === undefined || context === 'emitter') return start;
  assertArgument(
    context === 'subscriber',
    'context',
    context,
    "[core] the context option is 'subscriber' or 'emitter'.",
  );
  const { AsyncContext, process } = globalThis as Host;
  assertArgument(
    AsyncContext !== undefined || !process?.versions?.node || process.getBuiltinModule !== undefined,
    'context',
    context,
    "[core] to keep the subscriber's async context needs Node 20.16 or newer.",
  );
  return (receiver: Receiver<unknown, unknown>, self: unknown, args: readonly unknown[]) =>
    start(new InContext(receiver), self, args);
}
