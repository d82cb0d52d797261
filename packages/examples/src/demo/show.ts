import { fileURLToPath } from 'node:url';
import type { Row } from '../table.js';

/** What the demo reads. */
export const readme: string = fileURLToPath(new URL('../../../../README.md', import.meta.url));

/** Runs one call and notes what came of it. */
export type Show = (api: string, styles: string, call: string, run: () => unknown) => Promise<void>;

/** A {@link Show} that notes it in these rows. */
export function showIn(rows: Row[]): Show {
  return async (api, styles, call, run) => {
    const begun = performance.now();
    let result: unknown;
    try {
      result = await run();
    } catch (error) {
      result = error instanceof Error ? `${error.name}: ${error.message}` : error;
    }
    rows.push({ api, styles, call, result, ms: performance.now() - begun });
  };
}

/** What a callback was called with. */
export const heard = <A extends unknown[]>(start: (done: (...args: A) => void) => void): Promise<A> =>
  new Promise((resolve) => start((...args) => resolve(args)));
