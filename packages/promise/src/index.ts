export { fromPromise } from './from.js';
export { promise } from './style.js';
export { type ToPromiseOptions, toPromise } from './to.js';
