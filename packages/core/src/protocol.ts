// The protocol: types only, no imports. A library may copy this file and so give or take operations without depending on anyasync.
// Members are function-typed properties, not methods: method parameters are bivariant and would let a lost item compile.

/**
 * Anything that can stop a source: a function, or an object with a `cancel` (a future, a handle, another receiver), which needs no closure.
 * What it returns is its completion: a promise settles when the source has cleaned up, and rejects with the error of the cleanup.
 */
export type Teardown = ((reason: unknown) => unknown) | { readonly cancel: (reason: unknown) => unknown };

/**
 * What a source sees of one run: items, then exactly one end. No member throws. After the end every call is inert,
 * and what it brought is reported as a stray (see `onStray`), never lost in silence. Its members are called on it, as methods; those that the
 * core's `operation(start)` gives may be handed out without it. Optional members are used only if they are functions.
 */
export interface Receiver<T, Item = never> {
  /** False once the run has ended; a synchronous producer stops its loop on it. */
  readonly active: boolean;
  /**
   * An interim item: a stream element, a progress report. A pull source awaits what it returns, which never rejects, and settles when the
   * consumer is ready or the run has ended; a push source may ignore it.
   */
  readonly next: (item: Item) => void | PromiseLike<void>;
  /** Ends with a value. It is passed on as it is: a thenable is not awaited here. */
  readonly resolve: (value: T) => void;
  /** Ends without a value: the end of a stream, as opposed to a result that is undefined. */
  readonly complete: (this: Receiver<void, Item>) => void;
  /** Ends with an error: the same object, whatever it is. */
  readonly reject: (reason: unknown) => void;
  /** Ends because somebody else cancelled the source. Runs no teardown. */
  readonly abort: (reason: unknown) => void;
  /**
   * How the source is told to stop: one slot, run at most once, and at once if the run has been cancelled already. A consumer that leaves
   * (`break`, `return()`, `destroy()`) waits for what the teardown returns; where nobody waits, what it throws or rejects with is a stray.
   */
  readonly onCancel: (teardown: Teardown) => void;
  /** What the native call returned (a request, a timer, a child process). Present only where somebody may want it. */
  readonly handle?: (handle: unknown) => void;
  /** Takes a value that came after the run was cancelled, so that what it holds can be freed. Present only where somebody may want it. */
  readonly dispose?: (value: unknown) => void;
}

/** Work in any asynchronous style. Each `start` is one run: items, then exactly one end. Recognised by its key, never by `instanceof`. */
export interface Operation<T, Item = never> {
  readonly '~anyasync': {
    readonly version: 1;
    readonly start: (receiver: Receiver<T, Item>) => void;
    /**
     * The run that was asked for will not be started (its signal had been aborted, another won): lets go of what was handed over. A promise is
     * observed, a stream destroyed. What it returns is its completion. Present only where there is something to let go of.
     */
    readonly discard?: (reason: unknown) => unknown;
  };
}
