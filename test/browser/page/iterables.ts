/** EventTargets and ReadableStreams as iterables: the tests of `@anyasync/iterable` in a browser have their place here. */
import type { Tests } from './recording.js';

export const tests: Tests = {};
