import { type ConvertAllOptions, convertAll } from '@anyasync/core';
import { promise } from '@anyasync/promise';
import { callback } from './style.js';

export function promisifyAll(object: object, options?: ConvertAllOptions): object {
  return convertAll(object, callback, promise, options);
}
