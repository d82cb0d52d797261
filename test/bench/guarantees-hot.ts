/** The guarantees between callbacks, promises and the styles with objects of their own. */
import type { Conversion } from './conversion.js';
import { ofFirst, ofSubscribers } from './guarantees-observables.js';
import { callers } from './hot-callers.js';
import { hotOriginals, type MakeOriginal, type Work } from './hot-originals.js';
import { context, later, type Probe, problem, type Tried } from './probing.js';

interface Called {
  /** What is heard: `['value', value]` or `['error', error]`; what is thrown at the caller is an error too. */
  readonly heard: unknown[][];
  readonly cancel: () => unknown;
}

/** A guarantee of one conversion: how it is called and how its original is made are known. */
export type HotProbe = (tools: {
  readonly call: (begin: (work: Work, self: any) => void, self?: unknown) => Called;
  /** The same of another original. */
  readonly callOf: (original: unknown) => Called;
  readonly make: MakeOriginal;
  readonly convert: (original: unknown) => any;
  readonly reported: Tried['reported'];
}) => Promise<boolean> | boolean;

const is = ({ heard }: Called, ...what: unknown[]): boolean =>
  heard.length === 1 && heard[0]?.every((each, index) => each === what[index]) === true;

const always: Readonly<Record<string, HotProbe>> = {
  'the `this` of the call': async ({ call }) => {
    const called = call((work, self) => work.answer(self?.n), { n: 7 });
    await later();
    return is(called, 'value', 7);
  },
  'a later answer, once': async ({ call }) => {
    let work!: Work;
    const called = call((begun) => {
      work = begun;
    });
    await later();
    work.answer(undefined);
    await later();
    return is(called, 'value', undefined);
  },
  'the same error object': async ({ call }) => {
    const called = call((work) => work.fail(problem));
    await later();
    return is(called, 'error', problem);
  },
  'what the call throws comes out': async ({ call }) => {
    const called = call(() => {
      throw problem;
    });
    await later();
    return is(called, 'error', problem);
  },
};

const ofCallbacks: Readonly<Record<string, HotProbe>> = {
  'a second answer is reported': async ({ call, reported }) => {
    call((work) => {
      work.answer(1);
      setImmediate(work.fail, problem);
    });
    await later();
    return (await reported()).length > 0;
  },
  'a throw after the answer is reported': async ({ call, reported }) => {
    call((work) => {
      work.answer(1);
      throw problem;
    });
    return (await reported()).includes('uncaughtException');
  },
  'a promise from the original is reported': async ({ call, convert, reported }) => {
    const converted = convert(async () => 1);
    const result = (converted.begin ?? converted)();
    result?.subscribe?.();
    call(() => {});
    return (await reported()).length > 0;
  },
};

const ofObjects: Readonly<Record<string, HotProbe>> = {
  'a result of another style is an error': async ({ convert }) => {
    const wrong = (): number => 1;
    const heard: unknown[] = [];
    for (const original of [wrong, { begin: wrong, end: wrong }]) {
      try {
        const result = convert(original)(() => {});
        await later();
        if (typeof result?.exception === 'function') throw result.exception(0);
        if (typeof result?.subscribe === 'function')
          result.subscribe({ error: (error: unknown) => heard.push(error) });
        else if (typeof result?.addErrback === 'function')
          result.addErrback((failure: unknown) => heard.push(failure));
        else await result;
      } catch (error) {
        heard.push(error);
      }
    }
    return heard.length > 0 && heard.every((each) => each !== undefined);
  },
};

const whereCancelled: Readonly<Record<string, HotProbe>> = {
  'cancelling stops the work, and is heard at once': ({ call }) => {
    let work!: Work;
    const { heard, cancel } = call((begun) => {
      work = begun;
    });
    cancel();
    return work.isStopped() && heard.length === 1 && heard[0]?.[0] === 'error';
  },
};
const whereLate: Readonly<Record<string, HotProbe>> = {
  'an answer after a cancel harms nobody': async ({ call, reported }) => {
    let work!: Work;
    const { heard, cancel } = call((begun) => {
      work = begun;
    });
    cancel();
    const before = heard.length;
    work.answer(1);
    await later();
    return heard.length === before && (await reported()).length === 0;
  },
};

const inside: Readonly<Record<string, HotProbe>> = {
  'what is there inside the call is heard inside it': ({ call }) =>
    is(
      call((work) => work.answer(1)),
      'value',
      1,
    ),
};
const outside: Readonly<Record<string, HotProbe>> = {
  'never inside the call': async ({ call }) => {
    const called = call((work) => work.answer(1));
    const early = called.heard.length;
    await later();
    return early === 0 && is(called, 'value', 1);
  },
  'the async context of the caller': async ({ call }) => {
    let work!: Work;
    let seen: string | undefined;
    context.run('caller', () => {
      const { heard } = call((begun) => {
        work = begun;
      });
      heard.push = (): number => {
        seen = context.getStore();
        return 0;
      };
    });
    context.run('pool', () => work.answer(1));
    await later();
    return seen === 'caller';
  },
};

const ofBeginEnd: Readonly<Record<string, HotProbe>> = {
  'an end that is early, second, or of another begin throws': async ({ convert, make }) => {
    let work!: Work;
    const [pair, other] = [1, 2].map(() =>
      convert(
        make((begun) => {
          work = begun;
        }),
      ),
    );
    const foreign = other.begin();
    const result = pair.begin();
    const throws = (take: () => unknown): boolean => {
      try {
        take();
        return false;
      } catch {
        return true;
      }
    };
    const early = throws(() => pair.end(result));
    work.answer(1);
    await later();
    const value = pair.end(result);
    return early && value === 1 && throws(() => pair.end(result)) && throws(() => pair.end(foreign));
  },
};

/** The probes of one conversion. */
export function hotProbesOf({
  source,
  writes,
}: Pick<Conversion, 'source' | 'writes'>): Readonly<Record<string, Probe>> {
  const isLate = writes === 'promise' || writes === 'callback';
  const probes: Readonly<Record<string, HotProbe>> = {
    ...always,
    ...(source === 'error-first' ? ofCallbacks : ofObjects),
    ...(isLate ? outside : writes === 'rxjs' ? ofSubscribers : whereCancelled),
    ...(isLate || source === 'promise' ? {} : inside),
    ...(!isLate && (source === 'promise' || source === 'error-first') ? whereLate : {}),
    ...(writes === 'begin-end' ? ofBeginEnd : {}),
    ...(source === 'rxjs' ? ofFirst : {}),
  };
  const bound =
    (probe: HotProbe): Probe =>
    async ({ convert, reported }) => {
      const make = (await hotOriginals[source]?.()) as MakeOriginal;
      const callOf = (original: unknown, self?: unknown): Called => {
        const heard: unknown[][] = [];
        let cancel: unknown;
        try {
          cancel = callers[writes]?.(convert(original as never), self, (...what) => heard.push(what));
        } catch (error) {
          heard.push(['error', error]);
        }
        return { heard, cancel: (cancel as Called['cancel'] | undefined) ?? (() => {}) };
      };
      const call = (begin: (work: Work, self: any) => void, self?: unknown): Called =>
        callOf(make(begin), self);
      return probe({ call, callOf, make, convert: convert as never, reported });
    };
  return Object.fromEntries(Object.entries(probes).map(([name, probe]) => [name, bound(probe)]));
}
