import { configDefaults, defineConfig } from 'vitest/config';

// The forks inherit it: a test never sees the zone of the machine it runs on.
process.env.TZ = 'UTC';

const everything = ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts', 'demo/**/*.test.ts', 'scripts/**/*.test.ts'];
/** Files that put something in a module's place, measure memory, or solve hundreds of programs (docs/decisions/0024-apart.md). */
const alone = ['src/modules/idea-bank/pooling/*.test.ts', 'src/modules/outreach/staffing/staffing.test.ts', 'src/platform/{solver/solve,sheet,reading}.test.ts'];

export default defineConfig({
  test: {
    environment: 'node',
    env: { TZ: 'UTC' },
    pool: 'forks',
    maxWorkers: 2,
    retry: 0,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    restoreMocks: true,
    projects: [
      // Two processes read the product once and go from file to file: reading it anew for each took a quarter of all time.
      {
        extends: true,
        test: { name: 'together', include: everything, exclude: [...configDefaults.exclude, ...alone], isolate: false, globalSetup: 'tests/support/database.ts', sequence: { groupOrder: 0 } },
      },
      { extends: true, test: { name: 'alone', include: alone, sequence: { groupOrder: 1 } } },
    ],
  },
});
