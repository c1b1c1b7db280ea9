import { libcText } from '../files/system-error.ts'
import type { Dialect } from './environment.ts'

/** How the shell names itself in front of its errors: at a prompt bash on Ubuntu leaves the name out. */
export interface Voice {
  readonly dialect: Dialect
  readonly interactive: boolean
}

const NOT_FOUND = /^bash: ([^\n]*): command not found$/
/** Where the library believes an earlier directory to be when there was none. */
const NO_OLDER_DIRECTORY = 'bash: cd: /home/user: No such file or directory'
const LIBRARY_NAME = /^bash: /

/** What a shell says of a file that a redirection cannot open. */
export function cannotOpen(path: string, reason: string, dialect: Dialect): string {
  if (dialect === 'bash') return `bash: ${path}: ${reason}\n`
  return dialect === 'ash' ? `sh: can't create ${path}: ${reason}\n` : `sh: 1: cannot create ${path}: ${reason}\n`
}

/** Rewrites what the shell library says on stderr into what this shell says. */
export function reword(text: string, voice: Voice): string {
  if (!text.includes('bash: ') && !text.includes('__') && !/\bE[A-Z]+: /.test(text)) return text
  return text
    .split('\n')
    .filter((line) => !/^\++ __(fd\d=|slipway_)/.test(line))
    .map((line) => rewordLine(line, voice))
    .join('\n')
}

/**
 * `ENOENT: no such file or directory, open '/none/x'`, alone or behind what a tool says. Its parts are short, and the
 * bounds keep a long line that looks like the beginning of many such errors from being read again for each.
 */
const SYSTEM_ERROR = /^(.*?)(?:bash: )?\b(E[A-Z]{1,20}): [^,']{1,80}, [a-z]{1,20} '([^']*)'$/

function rewordLine(line: string, { dialect, interactive }: Voice): string {
  const [, before = '', code = '', path = ''] = SYSTEM_ERROR.exec(line) ?? []
  const reason = libcText(code)
  if (reason !== undefined) return before === '' ? cannotOpen(path, reason, dialect).trimEnd() : `${before}${reason}`
  const missing = NOT_FOUND.exec(line)?.[1]
  if (missing !== undefined) {
    if (dialect === 'bash') return interactive ? `${missing}: command not found` : `bash: ${missing}: command not found`
    return dialect === 'ash' ? `sh: ${missing}: not found` : `sh: 1: ${missing}: not found`
  }
  if (line === NO_OLDER_DIRECTORY) return 'bash: cd: OLDPWD not set'
  return dialect === 'bash' ? line : line.replace(LIBRARY_NAME, dialect === 'ash' ? 'sh: ' : 'sh: 1: ')
}
