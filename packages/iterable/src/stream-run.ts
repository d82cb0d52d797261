import { BufferedRun } from './buffer.js';

/** A run whose consumer reads a stream, of Node or of the web: it begins with the first read, and ends the stream when all was given. */
export abstract class StreamRun extends BufferedRun {
  protected isWanted = false;

  /** Ends the stream. */
  protected abstract close(): void;
  /** Has the stream fail, as soon as what it holds has been read: an error would drop that. */
  protected abstract fail(reason: unknown): void;

  /** The stream asks for more. */
  protected wanted(): void {
    this.isWanted = true;
    this.begin();
    this.flush();
    this.ask();
  }

  protected override flush(): void {
    super.flush();
    this.end();
  }

  protected override fulfilled(value: unknown): void {
    this.ending = { isError: false, what: undefined };
    this.last(value);
    this.flush();
  }
  protected override completed(): void {
    this.ending = { isError: false, what: undefined };
    this.flush();
  }
  protected override rejected(reason: unknown): void {
    this.ending = { isError: true, what: reason };
    this.flush();
  }

  /** Only when nothing waits in front of the stream. */
  private end(): void {
    const { ending } = this;
    if (ending === undefined || this.buffer.size > 0) return;
    if (ending.isError) return this.fail(ending.what);
    this.ending = undefined;
    this.close();
  }
}
