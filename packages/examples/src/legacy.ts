// Two APIs as older libraries wrote them, over real parts of Node, for the demo and the stories.

import { createReadStream } from 'node:fs';
import { createServer } from 'node:net';

/** A success and a failure callback, in front of everything else: finds a free port. */
export function findPort(
  found: (port: number) => void,
  failed: (error: Error) => void,
  host = '127.0.0.1',
): void {
  const server = createServer();
  server.once('error', failed);
  server.listen(0, host, () => {
    const { port } = server.address() as { port: number };
    server.close(() => found(port));
  });
}

/** What {@link FileReader.read} tells, one method for each event. */
export interface ReadHandler {
  onNext(line: string): void;
  onComplete(): void;
  onError(error: Error): void;
}

/** Reads a file and tells a handler object each of its lines. What `read` returns has a `close()`. */
export class FileReader {
  readonly #encoding = 'utf8';

  read(path: string, handler: ReadHandler): { close(): void } {
    const stream = createReadStream(path, this.#encoding);
    let rest = '';
    stream.on('data', (chunk) => {
      const lines = (rest + chunk).split('\n');
      rest = lines.pop() as string;
      for (const line of lines) handler.onNext(line);
    });
    stream.on('end', () => handler.onComplete());
    stream.on('error', (error) => handler.onError(error));
    return { close: () => stream.destroy() };
  }
}
