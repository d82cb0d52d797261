export { type CallbackifyOptions, callbackify } from './callbackify.js';
export type { ConventionOptions, Until } from './convention.js';
export { fromCallback } from './from.js';
export type { Methods } from './methods.js';
export {
  callbackOptions,
  callbackPair,
  chromeCallback,
  convention,
  handler,
  valueCallback,
} from './presets.js';
export { type PromisifyOptions, promisify } from './promisify.js';
export { promisifyAll } from './promisify-all.js';
export { callback } from './style.js';
export { toCallback } from './to.js';
export type * from './types.js';
export { type UniversalifyOptions, universalify } from './universalify.js';
export { universalifyAll } from './universalify-all.js';
export type { Values } from './values.js';
