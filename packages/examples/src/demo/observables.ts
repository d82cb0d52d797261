import { readFile } from 'node:fs';
import { convention, convert, last, promise, toArray, toPromise } from 'anyasync';
import { fromObservable, observable, toObservable } from 'anyasync/observable';
import { bindNodeCallback, firstValueFrom, rxjs } from 'anyasync/rxjs';
import { filter, interval, map, take } from 'rxjs';
import { ColdObservable } from 'rxjs9';
import Zen from 'zen-observable';
import { FileReader } from '../legacy.js';
import { readme, type Show } from './show.js';

/** Observables of RxJS, 7 and 9. */
export async function observables(show: Show): Promise<void> {
  await show('fs.readFile', 'callback -> RxJS', 'bindNodeCallback(readFile)(path)', () => {
    const text = bindNodeCallback(readFile)(readme, 'utf8').pipe(map((all) => all.split('\n')[0]));
    return firstValueFrom(text, { timeout: 1000 });
  });

  await show('FileReader.read', 'handler -> RxJS', 'convert(read, lines, rxjs)(path)', async () => {
    const reader = new FileReader();
    const lines = convention({ style: 'handler', multiple: true });
    const headings = convert(
      reader.read.bind(reader),
      lines,
      rxjs,
    )(readme).pipe(
      filter((line) => line.startsWith('# ')),
      take(1),
    );
    return `${await firstValueFrom(headings)}, and the file is closed again`;
  });

  await show('Zen.of', 'Observable -> promise', 'convert(zen, observable, promise, ...)', () => {
    const zen = (...items: string[]) => Zen.of(...items);
    return convert(zen, observable, promise, { fold: last() })('a', 'b', 'c');
  });

  await show('interval', 'RxJS 7 -> RxJS 9', 'toObservable(fromObservable(ticks))', async () => {
    const ticks = interval(1).pipe(take(3));
    const there = toObservable(fromObservable(ticks), { Observable: ColdObservable<number> });
    return `a ${there.constructor.name} of ${await toPromise(fromObservable(there), { fold: toArray() })}`;
  });
}
