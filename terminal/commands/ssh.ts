import type { Machine } from '../../emulator/index.ts'
import { findMachine } from '../surroundings.ts'
import { type CommandContext, defineCommand } from '../types.ts'
import { parseArguments } from './arguments.ts'
import { loginBanner } from './login-banner.ts'

const VALUE_FLAGS = [...'bcDEeFIiJLlmOopQRSWw']
const PLAIN_FLAGS = [...'46AaCfGgKkMNnqsTtVvXxYy']
const FAILED = 255
/** How long Linux tries to connect to a host that is silent. */
const CONNECT_TIMEOUT_MS = 130_000

export const ssh = defineCommand({
  name: 'ssh',
  summary: 'Open a shell on another machine, or run one command there',
  complete(words, _word, { cluster }) {
    return words.length > 1 ? [] : cluster.machines.map(({ name }) => name)
  },
  async run(context) {
    const { flags, values, words, unknown } = parseArguments(context.argv.slice(1), {
      flags: PLAIN_FLAGS,
      values: VALUE_FLAGS,
      stopAtWord: true,
    })
    const [destination, ...command] = words
    if (unknown !== undefined || destination === undefined) {
      context.err(`${unknown === undefined ? '' : `unknown option -- ${unknown.replace(/^-+/, '')}\n`}${USAGE}`)
      return FAILED
    }
    const { user, host } = splitDestination(destination, values.get('l'))
    const machine = await reach(context, host, values.get('p') ?? '22', connectTimeout(values.get('o')))
    if (machine === undefined) return FAILED
    if (user !== 'root') {
      context.err(`${user}@${host}: Permission denied (publickey).\n`)
      return FAILED
    }
    return login(context, machine, host, command, flags)
  },
})

async function login(
  context: CommandContext,
  machine: Machine,
  host: string,
  command: readonly string[],
  flags: ReadonlySet<string>,
): Promise<number> {
  const request = { kind: 'machine', machine: machine.name, user: 'root' } as const
  const stdin = flags.has('n') ? '' : context.stdin
  if (command.length > 0) {
    return context.openShell({ ...request, line: command.join(' '), tty: flags.has('t'), stdin })
  }
  if (context.tty === undefined || !context.stdinIsTerminal) {
    if (!flags.has('T')) context.err('Pseudo-terminal will not be allocated because stdin is not a terminal.\r\n')
    return context.openShell({ ...request, tty: false, stdin })
  }
  context.out(loginBanner(context))
  const code = await context.openShell({ ...request, tty: true })
  context.err(`Connection to ${host} closed.\n`)
  return code
}

function splitDestination(destination: string, login: string | undefined): { user: string; host: string } {
  const text = destination.replace(/^ssh:\/\//, '')
  const at = text.lastIndexOf('@')
  return { user: login ?? (at < 0 ? 'root' : text.slice(0, at)), host: text.slice(at + 1) }
}

/** The machine behind a name, or undefined when no connection comes about (and says why). */
async function reach(
  { cluster, place, time, signal, err }: CommandContext,
  host: string,
  port: string,
  timeoutMs: number,
): Promise<Machine | undefined> {
  const own = place.kind === 'machine' ? place.name : ''
  const machine = findMachine(cluster, host === 'localhost' || host === '127.0.0.1' ? own : host)
  if (machine === undefined && !isAddress(host)) {
    err(`ssh: Could not resolve hostname ${host}: Name or service not known\n`)
    return undefined
  }
  if (machine === undefined || !machine.powered) {
    await time.sleep(timeoutMs, signal)
    err(`ssh: connect to host ${host} port ${port}: Connection timed out\n`)
    return undefined
  }
  if (machine.role === 'laptop' || port !== '22') {
    err(`ssh: connect to host ${host} port ${port}: Connection refused\n`)
    return undefined
  }
  return machine
}

function connectTimeout(option: string | undefined): number {
  const seconds = /^ConnectTimeout[= ](\d+)$/i.exec(option ?? '')?.[1]
  return seconds === undefined ? CONNECT_TIMEOUT_MS : Number(seconds) * 1_000
}

function isAddress(host: string): boolean {
  return /^\d{1,3}(\.\d{1,3}){3}$/.test(host) || host.includes(':')
}

const USAGE =
  'usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-l login_name] [-o option] [-p port] destination [command [argument ...]]\n'
