export { FalsyRejectionError } from './callback-run.js';
export { type CallbackifyOptions, callbackify } from './callbackify.js';
export type { ConventionOptions, Methods } from './convention.js';
export { fromCallback } from './from.js';

export { type PromisifyOptions, promisify } from './promisify.js';
export { promisifyAll } from './promisify-all.js';
export {
  callback,
  callbackOptions,
  callbackPair,
  chromeCallback,
  convention,
  handler,
  valueCallback,
} from './style.js';
export { type ToCallbackOptions, toCallback } from './to.js';
export type * from './types.js';
export { type UniversalifyOptions, universalify } from './universalify.js';
export type { Values } from './values.js';
