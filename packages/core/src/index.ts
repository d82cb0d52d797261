export { boundTo, unbound } from './bound.js';
export { all, allSettled, any, asCompleted, race } from './combine.js';
export {
  type Context,
  type ContextOption,
  contextHere,
  type Enter,
  enterHere,
  inContext,
} from './context.js';
export {
  assertStyle,
  type ConvertOptions,
  convert,
  withOptions,
} from './convert.js';
export { type ConvertAllOptions, convertAll, type ViewOptions } from './convert-all.js';
export { assertObject, convertEach } from './convert-each.js';
export type { Selection } from './convertible.js';
export { createdAt, setDebugging, stackAbove } from './debugging.js';
export { describeAs } from './describe-as.js';
export {
  ArgumentError,
  assertArgument,
  CancelledError,
  EmptyError,
  enough,
  isCancelled,
  TimeoutError,
  TooManyItemsError,
  UnexpectedItemError,
  WouldDeadlockError,
} from './errors.js';
export { fail } from './fail.js';
export { FalsyRejectionError } from './falsy-rejection.js';
export {
  count,
  type Fold,
  first,
  type Itemless,
  last,
  type OperationOptions,
  only,
  toArray,
} from './fold.js';
export { giveHandle, isStoppable, type StopHandle } from './handle.js';
export { type Loss, losses } from './losses.js';
export { operation } from './operation.js';
export { assertConvertOptions, optionsOf } from './options-of.js';
export type * from './original-types.js';
export { type Outcome, outcome } from './outcome.js';
export type { Operation, Receiver, Teardown } from './protocol.js';
export { assertNoMore, propertyOf, readOptions } from './read-options.js';
export { type Origin, originOf } from './realm.js';
export { branded, hasMethods, isMarked } from './recognise.js';
export { Run } from './run.js';
export { isTime, type RunOptions } from './run-options.js';
export { hide } from './show.js';
export { onAbort, type Signal } from './signal.js';
export type * from './signatures.js';
export {
  type AnyStart,
  assertOperation,
  discard,
  isOperation,
  operationOf,
  run,
  runOrThrow,
  type Start,
  startSelf,
} from './start.js';
export { attribute, onStray, reportStray, type Stray, type StrayListener, warn } from './stray.js';
export type { Member, Native, Readable, Style, Traits, Writable } from './style.js';
export type * from './style-types.js';
export { sync } from './sync.js';
export { Through } from './through.js';
export { throwIfEmpty } from './throw-if-empty.js';
export { timeout } from './timeout.js';
export type { Chosen, DefaultSuffix, InPlace, MethodNames, Selected } from './view-names.js';
export type * from './view-types.js';
