// Observables of every library: what they emit, and what they become.
import * as fs from 'node:fs';
import { callback, fromCallback } from '@anyasync/callback';
import { convert, count, type Fold, first, last, type Operation, only, toArray } from '@anyasync/core';
import {
  firstValueFrom,
  fromObservable,
  fromSubscribable,
  lastValueFrom,
  type ObservableLike,
  type ObservedValueOf,
  type Observer,
  observable,
  observableConvention,
  toObservable,
} from '@anyasync/observable';
import { fromPromise, promise, toPromise } from '@anyasync/promise';
import {
  type BehaviorSubject,
  type ConnectableObservable,
  type GroupedObservable,
  Observable,
  type Subject,
} from 'rxjs';
import { Observable as Observable6 } from 'rxjs6';
import { Observable as Observable8 } from 'rxjs8';
import { ColdObservable } from 'rxjs9';
import type { MemoryStream, Stream } from 'xstream';
import Zen from 'zen-observable';
import { type Equal, is, overloads } from './equal.js';

declare const some: <F>() => F;
type PlatformObservable<T> = globalThis.Observable<T>;

// What an Observable of each library emits
{
  is<Equal<ObservedValueOf<Observable<number>>, number>>();
  is<Equal<ObservedValueOf<Observable<number | undefined>>, number | undefined>>();
  is<Equal<ObservedValueOf<Observable<unknown>>, unknown>>();
  is<Equal<ObservedValueOf<Observable<void>>, void>>();
  is<Equal<ObservedValueOf<Observable<() => Date>>, () => Date>>();
  is<Equal<ObservedValueOf<Subject<Date>>, Date>>();
  is<Equal<ObservedValueOf<BehaviorSubject<'a' | 'b'>>, 'a' | 'b'>>();
  is<Equal<ObservedValueOf<GroupedObservable<string, Date>>, Date>>();
  is<Equal<ObservedValueOf<ConnectableObservable<Date>>, Date>>();
  is<Equal<ObservedValueOf<Observable6<number>>, number>>();
  is<Equal<ObservedValueOf<Observable8<number>>, number>>();
  is<Equal<ObservedValueOf<ColdObservable<number>>, number>>();
  is<Equal<ObservedValueOf<PlatformObservable<number>>, number>>();
  is<Equal<ObservedValueOf<Zen<number>>, number>>();
  is<Equal<ObservedValueOf<Stream<number>>, number>>();
  is<Equal<ObservedValueOf<MemoryStream<number>>, number>>();
  is<Equal<ObservedValueOf<{ '@@observable'(): Observable<number> }>, number>>();
  is<Equal<ObservedValueOf<ObservableLike<number>>, number>>();
  is<Equal<ObservedValueOf<any>, any>>();
  is<Equal<ObservedValueOf<Observable<any>>, any>>();
  is<Equal<ObservedValueOf<{}>, unknown>>();
}

// Read
{
  is<Equal<ReturnType<typeof fromObservable<Observable<number>>>, Operation<void, number>>>();
  const zen: Operation<void, string> = fromObservable(Zen.of('a'));
  const untyped: Operation<void, any> = fromObservable(some<any>());
  const six: Operation<void, Date> = fromObservable(some<Observable6<Date>>());
  const subscribable = fromSubscribable({ subscribe: (observer: Observer<Date>) => observer });
  is<Equal<typeof subscribable, Operation<void, Date>>>();
  // @ts-expect-error numbers
  const wrong: Operation<void, string> = fromObservable(some<Observable<number>>());
  // @ts-expect-error no object
  fromObservable(1);
  // @ts-expect-error has no subscribe
  fromSubscribable({});
}

// Many become one by a fold, which must be there
{
  const numbers = fromObservable(some<Observable<number>>());
  const one: Promise<number> = toPromise(numbers, { fold: first() });
  const orNone: Promise<number | undefined> = toPromise(numbers, {
    fold: last<number, undefined>(undefined),
  });
  const all: Promise<number[]> = toPromise(numbers, { fold: toArray() });
  const counted: Promise<number> = toPromise(fromObservable(some<Observable<Date>>()), { fold: count() });
  // @ts-expect-error items would be lost
  toPromise(numbers);
  const fn = (id: string): Observable<number> => some();
  const single = convert(fn, observable, promise, { fold: only() });
  overloads<typeof single, [[unknown, [id: string], Promise<number>]]>();
  // @ts-expect-error items would be lost
  convert(fn, observable, promise);
  // @ts-expect-error the fold takes dates
  convert(fn, observable, promise, { fold: some<Fold<Date, Date>>() });
  // @ts-expect-error returns no Observable
  convert((id: string) => 1, observable, promise, { fold: first() });
}

