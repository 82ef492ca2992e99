import { defineConfig } from '@playwright/test'
import { chromiumFlags, findChromium } from './tools/chromium.ts'

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  globalSetup: './e2e/global-setup.ts',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  workers: 2,
  fullyParallel: false,
  forbidOnly: true,
  // A journey crosses a browser, two servers and a database: on a busy machine it may be tried once more.
  // The list names it as flaky all the same.
  retries: 1,
  reporter: [['list'], ['json', { outputFile: process.env.PLAYWRIGHT_JSON_OUTPUT_NAME ?? 'test-results/report.json' }]],
  use: {
    browserName: 'chromium',
    // Frames of another origin share the portal's process: a pointer finds its target also while a frame grows.
    launchOptions: { executablePath: findChromium() ?? undefined, args: [...chromiumFlags, '--disable-site-isolation-trials'] },
    viewport: { width: 1280, height: 900 },
    locale: 'fr-FR',
    actionTimeout: 15_000,
    trace: 'retain-on-first-failure',
    screenshot: 'only-on-failure',
  },
})
