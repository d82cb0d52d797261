/** Random RxJS programs: a source, a chain of operators, and moments to emit, to wait and to leave. Each writes a log of what happens. */
import fc from 'fast-check';

type Log = (line: string) => void;
/** Makes an Observable or an operator of RxJS `rx`; `n` is a small number, `push` collects what the program can emit by hand. */
type Make = (rx: any, log: Log, n: number, push: ((item: number | 'complete' | 'error') => void)[]) => any;

const failure = (n: number): Error => new Error(`failure ${n}`);
const numbers = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** A source of its own: in a loop, or by timers, with teardowns in the forms that there are. */
const written =
  (end: 'complete' | 'error' | 'throw' | 'none', later: boolean): Make =>
  (rx, log, n) =>
    new rx.Observable((subscriber: any) => {
      log('subscribed');
      subscriber.add(() => log('teardown function'));
      const subscription = new rx.Subscription();
      subscription.add(() => log('teardown subscription'));
      subscriber.add(subscription);
      const emit = (i: number): void => {
        if (subscriber.closed) return;
        log(`emit ${i}`);
        if (i < n) subscriber.next(i);
        else if (end === 'throw' && !later) throw failure(n);
        else if (end !== 'none') subscriber[end === 'complete' ? 'complete' : 'error'](failure(n));
        if (i >= n && rx.firstValueFrom) subscriber.next('after the end'); // RxJS 6 takes it for the next try of a retry
      };
      const timers = later ? numbers(n + 1).map((i) => setTimeout(() => emit(i), 3 * i)) : [];
      if (!later) for (const i of numbers(n + 1)) emit(i);
      return () => {
        for (const timer of timers) clearTimeout(timer);
        log('teardown returned');
      };
    });

/** Driven by the program. */
const subject =
  (make: (rx: any, n: number) => any): Make =>
  (rx, _log, n, push) => {
    const made = make(rx, n);
    push.push((item) => {
      if (item === 'error') made.error(failure(0));
      else if (item === 'complete') made.complete();
      else made.next(item);
    });
    return made;
  };

const sources: Record<string, Make> = {
  of: (rx, _log, n) => rx.of(...numbers(n)),
  range: (rx, _log, n) => rx.range(0, n),
  empty: (rx) => rx.EMPTY,
  never: (rx) => rx.NEVER,
  throwError: (rx, _log, n) => rx.throwError(rx.firstValueFrom ? () => failure(n) : failure(n)),
  timer: (rx, _log, n) => rx.timer(n * 2),
  interval: (rx, _log, n) => rx.interval(n + 1),
  'timer, interval': (rx, _log, n) => rx.timer(0, n + 1),
  defer: (rx, log, n) =>
    rx.defer(() => {
      log('deferred');
      return rx.of(n);
    }),
  from: (rx, _log, n) => rx.from(numbers(n)),
  'from a promise': (rx, _log, n) => rx.from(Promise.resolve(n)),
  scheduled: (rx, _log, n) => rx.scheduled(numbers(n), rx.asapScheduler),
  concat: (rx, _log, n) => rx.concat(rx.of(n), rx.timer(2), rx.of(n + 1)),
  merge: (rx, _log, n) => rx.merge(rx.of(n), rx.timer(2), rx.of(n + 1)),
  combineLatest: (rx, _log, n) => rx.combineLatest([rx.of(n, 1), rx.timer(0, 2)]),
  zip: (rx, _log, n) => rx.zip(rx.of(n, 1, 2), rx.timer(0, 2)),
  race: (rx, _log, n) => rx.race(rx.timer(n), rx.timer(2)),
  forkJoin: (rx, _log, n) => rx.forkJoin([rx.of(n), rx.timer(n)]),
  subject: subject((rx) => new rx.Subject()),
  behaviour: subject((rx, n) => new rx.BehaviorSubject(n)),
  replay: subject((rx, n) => {
    const replay = new rx.ReplaySubject(2);
    for (const i of numbers(n)) replay.next(i);
    return replay;
  }),
  async: subject((rx) => new rx.AsyncSubject()),
  'loop, complete': written('complete', false),
  'loop, error': written('error', false),
  'loop, throw': written('throw', false),
  'loop, open': written('none', false),
  'timers, complete': written('complete', true),
  'timers, error': written('error', true),
  'timers, open': written('none', true),
};

const inner = (rx: any, log: Log, n: number, x: unknown): any =>
  [
    rx.of(x, 'inner'),
    rx.timer(n).pipe(rx.map(() => x)),
    rx.EMPTY,
    rx.of(x).pipe(rx.finalize(() => log(`inner finalized ${x}`))),
    rx.interval(2).pipe(rx.take(2)),
  ][n % 5];

