// A browser for the tests: CHROMIUM_PATH, an installed Chromium or Chrome, Playwright's own, or Debian's package.
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { fail, node, SetupError } from './run.mjs'

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/** Where the browser for the tests is: a path, `'playwright'` for Playwright's own, or undefined. */
export function browserPath() {
  const { CHROMIUM_PATH } = process.env
  if (CHROMIUM_PATH) {
    if (existsSync(CHROMIUM_PATH)) return CHROMIUM_PATH
    fail(`CHROMIUM_PATH names ${CHROMIUM_PATH}, which does not exist.`)
  }
  return INSTALLED.find((path) => existsSync(path)) ?? (hasPlaywrightBrowser() ? 'playwright' : undefined)
}

/** Playwright keeps its downloads in a folder of the user. */
function hasPlaywrightBrowser() {
  const cache = { darwin: 'Library/Caches/ms-playwright', win32: 'AppData/Local/ms-playwright' }[process.platform]
  const folder = process.env.PLAYWRIGHT_BROWSERS_PATH ?? join(homedir(), cache ?? '.cache/ms-playwright')
  return existsSync(folder) && readdirSync(folder).some((name) => name.startsWith('chromium'))
}

/** Debian's package as root (fast, with fonts for Korean), otherwise Playwright's download. */
export function installBrowser() {
  if (canUseApt() && installWithApt()) return
  try {
    node('playwright install chromium', 'node_modules/@playwright/test/cli.js', ['install', 'chromium'])
  } catch (error) {
    if (!(error instanceof SetupError)) throw error
    fail('The tests need Chromium or Chrome: install one, or set CHROMIUM_PATH to where it is.')
  }
}

const canUseApt = () => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')

function installWithApt() {
  console.error('[set-up] apt-get install chromium …')
  const apt = (...args) =>
    spawnSync('apt-get', args, { stdio: ['inherit', 2, 2], env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } })
      .status
  apt('update', '-q')
  const packages = ['chromium', 'fonts-noto-cjk', 'fonts-noto-color-emoji']
  return apt('install', '-y', '-q', '--no-install-recommends', ...packages) === 0 && browserPath() !== undefined
}
