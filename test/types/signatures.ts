import type { HasThis, IsGeneric, IsOverloaded, Signatures, SplitAt, SplitLast } from '@anyasync/core';
import { type Equal, is } from './equal.js';

// Every overload, in order, with `this`, labels and question marks
type Overloaded = {
  (a: string): 1;
  (this: Date, a: string, b?: number): 2;
  (...rest: number[]): 3;
};
is<
  Equal<
    Signatures<Overloaded>,
    [[unknown, [a: string], 1], [Date, [a: string, b?: number | undefined], 2], [unknown, number[], 3]]
  >
>();
is<Equal<Signatures<(a: string) => void>, [[unknown, [a: string], void]]>>();
is<Equal<Signatures<any>, [[unknown, any[], any]]>>();
is<Equal<Signatures<string>, []>>();

// Twelve overloads fit
type Twelve = {
  (a: 1): 1;
  (a: 2): 2;
  (a: 3): 3;
  (a: 4): 4;
  (a: 5): 5;
  (a: 6): 6;
  (a: 7): 7;
  (a: 8): 8;
  (a: 9): 9;
  (a: 10): 10;
  (a: 11): 11;
  (a: 12): 12;
};
is<Equal<Signatures<Twelve>['length'], 12>>();
is<Equal<Signatures<Twelve>[0], [unknown, [a: 1], 1]>>();
is<Equal<Signatures<Twelve>[11], [unknown, [a: 12], 12]>>();

is<Equal<IsOverloaded<Overloaded>, true>>();
is<Equal<IsOverloaded<(a: string) => void>, false>>();
is<Equal<HasThis<(this: Date) => void>, true>>();
is<Equal<HasThis<(a: Date) => void>, false>>();
is<Equal<IsGeneric<<T>(a: T, b: (c: T) => void) => void>, true>>();
is<Equal<IsGeneric<<T>(a: T) => T>, true>>();
is<Equal<IsGeneric<(a: string, b?: number, ...c: Date[]) => void>, false>>();
is<Equal<IsGeneric<(this: Date, a: string) => void>, false>>();
is<Equal<IsGeneric<(() => void) & { property: string }>, false>>();

// The last argument
is<Equal<SplitLast<[a: string, b: number]>, [[a: string], number]>>();
is<Equal<SplitLast<[a: string, b?: number]>, [[a: string], number]>>();
is<Equal<SplitLast<[...a: string[], b: number]>, [string[], number]>>();
is<Equal<SplitLast<any[]>, [any[], any]>>();
is<Equal<SplitLast<[a: string, ...any[]]>, [[a: string, ...any[]], any]>>();
is<Equal<SplitLast<string[]>, undefined>>();
is<Equal<SplitLast<[]>, undefined>>();

// The argument at an index
type Three = [a: string, b: number, c?: Date];
is<Equal<SplitAt<Three, 0>, [[b: number, c?: Date], string]>>();
is<Equal<SplitAt<Three, 1>, [[a: string, c?: Date], number]>>();
is<Equal<SplitAt<Three, 2>, [[a: string, b: number], Date]>>();
is<Equal<SplitAt<Three, 3>, undefined>>();
is<Equal<SplitAt<[a: string, b: number, ...c: Date[]], 0>, [[b: number, ...c: Date[]], string]>>();
is<Equal<SplitAt<any[], 1>, [any[], any]>>();
