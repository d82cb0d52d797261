import type { Style } from '@anyasync/core';
import { observableConvention } from '@anyasync/observable';
import { InstalledObservable } from './installed.js';
import type { RxjsTypes } from './types.js';

/**
 * Functions that return an Observable, as a style. Read, those of every library will do; written, they return one of the RxJS that is
 * installed; those of RxJS 9 are the platform's, which share one run among those who listen at the same time.
 *
 * - Read: the function is called and its result subscribed to when the run starts. Cancelling unsubscribes.
 * - Written: lazy. The original is called for each subscriber, so that `retry` and `repeat` call it again. Unsubscribing cancels.
 *
 * @example
 * ```ts
 * import { readFile } from 'node:fs';
 * import { callback } from '@anyasync/callback';
 * import { convert } from '@anyasync/core';
 * import { rxjs } from '@anyasync/rxjs';
 * import { firstValueFrom } from 'rxjs';
 *
 * const read = convert(readFile, callback, rxjs); // (path, options) => Observable<Buffer>, and its other overloads
 * (await firstValueFrom(read('package.json', 'utf8'))).slice(0, 1); //=> '{'
 * ```
 */
export const rxjs: Style<RxjsTypes> = /* @__PURE__ */ observableConvention({
  Observable: InstalledObservable,
  name: 'rxjs',
}) as Style<any>;
