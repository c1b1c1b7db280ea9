// Adds to package-lock.json the optional packages of other platforms that the registry at hand did not list, so that
// `npm ci` accepts the lock file everywhere. Run after every change of dependencies; says "added 0" when it is whole.
//   node scripts/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs'

const FILE = 'package-lock.json'
/** Words in package names, and what npm calls that system. */
const SYSTEMS = {
  ...{ darwin: 'darwin', win32: 'win32', windows: 'win32', linux: 'linux', android: 'android', freebsd: 'freebsd' },
  ...{ netbsd: 'netbsd', openbsd: 'openbsd', sunos: 'sunos', aix: 'aix', openharmony: 'openharmony' },
}
const PROCESSORS = ['arm64', 'x64', 'ia32', 'arm', 'ppc64', 's390x', 'riscv64', 'loong64', 'mips64el']

/** An entry like the one npm writes, guessed from the name: `@scope/tool-linux-arm64-musl`. */
function entryFor(name, range, isDev) {
  const words = name.split('/').at(-1).split(/[-.]/)
  const system = SYSTEMS[Object.keys(SYSTEMS).find((word) => words.includes(word))]
  const processor = PROCESSORS.find((word) => words.includes(word))
  const libc = words.some((word) => word.includes('musl'))
    ? 'musl'
    : words.some((word) => word.startsWith('gnu'))
      ? 'glibc'
      : undefined
  return {
    version: range.replace(/^[\^~]/, ''),
    cpu: processor ? [processor] : system ? undefined : ['wasm32'],
    libc: libc && [libc],
    dev: isDev || undefined,
    optional: true,
    os: system && [system],
  }
}

const lock = JSON.parse(readFileSync(FILE, 'utf8'))
const { packages } = lock
const added = []
for (const [path, { optionalDependencies = {}, dev }] of Object.entries(packages)) {
  for (const [name, range] of Object.entries(optionalDependencies)) {
    if (packages[`${path}/node_modules/${name}`] || packages[`node_modules/${name}`]) continue
    packages[`node_modules/${name}`] = entryFor(name, range, dev)
    added.push(`${name}@${range}`)
  }
}
lock.packages = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => (a < b ? -1 : 1)))
if (added.length > 0) writeFileSync(FILE, `${JSON.stringify(lock, null, 2)}\n`)
console.log([`added ${added.length}`, ...added].join('\n'))
