import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { describeApi } from './api.js';
import { published } from './workspace.js';

test.each(published.map((each) => [each.folder, each] as const))(
  'packages/%s: the public API is the one in its api.txt',
  (_folder, each) => {
    const file = join(each.path, 'api.txt');
    const committed = existsSync(file) ? readFileSync(file, 'utf8') : '';
    expect(
      describeApi(each),
      'The public API changed. If you meant it: npm run api, and commit api.txt.',
    ).toBe(committed);
  },
);
