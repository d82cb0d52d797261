import { ArgumentError } from './errors.js';
import type { Receiver } from './protocol.js';
import type { AnyStart } from './start.js';
import { Through } from './through.js';

/** Calls a function in the async context in which this was made. */
type Enter = (call: () => unknown) => unknown;

interface Host {
  readonly AsyncContext?: { readonly Snapshot: new () => { run(call: () => unknown): unknown } };
  readonly process?: {
    readonly versions?: { readonly node?: string };
    getBuiltinModule?(id: 'node:async_hooks'): { readonly AsyncLocalStorage: { snapshot(): Enter } };
  };
}

/** Throws an ArgumentError unless it is a context that can be asked for on this platform. */
export function assertContext(context: unknown): void {
  if (context === undefined || context === 'emitter') return;
  if (context !== 'subscriber')
    throw new ArgumentError('context', context, "[core] the context option is 'subscriber' or 'emitter'.");
  const { AsyncContext, process } = globalThis as Host;
  if (AsyncContext === undefined && process?.versions?.node && process.getBuiltinModule === undefined)
    throw new ArgumentError(
      'context',
      context,
      "[core] to keep the subscriber's context needs Node 20.16 or newer.",
    );
}

/** The async context of here: that of the language, or Node's. A platform without any has nothing to keep. */
function enterHere(): Enter {
  const { AsyncContext, process } = globalThis as Host;
  if (AsyncContext !== undefined) {
    const here = new AsyncContext.Snapshot();
    return (call) => here.run(call);
  }
  return (
    process?.getBuiltinModule?.('node:async_hooks').AsyncLocalStorage.snapshot() ??
    ((call: () => unknown) => call())
  );
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

/** The start whose consumer hears everything in the async context in which it started. */
export function inContext(start: AnyStart): AnyStart {
  return (receiver: Receiver<unknown, unknown>, self: unknown, args: readonly unknown[]) =>
    start(new InContext(receiver), self, args);
}
