// Patterns that are legal TypeScript and wrong here. A line may opt out with `// allowed: <reason>` on it or above it.
import { readFileSync } from 'node:fs'
import { isTest, sourceFiles } from './sources.mjs'

const CORE = /^(emulator|terminal|curriculum|server)\//
const EMULATOR = /^emulator\//

const PATTERNS = [
  {
    in: EMULATOR,
    pattern: /\bDate\.now\(|\bnew Date\(\)/,
    why: 'the emulator has virtual time',
    instead: 'the clock it is given',
  },
  {
    in: EMULATOR,
    pattern: /\bMath\.random\(/,
    why: 'the same seed gives the same cluster',
    instead: 'random.fork(name)',
  },
  {
    in: EMULATOR,
    pattern: /\basync \b|\bawait \b|\bPromise\b/,
    why: 'the emulator is synchronous',
    instead: 'the event queue',
  },
  {
    in: EMULATOR,
    pattern: /\bstructuredClone\(/,
    why: 'objects in the store are immutable and shared',
    instead: 'a new object that shares the rest',
  },
  {
    in: CORE,
    pattern: /^(export )?let /,
    why: 'thousands of clusters share a module',
    instead: 'state in what a create… function returns',
  },
  {
    in: CORE,
    pattern: /^(export )?const \w+ = new (Map|Set|WeakMap)(<[^>]*>)?\(\)/,
    why: 'thousands of clusters share a module',
    instead: 'state in what a create… function returns',
  },
  {
    in: /^(emulator|terminal|curriculum|server|components|app)\//,
    pattern: /\bas unknown as\b/,
    why: 'it says nothing is known',
    instead: 'a type guard, or a zod schema at the edge',
  },
  {
    in: /^(emulator|terminal|curriculum|server|components|app|scripts)\//,
    pattern: /@ts-(ignore|expect-error|nocheck)/,
    why: 'it hides the next mistake too',
    instead: 'right types',
  },
  {
    in: /^(emulator|terminal|curriculum|server|components|app|scripts|e2e)\//,
    pattern: new RegExp(`\\b(${['TO', 'FIX'].map((word, i) => word + ['DO', 'ME'][i]).join('|')})\\b`),
    why: 'unfinished work belongs in an issue',
    instead: 'the work, or an issue',
  },
  {
    in: /^(emulator|terminal)\//,
    pattern: /\bif \(.*\.kind === '(Pod|Service|Deployment|Node|Ingress)'/,
    why: 'shared code never asks which kind it holds',
    instead: 'a property of the kind definition',
    except: /^emulator\/(kinds|controllers|network|node)\//,
  },
  {
    in: /^(emulator|terminal|curriculum|server)\//,
    pattern: /\bconsole\.(log|debug)\(/,
    why: 'a library does not print',
    instead: 'a returned value',
    except: /^server\/index\.ts$/,
  },
]

const MAXIMUM_LINES = 500
const OPT_OUT = /\/\/ allowed: \S+/

/** Problems as `file:line: sentence`. */
export function checkBanned() {
  return sourceFiles()
    .filter((file) => !isTest(file) && !file.startsWith('scripts/check/'))
    .flatMap((file) => {
      const lines = readFileSync(file, 'utf8').split('\n')
      const tooLong =
        lines.length > MAXIMUM_LINES
          ? [
              `${file}:${MAXIMUM_LINES}: a file has at most ${MAXIMUM_LINES} lines, this one ${lines.length}: split it by what changes it`,
            ]
          : []
      return [...tooLong, ...PATTERNS.flatMap((rule) => findings(file, lines, rule))]
    })
}

function findings(file, lines, rule) {
  if (!rule.in.test(file) || rule.except?.test(file)) return []
  return lines.flatMap((line, at) => {
    const isComment = /^\s*(\/\/|\*|\/\*)/.test(line)
    if (isComment || !rule.pattern.test(line)) return []
    if (OPT_OUT.test(line) || OPT_OUT.test(lines[at - 1] ?? '')) return []
    return [`${file}:${at + 1}: ${rule.pattern.exec(line)[0].trim()}: ${rule.why}; use ${rule.instead}`]
  })
}
