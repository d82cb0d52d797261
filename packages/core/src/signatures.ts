// Types only: what a function's type says about its overloads and arguments.

/** Any function: the constraint where a function of any style is taken. */
export type AnyFunction = (...args: any[]) => any;

/** What a style's functions are: functions, or objects of several functions, such as a begin and its end. */
export type AnyNative = AnyFunction | object;

/** Whether a type is `any`. */
export type IsAny<T> = 0 extends 1 & T ? true : false;

/** Whether a type is `never`. */
export type IsNever<T> = [T] extends [never] ? true : false;

/** Whether two types are the same type, not only assignable to each other. */
export type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** One overload of a function: the `this` it declares (`unknown` if none), its arguments, what it returns. */
export type Signature = readonly [self: unknown, args: readonly any[], returns: unknown];

/**
 * The overloads of a function in their order, each a {@link Signature}.
 *
 * There are 12 slots. The compiler fills those that a function does not need with its first overload, so the copies at the front are
 * dropped. Of a function with more overloads the first ones are lost; a generic overload is seen with its constraints.
 */
export type Signatures<F> =
  IsAny<F> extends true
    ? [[unknown, any[], any]]
    : F extends {
          (this: infer T1, ...args: infer A1): infer R1;
          (this: infer T2, ...args: infer A2): infer R2;
          (this: infer T3, ...args: infer A3): infer R3;
          (this: infer T4, ...args: infer A4): infer R4;
          (this: infer T5, ...args: infer A5): infer R5;
          (this: infer T6, ...args: infer A6): infer R6;
          (this: infer T7, ...args: infer A7): infer R7;
          (this: infer T8, ...args: infer A8): infer R8;
          (this: infer T9, ...args: infer A9): infer R9;
          (this: infer T10, ...args: infer A10): infer R10;
          (this: infer T11, ...args: infer A11): infer R11;
          (this: infer T12, ...args: infer A12): infer R12;
        }
      ? Same<[T1, A1, R1], [T12, A12, R12]> extends true
        ? [[T1, A1, R1]]
        : WithoutCopies<
            [
              [T1, A1, R1],
              [T2, A2, R2],
              [T3, A3, R3],
              [T4, A4, R4],
              [T5, A5, R5],
              [T6, A6, R6],
              [T7, A7, R7],
              [T8, A8, R8],
              [T9, A9, R9],
              [T10, A10, R10],
              [T11, A11, R11],
              [T12, A12, R12],
            ]
          >
      : [];

/** Drops the first element as long as it is the same as the second. */
type WithoutCopies<List extends unknown[]> = List extends [infer First, infer Second, ...infer Rest]
  ? Same<First, Second> extends true
    ? WithoutCopies<[Second, ...Rest]>
    : List
  : List;

/** Whether a function has more than one overload. */
export type IsOverloaded<F> = Signatures<F> extends [unknown] ? false : true;

/** Whether a function, or one of its overloads, declares its `this`. */
export type HasThis<F> = unknown extends Signatures<F>[number][0] ? false : true;

/**
 * Whether a function has type parameters of its own: it differs from the same function written down without any. Only told of functions
 * with one signature and no properties; more is read without type parameters anyway.
 */
export type IsGeneric<F> = [keyof F] extends [never]
  ? Signatures<F> extends [infer Only extends Signature]
    ? Same<F, FunctionOf<Only[0], Only[1], Only[2]>> extends true
      ? false
      : true
    : false
  : false;

/** A function type. `this` is written only if it was declared. */
export type FunctionOf<This, Args extends readonly any[], Returns> = unknown extends This
  ? (...args: Args) => Returns
  : (this: This, ...args: Args) => Returns;

/**
 * `[the arguments before the last, the last]`, with their labels and `?`. `undefined` if there is no argument, or an open number of them;
 * an open number of `any` may end with anything.
 */
export type SplitLast<Args extends readonly unknown[]> = Args extends readonly []
  ? undefined
  : Args extends readonly [...infer Before, infer Last]
    ? [Before, Last]
    : number extends Args['length']
      ? IsAny<Args[number]> extends true
        ? [Args, any]
        : undefined
      : Args extends readonly [...infer Before, (infer Last)?]
        ? [Before, Last]
        : undefined;

/** `[the other arguments, the one at Index]`; `undefined` if there is none. Labels and `?` are kept, except before an open end. */
export type SplitAt<
  Args extends readonly unknown[],
  Index extends number,
  Before extends readonly unknown[] = [],
  Passed extends readonly unknown[] = [],
> = Args extends readonly []
  ? undefined
  : Args extends readonly [infer First, ...infer After]
    ? Passed['length'] extends Index
      ? [[...Before, ...After], First]
      : SplitAt<After, Index, [...Before, ...Head<Args, After, [First]>], [...Passed, First]>
    : Args extends readonly [(infer First)?, ...infer After]
      ? number extends Args['length']
        ? IsAny<Args[number]> extends true
          ? [[...Before, ...Args], any]
          : undefined
        : Passed['length'] extends Index
          ? [[...Before, ...After], First]
          : SplitAt<After, Index, [...Before, ...Head<Args, After, [First?]>], [...Passed, First]>
      : undefined;

/** What stands before `After`, with its label where the compiler can tell it. */
type Head<
  Args extends readonly unknown[],
  After extends readonly unknown[],
  Unlabelled extends readonly unknown[],
> = number extends Args['length']
  ? Unlabelled
  : Args extends readonly [...infer First, ...After]
    ? First
    : Unlabelled;
