/** What an implementation guarantees is not claimed here, it is tried: each probe runs against each implementation. */
import type { Conversion, Fn, Implementation } from './conversion.js';
import { hotProbesOf } from './guarantees-hot.js';
import { hotStyles } from './hot-styles.js';
import { context, later, type Probe, problem, type Tried } from './probing.js';

const outcome = async (promise: unknown): Promise<unknown[]> => {
  let heard: unknown[] = ['pending'];
  Promise.resolve(promise).then(
    (value) => {
      heard = ['value', value];
    },
    (error) => {
      heard = ['error', error];
    },
  );
  await later();
  return heard;
};
/** A call whose callback is heard as it comes; what it throws is the outcome, too. */
const hear = (call: (callback: Fn) => unknown): unknown[][] => {
  const calls: unknown[][] = [];
  try {
    call((...args) => void calls.push(args));
  } catch (error) {
    calls.push(['thrown', error]);
  }
  return calls;
};

type Done = (error: unknown, value?: unknown) => void;

/** From a function with an error-first callback to one that returns a promise. */
const toPromise: Readonly<Record<string, Probe>> = {
  'the `this` of the call': async ({ convert }) => {
    const counter = {
      n: 7,
      read: convert(function (this: any, done) {
        (done as Done)(null, this.n);
      }),
    };
    return (await outcome(counter.read()))[1] === 7;
  },
  'the same error object': async ({ convert }) =>
    (await outcome(convert((done) => (done as Done)(problem))()))[1] === problem,
  'what the call throws rejects': async ({ convert }) =>
    (
      await outcome(
        convert(() => {
          throw problem;
        })(),
      )
    )[1] === problem,
  'a second answer is reported': async ({ convert, reported }) => {
    await outcome(
      convert((done) => {
        (done as Done)(null, 1);
        setImmediate(done as Done, problem);
      })(),
    );
    return (await reported()).length > 0;
  },
  'a throw after the answer is reported': async ({ convert, reported }) => {
    await outcome(
      convert((done) => {
        (done as Done)(null, 1);
        throw problem;
      })(),
    );
    return (await reported()).length > 0;
  },
  'a promise from the original is reported': async ({ convert, reported }) => {
    await outcome(convert(async () => 1)());
    return (await reported()).length > 0;
  },
  'a signal stops the work': async ({ signal }) => {
    if (signal === undefined) return false;
    let stopped = false;
    const controller = new AbortController();
    const result = signal(() => ({
      abort: () => {
        stopped = true;
      },
    }))(controller.signal);
    controller.abort(problem);
    return (await outcome(result))[1] === problem && stopped;
  },
  'the async context of the caller': async ({ convert }) => {
    const answers: Done[] = [];
    const call = convert((done) => void answers.push(done as Done));
    let seen: string | undefined;
    context.run(
      'caller',
      () =>
        void (call() as Promise<unknown>).then(() => {
          seen = context.getStore();
        }),
    );
    context.run('pool', () => answers[0]?.(null, 1));
    await later();
    return seen === 'caller';
  },
};

/** From a function that returns a promise to one that takes a callback. */
const toCallback: Readonly<Record<string, Probe>> = {
  'the `this` of the call': async ({ convert }) => {
    const counter = {
      n: 7,
      read: convert(async function (this: any) {
        return this.n;
      }),
    };
    const calls = hear((callback) => counter.read(callback));
    await later();
    return calls[0]?.[1] === 7;
  },
  'the same error object': async ({ convert }) => {
    const calls = hear(convert(() => Promise.reject(problem)));
    await later();
    return calls[0]?.[0] === problem;
  },
  'a rejection with null is an error': async ({ convert }) => {
    const calls = hear(convert(() => Promise.reject(null)));
    await later();
    return calls[0]?.[0] instanceof Error;
  },
  'never inside the call': async ({ convert }) => {
    const calls = hear(convert(() => ({ then: (onValue: Fn) => onValue(1) })));
    return calls.length === 0;
  },
  'once, whatever a thenable does': async ({ convert }) => {
    const calls = hear(
      convert(() => ({
        then: (onValue: Fn) => {
          onValue(1);
          onValue(2);
        },
      })),
    );
    await later();
    return calls.length === 1;
  },
  'a callback that throws is an uncaught exception': async ({ convert, reported }) => {
    convert(async () => 1)(() => {
      throw problem;
    });
    await later();
    return (await reported()).includes('uncaughtException');
  },
  'a missing callback throws': async ({ convert, reported }) => {
    let thrown = false;
    try {
      convert(async () => 1)();
    } catch {
      thrown = true;
    }
    await reported();
    return thrown;
  },
  'a signal ends it': async ({ signal }) => {
    if (signal === undefined) return false;
    const controller = new AbortController();
    const calls = hear((callback) => signal(() => new Promise(() => {}))(controller.signal, callback));
    controller.abort(problem);
    await later();
    return calls[0]?.[0] === problem;
  },
  'the async context of the caller': async ({ convert }) => {
    let answer: Fn = () => {};
    const call = convert(
      () =>
        new Promise((resolve) => {
          answer = resolve as Fn;
        }),
    );
    let seen: string | undefined;
    context.run(
      'caller',
      () =>
        void call(() => {
          seen = context.getStore();
        }),
    );
    context.run('pool', () => answer(1));
    await later();
    return seen === 'caller';
  },
};

type Probed = Pick<Conversion, 'source' | 'writes' | 'signal'>;

function probesOf({ source, writes, signal }: Probed): Readonly<Record<string, Probe>> {
  if (signal) return {};
  if (source in hotStyles || writes in hotStyles) return hotProbesOf({ source, writes });
  return source === 'error-first' ? toPromise : source === 'promise' ? toCallback : {};
}

/** The guarantees of a conversion, in the order of the columns. */
export function guaranteesOf(conversion: Probed): string[] {
  return Object.keys(probesOf(conversion));
}

/** Runs every probe: which hold. */
export async function probe(conversion: Conversion, implementation: Implementation): Promise<string[]> {
  let reports: string[] = [];
  process.on('warning', () => reports.push('warning'));
  process.on('uncaughtException', () => reports.push('uncaughtException'));
  process.on('unhandledRejection', () => reports.push('unhandledRejection'));
  if (guaranteesOf(conversion).length === 0) return [];
  const tried: Tried = {
    convert: await implementation.load(),
    signal: await implementation.loadSignal?.(),
    reported: async () => {
      await later();
      const all = reports;
      reports = [];
      return all;
    },
  };
  const holds: string[] = [];
  for (const [name, probe] of Object.entries(probesOf(conversion))) {
    await tried.reported();
    try {
      if (await probe(tried)) holds.push(name);
    } catch {
      // It threw where a guarantee was asked for: it does not hold.
    }
  }
  return holds;
}
