import { errorText } from '../files/system-error.ts'
import { type CommandContext, defineCommand } from '../types.ts'
import { parseArguments } from './arguments.ts'

const FLAGS = [
  'n',
  'b',
  'A',
  'E',
  'T',
  's',
  'e',
  't',
  'v',
  'u',
  'number',
  'number-nonblank',
  'show-all',
  'show-ends',
  'squeeze-blank',
]

export const cat = defineCommand({
  name: 'cat',
  summary: 'Print files',
  async run(context) {
    const { argv, err } = context
    const { flags, words, unknown } = parseArguments(argv.slice(1), { flags: FLAGS })
    if (unknown !== undefined) {
      const text = unknown.startsWith('--')
        ? `unrecognized option '${unknown}'`
        : `invalid option -- '${unknown.slice(1)}'`
      err(`cat: ${text}\nTry 'cat --help' for more information.\n`)
      return 1
    }
    const print = createPrinter(context, flags)
    let code = 0
    for (const path of words.length === 0 ? ['-'] : words) {
      if (path === '-') {
        await printInput(context, print)
        continue
      }
      const problem = await printFile(context, path, print)
      if (problem === undefined) continue
      err(`cat: ${context.userland === 'busybox' ? `can't open '${path}'` : path}: ${problem}\n`)
      code = 1
    }
    return code
  },
})

async function printFile(
  { files }: CommandContext,
  path: string,
  print: (text: string) => void,
): Promise<string | undefined> {
  if (await files.isDirectory(path)) return 'Is a directory'
  try {
    const text = await files.read(path)
    if (text === undefined) return 'No such file or directory'
    print(text)
    return undefined
  } catch (error) {
    return errorText(error)
  }
}

async function printInput(context: CommandContext, print: (text: string) => void): Promise<void> {
  if (!context.stdinIsTerminal || context.readLine === undefined) {
    print(context.stdin)
    return
  }
  for (;;) {
    const line = await context.readLine('')
    if (line === undefined) return
    print(`${line}\n`)
  }
}

/** Prints texts one after the other; line numbers go on from file to file. */
function createPrinter({ out }: CommandContext, flags: ReadonlySet<string>): (text: string) => void {
  const has = (...names: string[]): boolean => names.some((name) => flags.has(name))
  const numbersBlank = has('n', 'number') && !has('b', 'number-nonblank')
  const numbers = numbersBlank || has('b', 'number-nonblank')
  const ends = has('E', 'A', 'e', 'show-ends', 'show-all')
  const tabs = has('T', 'A', 't', 'show-all')
  const squeezes = has('s', 'squeeze-blank')
  if (!numbers && !ends && !tabs && !squeezes) return out
  let number = 0
  let wasBlank = false
  return (text) => {
    const lines = text.split('\n')
    const last = lines.pop() ?? ''
    const show = (line: string, end: string): void => {
      const isBlank = line === '' && end !== ''
      if (squeezes && isBlank && wasBlank) return
      wasBlank = isBlank
      const counted = numbers && (numbersBlank || !isBlank)
      if (counted) number += 1
      const body = tabs ? line.replaceAll('\t', '^I') : line
      out(`${counted ? `${String(number).padStart(6)}\t` : ''}${body}${ends && end !== '' ? '$' : ''}${end}`)
    }
    for (const line of lines) show(line, '\n')
    if (last !== '') show(last, '')
  }
}
