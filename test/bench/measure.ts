/**
 * Runs in a process of its own: measures one implementation of one conversion, and prints the results as JSON.
 * `node --expose-gc measure.js <conversion> <implementation> <mode,mode> <calls> <units>`; for numbers that count, one mode.
 */
import type { Conversion, Fn, Source } from './conversion.js';
import { conversions } from './conversions.js';
import { probe } from './guarantees.js';
import { hotStyles, type MeasuredStyle } from './hot-styles.js';

export type Mode = 'concurrent' | 'sequential' | 'bytes';

declare const gc: () => void;

const [conversionIndex, implementationIndex, modes, calls, units] = process.argv.slice(2);
const conversion = conversions[Number(conversionIndex)] as Conversion;
const implementation = conversion.implementations[Number(implementationIndex)]!;
const n = Number(calls);

/** What the original functions of all calls keep: that with which each is settled. */
const pending: any[] = new Array(n).fill(undefined);
let started = 0;
let capturedResolve: unknown;
const capture = (resolve: unknown): void => {
  capturedResolve = resolve;
};

/** The functions that are converted: each keeps what it was given, and answers when it is told to. */
const originals: Readonly<Partial<Record<Source, Fn>>> = {
  'error-first': (_value, callback) => void (pending[started++] = callback),
  'value-only': (_value, callback) => void (pending[started++] = callback),
  pair: (_value, success, _failure) => void (pending[started++] = success),
  options: (_value, options) => void (pending[started++] = options),
  handler: (_value, handler) => void (pending[started++] = handler),
  promise: (_value) => {
    const promise = new Promise(capture);
    pending[started++] = capturedResolve;
    return promise;
  },
};

const settlers: Readonly<Partial<Record<Source, (kept: any, value: number) => void>>> = {
  'error-first': (callback, value) => callback(null, value),
  'value-only': (callback, value) => callback(value),
  pair: (success, value) => success(value),
  options: (options, value) => options.success(value),
  handler: (handler, value) => handler.onSuccess(value),
  promise: (resolve, value) => resolve(value),
};

const hotStyle = async (name: string): Promise<MeasuredStyle | undefined> =>
  hotStyles[name as keyof typeof hotStyles]?.();
const [read, written] = await Promise.all([hotStyle(conversion.source), hotStyle(conversion.writes)]);
const keep = (kept: unknown): void => void (pending[started++] = kept);
const original = read === undefined ? (originals[conversion.source] as Fn) : read.original(keep);
const settle = (read?.settle ?? settlers[conversion.source]) as (kept: any, value: number) => void;

/** Three shapes of measuring loop, by what the converted function gives; the first two also with a signal as the first argument. */
const isPromise = conversion.writes === 'promise';
let signals: AbortSignal[] = [];

function check(sum: number): void {
  if (sum !== (n * (n - 1)) / 2) throw new Error(`${implementation.name}: the sum of the results is ${sum}`);
}

/** All calls are started, then all answered; ends with the last result. */
function concurrent(converted: Fn): Promise<void> {
  return new Promise((resolve) => {
    let heard = 0;
    let sum = 0;
    const onValue = (value: number): void => {
      sum += value;
      if (++heard < n) return;
      check(sum);
      resolve();
    };
    const callback = (_error: unknown, value: number): void => onValue(value);
    if (written !== undefined) for (let i = 0; i < n; i++) written.hear(converted, i, onValue);
    else if (isPromise) {
      if (conversion.signal)
        for (let i = 0; i < n; i++) (converted(signals[i], i) as Promise<number>).then(onValue);
      else for (let i = 0; i < n; i++) (converted(i) as Promise<number>).then(onValue);
    } else if (conversion.signal) for (let i = 0; i < n; i++) converted(signals[i], i, callback);
    else for (let i = 0; i < n; i++) converted(i, callback);
    for (let i = 0; i < n; i++) settle(pending[i], i);
  });
}

