export { boundTo, unbound } from './bound.js';
export { all, allSettled, any, asCompleted, race, timeout } from './combine.js';
export { inContext } from './context.js';
export {
  assertConvertOptions,
  assertStyle,
  type ConvertOptions,
  convert,
  withOptions,
} from './convert.js';
export { type ConvertAllOptions, convertAll } from './convert-all.js';
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
export { type Outcome, outcome } from './outcome.js';
export type { Operation, Receiver, Teardown } from './protocol.js';
export { type Origin, originOf } from './realm.js';
export { Run } from './run.js';
export { isTime, type RunOptions, type Signal } from './run-options.js';
export type * from './signatures.js';
export {
  type AnyStart,
  assertOperation,
  isOperation,
  operation,
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
export type * from './view-types.js';
