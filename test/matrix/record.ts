import type { Style } from '@anyasync/core';
import type { Consumer, Play } from './world.js';

/** A native function: what it takes and returns, only its style knows. */
export type Native = (this: unknown, ...args: any[]) => any;

/** What a native function of the style can do as a source, beyond its traits. */
export interface Reads {
  /** It can answer after the call has returned. */
  readonly later: boolean;
  /** Which errors it can deliver; `thrown`: any, but only as a throw of the call. */
  readonly errors: 'any' | 'not nullish' | 'truthy' | 'none' | 'thrown';
  /** It can answer twice, against its own rules. */
  readonly twice: boolean;
  /** How it delivers one value: as a value, or as an item and the end after it. */
  readonly ends: 'value' | 'complete';
  /** It is told inside the call that nobody listens any more. */
  readonly inside: boolean;
  /** Who hears what the source had brought before a cancel, or brings after it: the run that reads it, the object that the source settles, or nobody. */
  readonly late: 'run' | 'object' | 'nobody';
  /** It drops what is brought after it was told to stop. */
  readonly drops: boolean;
  /** It can deliver null. */
  readonly nulls: boolean;
  /** It is told to stop also when it has answered already, inside the call that was cancelled. */
  readonly told: boolean;
  /** It is told why it is stopped. */
  readonly reason: boolean;
  /** How its run hears what the source throws: as a throw of the call, or as an error like others, which the library made of it. */
  readonly thrown: 'thrown' | 'error';
  /** When the run gets the means to stop it: as what the call returned, or `first`, before its first answer can arrive. */
  readonly handle: 'returned' | 'first';
}

/** What a function written in the style shows its consumer, beyond its traits. */
export interface Writes {
  /** It can show what comes after the call has returned. */
  readonly later: boolean;
  /** Which errors it can show as the same object; for others there is a substitute, or with `none` a stray. */
  readonly errors: 'any' | 'truthy' | 'none';
  /** Where a throw of the source inside the call arrives: at the caller of the call, or as an error. */
  readonly throws: 'thrown' | 'error';
  /** Who gets what a consumer throws: the strays, the promise that `then` returned, the consumer, who is the caller itself, or the library's own report. */
  readonly consumer: 'stray' | 'derived' | 'caller' | 'library';
  readonly ends: 'value' | 'complete';
  /** What the consumer hears of its own cancel: nothing, or the end like all others, because it is one of several listeners. */
  readonly stopped: 'quiet' | 'heard';
  /** The consumer can say why it cancels. */
  readonly reason: boolean;
  /** Whether the work starts inside the call that asks for it, or in a later turn. */
  readonly starts: 'inside' | 'later';
  /** It can show null; for others it is an error of this name. */
  readonly nulls: true | string;
}

export interface StyleRecord {
  readonly name: string;
  readonly package: string;
  readonly style: Style;
  readonly reads: Reads;
  readonly writes: Writes;
  /** A native function of this style that plays a script at each call. */
  readonly source: (play: Play) => unknown;
  /** Calls a native function of this style; callbacks are passed here. */
  readonly call: (native: Native, self: unknown, args: readonly unknown[], on: Consumer) => unknown;
  /** Listens to what the call returned, where that is how the style is consumed. */
  readonly consume?: (result: never, on: Consumer) => Consumed;
}

/** What the consumer got to stop the work with, where the style has it. */
export interface Consumed {
  readonly cancel?: (reason: unknown) => void;
}

/** What a call would show without doing anything special, and so a style says only where it differs. */
export const usual = {
  reads: {
    later: true,
    errors: 'any',
    twice: true,
    ends: 'value',
    inside: false,
    late: 'run',
    told: true,
    reason: true,
    thrown: 'thrown',
    handle: 'returned',
    drops: false,
    nulls: true,
  },
  writes: {
    later: true,
    errors: 'any',
    throws: 'thrown',
    consumer: 'stray',
    ends: 'value',
    stopped: 'quiet',
    reason: true,
    starts: 'inside',
    nulls: true,
  },
} as const;
