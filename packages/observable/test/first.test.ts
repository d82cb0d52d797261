/** The first item, taken by the observer itself: the same as by the fold's own run, event by event. fast-check prints the seed of a failure. */
import { CancelledError, first, onStray, run, setDebugging, startSelf } from '@anyasync/core';
import { firstValueFrom, observable } from '@anyasync/observable';
import { toPromise } from '@anyasync/promise';
import fc from 'fast-check';
import { describe, expect, onTestFinished, test } from 'vitest';
import { Recorder, strays } from '../../core/test/support.js';
import { type Emitter, type Library, later, libraries, type Producer, read } from './libraries.js';

type Take = (source: any, recorder: Recorder, otherwise: readonly [unknown?]) => void;
const foldOf = (otherwise: readonly [unknown?]): any => (first as any)(...otherwise);

/** Through an operation, which has a run for the fold. */
const byRun: Take = (source, recorder, otherwise) =>
  run(foldOf(otherwise)(startSelf), recorder, read(source), []);
/** Of a function, whose start gives its first item by itself. */
const byObserver: Take = (source, recorder, otherwise) =>
  run(foldOf(otherwise)(observable.lift(() => source)), recorder, undefined, []);

const steps = ['next', 'next', 'complete', 'error', 'abort', 'leave'] as const;
type Step = (typeof steps)[number];

/** What happens inside `subscribe`, what afterwards, and what there is if there is no item. */
interface Program {
  readonly inside: readonly Step[];
  readonly after: readonly Step[];
  readonly otherwise: readonly [unknown?];
}
const some = (): fc.Arbitrary<Step[]> => fc.array(fc.constantFrom(...steps), { maxLength: 4 });
const programs: fc.Arbitrary<Program> = fc.record({
  inside: some(),
  after: some(),
  otherwise: fc.constantFrom([] as const, [undefined] as const, ['none'] as const),
});

/** Those of the others are uncaught exceptions when nobody listens any more. */
const hearsLateErrors = ({ name }: Library): boolean => ['RxJS 6', 'RxJS 7', 'RxJS 8'].includes(name);

async function logOf(library: Library, { inside, after, otherwise }: Program, take: Take): Promise<string[]> {
  const recorder = new Recorder();
  const { log } = recorder;
  const stop = onStray((stray) => {
    stray.preventDefault();
    log.push(`stray ${stray.kind} ${stray.value} ${stray.cancelled}`);
  });
  let items = 0;
  let emitter!: Emitter;
  const step = (what: Step): void => {
    if (what === 'leave') recorder.cancel('left');
    else if (what === 'next') emitter.next(items++);
    else if (what === 'complete') emitter.complete();
    else if (emitter.active() || hearsLateErrors(library))
      emitter.error(what === 'error' ? new Error(`error ${items}`) : new CancelledError('stopped'));
    log.push(`${what} done, ${emitter.active()}`);
  };
  const source = library.make((given) => {
    emitter = given;
    emitter.teardown((reason) => log.push(`teardown ${reason}`));
    for (const each of inside) step(each);
  });
  try {
    take(source, recorder, otherwise);
    for (const each of after) step(each);
    if (library.stopsLater || library.endsLater) await later();
    return log;
  } finally {
    stop();
  }
}

/** Inside subscribe RxJS 6 is stopped after the value by the run, before it by the observer. */
const withoutTeardown = (log: string[]): string[] => log.filter((line) => !line.startsWith('teardown'));

describe.each(libraries)('%s', (_name, library) => {
  const slow = library.stopsLater || library.endsLater;
  test('random programs give the same log', async () => {
    await fc.assert(
      fc.asyncProperty(programs, async (program) => {
        const expected = await logOf(library, program, byRun);
        const log = await logOf(library, program, byObserver);
        const heard = library.name === 'RxJS 6' ? withoutTeardown : (all: string[]) => all;
        expect(heard(log)).toEqual(heard(expected));
        expect(log.length).toBe(expected.length);
      }),
      { numRuns: slow ? 50 : 500 },
    );
  });
});

/** An RxJS 7 source, by each way to its first item. */
const ways: [string, (producer: Producer) => Promise<unknown>][] = libraries
  .filter(([name]) => name === 'RxJS 7')
  .flatMap(([, { make }]) => [
    ['a fold', (producer) => toPromise(read(make(producer)), { fold: first() as any })],
    ['firstValueFrom', (producer) => firstValueFrom(make(producer))],
  ]);

describe.each(ways)('by %s', (_way, take) => {
  test('what comes after it and was not asked for is no stray, an error is one', async () => {
    const heard = strays();
    let emitter!: Emitter;
    const taken = take((given) => {
      emitter = given;
      for (const each of ['a', 'b']) emitter.next(each);
      emitter.complete();
    });
    expect(await taken).toBe('a');
    emitter.next('c');
    expect(heard).toEqual([]);
    emitter.error('too late');
    expect(heard).toMatchObject([{ kind: 'error', value: 'too late', cancelled: true }]);
  });

  test('in debug mode the late error tells where the run was created', async () => {
    const heard = strays();
    setDebugging(true);
    onTestFinished(() => setDebugging(false));
    let emitter!: Emitter;
    await take((given) => {
      emitter = given;
      emitter.next('a');
    });
    emitter.error('too late');
    expect(heard[0]?.created).toContain('first.test');
  });
});
