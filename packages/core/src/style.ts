import type { AnyStart } from './start.js';
import type { StyleTypes } from './style-types.js';

/** What a style can carry. {@link losses} compares two of them; nothing is lost in a conversion that they do not say. */
export interface Traits {
  /** It can carry items before its end. */
  readonly items: boolean;
  /** Work starts when the consumer asks, each time anew; otherwise it is running already. */
  readonly lazy: boolean;
  /** Who comes after the end still gets the result. */
  readonly replay: boolean;
  /** Whether a result that is there inside the call reaches the consumer inside it. */
  readonly delivery: 'sync' | 'async';
  /** What the consumer's cancel does: stop the work, only stop listening, or there is none. */
  readonly cancel: 'stop' | 'detach' | 'none';
  /** Cancelled is a state of its own, neither value nor error. */
  readonly cancelled: boolean;
  /** Which errors it can tell from success: any, some (a falsy one is replaced), or none. */
  readonly errors: 'any' | 'some' | 'none';
  /** A thenable can be a value, and is not awaited. */
  readonly thenables: boolean;
  /** How many values an end can carry. */
  readonly arguments: 'one' | 'many';
  /** Values can come beside an error. They cannot, unless this is true. */
  readonly beside?: boolean;
  /** The function is called with a `this`. */
  readonly this: boolean;
  /** The consumer can slow the source down. */
  readonly backpressure: boolean;
  /** In whose async context (AsyncLocalStorage) the consumer runs: its own, or that of whoever settles. */
  readonly context: 'subscriber' | 'emitter';
  /** Consumers at the same time share one run, although it is lazy. */
  readonly shared?: boolean;
  /** Null can be an item or a value. It can, unless this is false. */
  readonly nulls?: boolean;
}

/** A native function of a style: usually a function, for begin/end a pair of them. */
export type Native = any;

interface Described<S extends StyleTypes> {
  /** As it is named in messages and in the README's tables. */
  readonly name: string;
  /** What its functions can carry when they are read. */
  readonly traits: Traits;
  /** How many of its arguments are callbacks, for the `length` of what is written; none by default. */
  readonly callbacks?: number;
  /** Only for the compiler: the type lambdas of this style. */
  readonly types?: S;
}

/** The reading half of a style. */
export interface Readable<S extends StyleTypes = StyleTypes> extends Described<S> {
  /** Reads a native function: each start is one call of it. */
  readonly lift: (fn: Native) => AnyStart;
  /** Throws an ArgumentError unless `fn` can be a native function of this style. By default it must be a function. */
  readonly check?: (fn: unknown) => void;
  /**
   * Where a method of this style is several members of its object, such as beginX and endX: the native function behind the method's name,
   * bound to the object, or undefined. It looks its members up at each call.
   */
  readonly find?: (object: object, name: string) => Native | undefined;
}

/** The writing half of a style. */
export interface Writable<S extends StyleTypes = StyleTypes> extends Described<S> {
  /** Where a written function has less, or other, than one that is read. */
  readonly written?: Partial<Traits>;
  /**
   * Writes a start as a native function. `source` are the traits of the style that it was read from, `arity` is the number of arguments that
   * the original declares, where it is known.
   */
  readonly lower: (start: AnyStart, source: Traits, arity?: number) => Native;
  /** Where a written method is several members of its object: the method that a member's name belongs to, and which part of it it is. */
  readonly members?: (name: string) => Member | undefined;
  /** What {@link convertAll} appends to the names of methods written in it: `Async`, unless it is said here. */
  readonly suffix?: string;
}

/** One of the members that a method of a style consists of: `beginRead` is the part `begin` of the method `read`. */
export interface Member {
  readonly method: string;
  readonly part: string;
}

/**
 * One asynchronous style: how a native function of it is read into the core, and how the core is written out as one.
 * With N styles there are 2N such functions, never N x N.
 */
export interface Style<S extends StyleTypes = StyleTypes> extends Readable<S>, Writable<S> {}

/**
 * Two records are one style if they read functions in the same way, and write them in the same way as far as both do: one may only read,
 * and one reader may serve several dialects.
 */
export function isSameStyle(a: Partial<Style>, b: Partial<Style>): boolean {
  if (a.lift === undefined || a.lift !== b.lift) return false;
  return a.lower === undefined || b.lower === undefined || a.lower === b.lower;
}