// firstValueFrom and lastValueFrom
{
  is<Equal<ReturnType<typeof firstValueFrom<Observable<number>>>, Promise<number>>>();
  const zen: Promise<number> = firstValueFrom(some<Zen<number>>());
  const orNull: Promise<number | null> = lastValueFrom(some<Observable6<number>>(), { defaultValue: null });
  const limited: Promise<number> = firstValueFrom(some<Observable<number>>(), {
    signal: AbortSignal.timeout(1),
    timeout: 5,
  });
  // @ts-expect-error may be null
  const wrong: Promise<number> = firstValueFrom(some<Observable<number>>(), { defaultValue: null });
  // @ts-expect-error no such option
  firstValueFrom(some<Observable<number>>(), { default: 1 });
  // @ts-expect-error there is nothing to take items
  firstValueFrom(some<Observable<number>>(), { next: () => {} });
}

// Written: the type is that of the constructor
{
  const one = some<Operation<number>>();
  const seven = toObservable(one, { Observable });
  is<Equal<typeof seven, Observable<number>>>();
  const six = toObservable(one, { Observable: Observable6 });
  is<Equal<typeof six, Observable6<number>>>();
  const eight = toObservable(one, { Observable: Observable8 });
  is<Equal<typeof eight, Observable8<number>>>();
  // RxJS 9's subscriber is generic in what it takes, so that nothing can be inferred from it: it is said, or @anyasync/rxjs knows it.
  const nine = toObservable(one, { Observable: ColdObservable });
  is<Equal<typeof nine, ColdObservable<unknown>>>();
  const nineSaid = toObservable<number, ColdObservable<number>>(one, { Observable: ColdObservable });
  is<Equal<typeof nineSaid, ColdObservable<number>>>();
  const zen = toObservable(one, { Observable: Zen });
  is<Equal<typeof zen, Zen<number>>>();
  const platform = toObservable(one);
  is<Equal<ObservedValueOf<typeof platform>, number>>();
  // @ts-expect-error strings are no numbers
  const wrong: Observable<string> = toObservable(one, { Observable });
  // @ts-expect-error no constructor
  toObservable(one, { Observable: {} });
  // @ts-expect-error no operation
  toObservable(Promise.resolve(1), { Observable });
  // @ts-expect-error only replay
  toObservable(one, { Observable, share: 'once' });
}

// Items, a value after items, a fold, and next
{
  const items = toObservable(some<Operation<void, Date>>(), { Observable });
  is<Equal<typeof items, Observable<Date>>>();
  const both = toObservable(some<Operation<number, Date>>(), { Observable });
  is<Equal<typeof both, Observable<number | Date>>>();
  const nothing = toObservable(some<Operation<void>>(), { Observable });
  is<Equal<typeof nothing, Observable<void>>>();
  const folded = toObservable(some<Operation<void, Date>>(), { Observable, fold: toArray() });
  is<Equal<typeof folded, Observable<Date[]>>>();
  const aside = toObservable(some<Operation<number, Date>>(), {
    Observable,
    next: (item) => void item.getTime(),
  });
  is<Equal<typeof aside, Observable<number>>>();
  const text = toObservable(fromCallback(fs.readFile, 'x', 'utf8'), {
    Observable,
    share: 'replay',
    timeout: 5,
  });
  is<Equal<typeof text, Observable<string>>>();
  const fetched = toObservable(
    fromPromise(async (signal: AbortSignal) => signal.aborted),
    { Observable },
  );
  is<Equal<typeof fetched, Observable<boolean>>>();
  const disposed = toObservable(some<Operation<number>>(), {
    Observable,
    dispose: (value) => void value.toFixed(),
  });
  is<Equal<typeof disposed, Observable<number>>>();
}

// Functions
{
  const rx = observableConvention({ Observable });
  const read = convert(fs.readFile, callback, rx);
  const text: ObservableLike<string> = read('x', 'utf8');
  const native = convert(async (id: string) => id.length, promise, observable);
  overloads<typeof native, [[unknown, [id: string], ObservableLike<number>]]>();
  const streamed = convert((id: string) => some<Zen<Date>>(), observable, rx);
  const dates: ObservableLike<Date> = streamed('a');
  // @ts-expect-error no constructor
  observableConvention({ Observable: 1 });
  // The type of what any constructor makes of dates cannot be said; @anyasync/rxjs says it for RxJS.
  overloads<typeof streamed, [[unknown, [id: string], ObservableLike<Date> & Observable<unknown>]]>();
}

// What is no Observable
{
  const refused = [
    // @ts-expect-error a promise
    () => fromObservable(Promise.resolve(1)),
    // @ts-expect-error a promise
    () => firstValueFrom(Promise.resolve(1)),
    // @ts-expect-error a date
    () => lastValueFrom(new Date()),
  ];
  is<Equal<typeof refused.length, number>>();
}
