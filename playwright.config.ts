import { defineConfig } from '@playwright/test';

export default defineConfig({
  testDir: 'e2e',
  testMatch: '*.spec.ts',
  globalSetup: './e2e/start.ts',
  fullyParallel: false,
  workers: 2,
  retries: 0,
  // Limits, not waits: a machine busy with other things is several times slower.
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    timezoneId: 'Europe/Copenhagen',
    actionTimeout: 15_000,
    // What fades in is looked at when it is there.
    contextOptions: { reducedMotion: 'reduce' },
    launchOptions: {
      executablePath: '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-dev-shm-usage'],
    },
    screenshot: 'only-on-failure',
    // Recording every step costs a tenth of the time: VEJNET_TRACE=1 npm test, when a picture and the page’s outline say too little.
    trace: process.env.VEJNET_TRACE === undefined ? 'off' : 'retain-on-failure',
  },
  projects: [
    { name: 'da-1280', use: { locale: 'da-DK', viewport: { width: 1280, height: 900 } } },
    { name: 'en-390', use: { locale: 'en-GB', viewport: { width: 390, height: 844 } } },
  ],
});
