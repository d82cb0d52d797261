import { createdAt, Run, readOptions, stackAbove } from '@anyasync/core';
import { type Chained, type Link, none, ours, runLinks, withoutGone } from './chain.js';
import { AlreadyCalledError, NoCurrentExceptionError, NotPausedError } from './errors.js';
import { type Failure, failureOf } from './failure.js';

/** What can be asked of a {@link Deferred}. */
export interface DeferredOptions {
  /**
   * Everybody who waits on this Deferred, because a callback returned it, gets its result. In Twisted, and by default, the first one takes
   * it away, and the second gets undefined.
   */
  readonly share?: boolean | undefined;
  /**
   * Twisted's own behaviour where it hangs: `unpause()` without a `pause()` is no error, and the Deferred never delivers; a canceller that
   * throws makes `cancel()` throw, and the Deferred stays as it was.
   */
  readonly twisted?: boolean | undefined;
}

const noOptions = readOptions<DeferredOptions>(undefined, [], '');

/** A result that is fired once, by its maker or as the run of an operation, and links that are held back while it is paused. */
export abstract class Firing<T> extends Run<T> implements Chained {
  /** @internal */
  _links: unknown[] | undefined = undefined;
  /** @internal */
  _result: unknown = none;
  /** @internal */
  _paused = 0;
  // Declared only: most never wait for another one.
  /** @internal */
  declare _waits?: boolean;
  /** @internal */
  _running = false;
  protected readonly _options: DeferredOptions;
  /** One more firing is swallowed: of whoever could not know that it was cancelled. */
  declare protected _swallows?: boolean;
  /** Where it was fired first, in debug mode. */
  declare private _invoked?: string | undefined;

  static {
    // What is declared only is not read from Object.prototype.
    const { prototype } = Firing;
    prototype._waits = prototype._swallows = false;
    prototype._invoked = undefined;
    Object.defineProperty(prototype, ours, { value: true });
  }

  constructor(options?: DeferredOptions) {
    super();
    this._options =
      options === undefined ? noOptions : readOptions(options, ['share', 'twisted'], '[deferred] a Deferred');
  }

  /** Whether it has been fired, or cancelled. */
  get called(): boolean {
    return this._state !== 0;
  }

  /** How often it has been paused, its waiting for another Deferred included. */
  get paused(): number {
    return this._paused;
  }

  /** The current result, a {@link Failure} if that is an error; undefined before it is fired. */
  get result(): unknown {
    return this._result === none ? undefined : this._result;
  }

  /** Fires it with a value; a Failure is an error, a Deferred is a value like any other. @throws {AlreadyCalledError} */
  callback(value: T | Failure): void {
    if (this._fire(value)) runLinks(this);
  }

  /** Fires it with an error, any value. @throws {AlreadyCalledError} @throws {NoCurrentExceptionError} There is no error. */
  errback(error: unknown): void;
  errback(...errors: [unknown?]): void {
    if (errors.length === 0) throw new NoCurrentExceptionError();
    if (this._fire(failureOf(errors[0]))) runLinks(this);
  }

  /** Holds callbacks back that do not run yet, until `unpause()` has been called as often. */
  pause(): void {
    this._paused++;
  }

  /** @throws {NotPausedError} It is not paused. */
  unpause(): void {
    if (this._paused === (this._waits ? 1 : 0) && !this._options.twisted) throw new NotPausedError();
    this._paused--;
    if (this._paused === 0 && this._result !== none) runLinks(this);
  }

  /** @internal */
  get _wasCancelled(): boolean {
    return this._state === 4;
  }

  /** @internal */
  get _shares(): boolean {
    return this._options.share === true;
  }

  /** @internal */
  _fire(result: unknown): boolean {
    if (this._state !== 0) {
      if (!this._swallows) throw new AlreadyCalledError(createdAt(this), this._invoked);
      this._swallows = false;
      return false;
    }
    this._end(1);
    this._setResult(result);
    return true;
  }

  protected _setResult(result: unknown): void {
    const invoked = stackAbove(this._setResult);
    if (invoked !== undefined) this._invoked = invoked;
    this._result = result;
  }

  protected _add(callback: Link, errback: unknown): this {
    let links = (this._links ??= []);
    // When the list would grow, those that have left go: it stays as long as there are links.
    const { length } = links;
    if (length > 15 && (length & (length - 1)) === 0 && !this._running)
      this._links = links = withoutGone(links);
    links.push(callback, errback);
    if (this._result !== none) runLinks(this);
    return this;
  }

  protected override fulfilled(value: T): void {
    this._setResult(value);
    runLinks(this);
  }
  protected override rejected(reason: unknown): void {
    this._setResult(failureOf(reason));
    runLinks(this);
  }
}
