import { readFile } from 'node:fs';
import { callback, convert } from 'anyasync';
import { adopt, beginEnd } from 'anyasync/begin-end';
import { deferred } from 'anyasync/deferred';
import { future, wait } from 'anyasync/future';
import { jquery } from 'anyasync/jquery';
import { File } from '../legacy-file.js';
import { heard, readme, type Show } from './show.js';

/** The same legacy call in every style that keeps a state. */
export async function states(show: Show): Promise<void> {
  await show('fs.readFile', 'callback -> future', 'convert(readFile, callback, future)(path)', async () => {
    const text = convert(readFile, callback, future)(readme, 'utf8');
    const before = text.state;
    await wait([text]);
    return `${before}, then ${text.state}: ${text.result().split('\n')[0]}`;
  });

  await show('fs.readFile', 'callback -> begin/end', 'convert(readFile, callback, beginEnd)', async () => {
    const { begin, end } = convert(readFile, callback, beginEnd);
    const text = await heard((done) => begin(readme, 'utf8', (result) => done(end(result))));
    return String(text).split('\n')[0];
  });

  await show('fs.readFile', 'callback -> Deferred', 'convert(readFile, callback, deferred)', async () => {
    const text = convert(readFile, callback, deferred)('no such file', 'utf8');
    return text.addCallback((found) => found.length).addErrback((failure) => `recovered from ${failure}`);
  });

  await show('fs.readFile', 'callback -> jQuery', 'convert(readFile, callback, jquery)', () =>
    heard((done) => convert(readFile, callback, jquery)(readme, 'utf8').done((text) => done(text.length))),
  );

  await show('File', 'object -> promises', 'adopt(file).read(0, 10)', async () => {
    const file = adopt(new File());
    await file.open(readme, 'r');
    const text = await file.read(0, 10);
    await file.close();
    return { text, 'not ended': file.begun };
  });
}
