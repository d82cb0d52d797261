/** What a guarantee is tried with. */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Fn } from './conversion.js';

type Convert = (fn: Fn) => Fn;

export interface Tried {
  readonly convert: Convert;
  readonly signal: Convert | undefined;
  /** What was reported since the last question: warnings, uncaught exceptions and unhandled rejections. */
  readonly reported: () => Promise<string[]>;
}

/** Whether a guarantee holds. */
export type Probe = (tried: Tried) => Promise<boolean> | boolean;

export const later = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 2));
export const problem = new Error('problem');
export const context = new AsyncLocalStorage<string>();
