// The main job, on real input: APIs of Node and of older libraries, each called in the style it is converted to.
// `npm start` runs it. It makes its own temporary file, and asks nothing of the network beyond the name localhost.

import { back } from './demo/back.js';
import { callbacks } from './demo/callbacks.js';
import { iterables } from './demo/iterables.js';
import { observables } from './demo/observables.js';
import { showIn } from './demo/show.js';
import { states } from './demo/states.js';
import { printTable, type Row } from './table.js';

const rows: Row[] = [];
const show = showIn(rows);
for (const part of [callbacks, states, observables, iterables, back]) await part(show);
printTable(rows);
