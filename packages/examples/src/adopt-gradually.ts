// A class with begin and end for everything, used by old code and by new code at the same time: each call site moves when its turn has
// come, and the class is not touched.

import { unlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { adopt, expose } from 'anyasync/begin-end';
import { File } from './legacy-file.js';

const path = join(tmpdir(), `anyasync-adopt-${process.pid}.txt`);
const file = adopt(new File());

// A call site that has moved.
await file.open(path, 'w+');
const written = await file.write('begin and end');
console.log(`${written} bytes written, the file has ${await file.length()}`);

// One that has not: the same object, and the members that it always had.
const text = await new Promise<string>((resolve) => {
  file.beginRead(
    0,
    5,
    (result) => resolve(`${file.endRead(result)} (state: ${result.asyncState})`),
    'as ever',
  );
});
console.log(`read by a callback: ${text}`);

// What the class has already, it gives inside the begin: nothing hangs, and nothing is ended twice.
console.log(`read again: ${await file.read(0, 5)}, operations not ended: ${file.begun}`);

// The other way round: new code, for a caller that knows begin and end only.
const modern = expose({ shout: async (words: string): Promise<string> => words.toUpperCase() });
const begun = modern.beginShout('for the old caller');
await begun.asyncWaitHandle.waitAsync();
console.log(modern.endShout(begun));

await file.close();
unlinkSync(path);
