export { type BindOptions, bindCallback, bindNodeCallback } from './bind.js';
export { fromObservable } from './from.js';
export type { RxObservable } from './installed.js';
export { rxjs } from './style.js';
export { toObservable } from './to.js';
export type * from './types.js';
export { firstValueFrom, lastValueFrom } from './value.js';
