import { type CommandContext, defineCommand } from '../types.ts'
import { parseArguments } from './arguments.ts'

export const xargs = defineCommand({
  name: 'xargs',
  summary: 'Turn lines or words into arguments of a command',
  async run(context) {
    const { flags, values, words, unknown } = parseArguments(context.argv.slice(1), {
      flags: ['0', 'r', 't', 'x', 'null', 'no-run-if-empty', 'verbose'],
      values: ['I', 'n', 'L', 'd', 'P', 's', 'a', 'max-args', 'max-lines', 'replace', 'delimiter', 'max-procs'],
      stopAtWord: true,
    })
    if (unknown !== undefined) {
      context.err(
        `xargs: invalid option -- '${unknown.replace(/^-+/, '')}'\nTry 'xargs --help' for more information.\n`,
      )
      return 1
    }
    const command = words.length === 0 ? ['echo'] : words
    const replace = values.get('I') ?? values.get('replace')
    const delimiter =
      flags.has('0') || flags.has('null') ? '\0' : plainDelimiter(values.get('d') ?? values.get('delimiter'))
    const items = split(context.stdin, replace === undefined ? delimiter : (delimiter ?? '\n'))
    const perRun = Number(values.get('n') ?? values.get('max-args') ?? values.get('L') ?? Number.POSITIVE_INFINITY)
    const runs = replace === undefined ? batches(items, perRun, flags) : items.map((item) => [item])
    let code = 0
    for (const batch of runs) {
      const line =
        replace === undefined
          ? [...command, ...batch]
          : command.map((word) => word.replaceAll(replace, () => batch[0]?.trim() ?? ''))
      const result = await runQuoted(context, line)
      if (result !== 0) code = result === 127 ? 127 : 123
    }
    return code
  },
})

async function runQuoted({ runProgram, hasProgram, err }: CommandContext, words: readonly string[]): Promise<number> {
  if (hasProgram(words[0] ?? '')) return runProgram(words, { stdin: '' })
  err(`xargs: ${words[0]}: No such file or directory\n`)
  return 127
}

/** Words between blanks, honouring quotes; or what stands between delimiters. */
function split(text: string, delimiter: string | undefined): string[] {
  if (delimiter !== undefined) {
    const items = text.split(delimiter)
    if (items.at(-1) === '') items.pop()
    return delimiter === '\n' ? items.filter((item) => item.trim() !== '') : items
  }
  const words = text.match(/(?:"[^"\n]*"|'[^'\n]*'|\\.|[^\s"'\\])+/g) ?? []
  return words.map((word) =>
    word.replace(/"([^"]*)"|'([^']*)'|\\(.)/g, (_, double, single, plain) => double ?? single ?? plain),
  )
}

function batches(items: readonly string[], size: number, flags: ReadonlySet<string>): string[][] {
  if (items.length === 0) return flags.has('r') || flags.has('no-run-if-empty') ? [] : [[]]
  if (!Number.isFinite(size) || size < 1) return [[...items]]
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  )
}

function plainDelimiter(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  return text.replace(/\\n/g, '\n').replace(/\\t/g, '\t').replace(/\\0/g, '\0')
}
