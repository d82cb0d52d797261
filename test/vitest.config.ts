import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const packed = ['test/packages.test.ts', 'test/bundlers.test.ts'];

/** Two projects: `workspace` runs from source; `packed` tests what would be published and needs a build first. */
export default defineConfig({
  test: {
    root: fileURLToPath(new URL('..', import.meta.url)),
    projects: [
      {
        extends: true,
        test: {
          name: 'workspace',
          include: ['packages/*/test/**/*.test.ts', 'test/**/*.test.ts'],
          exclude: [...packed, '**/node_modules/**'],
          testTimeout: 30_000, // a machine may be busy with other things
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'packed', include: packed, testTimeout: 60_000, hookTimeout: 120_000 },
      },
    ],
  },
});