/** Each call is answered and heard before the next is started. */
async function sequential(converted: Fn): Promise<void> {
  let sum = 0;
  if (written !== undefined) {
    let heard = 0;
    const onValue = (value: number): void => {
      sum += value;
      heard++;
    };
    for (let i = 0; i < n; i++) {
      started = 0;
      written.hear(converted, i, onValue);
      settle(pending[0], i);
      while (heard === i) await null; // what comes from a promise comes later
    }
  } else if (isPromise) {
    for (let i = 0; i < n; i++) {
      started = 0;
      const promise = conversion.signal ? converted(signals[i], i) : converted(i);
      settle(pending[0], i);
      sum += (await promise) as number;
    }
  } else {
    await new Promise<void>((resolve) => {
      let i = 0;
      const step = (): void => {
        started = 0;
        if (conversion.signal) converted(signals[i], i, callback);
        else converted(i, callback);
        settle(pending[0], i);
      };
      const callback = (_error: unknown, value: number): void => {
        sum += value;
        if (++i < n) step();
        else resolve();
      };
      step();
    });
  }
  check(sum);
}

/** Bytes that one pending call keeps, without what the original keeps by itself. */
async function bytes(converted: Fn): Promise<number> {
  const results: unknown[] = new Array(n).fill(undefined);
  const callback = (): void => {};
  const hold = async (call: (i: number) => unknown): Promise<number> => {
    await settled();
    started = 0;
    const before = process.memoryUsage().heapUsed;
    for (let i = 0; i < n; i++) results[i] = call(i);
    await settled();
    const after = process.memoryUsage().heapUsed;
    for (let i = 0; i < n; i++) settle(pending[i], i);
    await settled();
    results.fill(undefined);
    pending.fill(undefined);
    return (after - before) / n;
  };
  const call = written
    ? (i: number) => written.call(converted, i)
    : isPromise
      ? conversion.signal
        ? (i: number) => converted(signals[i], i)
        : (i: number) => converted(i)
      : conversion.signal
        ? (i: number) => converted(signals[i], i, callback)
        : (i: number) => converted(i, callback);
  const alone = original as Fn & { readonly begin?: Fn };
  const source =
    alone.begin !== undefined
      ? (i: number) => alone.begin?.(i, neverHeard)
      : conversion.source === 'promise' || read !== undefined
        ? (i: number) => alone(i)
        : (i: number) => alone(i, neverHeard, neverHeard);
  freshSignals();
  await hold(source);
  await hold(call);
  freshSignals();
  const own = await hold(source);
  return (await hold(call)) - own;
}
const neverHeard = Object.assign(() => {}, { success() {}, onSuccess() {} });

/** After everything that is due, and a full collection. */
async function settled(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1));
  gc();
  gc();
}

function freshSignals(): void {
  if (conversion.signal) signals = Array.from({ length: n }, () => new AbortController().signal);
}

/** How often a unit repeats all calls: the collector should meet them as in a process that has run for a while. */
const repeats = 3;

/**
 * Nanoseconds of processor time for a call, with those of the collector's and the compiler's threads: unlike the time on the clock
 * it does not depend on what else the machine does.
 */
async function time(run: (converted: Fn) => Promise<void>, converted: Fn): Promise<number> {
  const times: number[] = [];
  // A process in use always has a call pending. Without one, a full collection frees the shapes of our and their objects, and the
  // compiled code that depends on them.
  freshSignals();
  const args = isPromise ? [0] : [0, () => {}];
  const call = written
    ? written.call(converted, 0)
    : converted(...(conversion.signal ? [signals[0], ...args] : args));
  const inFlight = [call, pending[0]];
  for (let unit = 0; unit < Number(units); unit++) {
    freshSignals();
    await settled();
    let sum = 0;
    for (let repeat = 0; repeat < repeats; repeat++) {
      started = 0;
      const began = process.cpuUsage();
      await run(converted);
      const { user, system } = process.cpuUsage(began);
      sum += user + system;
    }
    times.push((sum * 1000) / repeats / n);
  }
  if (inFlight.length === 0) throw new Error('unreachable: it keeps the call alive');
  times.splice(0, Math.floor(times.length / 3)); // until the compiler has settled
  times.sort((a, b) => a - b);
  return times[Math.floor(times.length / 2)]!;
}

async function measure(mode: Mode | 'guarantees'): Promise<unknown> {
  if (mode === 'guarantees') return probe(conversion, implementation);
  const convert = await implementation.load();
  const converted = convert(original);
  if (mode === 'bytes') return bytes(converted);
  return time(mode === 'sequential' ? sequential : concurrent, converted);
}

const results: Record<string, unknown> = {};
for (const mode of (modes as string).split(',')) results[mode] = await measure(mode as Mode);
console.log(JSON.stringify(results));
