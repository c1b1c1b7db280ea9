// Who may import whom. Biome's noRestrictedImports can neither tell a type's import from a value's nor know an order of
// folders, so this reads the imports itself. Each rule says why it is there.
import { importsOf, isTest, sourceFiles } from './sources.mjs'

const RULES = [
  {
    folder: 'emulator',
    own: true,
    packages: ['js-yaml', 're2js', '@marcbachmann/cel-js'],
    why: 'the emulator is a pure value: no framework, no I/O, nothing of the layers above',
  },
  {
    folder: 'terminal',
    own: true,
    also: ['emulator/index.ts'],
    packages: ['just-bash', 'js-yaml', 're2js', 'string-width', 'node:'],
    why: 'the terminal knows the cluster by its public door alone',
  },
  {
    folder: 'curriculum',
    own: true,
    also: ['emulator/index.ts', 'terminal/'],
    packages: true,
    why: 'content is graded without a server',
  },
  {
    folder: 'server',
    own: true,
    also: ['emulator/index.ts', 'terminal/', 'curriculum/'],
    packages: true,
    why: 'the server serves pages but never imports them',
  },
  {
    folder: 'components',
    own: true,
    also: ['i18n/'],
    typesFrom: ['curriculum/', 'server/protocol.ts'],
    packages: true,
    why: 'components run in the browser: what the server computes reaches them as plain data',
  },
  {
    folder: 'app',
    own: true,
    also: ['components/', 'curriculum/', 'server/data/', 'server/protocol.ts', 'i18n/'],
    packages: true,
    why: 'routes put components and data together and hold no logic of their own',
  },
  {
    folder: 'e2e',
    own: true,
    packages: ['@playwright/test', '@axe-core/playwright', 'js-yaml', 'node:'],
    why: 'a learner has a browser and nothing else',
  },
]

/** Folders of emulator/ in order: a file imports from its own or an earlier one. */
const EMULATOR_ORDER = ['generated', 'sim', 'api', 'kinds', 'controllers', 'network', 'node', 'images', 'blueprints']

/** Contracts that are types alone may be named from anywhere below them. */
const startsWithAny = (text, starts) => starts.some((start) => text === start || text.startsWith(start))

function ruleBroken(rule, { from, target, typeOnly }) {
  if (target === undefined) return rule.packages !== true && !startsWithAny(from, rule.packages)
  if (target.startsWith(`${rule.folder}/`)) return false
  if (startsWithAny(target, rule.also ?? [])) return false
  return !(typeOnly && startsWithAny(target, rule.typesFrom ?? []))
}

function outOfOrder(file, { target, typeOnly }) {
  const place = (path) => EMULATOR_ORDER.indexOf(path.split('/')[1])
  const [own, other] = [place(file), place(target ?? '')]
  return !typeOnly && own >= 0 && other > own
}

function controllerImportsController(file, { target, typeOnly }) {
  const isController = (path) => /^emulator\/controllers\/[^/]+\.ts$/.test(path ?? '') && CONTROLLERS.has(path)
  return !typeOnly && isController(file) && isController(target)
}

const files = sourceFiles()
const CONTROLLERS = new Set(
  files.filter((file) => /^emulator\/controllers\/(?!.*(index|controller|runner|recorder|metadata)\.ts$)/.test(file)),
)

/** Problems as `file:line: sentence`. */
export async function checkBoundaries() {
  const { readFileSync } = await import('node:fs')
  const definesController = (file) => /\bdefineController\(/.test(readFileSync(file, 'utf8'))
  for (const file of CONTROLLERS) if (!definesController(file)) CONTROLLERS.delete(file)
  return files.flatMap((file) => {
    const rule = RULES.find(({ folder }) => file.startsWith(`${folder}/`))
    if (!rule || (isTest(file) && rule.folder !== 'e2e')) return []
    return importsOf(file).flatMap((found) => {
      const at = `${file}:${found.line}`
      if (ruleBroken(rule, found)) return [`${at}: ${rule.folder}/ may not import ${found.from}: ${rule.why}`]
      if (rule.folder !== 'emulator') return []
      if (outOfOrder(file, found))
        return [`${at}: imports ${found.from} from a later folder; the order is ${EMULATOR_ORDER.join(' → ')}`]
      if (controllerImportsController(file, found))
        return [`${at}: a controller imports the controller ${found.from}: they meet in the store, as in Kubernetes`]
      return []
    })
  })
}
