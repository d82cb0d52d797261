// Types only: the style that a convention's options make.

import type { Arguments, FunctionOf, StyleTypes } from '@anyasync/core';
import type { ConventionOptions } from './convention.js';
import type { IsMultiple, IsNodeConvention } from './option-types.js';
import type { ReadConvention } from './read-types.js';
import type { WrittenArguments } from './write-types.js';

/** The styles made by `convention(options)`, for the compiler. */
export interface ConventionTypes<O extends ConventionOptions> extends StyleTypes {
  /** So that the styles of two conventions are two types. */
  readonly convention: O;
  readonly items: IsMultiple<O>;
  readonly promiseVersion: IsNodeConvention<O>;
  readonly read: ReadConvention<O, Arguments<this['args']>>;
  readonly write: FunctionOf<
    this['this'],
    WrittenArguments<O, Arguments<this['args']>, this['value'], this['item']>,
    void
  >;
}

/** Node's callbacks, for the compiler: the preset `callback`. */
export type CallbackTypes = ConventionTypes<{ readonly style: 'error-first' }>;
