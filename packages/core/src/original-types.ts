// Types only: the original that comes back where a conversion without options meets what was converted without options.

import type { RunOptions } from './run-options.js';
import type { IsAny, Same } from './signatures.js';
import type { Converted, PromiseTypes, StyleTypes, SyncTypes } from './style-types.js';

declare const origin: unique symbol;

/** Only for the compiler: what a function was converted from, without options. */
export interface ConvertedFrom<F, From extends StyleTypes, To extends StyleTypes> {
  readonly [origin]?: readonly [F, From, To];
}

/** What a conversion without options gives: `Made`, or what comes back, which has no `with`, where nothing is converted, or converted back. */
export type OrOriginal<F, From extends StyleTypes, To extends StyleTypes, Made> =
  IsAny<F> extends true
    ? Made
    : Same<From, To> extends true
      ? From extends PromiseTypes | SyncTypes
        ? F
        : Converted<F, From, To>
      : F extends { readonly [origin]?: readonly [infer Original, To, From] }
        ? unknown extends Original
          ? Made & ConvertedFrom<F, From, To>
          : Original
        : Made & ConvertedFrom<F, From, To>;

/** That no option of a run is given. */
export type NoOptions = { readonly [Name in keyof RunOptions | 'fold']?: undefined };