const operators: Record<string, Make> = {
  map: (rx, _log, n) => rx.map((x: unknown) => `${x}+${n}`),
  'map that throws': (rx, _log, n) =>
    rx.map((x: unknown, i: number) => {
      if (i === n) throw failure(n);
      return x;
    }),
  filter: (rx, _log, n) => rx.filter((_x: unknown, i: number) => i % 2 === n % 2),
  tap: (rx, log) => rx.tap((x: unknown) => log(`tap ${x}`)),
  finalize: (rx, log, n) => rx.finalize(() => log(`finalize ${n}`)),
  take: (rx, _log, n) => rx.take(n),
  takeLast: (rx, _log, n) => rx.takeLast(n),
  takeWhile: (rx, _log, n) => rx.takeWhile((_x: unknown, i: number) => i < n, n % 2 === 0),
  takeUntil: (rx, _log, n) => rx.takeUntil(n === 0 ? rx.of(1) : rx.timer(n * 2)),
  skip: (rx, _log, n) => rx.skip(n),
  skipUntil: (rx, _log, n) => rx.skipUntil(rx.timer(n)),
  first: (rx) => rx.first(),
  last: (rx) => rx.last(),
  single: (rx) => rx.single(),
  elementAt: (rx, _log, n) => rx.elementAt(n),
  scan: (rx) => rx.scan((all: string, x: unknown) => `${all}${x}`, ''),
  reduce: (rx) => rx.reduce((all: string, x: unknown) => `${all}${x}`, ''),
  toArray: (rx) => rx.toArray(),
  count: (rx) => rx.count(),
  pairwise: (rx) => rx.pairwise(),
  bufferCount: (rx, _log, n) => rx.bufferCount(n + 1),
  bufferTime: (rx, _log, n) => rx.bufferTime(n + 1),
  startWith: (rx, _log, n) => rx.startWith(`start ${n}`),
  endWith: (rx, _log, n) => rx.endWith(`end ${n}`),
  defaultIfEmpty: (rx) => rx.defaultIfEmpty('empty'),
  throwIfEmpty: (rx) => rx.throwIfEmpty(),
  distinctUntilChanged: (rx) => rx.distinctUntilChanged(),
  ignoreElements: (rx) => rx.ignoreElements(),
  materialize: (rx) =>
    rx.pipe?.(
      rx.materialize(),
      rx.map((x: { kind: string }) => x.kind),
    ),
  mergeMap: (rx, log, n) => rx.mergeMap((x: unknown) => inner(rx, log, n, x)),
  'mergeMap, one': (rx, log, n) => rx.mergeMap((x: unknown) => inner(rx, log, n, x), 1),
  concatMap: (rx, log, n) => rx.concatMap((x: unknown) => inner(rx, log, n, x)),
  switchMap: (rx, log, n) => rx.switchMap((x: unknown) => inner(rx, log, n, x)),
  exhaustMap: (rx, log, n) => rx.exhaustMap((x: unknown) => inner(rx, log, n, x)),
  expand: (rx, _log, n) => rx.expand((_x: unknown, i: number) => (i < n ? rx.timer(1) : rx.EMPTY)),
  delay: (rx, _log, n) => rx.delay(n),
  delayWhen: (rx, _log, n) => rx.delayWhen(() => rx.timer(n)),
  debounceTime: (rx, _log, n) => rx.debounceTime(n),
  throttleTime: (rx, _log, n) => rx.throttleTime(n + 1),
  auditTime: (rx, _log, n) => rx.auditTime(n + 1),
  sampleTime: (rx, _log, n) => rx.sampleTime(n + 1),
  timeout: (rx, _log, n) => rx.timeout(n + 3),
  'observeOn asap': (rx) => rx.observeOn(rx.asapScheduler),
  'observeOn async': (rx) => rx.observeOn(rx.asyncScheduler),
  'observeOn queue': (rx) => rx.observeOn(rx.queueScheduler),
  'subscribeOn asap': (rx) => rx.subscribeOn(rx.asapScheduler),
  'subscribeOn async': (rx, _log, n) => rx.subscribeOn(rx.asyncScheduler, n),
  catchError: (rx, log) =>
    rx.catchError((error: Error) => {
      log(`caught ${error.message}`);
      return rx.of('caught');
    }),
  retry: (rx, _log, n) => rx.retry(n),
  repeat: (rx, _log, n) => rx.pipe(rx.take(5), rx.repeat(n + 1)),
  share: (rx) => rx.share(),
  shareReplay: (rx, _log, n) => rx.shareReplay({ bufferSize: n + 1, refCount: n % 2 === 0 }),
  withLatestFrom: (rx) => rx.withLatestFrom(rx.timer(0, 2)),
  groupBy: (rx, _log, n) =>
    rx.pipe(
      rx.groupBy((x: unknown) => String(x).length % 2),
      rx.mergeMap((group: any) => group.pipe(rx.take(n + 1))),
    ),
  window: (rx, _log, n) =>
    rx.pipe(
      rx.windowCount(n + 1),
      rx.concatMap((window: any) => window.pipe(rx.toArray())),
    ),
};

