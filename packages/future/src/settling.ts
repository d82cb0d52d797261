/** What is settled inside a callback of something settled. */
interface Settled {
  _settled(): void;
}

/** Callbacks run inside the call that settles, as PEP 3148 has it, up to this depth: Python's own limit is 1,000. */
const deepest = 200;
let depth = 0;
const waiting: Settled[] = [];

/** Runs the callbacks now. A chain of futures that is deeper than the stack allows goes on from its beginning instead. */
export function settle(settled: Settled): void {
  if (depth >= deepest) {
    waiting.push(settled);
    return;
  }
  depth++;
  try {
    settled._settled();
    // Those that are added meanwhile have their turn too.
    if (depth === 1) for (const next of waiting) next._settled();
  } finally {
    depth--;
    if (depth === 0 && waiting.length > 0) waiting.length = 0; // to set a length is slow
  }
}
