export { isObservable } from './dialect.js';
export { fromObservable, fromSubscribable } from './from.js';
export { sharingOf } from './sharing.js';
export { type ObservableConventionOptions, observable, observableConvention } from './style.js';
export { type AnyObservable, type ObservableOptions, toObservable } from './to.js';
export type * from './types.js';
export {
  firstValueFrom,
  lastValueFrom,
  type ValueFrom,
  type ValueFromOptions,
  valueFromWith,
} from './value.js';