export type Step =
  | readonly ['advance', number]
  | readonly ['push', number | 'complete' | 'error']
  | readonly ['leave'];
export interface Program {
  readonly source: readonly [keyof typeof sources, number];
  readonly chain: readonly (readonly [keyof typeof operators, number])[];
  readonly steps: readonly Step[];
  /** Leaves inside the next of this number. */
  readonly leaveInside: number | undefined;
}

const small = fc.integer({ min: 0, max: 4 });
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 3, arbitrary: fc.tuple(fc.constant('advance' as const), fc.integer({ min: 0, max: 6 })) },
  {
    weight: 4,
    arbitrary: fc.tuple(
      fc.constant('push' as const),
      fc.oneof({ weight: 6, arbitrary: small }, fc.constantFrom('complete' as const, 'error' as const)),
    ),
  },
  { weight: 1, arbitrary: fc.constant(['leave'] as const) },
);

/** Any program. */
export const programs: fc.Arbitrary<Program> = fc.record({
  source: fc.tuple(fc.constantFrom(...Object.keys(sources)), small),
  chain: fc.array(fc.tuple(fc.constantFrom(...Object.keys(operators)), small), { maxLength: 4 }),
  steps: fc.array(step, { maxLength: 8 }),
  leaveInside: fc.option(small, { nil: undefined, freq: 3 }),
});

/** Every source behind no operator, and every operator as the last one behind a few sources. */
export const basics: Program[] = [
  ...Object.keys(sources)
    .map((source): Program['source'] => [source, 3])
    .map((source) => ({ source, chain: [] })),
  ...Object.keys(operators).flatMap((operator) =>
    ['loop, complete', 'timers, error', 'subject', 'interval'].map((source) => ({
      source: [source, 2] as const,
      chain: [[operator, 2] as const],
    })),
  ),
].flatMap((each) =>
  [undefined, 0, 1].map((leaveInside) => ({
    ...each,
    leaveInside,
    steps: [
      ['push', 1],
      ['advance', 4],
      ['push', 2],
      ['push', 'complete'],
      ['advance', 6],
      ['leave'],
    ] as Step[],
  })),
);

/** Whoever listens: a plain subscriber of RxJS, or our run. */
export type Listen = (
  observable: any,
  hear: { next(item: unknown): void; error(error: unknown): void; complete(): void },
) => { leave(): void };

/** Runs a program; `pass` lets the time go on, `bridge` puts something in the place of the source. Gives its log. */
export async function interpret(
  program: Program,
  rx: any,
  listen: Listen,
  pass: (ms: number) => Promise<void>,
  bridge: (source: any) => any = (source) => source,
): Promise<string[]> {
  const log: string[] = [];
  const push: ((item: number | 'complete' | 'error') => void)[] = [];
  const write: Log = (line) => void log.push(line);
  let listening: { leave(): void } | undefined;
  let hasLeft = false;
  let heard = 0;
  const leave = (): void => {
    hasLeft = true;
    listening?.leave();
  };
  const [source, n] = program.source;
  const chain = program.chain
    .map(([name, m]) => operators[name]?.(rx, write, m, push))
    .filter((each) => each);
  const made = sources[source]?.(rx, write, n, push);
  const observable = chain.reduce((before, operator) => before.pipe(operator), bridge(made));
  const hear = {
    next(item: unknown) {
      write(`next ${item}`);
      if (heard++ === program.leaveInside) leave();
    },
    error: (error: any) => write(`error ${error?.message ?? error}`),
    complete: () => write('complete'),
  };
  listening = listen(observable, hear);
  if (hasLeft) listening.leave();
  write('returned');
  for (const [what, value] of program.steps) {
    write(`${what} ${value}`);
    if (what === 'leave') leave();
    else if (what === 'advance') await pass(value as number);
    else for (const each of push) each(value as number);
  }
  await pass(20);
  leave();
  await pass(20);
  return [...log]; // a source that nobody stops goes on to write
}
