/** The classes of the hot styles, beside a native promise and jQuery's own: what one object of each is used for. */
import { load } from './conversion.js';

/** What is measured of a class. */
export interface Subject {
  /** Settles each of `n` objects with one callback, which reads its value; gives the sum. */
  readonly once: (n: number) => Promise<number>;
  /** Settles a chain of so many callbacks, each of which adds one; gives what comes out. Absent where there are no chains. */
  readonly chain?: (links: number) => Promise<number>;
  /** A pending one with a callback. */
  readonly pending: () => unknown;
}

const add = (n: number): number => n + 1;

async function native(): Promise<Subject> {
  let settle!: (n: number) => void;
  const make = (): Promise<number> => new Promise((resolve) => void (settle = resolve));
  return {
    once: async (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        void make().then((value) => void (sum += value));
        settle(1);
      }
      await null;
      return sum;
    },
    chain: (links) => {
      let last = make();
      for (let i = 0; i < links; i++) last = last.then(add);
      settle(0);
      return last;
    },
    pending: () => {
      const promise = make();
      void promise.then(ignore);
      return promise;
    },
  };
}

async function future(): Promise<Subject> {
  const { Future, continueWith } = await import('@anyasync/future');
  return {
    once: async (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const made = new Future<number>();
        made.addDoneCallback((done) => void (sum += done.result()));
        made.setResult(1);
      }
      return sum;
    },
    chain: async (links) => {
      const first = new Future<number>();
      let last = first;
      for (let i = 0; i < links; i++) last = continueWith(last, (done) => done.result() + 1);
      first.setResult(0);
      return last.result();
    },
    pending: () => {
      const made = new Future<number>();
      made.addDoneCallback(ignore);
      return made;
    },
  };
}

async function deferred(): Promise<Subject> {
  const { Deferred } = await import('@anyasync/deferred');
  return {
    once: async (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        const made = new Deferred<number>();
        made.addCallback((value) => void (sum += value));
        made.callback(1);
      }
      return sum;
    },
    chain: async (links) => {
      const made = new Deferred<number>();
      for (let i = 0; i < links; i++) made.addCallback(add);
      made.callback(0);
      return made.result as number;
    },
    pending: () => new Deferred<number>().addCallback(ignore),
  };
}

async function beginEnd(): Promise<Subject> {
  const { end, toAsyncResult } = await import('@anyasync/begin-end');
  const { operation } = await import('@anyasync/core');
  let settle!: (n: number) => void;
  const source = operation<number>((receiver) => {
    settle = (n) => receiver.resolve(n);
  });
  return {
    once: async (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        toAsyncResult(source, (result) => void (sum += end(result)));
        settle(1);
      }
      return sum;
    },
    pending: () => toAsyncResult(source, ignore),
  };
}

/** Ours, or jQuery's own: they are used in the same way. */
const jqueryOf = (load: () => Promise<() => any>) => async (): Promise<Subject> => {
  const Deferred = await load();
  return {
    once: async (n) => {
      let sum = 0;
      for (let i = 0; i < n; i++) {
        Deferred()
          .done((value: number) => void (sum += value))
          .resolve(1);
      }
      return sum;
    },
    chain: (links) =>
      new Promise((resolve) => {
        const first = Deferred();
        let last = first;
        for (let i = 0; i < links; i++) last = last.then(add);
        last.done(resolve);
        first.resolve(0);
      }),
    pending: () => Deferred().done(ignore),
  };
};

async function jquery4(): Promise<() => any> {
  const { JSDOM } = await load('jsdom');
  const { jQueryFactory } = await load('jquery/factory');
  return jQueryFactory(new JSDOM('').window).Deferred;
}

function ignore(): void {}

/** By the names of their rows; loaded when they are measured. */
export const classes: Readonly<Record<string, () => Promise<Subject>>> = {
  'native promise': native,
  Future: future,
  Deferred: deferred,
  AsyncResult: beginEnd,
  'jQuery 4 by us': jqueryOf(async () => (await import('@anyasync/jquery')).Deferred),
  'jQuery 4': jqueryOf(jquery4),
};
