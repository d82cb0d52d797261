import {
  type AnyStart,
  FalsyRejectionError,
  type Receiver,
  Run,
  reportStray,
  runOrThrow,
  type Style,
} from '@anyasync/core';
import { styles } from '../styles.js';
import type { Native, StyleRecord } from './record.js';
import { values } from './values.js';

type Fn = (...args: unknown[]) => unknown;
type Source = Receiver<unknown, unknown>;

/** Changes what a receiver hears; for flaws of a style that is read. */
const hearing =
  (changed: (receiver: Source) => Partial<Source>) =>
  (style: Style): Style => ({
    ...style,
    lift: (fn) => {
      const start = style.lift(fn);
      return (receiver, self, args) => start(changing(receiver, changed(receiver)), self, args);
    },
  });

const changing = (receiver: Source, changed: Partial<Source>): Source => ({
  get active() {
    return receiver.active;
  },
  next: (item) => receiver.next(item),
  resolve: (value) => receiver.resolve(value),
  complete: () => (receiver as Receiver<void, unknown>).complete(),
  reject: (reason) => receiver.reject(reason),
  abort: (reason) => receiver.abort(reason),
  onCancel: (teardown) => receiver.onCancel(teardown),
  ...changed,
});

const reading =
  (changed: (start: AnyStart) => AnyStart) =>
  (style: Style): Style => ({
    ...style,
    lift: (fn) => changed(style.lift(fn)),
  });

/** Changes the callback that a written function calls. */
const calling =
  (changed: (done: Fn) => Fn) =>
  (style: Style): Style => ({
    ...style,
    lower: (start, source) => {
      const native = style.lower(start, source) as Native;
      return function (this: unknown, ...args: unknown[]) {
        return native.call(this, ...args.slice(0, -1), changed(args.at(-1) as Fn));
      };
    },
  });

/** Calls the callback inside the call, and nothing else wrong. */
class Inline extends Run<unknown> {
  constructor(private readonly done: Fn) {
    super();
  }
  protected override fulfilled(value: unknown): void {
    this.call(null, value);
  }
  protected override rejected(reason: unknown): void {
    this.call(reason || new FalsyRejectionError(reason));
  }
  private call(...args: unknown[]): void {
    try {
      this.done(...args);
    } catch (error) {
      reportStray('thrown', error);
    }
  }
}

/** What can be wrong with a style, one thing at a time. */
export const flaws = {
  none: (style) => style,
  'settles twice': calling((done) => (...args) => {
    done(...args);
    done(...args);
  }),
  'never settles': hearing(() => ({ resolve: () => {}, reject: () => {} })),
  'settles by itself': reading((start) => (receiver, self, args) => {
    start(receiver, self, args);
    setImmediate(() => receiver.active && receiver.resolve(undefined));
  }),
  'swallows a throw': reading((start) => (receiver, self, args) => {
    try {
      start(receiver, self, args);
    } catch {}
  }),
  'swallows what comes late': hearing((receiver) => ({
    resolve: (value) => receiver.active && receiver.resolve(value),
    reject: (reason) => receiver.active && receiver.reject(reason),
  })),
  'ignores cancel': hearing(() => ({ onCancel: () => {} })),
  'does not know cancelled': hearing((receiver) => ({ abort: (reason) => receiver.reject(reason) })),
  'loses undefined': hearing((receiver) => ({
    resolve: (value) => receiver.resolve(value === undefined ? null : value),
  })),
  'awaits a thenable': hearing((receiver) => ({
    resolve: (value) =>
      value === values.thenable
        ? values.thenable.then((inner) => receiver.resolve(inner))
        : receiver.resolve(value),
  })),
  'wraps errors': hearing((receiver) => ({
    reject: (reason) => receiver.reject(new Error('wrapped', { cause: reason })),
  })),
  'takes a falsy error for none': calling(
    (done) =>
      (error, ...given) =>
        done(error instanceof FalsyRejectionError ? error.reason : error, ...given),
  ),
  'drops this': reading((start) => (receiver, _self, args) => start(receiver, undefined, args)),
  'drops arguments': reading((start) => (receiver, self) => start(receiver, self, [])),
  'calls back inside the call': (style) => ({
    ...style,
    lower: (start): Native =>
      function (...args) {
        runOrThrow(start, new Inline(args.at(-1) as Fn), this, args.slice(0, -1));
      },
  }),
  'loses the async context': (style) => ({
    ...style,
    lower: (start, source) => style.lower(start, { ...source, context: 'subscriber' }),
  }),
  'is another style each time': (style) => style,
} satisfies Readonly<Record<string, (style: Style) => Style>>;

export type Flaw = keyof typeof flaws;

/** The callback style with one flaw; what it claims of itself stays the same. */
export function broken(flaw: Flaw): StyleRecord {
  const sound = styles.find(({ name }) => name === 'callback') as StyleRecord;
  const style = flaws[flaw](sound.style);
  return {
    ...sound,
    get style() {
      return flaw === 'is another style each time' ? { ...style, lift: (fn: Fn) => style.lift(fn) } : style;
    },
  };
}
