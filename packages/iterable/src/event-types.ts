import type { IsAny, IsNever } from '@anyasync/core';
import type { EmitterOf } from './host-types.js';

/** What the listeners of an event are called with, where the target's type tells it: `any[]` where it does not. */
export type EventArgs<Target, Name> =
  IsAny<Target> extends true
    ? any[]
    : IsNever<EventsOf<Target>> extends true
      ? Handled<Target, Name>
      : Name extends keyof EventsOf<Target>
        ? ArgsIn<EventsOf<Target>[Name]>
        : any[];

/** A target with an `onclick` tells what a click is. */
type Handled<Target, Name> = Name extends string
  ? Target extends { readonly [K in `on${Name}`]: ((event: infer E) => any) | null }
    ? [event: E]
    : any[]
  : any[];

/** What `values` makes of the arguments of an event: the first, all of them, or an object of names. */
export type EventItem<Args extends readonly any[], V> = V extends 'all'
  ? Args
  : V extends readonly string[]
    ? { [I in keyof V & `${number}` as V[I] & string]: At<Args, I> }
    : At<Args, '0'>;

type At<Args extends readonly any[], I> = I extends keyof Args
  ? Args[I]
  : number extends Args['length']
    ? Args[number]
    : undefined;

type ArgsIn<Args> = IsAny<Args> extends true ? any[] : Args extends readonly any[] ? Args : any[];

/** The events of an emitter whose type has them: `EventEmitter<{ line: [text: string] }>`. Of a class that extends one, only their names. */
type EventsOf<Target> = Target extends EmitterOf<infer Events> ? Events : never;
