import type { Trace } from '../../emulator/index.ts'
import { shellQuote } from '../shell/hooks.ts'
import { distinct, tellTrace } from '../trace/tell.ts'
import { type CommandContext, defineCommand } from '../types.ts'

/** More ways than these a loop or a balanced Service may take; the rest is counted. */
const TOLD = 6

/** Ours: no real machine has it, since no real cluster can tell. */
export const trace = defineCommand({
  name: 'trace',
  summary: 'Run a command, then say which way its requests took and what decided it',
  complete: (words, word) => (words.length > 1 ? [] : TRACED.filter((name) => name.startsWith(word))),
  async run(context) {
    const { argv, requests, words, out, err } = context
    const command = argv.slice(1)
    if (command[0] === '--help' || command[0] === '-h') {
      out(words.usage)
      return 0
    }
    if (command.length === 0) {
      const last = requests.all.slice(-1)
      if (last.length === 0) err(words.usage)
      else tell(context, last)
      return last.length === 0 ? 1 : 0
    }
    requests.forget()
    const code = await runHere(context, command)
    if (requests.all.length > 0) {
      out('\n')
      tell(context, requests.all)
    } else err(`${words.nothingSent}\n`)
    return code
  },
})

const TRACED = ['curl', 'dig', 'host', 'kubectl', 'nc', 'nslookup', 'ping', 'ssh', 'wget']

/** In a shell of its own at the same place, so that what the command prints is seen as it comes. */
function runHere(
  { place, user, cwd, env, tty, stdin, stdinIsTerminal, openShell }: CommandContext,
  command: readonly string[],
) {
  const exported = [...env]
    .filter(([name]) => /^[A-Za-z]\w*$/.test(name))
    .map(([name, value]) => `export ${name}=${shellQuote(value)}`)
  const line = [`cd ${shellQuote(cwd)}`, ...exported, command.map(shellQuote).join(' ')].join('\n')
  return openShell({
    kind: 'machine',
    machine: place.name,
    user,
    tty: tty !== undefined && stdinIsTerminal,
    stdin,
    line,
  })
}

function tell({ words, out, tty }: CommandContext, traces: readonly Trace[]): void {
  const ways = distinct(traces)
  const told = ways
    .slice(0, TOLD)
    .map((way, i) => tellTrace(way.trace, way.times, words, { columns: tty?.columns }, ways[i - 1]?.trace))
  const rest = ways.slice(TOLD).reduce((sum, way) => sum + way.times, 0)
  out(`${told.join('\n')}${rest > 0 ? `\n${words.more(rest)}\n` : ''}`)
}
