import { defineConfig } from 'vitest/config';
import { LongestFirst } from './tests/setup/longest-first.ts';

const server = ['apps/*/src/**', 'packages/*/src/**', 'tests/**', 'scripts/**', 'bench/**'];

/** Three files at once on two cores can be slower than a test expects: where nobody looks on, once more, and it is said. */
const retry = Number(process.env.SIGILLO_TEST_RETRIES ?? 0);

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        test: {
          name: 'unit',
          sequence: { groupOrder: 0 },
          pool: 'threads',
          isolate: false,
          include: server.map((folder) => `${folder}/*.test.{ts,tsx}`),
          exclude: ['**/*.int.test.ts', 'tests/e2e/**', '**/node_modules/**'],
        },
      },
      {
        test: {
          name: 'integration',
          sequence: { groupOrder: 1 },
          include: server.map((folder) => `${folder}/*.int.test.ts`),
          exclude: ['tests/e2e/**', '**/node_modules/**'],
          globalSetup: ['tests/setup/database.ts', 'tests/setup/server-in-one-piece.ts'],
          testTimeout: 30_000,
          hookTimeout: 60_000,
          // Modules of ours keep nothing from one file to the next: to load them again for each is a tenth of the time.
          isolate: false,
          maxWorkers: 3,
          retry,
        },
      },
      {
        test: {
          name: 'e2e',
          sequence: { groupOrder: 2 },
          include: ['tests/e2e/**/*.test.ts'],
          globalSetup: ['tests/setup/database.ts'],
          testTimeout: 90_000,
          hookTimeout: 120_000,
          // Files of one worker share a product and a browser (tests/e2e/support/stage.ts).
          isolate: false,
          maxWorkers: 3,
          retry,
        },
      },
    ],
  },
});
