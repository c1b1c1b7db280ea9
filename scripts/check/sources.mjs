// The project's own source files and what they import, for the checks beside this file.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'

/** Files under version control or about to be, without generated ones. */
export function sourceFiles() {
  const list = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '-z'], {
    encoding: 'utf8',
  })
  return list
    .split('\0')
    .filter((file) => /\.(ts|tsx|mjs)$/.test(file) && existsSync(file))
    .sort()
}

export const isTest = (file) => /\.test\.tsx?$|\/testing\/|^e2e\//.test(file)

const IMPORT = /^\s*(?:import|export)\s+(?<type>type\s)?(?:[^'";]*?\sfrom\s+)?'(?<from>[^']+)'/gm
const DYNAMIC = /\bimport\(\s*'(?<from>[^']+)'/g

/** Every import of a file: where from, only for types or not, in which line, and the project's file that it means. */
export function importsOf(file) {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(IMPORT), ...text.matchAll(DYNAMIC)].map((match) => ({
    from: match.groups.from,
    typeOnly: match.groups.type !== undefined,
    line: text.slice(0, match.index + match[0].length).split('\n').length,
    target: resolve(file, match.groups.from),
  }))
}

function resolve(file, from) {
  const path = from.startsWith('@/')
    ? from.slice(2)
    : from.startsWith('.')
      ? normalize(join(dirname(file), from))
      : undefined
  if (path === undefined) return undefined
  const candidates = [path, `${path}.ts`, `${path}.tsx`, `${path}/index.ts`]
  return candidates.find((candidate) => existsSync(candidate) && statSync(candidate).isFile()) ?? path
}
