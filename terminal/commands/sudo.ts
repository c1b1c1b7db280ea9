import { type CommandContext, defineCommand } from '../types.ts'
import { parseArguments } from './arguments.ts'

export const sudo = defineCommand({
  name: 'sudo',
  summary: 'Run a command as root, or become root (sudo -i)',
  async run(context) {
    const { flags, values, words, unknown } = parseArguments(context.argv.slice(1), {
      flags: ['i', 's', 'E', 'H', 'n', 'k', 'S', 'login', 'shell'],
      values: ['u', 'g', 'user'],
      stopAtWord: true,
    })
    const user = values.get('u') ?? values.get('user') ?? 'root'
    if (
      unknown !== undefined ||
      (words.length === 0 && !['i', 's', 'login', 'shell', 'k'].some((flag) => flags.has(flag)))
    ) {
      context.err('usage: sudo [-EHiknSs] [-u user] [command [arg ...]]\n')
      return 1
    }
    if (words[0] === 'su') return become(context, 'root', [])
    return become(context, user, words, !flags.has('i') && !flags.has('login'))
  },
})

export const su = defineCommand({
  name: 'su',
  summary: 'Become another user of this machine',
  async run(context) {
    const words = context.argv.slice(1).filter((word) => word !== '-' && word !== '-l' && word !== '--login')
    const command = words.indexOf('-c')
    const line = command < 0 ? undefined : words[command + 1]
    const user = words.find((word, index) => !word.startsWith('-') && (command < 0 || index !== command + 1)) ?? 'root'
    if (context.user !== 'root' && user !== context.user) {
      context.err('su: Authentication failure\n')
      return 1
    }
    return become(context, user, line === undefined ? [] : ['bash', '-c', line])
  },
})

async function become(context: CommandContext, user: string, words: readonly string[], here = false): Promise<number> {
  const { place, cluster } = context
  if (place.kind !== 'machine') {
    context.err(`${context.argv[0]}: not emulated inside containers\n`)
    return 1
  }
  const isKnown = user === 'root' || cluster.machine(place.name)?.files.stat(`/home/${user}`) !== undefined
  if (!isKnown) {
    context.err(context.argv[0] === 'su' ? `su: user ${user} does not exist\n` : `sudo: unknown user ${user}\n`)
    return 1
  }
  const exported = [...context.env]
    .filter(([name]) => !OWN_VARIABLES.has(name))
    .map(([name, value]) => `export ${name}=${quote(value)}`)
  const go = here ? [`cd ${quote(context.cwd)}`, ...(context.user === user ? exported : [])] : []
  const line = words.length === 0 ? undefined : [...go, words.map(quote).join(' ')].join('\n')
  return context.openShell({
    kind: 'machine',
    machine: place.name,
    user,
    tty: context.tty !== undefined && context.stdinIsTerminal,
    stdin: context.stdin,
    ...(line === undefined ? {} : { line }),
  })
}

const OWN_VARIABLES = new Set(['HOME', 'USER', 'LOGNAME', 'PWD', 'OLDPWD', 'PATH', 'SHELL', '_'])

function quote(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
