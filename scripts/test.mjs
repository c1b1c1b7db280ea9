// `npm test`: set-up with a browser and the built site, then every test runner, then one line over all of them.
//   node scripts/test.mjs
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setUp } from './setup.mjs'

const REPORTS = '.setup/reports'

/** Each runner: its command, and how its JSON report is counted. */
const RUNNERS = [
  {
    name: 'vitest',
    args: [
      'node_modules/vitest/vitest.mjs',
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${REPORTS}/vitest.json`,
    ],
    env: {},
    count: (report) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests + report.testResults.filter(isBrokenFile).length,
      skipped: report.numPendingTests + (report.numTodoTests ?? 0),
    }),
  },
  {
    name: 'playwright',
    args: ['node_modules/@playwright/test/cli.js', 'test', '--reporter=list,json'],
    env: { PLAYWRIGHT_JSON_OUTPUT_NAME: `${REPORTS}/playwright.json` },
    count: ({ stats, errors }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected + errors.length,
      skipped: stats.skipped,
    }),
  },
]

/** A file that could not even be loaded has no tests to fail. */
const isBrokenFile = (file) => file.status === 'failed' && file.assertionResults.length === 0

/** Runs one runner. No report, or an exit code that the report does not explain, is a failure of its own. */
function runOne({ name, args, env, count }) {
  const file = `${REPORTS}/${name}.json`
  rmSync(file, { force: true })
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit', env: { ...process.env, ...env } })
  const counted = existsSync(file)
    ? count(JSON.parse(readFileSync(file, 'utf8')))
    : { passed: 0, failed: 1, skipped: 0 }
  return status !== 0 && counted.failed === 0 ? { ...counted, failed: 1 } : counted
}

const sum = (results, key) => results.reduce((total, result) => total + result[key], 0)

/** The browser's tests get a database of their own; the folder is one that PostgreSQL's user may enter. */
function withTemporaryData(work) {
  const folder = mkdtempSync(join(tmpdir(), 'slipway-e2e-'))
  chmodSync(folder, 0o755)
  process.env.SLIPWAY_DATA = folder
  try {
    return work()
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

setUp('browser', 'build')
mkdirSync(REPORTS, { recursive: true })
process.env.NODE_ENV = 'test'
const results = withTemporaryData(() => RUNNERS.map(runOne))
const skipped = sum(results, 'skipped')
if (skipped > 0) console.log(`(${skipped} skipped; each says why above)`)
console.log(`${sum(results, 'passed')} passed, ${sum(results, 'failed')} failed`)
process.exit(sum(results, 'failed') > 0 ? 1 : 0)
