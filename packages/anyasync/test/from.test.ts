/** `from(anything)`: one order in which it is told what a value is, and nothing called to tell it. */
import { EventEmitter } from 'node:events';
import { createRequire } from 'node:module';
import { Readable } from 'node:stream';
import { ArgumentError, fromPromise, type Operation, operation, toArray, toPromise } from 'anyasync';
import { Deferred } from 'anyasync/deferred';
import { type From, from } from 'anyasync/from';
import { Future } from 'anyasync/future';
import { Deferred as JQueryDeferred } from 'anyasync/jquery';
import { type Observable, of } from 'rxjs';
import { describe, expect, expectTypeOf, test } from 'vitest';
import xs from 'xstream';
import Zen from 'zen-observable';

const load = (name: string): Promise<any> => import(name);
const rxjs8 = await load('rxjs8');
const platform = (await load('rxjs9')) && (globalThis as any).Observable;
const { JSDOM } = createRequire(import.meta.url)('jsdom');
const $ = createRequire(import.meta.url)('jquery/factory').jQueryFactory(new JSDOM('').window);

const items = (source: any): Promise<unknown> =>
  toPromise(from(source) as Operation<void, unknown>, { fold: toArray() });
const value = (source: any): Promise<unknown> => toPromise(from(source) as Operation<unknown>);
const emitOne = (to: { next(n: number): void; complete(): void }): void => {
  to.next(1);
  to.complete();
};
async function* generator() {
  yield 1;
}
const finished = new Future<number>();
finished.setResult(1);
const fired = new Deferred<number>();
fired.callback(1);

