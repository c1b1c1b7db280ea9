import { errorText } from '../files/system-error.ts'
import { type CommandContext, defineCommand } from '../types.ts'
import { parseArguments } from './arguments.ts'
import { compareKeys, parseKey, type SortKey, type SortStyle } from './sort-keys.ts'

const STYLE_FLAGS = [...'bdfghinrVM']
const LONG_STYLES: ReadonlyMap<string, string> = new Map([
  ['numeric-sort', 'n'],
  ['reverse', 'r'],
  ['ignore-case', 'f'],
  ['human-numeric-sort', 'h'],
  ['version-sort', 'V'],
  ['ignore-leading-blanks', 'b'],
  ['general-numeric-sort', 'g'],
  ['month-sort', 'M'],
])
const OTHER_FLAGS = ['u', 's', 'c', 'C', 'z', 'm', 'unique', 'stable', 'check']

/** GNU sort in the C locale: by code point, keys by `-k`. */
export const sort = defineCommand({
  name: 'sort',
  summary: 'Sort lines',
  async run(context) {
    const { argv, err, out, files } = context
    const keyTexts: string[] = []
    const { flags, values, words, unknown } = parseArguments(withoutKeys(argv.slice(1), keyTexts), {
      flags: [...STYLE_FLAGS, ...LONG_STYLES.keys(), ...OTHER_FLAGS],
      values: ['t', 'o', 'S', 'T', 'field-separator', 'output', 'parallel'],
    })
    if (unknown !== undefined) {
      const text = unknown.startsWith('--')
        ? `unrecognized option '${unknown}'`
        : `invalid option -- '${unknown.slice(1)}'`
      err(`sort: ${text}\nTry 'sort --help' for more information.\n`)
      return 2
    }
    const style = styleOf(flags)
    const keys = keyTexts.map((text) => parseKey(text, style))
    const bad = keyTexts[keys.indexOf(undefined)]
    if (bad !== undefined) {
      err(`sort: invalid number at field start: invalid count at start of ‘${bad}’\n`)
      return 2
    }
    const lines = await readLines(context, words)
    if (lines === undefined) return 2
    const separator = values.get('t') ?? values.get('field-separator')
    const compare = comparison(
      keys.filter((key) => key !== undefined),
      style,
      separator,
      flags,
    )
    if (flags.has('c') || flags.has('C') || flags.has('check')) return check(context, lines, compare, flags.has('C'))
    const sorted = [...lines].sort(compare)
    const isUnique = flags.has('u') || flags.has('unique')
    const kept = isUnique
      ? sorted.filter((line, index) => index === 0 || compare(sorted[index - 1] ?? '', line) !== 0)
      : sorted
    const text = kept.map((line) => `${line}\n`).join('')
    const target = values.get('o') ?? values.get('output')
    if (target === undefined) out(text)
    else await files.write(target, text)
    return 0
  },
})

/** Takes `-k KEY` out, of which there may be many, also at the end of a bundle: `-rnk 5`. */
function withoutKeys(argv: readonly string[], keys: string[]): string[] {
  const rest: string[] = []
  const queue = [...argv]
  for (let word = queue.shift(); word !== undefined; word = queue.shift()) {
    const bundled = /^-([a-zA-Z]*?)k(.*)$/.exec(word)
    const long = /^--key(?:=(.*))?$/.exec(word)
    if (long !== null) keys.push(long[1] ?? queue.shift() ?? '')
    else if (bundled !== null && !(bundled[1] ?? '').includes('t') && !(bundled[1] ?? '').includes('o')) {
      if (bundled[1] !== '') rest.push(`-${bundled[1]}`)
      keys.push(bundled[2] || (queue.shift() ?? ''))
    } else rest.push(word)
  }
  return rest
}

function styleOf(flags: ReadonlySet<string>): SortStyle {
  const letters = [...flags].map((flag) => LONG_STYLES.get(flag) ?? flag)
  return new Set(letters.filter((letter) => STYLE_FLAGS.includes(letter)))
}

async function readLines(
  { files, stdin, err }: CommandContext,
  paths: readonly string[],
): Promise<string[] | undefined> {
  const lines: string[] = []
  for (const path of paths.length === 0 ? ['-'] : paths) {
    try {
      const text = path === '-' ? stdin : await files.read(path)
      if (text === undefined) throw new Error('No such file or directory')
      const found = text.split('\n')
      if (found.at(-1) === '') found.pop()
      lines.push(...found)
    } catch (error) {
      err(`sort: cannot read: ${path}: ${errorText(error)}\n`)
      return undefined
    }
  }
  return lines
}

function comparison(
  keys: readonly SortKey[],
  style: SortStyle,
  separator: string | undefined,
  flags: ReadonlySet<string>,
): (left: string, right: string) => number {
  const isLastResort = !flags.has('s') && !flags.has('stable') && !flags.has('u') && !flags.has('unique')
  return (left, right) => {
    const byKeys = compareKeys(keys, style, separator, left, right)
    if (byKeys !== 0 || !isLastResort) return byKeys
    const whole = left < right ? -1 : left > right ? 1 : 0
    return style.has('r') ? -whole : whole
  }
}

function check(
  { err }: CommandContext,
  lines: readonly string[],
  compare: (left: string, right: string) => number,
  isQuiet: boolean,
): number {
  const at = lines.findIndex((line, index) => index > 0 && compare(lines[index - 1] ?? '', line) > 0)
  if (at < 0) return 0
  if (!isQuiet) err(`sort: -:${at + 1}: disorder: ${lines[at]}\n`)
  return 1
}
