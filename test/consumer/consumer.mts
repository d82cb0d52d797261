// A consumer in ESM: compiled, never run.
import { readFile } from 'node:fs';
import { promisify } from '@anyasync/callback';
import { isCancelled, type Operation } from '@anyasync/core';
import { fromPromise, toPromise } from '@anyasync/promise';
import * as all from 'anyasync';
import { bindNodeCallback } from 'anyasync/rxjs';
import type { Observable } from 'rxjs';

export const one: Operation<number> = fromPromise(Promise.resolve(1));
export const same: Promise<number> = toPromise(one);
export const read: Promise<string> = promisify(readFile)('package.json', 'utf8');
export const observed: Observable<string> = bindNodeCallback(readFile)('package.json', 'utf8');
export const cancelled: boolean = isCancelled(all);
