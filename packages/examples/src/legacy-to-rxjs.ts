// A legacy callback API in a program that thinks in RxJS: it is called again by `retry`, and stopped by whoever unsubscribes.

import { type ChildProcess, execFile } from 'node:child_process';
import { readFile, rmSync, writeFile } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convention, convert } from 'anyasync';
import { bindNodeCallback, firstValueFrom, rxjs } from 'anyasync/rxjs';
import { map, retry, take, takeUntil, timer } from 'rxjs';
import { FileReader } from './legacy.js';

const path = join(tmpdir(), `anyasync-rxjs-${process.pid}.txt`);

// Retry: the file is not there yet when it is read first. Each subscription is a call of its own.
const read = bindNodeCallback(readFile);
let retries = 0;
const text = read(path, 'utf8').pipe(
  retry({
    count: 3,
    delay: () => {
      retries++;
      return bindNodeCallback(writeFile)(path, 'one\ntwo\nthree\n');
    },
  }),
);
const found = await firstValueFrom(text);
console.log(`read ${JSON.stringify(found)} after ${retries} retry`);

// Cancel: the child process is what execFile returned, and unsubscribing kills it.
let child: ChildProcess | undefined;
const run = bindNodeCallback(execFile).with({ onHandle: (handle) => void (child = handle as ChildProcess) });
const forever = run(process.execPath, ['-e', 'setInterval(() => {}, 1000)']).pipe(takeUntil(timer(100)));
await firstValueFrom(forever, { defaultValue: undefined });
await new Promise((exited) => child?.once('exit', exited));
console.log(`the child got ${child?.signalCode}`);

// Many values: an API with a handler object, and the operators of RxJS.
const lines = convention({ style: 'handler', multiple: true, stop: 'close' });
const reader = new FileReader();
const linesOf = convert(reader.read.bind(reader), lines, rxjs);
const second = linesOf(path).pipe(
  take(2),
  map((line) => line.toUpperCase()),
);
second.subscribe((line) => console.log(`line ${line}`)).add(() => rmSync(path));
