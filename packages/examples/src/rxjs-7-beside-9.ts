// An RxJS 7 application that uses a library written for RxJS 9, and hands its own Observables to it. By themselves the two refuse each
// other's: `from` throws in both directions.

import { fromObservable, toObservable } from 'anyasync/observable';
import { firstValueFrom, from, interval, map, Observable as Observable7, take, toArray } from 'rxjs';
import { ColdObservable } from 'rxjs9';
import { filter } from 'rxjs9/filter';

/** The library: it takes and gives what RxJS 9 calls an Observable. */
function evenOnly(numbers: ColdObservable<number>): ColdObservable<number> {
  return numbers[filter]((n) => n % 2 === 0) as ColdObservable<number>;
}

let stopped = 0;
/** The application: an Observable of RxJS 7, which counts how often it was stopped. */
const numbers = new Observable7<number>((subscriber) => {
  const subscription = interval(1).subscribe(subscriber);
  subscription.add(() => void stopped++);
  return subscription;
});

try {
  from(evenOnly(numbers as never) as never);
} catch (error) {
  console.log(`without a bridge: ${(error as Error).name}`);
}

const there = toObservable(fromObservable(numbers), { Observable: ColdObservable<number> });
const back = toObservable(fromObservable(evenOnly(there)), { Observable: Observable7 });
const found = await firstValueFrom(
  back.pipe(
    take(3),
    map((n) => n * 10),
    toArray(),
  ),
);
console.log(`through RxJS 9 and back: ${found.join(', ')}; stopped ${stopped} time`);
console.log(
  `back where it came from: ${toObservable(fromObservable(numbers), { Observable: Observable7 }) === numbers}`,
);
