import type { CommandNode, PipelineNode, SimpleCommandNode, WordNode } from 'just-bash'
import { parse, serialize } from 'just-bash'
import { literalText, statement } from './nodes.ts'
import { redirected } from './redirections.ts'

/** How a stage of a pipeline takes what comes in while its writer still runs. */
export type Intake =
  /** It looks at each line alone: run for what has just come. */
  | { readonly kind: 'each'; readonly endsOnSuccess?: boolean }
  /** What it prints for a beginning is the beginning of what it prints for all: run again, show what is new. */
  | { readonly kind: 'again'; readonly isDone: (input: string, output: string) => boolean }
  /** A loop around `read`: it runs once and waits for lines. */
  | { readonly kind: 'reads' }
  /** It needs all its input: `sort`, `wc`. */
  | { readonly kind: 'end' }
  /** It reads nothing: it starts at once. */
  | { readonly kind: 'nothing' }

/** The last stage that stands for `> FILE`: it appends, and the status of the stage before it counts. */
export const SINK = '__slipway_sink'

const LASTING = new Set('sleep ping ping6 watch timeout journalctl'.split(' '))
const KUBECTL = /^(?:.*\/)?(?:kubectl|k)$/
const KUBECTL_LASTING = /^(?:-w|--watch(?:=true|-only)?|attach|port-forward|proxy|status|wait|drain)$/
const MAKES = new Set(['run', 'create'])
const ATTACHES = /^(?:-[a-z]*i[a-z]*|--attach|--stdin|--rm)$/
const FOLLOWS = /^(?:-[a-z]*f[a-z]*|--follow(?:=true)?)$/

/** A command that lasts and whose output goes to one file, which shall fill as it prints: the file and how it is opened. */
export function sinkOf(
  command: Extract<CommandNode, { type: 'SimpleCommand' | 'Subshell' }>,
): { readonly file: WordNode; readonly isAppended: boolean; readonly errorsToo: boolean } | undefined {
  const [first, second, ...more] = command.redirections
  if (first === undefined || more.length > 0 || (first.fd !== null && first.fd !== 1) || first.target.type !== 'Word')
    return undefined
  if (first.operator !== '>' && first.operator !== '>>') return undefined
  if (literalText(first.target) === '/dev/null' || !lasts(command)) return undefined
  const errorsToo = second !== undefined
  if (errorsToo && !redirected([second]).errToOut) return undefined
  return { file: first.target, isAppended: first.operator === '>>', errorsToo }
}

/** Whether a pipeline's first stage runs on while the others could show something: then it streams. */
export function isLasting({ commands: [first, second] }: PipelineNode): boolean {
  return first !== undefined && second !== undefined && lasts(first)
}

