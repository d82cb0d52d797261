/** Everything that is measured, by subject. */
import { callbackConversions } from './callback-conversions.js';
import type { Conversion } from './conversion.js';
import { hotConversions } from './hot-conversions.js';
import { observableConversions } from './observable-conversions.js';

export const conversions: readonly Conversion[] = [
  ...callbackConversions,
  ...hotConversions,
  ...observableConversions,
];
