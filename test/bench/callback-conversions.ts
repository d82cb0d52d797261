/** Callbacks of every kind to promises and back, beside the well-known packages. */
import { type Conversion, core, type Fn, guarded, type Implementation, load } from './conversion.js';

const ours = (): Promise<any> => load('@anyasync/callback');
const native = (): Promise<any> => load('@anyasync/promise');
const hand = (): Promise<typeof import('./hand-written.js')> => import('./hand-written.js');
const handConventions = (): Promise<typeof import('./hand-written-conventions.js')> =>
  import('./hand-written-conventions.js');

const promisifySignal = async (): Promise<(fn: Fn) => Fn> => {
  const { promisify } = await ours();
  return (fn) => {
    const promisified = promisify(fn);
    return function (this: unknown, signal, ...args) {
      return promisified.with({ signal }).apply(this, args);
    };
  };
};
const callbackifySignal = async (): Promise<(fn: Fn) => Fn> => {
  const { callbackify } = await ours();
  return (fn) => {
    const callbackified = callbackify(fn);
    return function (this: unknown, signal, ...args) {
      return callbackified.with({ signal }).apply(this, args);
    };
  };
};
const rxSignal = async (): Promise<(fn: Fn) => Fn> => {
  const { bindNodeCallback, firstValueFrom, fromEvent, takeUntil } = await load('rxjs');
  return (fn) => {
    const bound = bindNodeCallback(fn);
    return function (this: unknown, signal, ...args) {
      return firstValueFrom(bound.apply(this, args).pipe(takeUntil(fromEvent(signal, 'abort'))));
    };
  };
};

/** A convention read by ours, as the style of that name. */
const convention = (style: string): Implementation => ({
  name: 'anyasync convert',
  load: async () => {
    const [{ convert }, styles, { promise }] = await Promise.all([core(), ours(), native()]);
    return (fn) => convert(fn, styles[style], promise);
  },
});
const naive = 'by hand, naive';

export const callbackConversions: readonly Conversion[] = [
  {
    title: 'callback -> promise',
    source: 'error-first',
    writes: 'promise',
    implementations: [
      {
        name: 'anyasync promisify',
        load: async () => (await ours()).promisify,
        loadSignal: promisifySignal,
      },
      {
        name: guarded,
        load: async () => (await hand()).guardedPromisify,
        loadSignal: async () => (await hand()).guardedPromisifySignal,
      },
      {
        name: naive,
        load: async () => (await hand()).naivePromisify,
        loadSignal: async () => (await hand()).naivePromisifySignal,
      },
      { name: 'util.promisify', load: async () => (await load('node:util')).promisify },
      { name: 'pify', load: async () => (await import('pify' as string)).default },
      { name: 'es6-promisify', load: async () => (await load('es6-promisify')).promisify },
      { name: 'universalify', load: async () => (await load('universalify')).fromCallback },
      {
        name: 'bluebird promisify',
        load: async () => (await import('bluebird' as string)).default.promisify,
      },
      {
        name: 'rxjs bindNodeCallback',
        load: async () => {
          const { bindNodeCallback, firstValueFrom } = await load('rxjs');
          return (fn) => {
            const bound = bindNodeCallback(fn);
            return function (this: unknown, ...args) {
              return firstValueFrom(bound.apply(this, args));
            };
          };
        },
        loadSignal: rxSignal,
      },
      {
        name: 'anyasync universalify',
        load: async () => (await ours()).universalify,
      },
      {
        name: 'anyasync from + to',
        load: async () => {
          const [{ fromCallback }, { toPromise }] = await Promise.all([ours(), native()]);
          return (fn) =>
            (...args) =>
              toPromise(fromCallback(fn, ...args));
        },
      },
    ],
  },
  {
    title: 'promise -> callback',
    source: 'promise',
    writes: 'callback',
    implementations: [
      {
        name: 'anyasync callbackify',
        load: async () => (await ours()).callbackify,
        loadSignal: callbackifySignal,
      },
      {
        name: guarded,
        load: async () => (await hand()).guardedCallbackify,
        loadSignal: async () => (await hand()).guardedCallbackifySignal,
      },
      { name: naive, load: async () => (await hand()).naiveCallbackify },
      { name: 'util.callbackify', load: async () => (await load('node:util')).callbackify },
      { name: 'universalify', load: async () => (await load('universalify')).fromPromise },
      {
        name: 'bluebird asCallback',
        load: async () => {
          const { default: Bluebird } = await import('bluebird' as string);
          return (fn) =>
            function (this: unknown, ...args) {
              const callback = args.pop();
              Bluebird.resolve(fn.apply(this, args)).asCallback(callback);
            };
        },
      },
      {
        name: 'anyasync from + to',
        load: async () => {
          const [{ toCallback }, { fromPromise }] = await Promise.all([ours(), native()]);
          return (fn) =>
            function (this: unknown, ...args) {
              const callback = args.pop();
              toCallback(fromPromise(fn.apply(this, args)), callback);
            };
        },
      },
    ],
  },
  {
    title: 'callback -> promise, a signal each call',
    source: 'error-first',
    writes: 'promise',
    signal: true,
    implementations: [
      { name: 'anyasync promisify.with', load: promisifySignal },
      { name: guarded, load: async () => (await hand()).guardedPromisifySignal },
      { name: naive, load: async () => (await hand()).naivePromisifySignal },
      { name: 'rxjs takeUntil', load: rxSignal },
    ],
  },
  {
    title: 'promise -> callback, a signal each call',
    source: 'promise',
    writes: 'callback',
    signal: true,
    implementations: [
      { name: 'anyasync callbackify.with', load: callbackifySignal },
      { name: guarded, load: async () => (await hand()).guardedCallbackifySignal },
    ],
  },
  {
    title: 'value-only callback -> promise',
    source: 'value-only',
    writes: 'promise',
    implementations: [
      convention('valueCallback'),
      { name: guarded, load: async () => (await handConventions()).guardedValueOnly },
      { name: naive, load: async () => (await handConventions()).naiveValueOnly },
      {
        name: 'pify errorFirst: false',
        load: async () => {
          const { default: pify } = await import('pify' as string);
          return (fn) => pify(fn, { errorFirst: false });
        },
      },
      {
        name: 'rxjs bindCallback',
        load: async () => {
          const { bindCallback, firstValueFrom } = await load('rxjs');
          return (fn) => {
            const bound = bindCallback(fn);
            return function (this: unknown, ...args) {
              return firstValueFrom(bound.apply(this, args));
            };
          };
        },
      },
    ],
  },
  {
    title: 'callback pair -> promise',
    source: 'pair',
    writes: 'promise',
    implementations: [
      convention('callbackPair'),
      { name: guarded, load: async () => (await handConventions()).guardedPair },
      { name: naive, load: async () => (await handConventions()).naivePair },
    ],
  },
  {
    title: 'callback options -> promise',
    source: 'options',
    writes: 'promise',
    implementations: [
      convention('callbackOptions'),
      { name: guarded, load: async () => (await handConventions()).guardedOptions },
      { name: naive, load: async () => (await handConventions()).naiveOptions },
    ],
  },
  {
    title: 'handler object -> promise',
    source: 'handler',
    writes: 'promise',
    implementations: [
      convention('handler'),
      { name: guarded, load: async () => (await handConventions()).guardedHandler },
      { name: naive, load: async () => (await handConventions()).naiveHandler },
    ],
  },
];