function lasts(command: CommandNode): boolean {
  const words = textOf(command).match(/[^\s'"();|&{}]+/g) ?? []
  // What a container will run does not keep `kubectl run` and `create` busy.
  const [name = '', verb = ''] = words
  if (KUBECTL.test(name) && MAKES.has(verb) && !words.some((word) => ATTACHES.test(word))) return false
  // As a word of others it is an answer: `echo yes | …`.
  if (name === 'yes' || words.some((word) => LASTING.has(word))) return true
  if (words.some((word) => word === 'tail') && words.some((word) => FOLLOWS.test(word) || word === '-F')) return true
  if (!words.some((word) => KUBECTL.test(word))) return false
  if (words.some((word) => KUBECTL_LASTING.test(word))) return true
  return words.some((word) => word === 'logs' || word === 'log') && words.some((word) => FOLLOWS.test(word))
}

/** A stage as the transformed line hands it over; `|&` sends errors down the pipe too. */
export function stageArgument(text: string, errorsToo: boolean): string {
  return `${errorsToo ? '&' : '|'}${text}`
}

export function textOf(command: CommandNode): string {
  return serialize({ type: 'Script', statements: [statement(command)] }).trim()
}

/** `isCommand`: whether a name is a program, a function or a builtin of this shell. */
export function intakeOf(text: string, isCommand: (name: string) => boolean): Intake {
  const command = parse(text).statements[0]?.pipelines[0]?.commands[0]
  if (command?.type === 'While' || command?.type === 'Until') return loopIntake(command)
  if (command?.type !== 'SimpleCommand') return { kind: 'end' }
  const name = literalText(command.name) ?? ''
  const words = command.args.map((word) => literalText(word) ?? textOf({ ...command, name: word, args: [] }))
  if (name !== '' && !isCommand(name)) return { kind: 'nothing' }
  const { in: readsElsewhere, out } = redirected(command.redirections)
  if (readsElsewhere) return { kind: 'nothing' }
  if (name === SINK) return { kind: 'each' }
  // What goes into a file is buffered by the program in life too.
  if (out) return { kind: 'end' }
  return INTAKES.get(name)?.(words, command) ?? { kind: 'end' }
}

function loopIntake({ condition }: { readonly condition: readonly unknown[] }): Intake {
  return /"value":"read"/.test(JSON.stringify(condition)) ? { kind: 'reads' } : { kind: 'end' }
}

const EACH: Intake = { kind: 'each' }
const END: Intake = { kind: 'end' }
const NOTHING: Intake = { kind: 'nothing' }
const never = (): boolean => false
const AGAIN: Intake = { kind: 'again', isDone: never }

type Rule = (words: readonly string[], command: SimpleCommandNode) => Intake

const INTAKES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ...['grep', 'egrep', 'fgrep', 'rg'].map((name): [string, Rule] => [name, grepIntake]),
  ['cat', (words) => (words.every((word) => word === '-' || word === '-u') ? EACH : AGAIN)],
  ['tee', (words) => (words.some((word) => /^(-a|--append)$/.test(word)) ? EACH : AGAIN)],
  ['cut', () => EACH],
  ['tr', (words) => (words.some((word) => /^-[a-z]*s/.test(word)) ? AGAIN : EACH)],
  ['rev', () => EACH],
  ['fold', () => EACH],
  ['nl', () => AGAIN],
  ['uniq', (words) => (words.some((word) => word.startsWith('-')) ? END : AGAIN)],
  ['head', headIntake],
  ['sed', sedIntake],
  ['awk', (words) => (words.some((word) => /\bEND\b|\bexit\b|\bsystem\b|>|\|/.test(word)) ? END : AGAIN)],
  ['jq', (words) => (words.some((word) => /^-[a-zA-Z]*[sn]|^--slurp/.test(word)) ? END : EACH)],
  ['xargs', (words) => (words.some((word) => /^-(I|n1$|L1$)/.test(word) || word === '1') ? EACH : END)],
  ...['echo', 'printf', 'true', 'false', ':', 'date', 'ls', 'pwd'].map((name): [string, Rule] => [name, () => NOTHING]),
])

function grepIntake(words: readonly string[]): Intake {
  const flags = words.filter((word) => /^-[a-zA-Z]/.test(word)).join('')
  const long = words.filter((word) => word.startsWith('--')).join(' ')
  if (/[cL]/.test(flags) || /--count|--files/.test(long)) return END
  if (/q/.test(flags) || /--quiet|--silent/.test(long)) return { kind: 'each', endsOnSuccess: true }
  const most = optionNumber(words, /^-m(\d*)$/, /^--max-count=(\d+)$/)
  if (most !== undefined) return { kind: 'again', isDone: (_, output) => linesIn(output) >= most }
  if (/[nbABC]/.test(flags) || /--(line-number|before|after|context)/.test(long)) return AGAIN
  return EACH
}

/** `sed` with an address of a last line, or that ends early, needs all; line numbers count from the beginning. */
function sedIntake(words: readonly string[]): Intake {
  const quits = words.map((word) => /^'?(\d+)q'?$/.exec(word)?.[1]).find((count) => count !== undefined)
  if (quits !== undefined) return { kind: 'again', isDone: (input) => linesIn(input) >= Number(quits) }
  const script = words.find((word) => !word.startsWith('-')) ?? ''
  return /(?:^|[;{'"])\s*\$|[qQNGHx]\s*(?:[;}'"]|$)/.test(script) || words.includes('-i') ? END : AGAIN
}

function headIntake(words: readonly string[]): Intake {
  const bytes = optionNumber(words, /^-c(\d*)$/, /^--bytes=(\d+)$/)
  if (bytes !== undefined) return { kind: 'again', isDone: (input) => Buffer.byteLength(input) >= bytes }
  if (words.some((word) => /^-n-|^-c-|^--lines=-/.test(word))) return END
  const lines = optionNumber(words, /^-n(\d*)$/, /^--lines=(\d+)$/) ?? optionNumber(words, /^-(\d+)$/, /^-(\d+)$/) ?? 10
  return { kind: 'again', isDone: (input) => linesIn(input) >= lines }
}

/** The number of `-n5`, `-n 5` or `--lines=5`. */
function optionNumber(words: readonly string[], short: RegExp, long: RegExp): number | undefined {
  for (const [index, word] of words.entries()) {
    const found = short.exec(word)?.[1] ?? long.exec(word)?.[1]
    if (found !== undefined) return Number(found === '' ? words[index + 1] : found)
  }
  return undefined
}

function linesIn(text: string): number {
  return text.split('\n').length - 1
}
