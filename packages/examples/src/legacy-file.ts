// A file as a port of a .NET library has it: a pair of begin and end for everything. It knows nothing of anyasync.

import { close, fstat, open, read, write } from 'node:fs';

/** What a begin returns: its own IAsyncResult, to be given to the end that belongs to it. */
export class FileResult<T> {
  isCompleted = false;
  completedSynchronously = false;
  #outcome: { error: unknown; value: T | undefined } | undefined;
  readonly #waiting: (() => void)[] = [];

  constructor(
    readonly owner: File,
    private readonly callback: ((result: FileResult<T>) => void) | null | undefined,
    readonly asyncState: unknown,
  ) {}

  get asyncWaitHandle(): { wait(ms?: number): boolean; waitAsync(ms?: number): Promise<boolean> } {
    return {
      wait: () => this.isCompleted,
      waitAsync: () =>
        new Promise((resolve) => {
          if (this.isCompleted) resolve(true);
          else this.#waiting.push(() => resolve(true));
        }),
    };
  }

  /** Completed; `inside` the begin that returns this result. */
  complete(error: unknown, value?: T, inside = false): this {
    this.#outcome = { error, value };
    this.isCompleted = true;
    this.completedSynchronously = inside;
    for (const wake of this.#waiting) wake();
    this.callback?.(this);
    return this;
  }

  take(): T {
    if (this.#outcome === undefined) throw new Error('The operation has not ended.');
    if (this.#outcome.error) throw this.#outcome.error;
    return this.#outcome.value as T;
  }
}

type Callback<T> = ((result: FileResult<T>) => void) | null;

/** A file that is read in blocks and keeps the last one: what it has already, it gives inside the begin. */
export class File {
  #fd = -1;
  #last: { position: number; text: string } | undefined;
  /** How many operations have been begun and not been ended. */
  begun = 0;

  beginOpen(path: string, flags: string, callback?: Callback<void>, state?: unknown): FileResult<void> {
    const result = this.#begin(callback, state);
    open(path, flags, (error, fd) => {
      this.#fd = fd;
      result.complete(error);
    });
    return result;
  }
  endOpen(result: FileResult<void>): void {
    this.#end(result);
  }

  beginRead(
    position: number,
    length: number,
    callback?: Callback<string>,
    state?: unknown,
  ): FileResult<string> {
    const result = this.#begin(callback, state);
    if (this.#last?.position === position) return result.complete(null, this.#last.text, true);
    read(this.#fd, Buffer.alloc(length), 0, length, position, (error, bytesRead, buffer) => {
      const text = error ? '' : buffer.toString('utf8', 0, bytesRead);
      this.#last = { position, text };
      result.complete(error, text);
    });
    return result;
  }
  endRead(result: FileResult<string>): string {
    return this.#end(result);
  }

  beginWrite(text: string, callback?: Callback<number>, state?: unknown): FileResult<number> {
    const result = this.#begin(callback, state);
    write(this.#fd, text, (error, written) => result.complete(error, written));
    return result;
  }
  endWrite(result: FileResult<number>): number {
    return this.#end(result);
  }

  beginLength(callback?: Callback<number>, state?: unknown): FileResult<number> {
    const result = this.#begin(callback, state);
    fstat(this.#fd, (error, stats) => result.complete(error, error ? 0 : stats.size));
    return result;
  }
  endLength(result: FileResult<number>): number {
    return this.#end(result);
  }

  beginClose(callback?: Callback<void>, state?: unknown): FileResult<void> {
    const result = this.#begin(callback, state);
    if (this.#fd === -1) return result.complete(null, undefined, true);
    close(this.#fd, (error) => {
      this.#fd = -1;
      result.complete(error);
    });
    return result;
  }
  endClose(result: FileResult<void>): void {
    this.#end(result);
  }

  #begin<T>(callback: Callback<T> | undefined, state: unknown): FileResult<T> {
    this.begun++;
    return new FileResult<T>(this, callback, state);
  }

  #end<T>(result: FileResult<T>): T {
    if (!(result instanceof FileResult) || result.owner !== this)
      throw new TypeError('This result was begun by another file.');
    this.begun--;
    return result.take();
  }
}