describe('reads', () => {
  const many: [string, () => object][] = [
    ['an Observable of RxJS 7', () => of(1)],
    ['of RxJS 8, which has an async iterator as well', () => new rxjs8.Observable(emitOne)],
    ["the platform's", () => new platform(emitOne)],
    ['of zen-observable', () => Zen.of(1)],
    ['of xstream', () => (xs as any).default?.of(1) ?? (xs as any).of(1)],
    ['a stream of Node', () => Readable.from([1])],
    [
      'a stream of the web',
      () =>
        new Blob(['1']).stream().pipeThrough(new TransformStream({ transform: (_, to) => to.enqueue(1) })),
    ],
    ['an async generator', () => generator()],
    ['an array', () => [1]],
    ['a Set', () => new Set([1])],
  ];
  test.each(many)('%s', async (_what, make) => expect(await items(make())).toEqual([1]));

  const one: [string, () => object][] = [
    ['an operation, which it returns', () => operation<number>((receiver) => receiver.resolve(1))],
    ['a future', () => finished],
    ['a Deferred', () => fired],
    ["jQuery's own promise", () => $.Deferred().resolve(1).promise()],
    ['a Deferred of jQuery, ours', () => JQueryDeferred<number>().resolve(1)],
    ['a promise', () => Promise.resolve(1)],
    ['a thenable', () => ({ then: (done: (n: number) => void) => done(1) })],
    [
      'a future of somebody else',
      () => ({
        addDoneCallback: (done: () => void) => done(),
        result: () => 1,
        cancelled: () => false,
        cancel: () => false,
      }),
    ],
  ];
  test.each(one)('%s', async (_what, make) => expect(await value(make())).toBe(1));

  test('an operation as itself', () => {
    const own = fromPromise(Promise.resolve(1));
    expect(from(own)).toBe(own);
  });

  test('a synchronous Observable of RxJS 8 synchronously: its async iterator is not asked', () => {
    const log: unknown[] = [];
    from(new rxjs8.Observable(emitOne))['~anyasync'].start({
      active: true,
      next: (n: unknown) => void log.push(n),
      complete: () => void log.push('complete'),
      onCancel: () => {},
    } as never);
    expect(log).toEqual([1, 'complete']);
  });

  /** The marks of each kind, in the order of the detection; what is called when it is started tells for which it was taken. */
  const marks: [string, PropertyKey, (called: (...args: any[]) => unknown) => object][] = [
    ['an operation', '~anyasync', (start) => ({ '~anyasync': { version: 1, start } })],
    ['an Observable', '@@observable', (called) => ({ '@@observable': called })],
    ['a Deferred', 'addCallbacks', (called) => ({ addCallbacks: called, addErrback() {} })],
    ['a jQuery promise', 'done', (called) => ({ done: called, fail: called, promise() {} })],
    [
      'a future',
      'addDoneCallback',
      (called) => ({ addDoneCallback: called, result() {}, cancelled() {}, cancel() {} }),
    ],
    ['a stream', 'getReader', (called) => ({ getReader: called, cancel() {} })],
    ['an async iterable', Symbol.asyncIterator, (called) => ({ [Symbol.asyncIterator]: called })],
    ['a thenable', 'then', (called) => ({ then: called })],
    ['an iterable', Symbol.iterator, (called) => ({ [Symbol.iterator]: called })],
  ];
  test.each(marks.map(([name], index) => [name, index] as const))(
    '%s before all that come later in the order, whatever else it has',
    async (_name, index) => {
      for (const [, other, mark] of marks.slice(index)) {
        const log: PropertyKey[] = [];
        const note = (name: PropertyKey) => () => {
          log.push(name);
          throw new Error(`${String(name)} was called`);
        };
        const [, own, markOwn] = marks[index] as (typeof marks)[number];
        const operation = from({ ...mark(note(other)), ...markOwn(note(own)) } as any) as Operation<any, any>;
        await toPromise(operation, { next: () => {} }).catch(() => {});
        expect(log[0]).toBe(own);
      }
    },
  );

  test('by looking only: nothing is called before it is started, but that the error of a stream of Node is listened to', () => {
    const called: PropertyKey[] = [];
    const lookedAt = (members: object): object =>
      Object.fromEntries(Object.keys(members).map((key) => [key, () => called.push(key)]));
    for (const like of [
      { '@@observable': 0 },
      { subscribe: 0, inspect: 0, takeUntil: 0 },
      { addCallbacks: 0, addErrback: 0 },
      { done: 0, fail: 0, promise: 0 },
      { addDoneCallback: 0, result: 0, cancelled: 0, cancel: 0 },
      { read: 0, on: 0, removeListener: 0, destroy: 0, pipe: 0 },
      { getReader: 0, cancel: 0 },
      { then: 0 },
    ])
      try {
        from(lookedAt(like) as any);
      } catch (error) {
        expect(error).toBeInstanceOf(ArgumentError);
      }
    expect(called).toEqual(['on', 'on']);
  });
});

test.each([[undefined], [null], ['text'], [1], [() => {}], [{}], [{ subscribe() {} }], [new EventEmitter()]])(
  'refuses %o, and says what reads it',
  (source) => {
    expect(() => from(source as any)).toThrow(
      expect.objectContaining({ name: 'ArgumentError', argument: 'source', received: source }),
    );
  },
);

test('its type is that of what it reads', () => {
  expectTypeOf<From<Promise<string>>>().toEqualTypeOf<Operation<string>>();
  expectTypeOf<From<Future<string>>>().toEqualTypeOf<Operation<string>>();
  expectTypeOf<From<Deferred<string>>>().toEqualTypeOf<Operation<string>>();
  expectTypeOf<From<Observable<string>>>().toEqualTypeOf<Operation<void, string>>();
  expectTypeOf<From<AsyncGenerator<string, number>>>().toEqualTypeOf<Operation<number, string>>();
  expectTypeOf<From<string[]>>().toEqualTypeOf<Operation<void, string>>();
  expectTypeOf<From<Operation<number, string>>>().toEqualTypeOf<Operation<number, string>>();
});

test('what is nothing asynchronous does not compile', () => {
  const calls = [
    // @ts-expect-error a date
    () => from(new Date()),
    // @ts-expect-error a function: it is read by those who know its style
    () => from(() => 1),
    // @ts-expect-error an emitter: fromEvent() takes the name of the event
    () => from(new EventEmitter()),
  ];
  for (const call of calls) expect(call).toThrow(ArgumentError);
});
