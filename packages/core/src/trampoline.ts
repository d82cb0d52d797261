import { reportStray } from './stray.js';

const limit = 50;
let depth = 0;
const later: (() => void)[] = [];

/** Calls it now; but so deep inside itself that the stack might end, when the outermost call is through, before that returns. */
export function trampoline(call: () => void): void {
  if (depth === limit) return void later.push(call);
  depth++;
  try {
    call();
    if (depth === 1) for (let next = later.shift(); next !== undefined; next = later.shift()) next();
  } catch (error) {
    reportStray('thrown', error);
  } finally {
    depth--;
  }
}
