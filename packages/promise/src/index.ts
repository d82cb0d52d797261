export { fromPromise, isThenable } from './from.js';
export { promise } from './style.js';
export { toPromise } from './to.js';
