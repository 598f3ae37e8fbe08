import { defineConfig } from 'vitest/config';

// The forks inherit it: a test never sees the zone of the machine it runs on.
process.env.TZ = 'UTC';

export default defineConfig({
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'tests/**/*.test.ts', 'demo/**/*.test.ts', 'scripts/**/*.test.ts'],
    environment: 'node',
    env: { TZ: 'UTC' },
    globalSetup: 'tests/support/database.ts',
    pool: 'forks',
    maxWorkers: 2,
    retry: 0,
    testTimeout: 20_000,
    hookTimeout: 30_000,
    restoreMocks: true,
  },
});
