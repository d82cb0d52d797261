// The files of this folder are programs for the compiler: they are checked, never run. A line that must not compile stands under a
// directive that fails when it does.
import type { Signatures } from '@anyasync/core';

/** Whether two types are identical, not only assignable to each other. */
export type Equal<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles if the type is `true`. */
export declare function is<_ extends true>(): void;

/** Compiles if the function's overloads are exactly these, each `[this, arguments, what it returns]`. */
export declare function overloads<F, Expected extends unknown[]>(
  ...mismatch: Equal<Signatures<F>, Expected> extends true ? [] : [found: Signatures<F>]
): void;
