/** To and from Observables of RxJS: ours beside the same by hand, and beside what RxJS has for it. */
import { type Conversion, core, type Fn, guarded, type Implementation, load } from './conversion.js';

type Style = 'callback' | 'promise' | 'future' | 'rxjs';
type HandWritten = typeof import('./hand-written-observables.js');

const byHand = (name: string, what: keyof HandWritten): Implementation => ({
  name,
  load: async () => (await import('./hand-written-observables.js'))[what] as never,
});
const styleOf = async (style: Style): Promise<unknown> => (await load(`@anyasync/${style}`))[style];

const convert = (from: Style, to: Style): Implementation => ({
  name: from === 'rxjs' ? 'anyasync convert, first()' : 'anyasync convert',
  load: async () => {
    const [{ convert, first }, read, written] = await Promise.all([core(), styleOf(from), styleOf(to)]);
    if (from !== 'rxjs') return (fn: Fn) => convert(fn, read, written);
    return (fn: Fn) => convert(fn, read, written, { fold: first() });
  },
});

/** A function of RxJS, or of ours that has the same name. */
const bound = (name: string, module: string): Implementation => ({
  name,
  load: async () => (await load(module)).bindNodeCallback,
});
/** A function of RxJS that takes what the original returns; or of ours that has the same name. */
const applied = (name: string, module: string, what: 'from' | 'firstValueFrom'): Implementation => ({
  name,
  load: async () => {
    const { [what]: apply } = await load(module);
    return (fn: Fn) =>
      function (this: unknown, ...args) {
        return apply(fn.apply(this, args));
      };
  },
});

export const observableConversions: readonly Conversion[] = [
  {
    title: 'callback -> rxjs',
    source: 'error-first',
    writes: 'rxjs',
    implementations: [
      bound('anyasync bindNodeCallback', '@anyasync/rxjs'),
      byHand(guarded, 'callbackToRxjs'),
      byHand('by hand, naive', 'naiveCallbackToRxjs'),
      bound('rxjs bindNodeCallback', 'rxjs'),
    ],
  },
  {
    title: 'promise -> rxjs',
    source: 'promise',
    writes: 'rxjs',
    implementations: [
      convert('promise', 'rxjs'),
      byHand(guarded, 'promiseToRxjs'),
      applied('rxjs from(promise)', 'rxjs', 'from'),
    ],
  },
  {
    title: 'future -> rxjs',
    source: 'future',
    writes: 'rxjs',
    implementations: [convert('future', 'rxjs'), byHand(guarded, 'futureToRxjs')],
  },
  {
    title: 'rxjs -> promise',
    source: 'rxjs',
    writes: 'promise',
    implementations: [
      convert('rxjs', 'promise'),
      byHand(guarded, 'rxjsToPromise'),
      applied('anyasync firstValueFrom', '@anyasync/rxjs', 'firstValueFrom'),
      applied('rxjs firstValueFrom', 'rxjs', 'firstValueFrom'),
    ],
  },
  {
    title: 'rxjs -> callback',
    source: 'rxjs',
    writes: 'callback',
    implementations: [convert('rxjs', 'callback'), byHand(guarded, 'rxjsToCallback')],
  },
  {
    title: 'rxjs -> future',
    source: 'rxjs',
    writes: 'future',
    implementations: [convert('rxjs', 'future'), byHand(guarded, 'rxjsToFuture')],
  },
];
