import { promises, readFile } from 'node:fs';
import {
  all,
  callback,
  callbackify,
  callbackOptions,
  callbackPair,
  convention,
  convert,
  convertAll,
  fromCallback,
  fromPromise,
  handler,
  promise,
  sync,
  toArray,
  toPromise,
  universalify,
  valueCallback,
} from 'anyasync';
import { FileReader } from '../legacy.js';
import { heard, readme, type Show } from './show.js';

/** And back: one promise function in every style of callback, and whole objects. */
export async function back(show: Show): Promise<void> {
  const size = async (path: string): Promise<number> => (await promises.stat(path)).size;

  await show('size', 'promise -> callback', 'callbackify(size)(path, (error, n) => {})', () =>
    heard((done) => callbackify(size)(readme, done)),
  );

  await show('size', 'promise -> both', 'universalify(size, { from: promise })', async () => {
    const either = universalify(size, { from: promise });
    const [, called] = await heard<[unknown, unknown]>((done) => either(readme, done));
    return (await either(readme)) === called ? 'callback and promise agree' : 'they differ';
  });

  await show('size', 'promise -> success/failure', 'convert(size, promise, callbackPair)', () =>
    heard((done) => convert(size, promise, callbackPair)(readme, done, done)),
  );

  await show('size', 'promise -> handler', 'convert(size, promise, handler)', () =>
    heard((done) => convert(size, promise, handler)(readme, { onSuccess: done, onError: done })),
  );

  await show('size', 'promise -> value only', 'convert(size, promise, valueCallback)', () =>
    heard((done) => convert(size, promise, valueCallback)(readme, done)),
  );

  await show('size', 'promise -> options', 'convert(size, promise, callbackOptions)', () =>
    heard((done) => convert(size, promise, callbackOptions)(readme, { success: done, error: done })),
  );

  await show('size', 'promise -> sync', 'convert(size, promise, sync)(path)', () =>
    convert(size, promise, sync)(readme),
  );

  await show('half', 'callback -> sync', 'convert(half, callback, sync)(8)', () => {
    const half = (n: number, done: (error: Error | null, half: number) => void) => done(null, n / 2);
    return convert(half, callback, sync)(8);
  });

  // Whole objects, and several operations at once

  await show('FileReader', 'object -> promises', 'convertAll(reader, lines, promise, ...)', async () => {
    const reader = new FileReader();
    const lines = convention({ style: 'handler', multiple: true });
    const view = convertAll(reader, lines, promise, { suffix: 'Async', fold: toArray() });
    return `readAsync: ${(await view.readAsync(readme)).length} lines, original unchanged: ${!('readAsync' in reader)}`;
  });

  await show('all()', 'mixed', 'all([fromCallback(...), fromPromise(...)])', async () => {
    const [text, bytes] = await toPromise(
      all([fromCallback(readFile, readme, 'utf8'), fromPromise(size(readme))]),
    );
    return Buffer.byteLength(text) === bytes ? `both say ${bytes} bytes` : 'they differ';
  });
}
