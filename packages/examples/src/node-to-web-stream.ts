// A stream of Node as a stream of the web. Operators of RxJS cannot make a source wait, so what waits for a slow reader needs a bound, and a
// name for what happens at it. Without RxJS the source waits by itself, and nothing needs a bound.

import { once } from 'node:events';
import { createReadStream, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { convert } from 'anyasync';
import { fromStream, type Overflow, readable, readableStream, toReadableStream } from 'anyasync/iterable';
import { fromObservable, toObservable } from 'anyasync/rxjs';
import { concatMap, filter, map } from 'rxjs';

const kibibyte = 1024;
const path = join(tmpdir(), `anyasync-web-stream-${process.pid}.txt`);
/** 64 chunks of 1 KiB; in each an error with its number. */
writeFileSync(
  path,
  Array.from({ length: 64 }, (_, n) => `error ${n + 1}\n`.padEnd(kibibyte, '.\n')).join(''),
);
const open = (file: string) => createReadStream(file, { encoding: 'utf8', highWaterMark: kibibyte });

/** Node to RxJS to the web: the numbers of the errors. */
function errorsIn(source: ReturnType<typeof open>, overflow: Overflow): ReadableStream<string> {
  const numbers = toObservable(fromStream(source)).pipe(
    concatMap((chunk: string) => chunk.split('\n')),
    filter((line) => line.startsWith('error')),
    map((line) => line.slice('error '.length)),
  );
  return toReadableStream(fromObservable(numbers), { limit: 3, overflow });
}

/** A reader that takes its time after the first chunk. What it gets when the source is through, or what it fails with. */
async function slowly(source: ReturnType<typeof open>, stream: ReadableStream<string>): Promise<string[]> {
  const reader = stream.getReader();
  const seen: string[] = [];
  try {
    for (let result = await reader.read(); !result.done; result = await reader.read()) {
      seen.push(result.value);
      if (!source.closed) await once(source, 'close');
    }
  } catch (error) {
    seen.push((error as Error).name);
  }
  return seen;
}

for (const overflow of ['drop-oldest', 'drop-newest', 'error'] as const) {
  const source = open(path);
  const seen = await slowly(source, errorsIn(source, overflow));
  const left = source.bytesRead < 64 * kibibyte ? 'the file was left' : 'the whole file was read';
  console.log(`through RxJS, limit 3, ${overflow}: ${seen.join(', ')}; ${left}`);
}

// Without RxJS: `convert` makes the function that opens the file one that returns a stream of the web.
let file: ReturnType<typeof open> | undefined;
const counted = (name: string) => {
  file = open(name);
  return file;
};
const reader = convert(counted, readable, readableStream)(path).getReader();
for (let taken = 1; taken <= 3; taken++) {
  await reader.read();
  while (file?.readableLength === 0) await sleep(1);
  await sleep(20); // the reader is slow, and the file could be through by now
  const ahead = (file?.bytesRead ?? 0) / kibibyte - taken;
  console.log(`without RxJS: ${taken} KiB taken, ${ahead} KiB ahead`);
}
await reader.cancel();
console.log(`the reader leaves: the file is ${file?.destroyed ? 'closed' : 'open'}`);
rmSync(path);
