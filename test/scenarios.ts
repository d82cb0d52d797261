/** What a source may do and what may happen to a call: the rows of the matrix. What is expected follows from the traits of both styles. */
import { calls } from './matrix/calls.js';
import { cancels } from './matrix/cancels.js';
import { ends } from './matrix/ends.js';
import type { Scenario } from './matrix/scenario.js';
import { streams } from './matrix/streams.js';

export const scenarios: readonly Scenario[] = [...ends, ...streams, ...cancels, ...calls];
