/** Between futures, begin/end, Deferreds, jQuery promises, callbacks and promises: ours beside the same by hand. */
import { type Conversion, core, type Fn, guarded, load } from './conversion.js';

type Style = 'callback' | 'promise' | 'future' | 'begin-end' | 'deferred' | 'jquery';
type HandWritten = typeof import('./hand-written-to-hot.js') &
  typeof import('./hand-written-from-hot.js') &
  typeof import('./hand-written-hot-to-callback.js') &
  typeof import('./hand-written-promise-to-hot.js');

/** The record of a style, as its package exports it. */
const styleOf = async (style: Style): Promise<unknown> =>
  (await load(`@anyasync/${style}`))[style === 'begin-end' ? 'beginEnd' : style];

const toHot = (): Promise<typeof import('./hand-written-to-hot.js')> => import('./hand-written-to-hot.js');
const fromHot = (): Promise<typeof import('./hand-written-from-hot.js')> =>
  import('./hand-written-from-hot.js');
const hotToCallback = (): Promise<object> => import('./hand-written-hot-to-callback.js');
const promiseToHot = (): Promise<object> => import('./hand-written-promise-to-hot.js');

function conversion(
  from: Style,
  to: Style,
  byHand: keyof HandWritten,
  loadByHand: () => Promise<object>,
): Conversion {
  return {
    title: `${from} -> ${to}`,
    source: from === 'callback' ? 'error-first' : from,
    writes: to,
    implementations: [
      {
        name: 'anyasync convert',
        load: async () => {
          const [{ convert }, read, written] = await Promise.all([core(), styleOf(from), styleOf(to)]);
          return (fn: Fn) => convert(fn, read, written);
        },
      },
      {
        name: guarded,
        load: async () => ((await loadByHand()) as Record<string, any>)[byHand],
      },
    ],
  };
}

export const hotConversions: readonly Conversion[] = [
  conversion('callback', 'future', 'callbackToFuture', toHot),
  conversion('callback', 'begin-end', 'callbackToBeginEnd', toHot),
  conversion('callback', 'deferred', 'callbackToDeferred', toHot),
  conversion('callback', 'jquery', 'callbackToJQuery', toHot),
  conversion('promise', 'future', 'promiseToFuture', toHot),
  conversion('promise', 'begin-end', 'promiseToBeginEnd', promiseToHot),
  conversion('promise', 'deferred', 'promiseToDeferred', promiseToHot),
  conversion('promise', 'jquery', 'promiseToJQuery', promiseToHot),
  conversion('future', 'promise', 'futureToPromise', fromHot),
  conversion('future', 'callback', 'futureToCallback', fromHot),
  conversion('begin-end', 'callback', 'beginEndToCallback', hotToCallback),
  conversion('deferred', 'callback', 'deferredToCallback', hotToCallback),
  conversion('jquery', 'callback', 'jqueryToCallback', hotToCallback),
  conversion('begin-end', 'promise', 'beginEndToPromise', fromHot),
  conversion('deferred', 'promise', 'deferredToPromise', fromHot),
  conversion('jquery', 'promise', 'jqueryToPromise', fromHot),
  conversion('future', 'deferred', 'futureToDeferred', toHot),
  conversion('deferred', 'future', 'deferredToFuture', toHot),
];
