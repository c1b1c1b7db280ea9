import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig, devices } from '@playwright/test'
import { browserPath } from './scripts/setup/browser.mjs'

const port = Number(process.env.E2E_PORT ?? 3210)
const found = browserPath()
const isRoot = process.getuid?.() === 0

/** Learners' journeys in a real browser, against the built site on a database of its own. */
export default defineConfig({
  testDir: 'e2e',
  outputDir: 'test-results',
  workers: 2,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: [['list']],
  use: {
    baseURL: `http://localhost:${port}`,
    trace: 'retain-on-failure',
    launchOptions: {
      ...(found !== undefined && found !== 'playwright' && { executablePath: found }),
      args: [
        ...(isRoot ? ['--no-sandbox'] : []),
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
        '--disable-quic',
      ],
    },
  },
  projects: [{ name: 'chromium', use: { ...devices['Desktop Chrome'] } }],
  webServer: {
    command: 'node scripts/start.mjs',
    env: {
      PORT: String(port),
      NODE_ENV: 'production',
      SLIPWAY_DATA: process.env.SLIPWAY_DATA ?? join(tmpdir(), `slipway-e2e-${process.pid}`),
    },
    url: `http://localhost:${port}/ko`,
    reuseExistingServer: false,
    timeout: 300_000,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 15_000 },
  },
})
