// A consumer in CommonJS: compiled, never run.
import fs = require('node:fs');
import all = require('anyasync');
import callback = require('@anyasync/callback');
import core = require('@anyasync/core');
import observable = require('@anyasync/observable');
import promise = require('@anyasync/promise');

const one: core.Operation<number> = promise.fromPromise(Promise.resolve(1));
const same: Promise<number> = promise.toPromise(one);
const read: Promise<string> = callback.promisify(fs.readFile)('package.json', 'utf8');
const cancelled: boolean = core.isCancelled(all);
const first: Promise<number> = observable.firstValueFrom({
  '@@observable': () => ({ subscribe(_observer: { next(n: number): void }) {} }),
});
export = { first, one, same, read, cancelled };
