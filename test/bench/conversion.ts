/** What is measured: a conversion, and everybody who can do it. Only what one process measures is loaded in it. */
import type { HotStyle } from './hot-styles.js';

export type Fn = (...args: unknown[]) => unknown;

/** The style of the function that is converted. */
export type Source = 'error-first' | 'value-only' | 'pair' | 'options' | 'handler' | 'promise' | HotStyle;

export interface Implementation {
  readonly name: string;
  /** Loads it, and gives its conversion: of the function, or, in a conversion with a signal, to `(signal, ...args) => ...`. */
  readonly load: () => Promise<(fn: Fn) => Fn>;
  /** How it is given a signal, for the row of what it guarantees. */
  readonly loadSignal?: () => Promise<(fn: Fn) => Fn>;
}

export interface Conversion {
  readonly title: string;
  readonly source: Source;
  readonly writes: 'promise' | 'callback' | HotStyle;
  /** Each call has a signal of its own. */
  readonly signal?: true;
  /** The first is ours, the second the hand-written one with the same guarantees. */
  readonly implementations: readonly Implementation[];
}

// By a variable: TypeScript should not look for types, nor the bundler for the module.
export const load = async (name: string): Promise<any> => {
  const module = await import(name);
  return module.default === undefined ? module : { ...module.default, ...module };
};
export const core = (): Promise<any> => load('@anyasync/core');

/** The name of the row that ours is compared with. */
export const guarded = 'by hand, same guarantees';
